"""What a reader of names sees at each word of an English text, as strings for a conditional random field."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from extract.finders.tokens import Token, heading, load_grammar, tokenize
from extract.lang import load_language

_SHAPE = (
    (re.compile(r"[A-ZÀ-ÖØ-Þ]"), "X"),
    (re.compile(r"[a-zà-öø-ÿ]"), "x"),
    (re.compile(r"\d"), "d"),
)
_RUNS = re.compile(r"(.)\1+")
_TICKER = re.compile(
    r"\s?\((?:the )?[“\"]?(?:[A-Z][A-Za-z]{1,10}(?: [A-Z]{2,7})?):\s?[A-Z0-9.]{1,8}|\s?\([A-Z]{2,6}\)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of English, by word.

    ``words`` maps a lower-case word to its two clusters and its writing; ``heads`` a word to kind and strength;
    ``people`` a name to ``first`` or ``last``; ``places`` and ``bodies`` names to rank or kind, found through
    ``starts``: the lengths of the names that begin with five letters.
    """

    words: Mapping[str, tuple[int, int, str]]
    heads: Mapping[str, tuple[str, str]]
    people: Mapping[str, str]
    names: Mapping[str, str]
    starts: Mapping[str, tuple[int, ...]]
    acronyms: frozenset[str]
    _seen: dict[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def load_lexicon() -> Lexicon:
    """The lists of ``lang/en``.

    Raises:
        DataError: A list is missing or breaks its rules.
    """
    en = load_language("en")
    names = {name: f"b.{kind}" for name, kind, _ in en.rows("research_bodies", ("name", "kind", "ror"))}
    names |= {name: f"p.{rank}" for name, rank in en.rows("places", ("name", "rank"))}
    for full, short, _ in en.rows("companies", ("name", "short", "code")):
        names |= {full: "k.enterprise", short: "k.enterprise"}
    for file, mark in (("well_known", "k"), ("world_bodies", "k"), ("state_bodies", "k"), ("media", "m")):
        names |= {name: f"{mark}.{kind}" for name, kind in en.rows(file, ("name", "kind"))}
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:5], set()).add(len(name))
    return Lexicon(
        words={
            word: (int(lower), int(upper), _writing(word, how))
            for word, lower, upper, how in en.rows("words", ("word", "lower", "upper", "writing"))
        },
        heads={word: (kind, strength) for word, kind, strength in en.rows("heads", ("word", "kind", "strength"))},
        people={row[0]: row[1] for row in en.rows("people", ("name", "part"))},
        names=names,
        starts={start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()},
        acronyms=frozenset(acronym for acronym, _ in en.rows("acronyms", ("acronym", "ror"))),
    )


def _writing(word: str, tenths: str) -> str:
    lower, upper, capitals = map(int, tenths)
    most = max(lower, upper, capitals)
    if most < 6:
        return "any"
    return "low" if most == lower else "cap" if most == upper else "all"


def shape(word: str) -> str:
    """The kinds of letters of a word, runs folded: ``BrightHy`` is XxXx."""
    for pattern, letter in _SHAPE:
        word = pattern.sub(letter, word)
    return _RUNS.sub(r"\1", word)


def capital_runs(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The runs of capitalized words, as token ranges: small words (of, and, &) inside belong to them."""
    inside = load_grammar().inside
    runs: list[tuple[int, int]] = []
    at, size = 0, len(tokens)
    while at < size:
        if not _capital(tokens[at]):
            at += 1
            continue
        end = at + 1
        while end < size and tokens[end].line == tokens[at].line:
            if _capital(tokens[end]):
                end += 1
                continue
            ahead = end
            while ahead < size and ahead - end < 3 and tokens[ahead].text in inside:
                ahead += 1
            if end < ahead < size and _capital(tokens[ahead]) and tokens[ahead].line == tokens[at].line:
                end = ahead + 1
            else:
                break
        runs.append((at, end))
        at = end
    return runs


def _capital(token: Token) -> bool:
    return token.text[0].isupper() or (token.text[0].isdigit() and any(map(str.isupper, token.text)))


def listed(text: str, tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[tuple[int, int, str]]:
    """The names of lists in the text, the longest at each place: first token, behind the last, what it is."""
    ends = {token.end: at for at, token in enumerate(tokens)}
    at = 0
    while at < len(tokens):
        start = tokens[at].start
        if tokens[at].text[0].isupper() or tokens[at].text[0].isdigit():
            for length in lexicon.starts.get(text[start : start + 5], ()):
                if (what := lexicon.names.get(text[start : start + length])) and start + length in ends:
                    last = ends[start + length] + 1
                    yield at, last, what
                    at = last - 1
                    break
        at += 1


def features(text: str, tokens: Sequence[Token]) -> list[list[str]]:
    """One list of features a token."""
    lexicon = load_lexicon()
    alone = [_alone(token.text, lexicon) for token in tokens]
    extra: list[list[str]] = [[] for _ in tokens]
    _lines(tokens, extra)
    _lists(text, tokens, lexicon, extra)
    _document(text, tokens, lexicon, extra)
    out = []
    size = len(tokens)
    for at, token in enumerate(tokens):
        row = ["b", *alone[at], *extra[at]]
        low = token.text.lower()
        for step in (-2, -1, 1, 2):
            other = at + step
            if 0 <= other < size and abs(tokens[other].line - token.line) < 1:
                near = tokens[other].text.lower()
                row.append(f"w{step}={near}")
                row += [f"{value}@{step}" for value in alone[other][2 : 7 if abs(step) == 1 else 4]]
                if step == -1:
                    row.append(f"ww-={near}|{low}")
                if step == 1:
                    row.append(f"ww+={low}|{near}")
            else:
                row.append(f"w{step}=")
        if 0 < at < size - 1:
            row.append(f"s3={shape(tokens[at - 1].text)}|{shape(token.text)}|{shape(tokens[at + 1].text)}")
            row.append(f"w-+={tokens[at - 1].text.lower()}|{tokens[at + 1].text.lower()}")
        out.append(row)
    return out


def _alone(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The features of a word by itself: the first two are the most special."""
    seen = lexicon._seen.get(word)
    if seen is not None:
        return seen
    low = word.lower()
    form = shape(word)
    entry = lexicon.words.get(low)
    capital = word[0].isupper()
    out = [f"w={low}", f"af={low[:3]}|{low[-3:]}"]
    out.append(f"s={form if len(form) < 8 else 'long'}")
    if entry:
        cluster = entry[1] if capital else entry[0]
        out += [f"c={cluster}", f"wr={entry[2]}{'C' if capital else ''}"]
        out += [f"c6={cluster & 63}", f"c10={cluster & 1023}"]
    else:
        out += ["c=?", f"wr=?{form[:3]}"]
    if head := lexicon.heads.get(word) or (lexicon.heads.get(word.title()) if word.isupper() else None):
        out.append(f"h={head[0]}.{head[1]}")
    if part := lexicon.people.get(word):
        out.append(f"n={part}")
    if word in lexicon.acronyms:
        out.append("acr")
    if low in load_grammar().roles:
        out.append("role")
    out += [f"p2={low[:2]}", f"x2={low[-2:]}", f"x4={low[-4:]}", f"len={min(len(word), 8)}"]
    if len(lexicon._seen) < 200_000:
        lexicon._seen[word] = tuple(out)
    return tuple(out)


def _lines(tokens: Sequence[Token], extra: list[list[str]]) -> None:
    at, size = 0, len(tokens)
    while at < size:
        end = at
        while end < size and tokens[end].line == tokens[at].line:
            end += 1
        kind = heading([token.text for token in tokens[at:end]])
        about = tokens[at].text.lower() == "about" and end - at < 9
        for inside in range(at, end):
            if kind:
                extra[inside].append(f"line={kind}")
                if tokens[inside].text[0].isupper():
                    extra[inside].append(f"line={kind}&C")
            if about:
                extra[inside].append("line=about")
            if tokens[inside].first:
                extra[inside].append("first")
            if tokens[inside].glued:
                extra[inside].append("glued")
        at = end


def _lists(text: str, tokens: Sequence[Token], lexicon: Lexicon, extra: list[list[str]]) -> None:
    for first, last, what in listed(text, tokens, lexicon):
        size = "1" if last - first == 1 else "n"
        for at in range(first, last):
            edge = "S" if size == "1" else "B" if at == first else "E" if at == last - 1 else "I"
            extra[at] += [f"g={what}.{size}.{edge}", f"g={what[0]}.{size}"]


def _document(text: str, tokens: Sequence[Token], lexicon: Lexicon, extra: list[list[str]]) -> None:
    """What the whole text says of a word: written small elsewhere, beside a head word elsewhere, after a given name."""
    grammar = load_grammar()
    small = {token.text for token in tokens if token.text.islower()}
    runs = capital_runs(tokens)
    headed: Counter[str] = Counter()
    persons: Counter[str] = Counter()
    begun: Counter[str] = Counter()
    acted: Counter[str] = Counter()
    initials: set[str] = set()
    for first, last in runs:
        words = [token.text for token in tokens[first:last]]
        if not tokens[first].first:
            begun[words[0]] += 1
        if (last < len(tokens) and tokens[last].text in ("’s", "'s")) or (
            first and tokens[first - 1].text.lower() in grammar.givers
        ):
            acted[words[0]] += 1
        strong = any(lexicon.heads.get(word, ("", ""))[1] == "strong" for word in words)
        if strong or _TICKER.match(text, tokens[last - 1].end):
            headed.update({word for word in words if len(word) > 2 and word not in lexicon.heads})
        if len(words) > 1 and (short := "".join(word[0] for word in words if word[0].isupper())):
            initials.add(short)
        if words[-1] not in lexicon.heads and (
            (len(words) in (2, 3) and lexicon.people.get(words[0]) == "first") or words[0].lower() in grammar.titles
        ):
            persons.update(words[-1:])
    for first, last in runs:
        words = [token.text for token in tokens[first:last]]
        final = lexicon.heads.get(words[-1])
        opening = lexicon.heads.get(words[0])
        line = tokens[first].line
        before = tokens[first - 1].text.lower() if first and tokens[first - 1].line == line else "^"
        after = tokens[last].text.lower() if last < len(tokens) and tokens[last].line == line else "$"
        then = tokens[last + 1].text.lower() if last + 1 < len(tokens) and tokens[last + 1].line == line else "$"
        writing = {_writing_of(word, lexicon) for word in words if word[0].isupper()}
        whole = [
            f"r.n={min(last - first, 6)}",
            f"r.b={before}",
            f"r.a={after}",
            f"r.ac={_cluster(after, lexicon)}",
            f"r.bc={_cluster(before, lexicon)}",
            f"r.h={final[0]}.{final[1]}" if final else "r.h=-",
            f"r.w={'+'.join(sorted(writing))}",
        ]
        if opening:
            whole.append(f"r.o={opening[0]}.{opening[1]}")
        if _TICKER.match(text, tokens[last - 1].end):
            whole.append("r.tick")
        if after == "(":
            whole.append(f"r.(={shape(then)}")
        if lexicon.people.get(words[0]) == "first":
            whole.append(f"r.p={min(len(words), 4)}")
        if lexicon.people.get(words[-1]) == "last":
            whole.append(f"r.l={min(len(words), 4)}")
        for at in range(first, last):
            word = tokens[at].text
            row = extra[at]
            row += whole
            row.append(f"r.at={min(at - first, 3)}.{min(last - 1 - at, 3)}")
            if not word[0].isupper():
                continue
            if word.lower() in small:
                row.append("d.small")
            if headed[word]:
                row.append(f"d.head={min(headed[word], 2)}")
            if persons[word]:
                row.append("d.person")
            if acted[word]:
                row.append(f"d.acts={min(acted[word], 2)}")
            if word.isupper() and word in initials:
                row.append("d.initials")
            row.append(f"d.begun={min(begun[word], 3)}")


def _writing_of(word: str, lexicon: Lexicon) -> str:
    entry = lexicon.words.get(word.lower())
    return entry[2] if entry else "?"


def _cluster(word: str, lexicon: Lexicon) -> int:
    entry = lexicon.words.get(word)
    return entry[0] & 1023 if entry else -1


def hash_tokens(rows: Sequence[Sequence[str]]) -> NDArray[np.uint64]:
    """The features as numbers: a column a token, 0 where a token has fewer than the richest one."""
    out = np.zeros((max(map(len, rows), default=1), len(rows)), dtype=np.uint64)
    for at, row in enumerate(rows):
        out[: len(row), at] = [_HASHES.get(feature) or _hash(feature) for feature in row]
    return out


_HASHES: dict[str, int] = {}


def _hash(feature: str) -> int:
    number = int.from_bytes(blake2b(feature.encode(), digest_size=8).digest(), "little") or 1
    if len(_HASHES) < 500_000:
        _HASHES[feature] = number
    return number


__all__ = ["capital_runs", "features", "hash_tokens", "listed", "load_lexicon", "tokenize"]
