"""English organization names: spans that the sequence model and the lists propose, judged over the whole document."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from extract.finders.candidates import Name, Span
from extract.finders.chinese import Found, choose
from extract.finders.layers import Ints
from extract.finders.register import Register
from extract.finders.sequence import Reading, SequenceModel
from extract.finders.token_features import Lexicon, features, hash_tokens, listed, load_lexicon
from extract.finders.tokens import Token, tokenize
from extract.finders.trees import Trees
from extract.finders.weights import load_judge, load_sequence
from extract.names import fold_name

SURE_ENOUGH_TO_REPEAT = 0.5
_RANKS = {"p": 1, "b": 2, "k": 3, "m": 4}
_PARTED = re.compile(r"\s*(?:['’]s?\s+|\s(?:and|&|at|of|in|/|x)\s|,\s|\s?/\s?)\s*")
_SURE = 0.9
_DATELINE = re.compile(  # SHAZHOU, May 9, 2024 --
    r"^((?:[A-Z]{3,}[ .-]?){1,3}), (?:[A-Z][\w.]+(?: [A-Z]\w+)?,? )?"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\.? \d",
    re.MULTILINE,
)
_PLACED = re.compile(  # Acme Machines (Suzhou) Co., Ltd.
    r"[A-Z][\w&.'’-]*(?: (?:[A-Z&][\w&.'’-]*|and|of)){0,6} \([A-Z]\w+(?: [A-Z]\w+)?\),? "
    r"(?:Group )?(?:Co\.,? ?Ltd\.?|Ltd\.?|Limited|Inc\.?|Corp\.?|Corporation|Company|LLC|GmbH)"
)
_OWNED = re.compile(r"([A-Z][\w .]{1,30})['’]s ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An English text ready to read: its words, where sequences begin, and which names of lists it holds."""

    text: str
    tokens: Sequence[Token]
    starts: Ints
    listed: Sequence[tuple[int, int, str]]


def read_page(text: str) -> tuple[Page, list[list[str]]]:
    """The page, and the features of its words."""
    tokens = tokenize(text)
    starts = [at for at, token in enumerate(tokens) if at == 0 or _begins(tokens[at - 1], token)]
    page = Page(
        text=text,
        tokens=tokens,
        starts=np.array(starts, dtype=np.int64),
        listed=tuple(listed(text, tokens, load_lexicon())),
    )
    return page, features(text, tokens)


def _begins(before: Token, token: Token) -> bool:
    return token.line != before.line or (token.first and before.text in (".", "!", "?"))


def propose(
    page: Page, reading: Reading | None, *, entities: Iterable[tuple[int, int]] = (), own: Register | None = None
) -> dict[str, Name]:
    """All names that may be meant, by folded name, each with its places in the text."""
    text, tokens = page.text, page.tokens
    spans: dict[tuple[int, int], Span] = {}

    def at(start: int, end: int) -> Span | None:
        if end - start < 2 or "\n" in text[start:end] or not any(map(str.isalnum, text[start:end])):
            return None
        if text.count("(", start, end) != text.count(")", start, end):
            return None
        return spans.setdefault((start, end), Span(start, end))

    ends = {token.end for token in tokens}
    begins = [token.start for token in tokens]
    for stretch in reading.stretches if reading else ():
        start, end = tokens[stretch.start].start, tokens[stretch.end - 1].end
        if span := at(start, end):
            span.posterior = max(span.posterior, stretch.probability)
    for first, last, what in page.listed:
        mark, _, kind = what.partition(".")
        if mark == "p" and (tokens[first].start, tokens[last - 1].end) not in spans:
            continue
        if span := at(tokens[first].start, tokens[last - 1].end):
            span.rank = max(span.rank, _RANKS[mark] + 4 * (last - first == 1))
            span.kind = span.kind or (kind if mark != "p" else "government")
    for start, end in entities:
        if span := at(start, end):
            span.entity = True
    for hit in own.hits(text) if own else ():
        if hit.start in begins and hit.end in ends and (span := at(hit.start, hit.end)):
            span.kind, span.rank = hit.entry.kind, 9
    for match in _PLACED.finditer(text):
        if span := at(*match.span()):
            span.rank, span.kind = 9, "enterprise"
    lexicon = load_lexicon()
    for start, end in list(spans):
        if (owned := _OWNED.match(text[start:end])) and lexicon.names.get(owned[1], "").startswith("p"):
            del spans[start, end]  # India’s Acme: the place is no part of the name
            start += owned.end()
            if at(start, end) is None:
                continue
        for low, high in _parts(text[start:end]):
            begin = bisect_left(begins, start + low)
            if begin == len(begins) or begins[begin] != start + low or start + high not in ends:
                continue
            if (span := at(start + low, start + high)) and not span.nested:
                span.nested = 1 if low == 0 else 2
    names: dict[str, Name] = {}
    for start, end in sorted(spans):
        key = fold_name(text[start:end])
        names.setdefault(key, Name(text[start:end])).spans.append(spans[start, end])
    return names


def _parts(name: str) -> Iterable[tuple[int, int]]:
    """What a name falls into: at ``'s``, ``and``, ``at``, a comma; and without ``The``."""
    if name.startswith(("The ", "the ")):
        yield 4, len(name)
    for match in _PARTED.finditer(name):
        if match.start() >= 2 and len(name) - match.end() >= 2:
            yield 0, match.start()
            yield match.end(), len(name)


def find_english(
    text: str, *, threshold: float, own: Register | None = None, entities: Iterable[tuple[int, int]] = ()
) -> list[Found]:
    """The organizations named in an English text, in order; see ``choose`` for which of overlapping ones stay."""
    from extract.finders.token_numbers import number_names

    page, rows = read_page(text)
    if not page.tokens:
        return []
    sequence, judge = _reader()
    if sequence is None or judge is None:
        return []
    reading = sequence.read(hash_tokens(rows), page.starts)
    names = propose(page, reading, entities=entities, own=own)
    judged = judge.probabilities(number_names(page, reading, names))
    confidence = dict(zip(names, judged.tolist(), strict=True))
    confidence |= {key: max(confidence[key], _SURE) for key, name in names.items() if _PLACED.fullmatch(name.text)}
    if own is not None:
        confidence |= {key: 1.0 for key, name in names.items() if own.get(name.text)}
    weighed = [(confidence[key], span, name) for key, name in names.items() for span in name.spans]
    weighed += _repeated(page, names, confidence)
    whole = [match.span() for match in _PLACED.finditer(text)]
    whole += [match.span(1) for match in _DATELINE.finditer(text)]
    weighed = [item for item in weighed if _PLACED.fullmatch(item[2].text) or not _within(item[1], whole)]
    return [
        Found(span.start, span.end, kind_of(name.text, name, load_lexicon()), _finder_of(name, own), sure)
        for sure, span, name in choose(item for item in weighed if item[0] >= threshold)
    ]


def _within(span: Span, stretches: Sequence[tuple[int, int]]) -> bool:
    return any(low <= span.start and span.end <= high for low, high in stretches)


@cache
def _reader() -> tuple[SequenceModel | None, Trees | None]:
    return load_sequence("en"), load_judge("en")


def _repeated(page: Page, names: dict[str, Name], confidence: dict[str, float]) -> list[tuple[float, Span, Name]]:
    """The other places of names that are sure, spelled just so: a name found once is found everywhere."""
    out = []
    begins = {token.start for token in page.tokens}
    ends = {token.end for token in page.tokens}
    for key, name in names.items():
        if confidence[key] < SURE_ENOUGH_TO_REPEAT or len(name.text) < 2:
            continue
        have = {(span.start, span.end) for span in name.spans}
        at = page.text.find(name.text)
        while at >= 0:
            place = (at, at + len(name.text))
            if place not in have and at in begins and place[1] in ends:
                out.append((confidence[key], Span(*place), name))
            at = page.text.find(name.text, at + 1)
    return out


def kind_of(text: str, name: Name, lexicon: Lexicon) -> str:
    """The organization kind: what a list says, else the last or first head word, else ``enterprise``."""
    words = re.findall(r"[\w.&]+", text)
    for span in name.spans:
        if span.kind and span.rank not in (1, 5):
            return span.kind
    if words and (legal := lexicon.heads.get(words[-1])) and legal == ("enterprise", "strong"):
        return "enterprise"
    for pick in ("strong", "weak"):
        for word in (words[-1:] + words[:1]) if words else ():
            head = lexicon.heads.get(word) or lexicon.heads.get(word.capitalize())
            if head and head[1] == pick:
                return head[0]
        if pick == "strong":
            for word in reversed(words):
                head = lexicon.heads.get(word)
                if head and head[1] == "strong" and head[0] != "enterprise":
                    return head[0]
    if any(span.rank in (1, 5) for span in name.spans):
        return "government"
    return "enterprise"


def _finder_of(name: Name, own: Register | None) -> str:
    if own is not None and own.get(name.text):
        return "own"
    if any(span.rank for span in name.spans):
        return "register"
    if any(span.posterior for span in name.spans):
        return "sequence"
    return "model" if any(span.entity for span in name.spans) else "grammar"


__all__ = ["Page", "find_english", "kind_of", "propose", "read_page"]
