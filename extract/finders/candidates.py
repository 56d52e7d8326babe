"""Everything that may be a name in a text: what the sequence model, grammar, registers and definitions propose."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extract.finders.grammar import load_grammar
from extract.finders.layers import Layers
from extract.finders.register import load_register
from extract.finders.sequence import LONGEST_NAME, Reading
from extract.names import fold_name

SHORTEST = 2
PARENT, WITHOUT_PLACE = 1, 2  # how a span is nested in a longer one
_DEFINED = re.compile(r"(?:以下简称|下称|简称|以下称)(?:为|：|:)?[“\"「]?([^“”\"「」（）()，,。、；;\n]{2,12})[”\"」]?")
_LATIN = re.compile(
    r"[A-Z][A-Za-z0-9&.'’\-]*[a-z][A-Za-z0-9&'’\-]*(?: (?:[A-Z&][A-Za-z0-9&.'’\-]*|of|and|de|for|the)(?![a-z]))*"
)
_BROKEN = re.compile(r"[，。；！？：【】\n]")
_LONGEST_BRACKET = 12  # characters to the bracket that closes one opened inside a name
_CITED = re.compile(  # what follows a medium that is named as the source of a report
    r"[”》」]?(?:[（(][^（）()\n]{1,12}[）)])?(?:\d{1,2}月\d{1,2}日)?[，,]?"
    r"(?:讯|电|丨|｜|\||消息|获悉|报道|快讯|注[：:意]|记者|了解到|APP|网讯|独家)"
)
_CITING = re.compile(r"(?:来源|来自|据|转自|引述|援引|告诉|接受)[：:了《“]?[一-鿿]{0,4}$")
_LONGEST_CITING = 8  # characters before a medium that may say that it is cited
_SHORTENED = re.compile(
    r"(?<![A-Za-z])(?:Ltd|Inc|Corp|Co|Bros|Univ|S\.A|B\.V|N\.V|L\.P)$", re.IGNORECASE
)  # keep their dot
_REGION = re.compile(r"(?=([一-鿿]{3,4})(?:[三四]地|地区(?!部|总部)|区域(?!总部)|一体化|都市圈|经济圈|城市群))")
_EDGES = "，。、：；！？“”‘’（）()《》〈〉【】[]「」,.:;!?\n 　"
_OPEN, _CLOSE = "（(", "）)"
_DESCRIBED = re.compile(  # words for a sort of organization, behind which its name stands
    "龙头|巨头|厂商|制造商|供应商|服务商|开发商|运营商|独角兽|大厂|环保机构|评级机构|评估机构|老牌|车企|药企|初创公司|旗下|下属|位于"
)
_PARTED = re.compile("会同|携手|签约|组建|中标|认购|母公司|股东")  # what parts two names, or ends one
_LEADING, _TRAILING = "与由被把及则并", "拟将已均亦曾等并则由被把及"  # no name begins or ends with these words


@dataclass(slots=True)
class Span:
    """A proposed span of the flat text, and what each proposer says of it."""

    start: int
    end: int
    posterior: float = 0.0  # of the sequence model
    shaped: int = 0  # 1 weak head, 2 strong head
    rank: int = 0  # of the register that has it
    region: int = 0  # the level of the place that it is
    nested: int = 0  # PARENT: begins a longer span, as a register name or to a head word; WITHOUT_PLACE: its rest
    defined: bool = False
    entity: bool = False  # another model's
    kind: str = ""


@dataclass(slots=True)
class Name:
    """All places of one name in a document; ``best`` is that of the highest posterior, the first of equals."""

    text: str
    spans: list[Span] = field(default_factory=list)

    @property
    def best(self) -> Span:
        """The place whose posterior is the highest."""
        return max(self.spans, key=lambda span: (span.posterior, -span.start))


def propose(
    layers: Layers, reading: Reading | None, *, entities: Iterable[tuple[int, int]] = ()
) -> dict[tuple[int, int], Span]:
    """All spans that may be names, by start and end in the flat text."""
    text, grammar = layers.text, load_grammar("zh")
    spans: dict[tuple[int, int], Span] = {}
    cited, regions = set(_cited(layers)), set(_regions(layers))
    latin = [match.span() for match in _LATIN.finditer(text)]
    latin_starts = [start for start, _ in latin]

    def whole(start: int, end: int) -> tuple[int, int]:
        """The span with the rest of the Latin words that it begins or ends among."""
        for edge in (start, end - 1):
            run = bisect_right(latin_starts, edge) - 1
            if run >= 0 and edge < latin[run][1]:
                start, end = min(start, latin[run][0]), max(end, latin[run][1])
        return start, end

    def at(start: int, end: int) -> Span | None:
        start, end = tidy(text, *whole(start, end))
        if end - start < SHORTEST or end - start > LONGEST_NAME or (start, end) in cited or text[start:end] in regions:
            return None
        key = (start, end)
        if key not in spans:
            spans[key] = Span(start, end)
        return spans[key]

    for first, last, probability in reading.stretches if reading else ():
        for start, end in _parts(text, first, last):
            if span := at(start, end):
                span.posterior = min(1.0, span.posterior + probability)  # mended readings exclude each other
    for shape in layers.shapes:
        if span := at(shape.start, shape.end):
            span.shaped, span.kind = 1 if shape.head in grammar.weak else 2, shape.kind
    for hit in layers.hits:
        if span := at(hit.start, hit.end):
            span.rank, span.kind = hit.entry.rank, hit.entry.kind
    for start, end in entities:
        if span := at(start, end):
            span.entity = True
    for place in layers.places:
        # a place acts in one of a hundred of its places: without weights it is no candidate, with them the model tells
        if span := spans.get((place.start, place.end)):
            span.region = place.entry.rank
    for start, end in latin:
        if end - start > 3:
            at(start, end)
    for match in _DEFINED.finditer(text):
        if span := at(*match.span(1)):
            span.defined = True
    for start, end, how in list(_nested(layers, list(spans))):
        span = at(start, end) if how == PARENT else spans.get((start, end))
        if span and not span.nested:
            span.nested = how
    return spans


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The names in a stretch that a verb parts, each without the words before it that describe it."""
    bounds = [start]
    for verb in _PARTED.finditer(text, start, end):
        bounds += verb.span()
    bounds.append(end)
    for first, last in zip(bounds[::2], bounds[1::2], strict=True):
        for described in _DESCRIBED.finditer(text, first, last):
            if described.end() < last:
                first = described.end()
        if first < last:
            yield first, last


def _cited(layers: Layers) -> Iterator[tuple[int, int]]:
    """The media that a text names as the source of what it reports: no parties to anything."""
    for hit in layers.hits:
        if hit.entry.source == "media":
            before = layers.text[max(0, hit.start - _LONGEST_CITING) : hit.start]
            if _CITED.match(layers.text, hit.end) or _CITING.search(before):
                yield hit.start, hit.end


def _regions(layers: Layers) -> Iterator[str]:
    """Names of several places by a character each, with a word for a region behind: no organizations."""
    first = {layers.text[place.start] for place in layers.places}
    for match in _REGION.finditer(layers.text):
        if first.issuperset(match[1]):
            yield match[1]


def tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without marks at its edges, its brackets paired; empty when a mark or a line break parts it."""
    while start < end and text[start] in _EDGES and not (text[start] in "（(“《" and _closed(text, start, end)):
        start += 1
    while start < end and text[end - 1] in _EDGES and not (text[end - 1] in "）)”》" and _opened(text, start, end)):
        end -= 1
    while start < end and text[start] in _LEADING:
        start += 1
    while start < end and text[end - 1] in _TRAILING:
        end -= 1
    if _BROKEN.search(text, start, end):
        return start, start
    if text[end : end + 1] == "." and _SHORTENED.search(text, start, end):
        end += 1
    return _bracketed(text, start, end)


def _bracketed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span to the bracket that closes its own, and the head word behind; empty when a bracket is unpaired."""
    depth = 0
    for at in range(start, end):
        depth += (text[at] in _OPEN) - (text[at] in _CLOSE)
        if depth < 0:
            return start, start
    if depth:
        close = next((at for at in range(end, min(len(text), end + _LONGEST_BRACKET)) if text[at] in _CLOSE), -1)
        if close < 0 or depth > 1 or _BROKEN.search(text, end, close):
            return start, start
        head = load_grammar("zh").head.match(text, close + 1)
        return start, head.end() if head else close + 1
    return start, end


def _closed(text: str, start: int, end: int) -> bool:
    """Whether the bracket or quote at ``start`` closes inside the span, and not at its very end."""
    closing = {"（": "）", "(": ")", "“": "”", "《": "》"}[text[start]]
    return start + 1 < text.find(closing, start, end) < end - 1


def _opened(text: str, start: int, end: int) -> bool:
    """Whether the bracket or quote that ends the span opens inside it, and not at its very start."""
    opening = {"）": "（", ")": "(", "”": "“", "》": "《"}[text[end - 1]]
    return text.rfind(opening, start, end - 1) > start


def _nested(layers: Layers, keys: list[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """Parents at the head of longer spans, and what a leading place leaves."""
    text, register, grammar = layers.text, load_register("zh"), load_grammar("zh")
    heads = [match.span() for match in grammar.head.finditer(text) if match.group() not in grammar.weak]
    starts = [start for start, _ in heads]
    region_end = {hit.start: hit.end for hit in layers.places}
    for start, end in keys:
        if end - start < 5:
            continue
        for length in register.lengths(text[start : start + 2]):
            if length < end - start and text[start : start + length] in register.entries:
                yield start, start + length, PARENT
        for at in range(bisect_left(starts, start + 2), bisect_right(starts, end)):
            if heads[at][1] < end:
                yield start, heads[at][1], PARENT
        cut = region_end.get(start)
        if cut is not None and end - cut >= 3:
            yield cut, end, WITHOUT_PLACE


def group_names(layers: Layers, spans: dict[tuple[int, int], Span]) -> dict[str, Name]:
    """The spans grouped by their folded name, in the order of the text."""
    names: dict[str, Name] = {}
    for start, end in sorted(spans):
        written = layers.text[start:end]
        key = fold_name(written)
        if key not in names:
            names[key] = Name(written)
        names[key].spans.append(spans[start, end])
    return names
