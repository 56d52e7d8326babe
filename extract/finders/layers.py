"""A Chinese text as columns of numbers, one a character: what each recognizer sees at each place."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extract.finders.grammar import Grammar, Shape, load_grammar
from extract.finders.register import Hit, Register, load_places, load_register
from extract.ontology import load_ontology
from extract.segment import Word, segment

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

_TAG_NAMES = """n nr ns nt nz nrt nrfg v vn vd a ad an d m mq q r p c u uj ul uz ud ug uv x eng t f s b j l i z y o
e h k ng vg ag tg g zg rr rz"""
TAGS = tuple(_TAG_NAMES.split())
_TAG = {tag: at for at, tag in enumerate(TAGS, 1)}
_CLOSED = "\n。！？!?；;"
LONGEST_SEQUENCE = 200  # characters read in one go; keeps a text without punctuation linear
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_SEPARATORS = re.compile(r"以及|[、，,；;：:。！？\n和与及同等]")
_ENCLOSED = re.compile(r"“[^“”\n]{1,60}”|[（(][^（）()\n]{1,60}[）)]|《[^《》\n]{1,60}》")
_SEPARATOR_CLASS = {"、": 1, "和": 2, "与": 2, "及": 2, "以及": 2, "同": 2, "等": 3, "，": 4, ",": 4, "；": 4, ";": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """The flat text (blanks beside Chinese characters left out) and its columns, all of one length.

    ``place`` maps each flat character to the text; ``starts`` are the flat offsets at which sequences begin.
    The columns: ``char`` the folded character; ``shape`` its class; ``edge`` its place in its word (0 single,
    1 first, 2 inside, 3 last); ``word``, ``before``, ``after`` hashes of the word and its neighbours; ``tag``,
    ``tag_before``, ``tag_after`` their parts of speech; ``verb_before``, ``verb_after`` the nearest verbs;
    ``known``, ``region``, ``head``, ``shaped`` what registers, places, head words and grammar say (0 nothing);
    ``ahead`` the distance and kind of the next head word; ``row`` what stands left and right in a list;
    ``gap`` quotes, brackets and blanks left out.
    """

    text: str
    place: Ints
    starts: Ints
    words: Sequence[Word]
    hits: Sequence[Hit]
    places: Sequence[Hit]
    shapes: Sequence[Shape]
    columns: dict[str, Hashes]


@cache
def _fold_table() -> NDArray[np.uint32]:
    """The folded form of each character of the basic plane: NFKC, lower case, digits as one."""
    table = np.arange(0x10000, dtype=np.uint32)
    for code in (*range(0x3400), *range(0xF900, 0x10000)):
        folded = unicodedata.normalize("NFKC", chr(code))[:1].casefold()[:1]
        table[code] = ord("0") if folded.isdigit() else ord(folded) if folded else code
    return table


@cache
def _class_table() -> NDArray[np.uint8]:
    """The class of each folded character: 1 Chinese, 2 letter, 3 digit, 4 bracket, 5 mark, 6 blank, 7 other."""
    table = np.full(0x10000, 7, dtype=np.uint8)
    table[0x3400:0xA000] = 1
    for code in (*range(0x3400), *range(0xF900, 0x10000)):
        character = chr(code)
        if character.isdigit():
            table[code] = 3
        elif character in '()（）“”"《》「」‘’[]【】':
            table[code] = 4
        elif character.isspace():
            table[code] = 6
        elif character.isalpha():
            table[code] = 2
        elif unicodedata.category(character)[0] in "PSZ":
            table[code] = 5
    return table


def codes_of(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def flatten(text: str) -> tuple[str, Ints, NDArray[np.bool_]]:
    """The text without the blanks that touch a Chinese character; where each character stood; which follow a blank."""
    codes = codes_of(text)
    low = np.minimum(codes, 0xFFFF)
    kind = _class_table()[low]
    blank = (kind == 6) & (codes != 10)
    place = np.arange(len(codes), dtype=np.int64)
    if not blank.any():
        return text, place, np.zeros(len(codes), dtype=bool)
    solid = np.flatnonzero(~blank)
    chinese = np.append(kind[solid] != 2, True)  # the end counts as Chinese: blanks there go
    after = np.searchsorted(solid, place)
    touching = chinese[after] | chinese[after - 1]
    first = np.append(True, ~blank[:-1])
    keep = ~blank | (first & ~touching)
    place = place[keep]
    gaps = np.append(False, np.diff(place) > 1)
    return "".join(map(text.__getitem__, place.tolist())), place, gaps


def _spread(length: int, spans: Iterable[tuple[int, int, int]]) -> Hashes:
    """A column that is ``4 * value + edge`` inside each span and 0 outside."""
    column = np.zeros(length, dtype=np.uint64)
    for start, end, value in spans:
        if end - start == 1:
            column[start] = 4 * value
        else:
            column[start + 1 : end - 1] = 4 * value + 2
            column[start] = 4 * value + 1
            column[end - 1] = 4 * value + 3
    return column


def _kind_ids() -> dict[str, int]:
    return {kind: at for at, kind in enumerate(load_ontology().organizations, 1)}


def read_layers(text: str, own: Register | None = None, *, known: Callable[[str], bool] | None = None) -> Layers:
    """The layers of a text.

    ``own`` is a person's register, whose names count as known; ``known`` says which names of our registers do,
    all without it.
    """
    flat, place, gaps = flatten(text)
    codes = codes_of(flat)
    length = len(codes)
    low = np.minimum(codes, 0xFFFF)
    char = np.where(codes > 0xFFFF, codes, _fold_table()[low]).astype(np.uint64)
    shape = _class_table()[low].astype(np.uint64)
    words = segment(flat)
    grammar, kinds = load_grammar("zh"), _kind_ids()
    hits = [hit for hit in load_register("zh").hits(flat) if known is None or known(flat[hit.start : hit.end])]
    if own is not None:
        hits = _merged(list(own.hits(flat)), hits)
    shapes = grammar.shapes(flat, words)
    columns = {"char": char, "shape": shape}
    columns |= _word_columns(words, char, length)
    columns["known"] = _spread(length, ((h.start, h.end, h.entry.rank * 8 + kinds[h.entry.kind]) for h in hits))
    places = list(load_places("zh").hits(flat))
    columns["region"] = _spread(length, ((h.start, h.end, h.entry.rank) for h in places))
    heads = [(m.start(), m.end(), m.group()) for m in grammar.head.finditer(flat)]
    columns["head"] = _spread(length, ((s, e, 2 * kinds[grammar.kinds[w]] + (w in grammar.weak)) for s, e, w in heads))
    columns["ahead"] = _ahead(length, heads, grammar, kinds, shape)
    columns["shaped"] = _spread(length, ((s.start, s.end, kinds[s.kind]) for s in shapes))
    columns["row"] = _row(flat, hits, heads, places, grammar)
    columns["gap"] = _gaps(flat, gaps)
    return Layers(
        text=flat,
        place=place,
        starts=_sequences(flat, length),
        words=words,
        hits=hits,
        places=places,
        shapes=shapes,
        columns=columns,
    )


def _merged(first: list[Hit], second: list[Hit]) -> list[Hit]:
    """All of ``first``, and what of ``second`` does not overlap it."""
    starts = [hit.start for hit in first]
    out = list(first)
    for hit in second:
        at = bisect_left(starts, hit.end)
        if at == 0 or first[at - 1].end <= hit.start:
            out.append(hit)
    return sorted(out, key=lambda hit: hit.start)


def _sequences(text: str, length: int) -> Ints:
    starts = [0]
    for match in re.finditer(f"[{_CLOSED}]+", text):
        starts.append(match.end())
    starts.append(length)
    out: list[int] = []
    for start, end in pairwise(starts):
        out.extend(range(start, end, LONGEST_SEQUENCE))
    return np.array(out or [0], dtype=np.int64)


def _word_columns(words: Sequence[Word], char: Hashes, length: int) -> dict[str, Hashes]:
    """The columns that follow from words: each word's values, spread over its characters."""
    names = ("edge", "word", "before", "after", "tag", "tag_before", "tag_after", "verb_before", "verb_after", "tags")
    if not words:
        return {name: np.zeros(length, dtype=np.uint64) for name in names}
    starts = np.array([word.start for word in words], dtype=np.int64)
    ends = np.append(starts[1:], length)
    tag = np.array([_TAG.get(word.tag, 0) for word in words], dtype=np.uint64)
    offset = np.arange(length, dtype=np.int64) - np.repeat(starts, ends - starts)
    powers = np.cumprod(np.full(64, _PRIME, dtype=np.uint64))
    hashed = np.add.reduceat(char * powers[np.minimum(offset, 63)], starts)
    is_verb = np.isin(tag, [_TAG["v"], _TAG["vn"]])
    index = np.arange(len(words))
    last = np.maximum.accumulate(np.where(is_verb, index, -1))
    last = np.append(-1, last[:-1])
    coming = np.minimum.accumulate(np.where(is_verb, index, len(words))[::-1])[::-1]
    coming = np.append(coming[1:], len(words))
    padded = np.append(hashed, np.uint64(0))
    near_before = (last >= 0) & (index - last < 12)
    near_after = (coming < len(words)) & (coming - index < 12)
    one = np.uint64(1)
    by_word = {
        "word": hashed,
        "before": np.append(one, hashed[:-1]),
        "after": np.append(hashed[1:], one),
        "tag": tag,
        "tag_before": np.append(np.uint64(99), tag[:-1]),
        "tag_after": np.append(tag[1:], np.uint64(99)),
        "tags": np.append([np.uint64(99)] * min(2, len(tag)), tag[:-2]),
        "verb_before": np.where(near_before, padded[last], 0),
        "verb_after": np.where(near_after, padded[np.minimum(coming, len(words))], 0),
    }
    sizes = ends - starts
    columns = {name: np.repeat(column.astype(np.uint64), sizes) for name, column in by_word.items()}
    edge = np.full(length, 2, dtype=np.uint64)
    edge[starts] = 1
    edge[ends - 1] = 3
    edge[starts[sizes == 1]] = 0
    columns["edge"] = edge
    return columns


def _ahead(
    length: int, heads: list[tuple[int, int, str]], grammar: Grammar, kinds: dict[str, int], shape: Hashes
) -> Hashes:
    """For each character the next head word within 15 characters and no mark between: distance class and kind."""
    column = np.zeros(length, dtype=np.uint64)
    marks = np.append(np.flatnonzero(shape == 5), length)
    for start, _, word in heads:
        at = int(np.searchsorted(marks, start))
        first = max(start - 15, int(marks[at - 1]) + 1 if at else 0)
        distance = start - np.arange(first, start + 1)
        value = np.where(distance < 7, distance, 7 + distance // 8)
        free = column[first : start + 1] == 0
        worth = (value * 16 + 2 * kinds[grammar.kinds[word]] + (word in grammar.weak)).astype(np.uint64)
        column[first : start + 1] = np.where(free, worth, column[first : start + 1])
    return column


def _row(
    text: str,
    hits: list[Hit],
    heads: list[tuple[int, int, str]],
    places: list[Hit],
    grammar: Grammar,
) -> Hashes:
    """What the items left and right in a list look like, and what parts them."""
    ends: dict[int, int] = {}
    for hit in places:
        ends[hit.end] = 4
    for _, end, word in heads:
        ends[end] = 1 if word in grammar.weak else 2
    for hit in hits:
        ends[hit.end] = 3
    items: list[tuple[int, int, int, int]] = []  # start, end, the class of what follows, what ends the item
    start = 0
    for match in _SEPARATORS.finditer(text):
        if match.start() > start:
            items.append((start, match.start(), _SEPARATOR_CLASS.get(match.group(), 0), ends.get(match.start(), 0)))
        start = match.end()
    items.append((start, len(text), 0, ends.get(len(text), 0)))
    column = np.zeros(len(text), dtype=np.uint64)
    for at, (first, end, parted, _) in enumerate(items):
        left_mark = items[at - 1][2] if at else 0
        left = items[at - 1][3] if left_mark in (1, 2) else 0
        right = items[at + 1][3] if parted in (1, 2) and at + 1 < len(items) else 0
        column[first:end] = ((left_mark * 5 + left) * 5 + parted) * 5 + right + 1
    return column


def _gaps(text: str, gaps: NDArray[np.bool_]) -> Hashes:
    """Whether a character stands inside quotes or brackets, and beside a blank that was left out."""
    column = np.zeros(len(text), dtype=np.uint64)
    for match in _ENCLOSED.finditer(text):
        column[match.start() + 1 : match.end() - 1] = 1 + "“（(《".index(match.group()[0])
    after = np.append(gaps[1:], False)
    column += (8 * gaps + 16 * after).astype(np.uint64)
    return column
