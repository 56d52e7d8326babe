"""Stretches of a question that no list holds, grown to the whole name that they are a part of."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from graph.ask.similar import place_names
from graph.ask.words import Word, name_words

_LINKING = ("of", "for", "the", "and", "&", "de")  # small words inside an English name


@cache
def _heads() -> frozenset[str]:
    return frozenset(name_words("zh")["heads"])


@cache
def _firms() -> frozenset[str]:
    return frozenset((*name_words("zh")["firms"], *name_words("en")["firms"]))


def grow_stretches(text: str, words: Sequence[Word]) -> list[Word]:
    """The words with each unknown stretch, and each name that a longer one begins with, grown to its whole."""
    return _grow_english(text, _grow_chinese(text, _join(text, _whole_words(text, list(words)))))


def _span(text: str, words: Sequence[Word], tags: frozenset[str]) -> Word:
    start, end = words[0].start, words[-1].end
    return Word(start=start, end=end, text=text[start:end], tags=tags)


def _whole_words(text: str, words: list[Word]) -> list[Word]:
    """A single character that is one dictionary word with its unknown neighbour is unknown too: 为 of 华为."""
    loose = [word for word in words if word.has("unknown") and not word.text.isascii()]
    if not loose:
        return words
    from extract.segment import segment  # a dictionary of a second to load, needed by few questions

    out = list(words)
    for piece in segment(text):
        if piece.end - piece.start < 2 or not any(piece.start < word.end and word.start < piece.end for word in loose):
            continue
        for at, word in enumerate(out):
            inside = len(word.text) == 1 and piece.start <= word.start and word.end <= piece.end
            if inside and not word.has("unknown", "name", "follow", "pronoun", "who", "which", "de"):
                out[at] = replace(word, tags=frozenset({"unknown"}))
    return out


def _join(text: str, words: list[Word]) -> list[Word]:
    """Neighbouring unknown stretches are one, also with a single character of another word caught between them."""
    out: list[Word] = []
    for at, word in enumerate(words):
        last = out[-1] if out else None
        after = words[at + 1] if at + 1 < len(words) else None
        if last is None or not last.has("unknown"):
            out.append(word)
            continue
        touching = last.end == word.start
        latin = word.text.isascii() and last.text.isascii()
        inside = touching and after is not None and word.end == after.start
        dotted = inside and word.text == "·"  # 马丁·戴克
        caught = dotted or (inside and after is not None and after.has("unknown") and _catchable(word))
        if caught or (word.has("unknown") and (touching or latin)):
            out[-1] = _span(text, (last, word), last.tags)
        else:
            out.append(word)
    return out


def _catchable(word: Word) -> bool:
    return len(word.text) == 1 and not word.has("mark", "name", "and", "who", "which", "de", "number")


def _grow_chinese(text: str, words: list[Word]) -> list[Word]:
    """云麓师范 grows over 大学; a known name over a head of another kind, or over an unknown stretch with a head.

    What a known name grows to is another name, unless all that is added says what it is already (澄湖能源公司).
    """
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        if last is None or last.end != word.start or word.text.isascii() or not last.has("unknown", "name"):
            out.append(word)
            continue
        headed = word.text in _heads() and not word.has("name")
        if last.has("unknown") and headed:
            out[-1] = _span(text, (last, word), last.tags)
        elif last.has("unknown") and last.text in place_names() and word.has("name"):
            out[-1] = _span(text, (last, word), word.tags)
        elif last.has("name") and headed:
            same = word.text in _firms() and any(known.kind == "enterprise" for known in last.organizations)
            out[-1] = replace(_span(text, (last, word), last.tags), organizations=last.organizations if same else ())
        elif (
            last.has("name")
            and word.has("unknown")
            and any(word.text.endswith(head) for head in _heads() if len(head) > 1)
        ):
            out[-1] = _span(text, (last, word), last.tags)
        else:
            out.append(word)
    return out


def _grow_english(text: str, words: list[Word]) -> list[Word]:
    """Words in capitals beside an unknown one belong to its name (Ostermoor Bank), and 'university of' before it."""
    capitals = _uses_capitals(text, words)
    out: list[Word] = []
    at = 0
    while at < len(words):
        run = _titled_run(text, words, at) if capitals else 0
        if run > 1 and any(word.has("unknown") for word in words[at : at + run]):
            out.append(_span(text, words[at : at + run], frozenset({"unknown"})))
            at += run
            continue
        if run > 1 and words[at].has("name") and _kept_apart(words[at + 1 : at + run]):
            out.append(_span(text, words[at : at + run], frozenset({"name"})))
            at += run
            continue
        word = words[at]
        if word.has("unknown") and word.text.isascii() and len(out) > 1 and out[-1].text.lower() == "of":
            head = out[-2]
            if head.values("kind:") and head.text.isascii() and not head.text.lower().endswith("s"):
                out[-2:] = [_span(text, (head, word), word.tags)]
                at += 1
                continue
        out.append(word)
        at += 1
    return out


def _kept_apart(behind: Sequence[Word]) -> bool:
    """A capitalized kind behind a known name makes it another name: Ohio State University Hospital."""
    return (
        bool(behind)
        and all(word.values("kind:") and not word.has("cooperation", "partner") for word in behind)
        and not (len(behind) == 1 and behind[0].text.lower() in _firms())
    )


def _titled_run(text: str, words: Sequence[Word], first: int) -> int:
    """How many words from ``first`` on stand in one capitalized run, small words inside it included."""
    if first == 0 and not words[0].has("unknown", "name"):
        return 0
    if not _titled(words[first]):
        return 0
    at, last = first + 1, first
    while at < len(words) and words[at].text.isascii() and text[words[at - 1].end : words[at].start] == " ":
        if _titled(words[at]) and not words[at].has("name"):
            last = at
        elif words[at].text.lower() not in _LINKING or words[first].has("name"):
            break
        at += 1
    return last - first + 1


def _titled(word: Word) -> bool:
    return word.text.isascii() and word.text[:1].isupper() and not word.has("mark", "number", "year")


def _uses_capitals(text: str, words: Sequence[Word]) -> bool:
    """Whether capitals mean anything: not in a question typed all in capitals or as a title."""
    plain = [
        word
        for word in words[1:]
        if word.text[:1].isalpha() and word.text.isascii() and not word.has("name", "unknown")
    ]
    return not plain or sum(word.text[0].isupper() for word in plain) <= len(plain) / 2
