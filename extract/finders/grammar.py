"""Chinese names by their shape: a head word (公司, 研究院) fixes the right edge, words walk to the left edge."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.lang import load_language
from extract.segment import Word

LONGEST = 26  # code points; a registered company name with its place and trade
_WORDS_BACK = 9
_KEYS = ("name_tags", "stop_words", "generic_words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A stretch ``[start, end)`` shaped like a name, its head word, and the organization kind that one speaks for."""

    start: int
    end: int
    head: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The head words of a language and what may stand before them."""

    kinds: dict[str, str]
    weak: frozenset[str]
    head: re.Pattern[str]
    tags: frozenset[str]
    stop: frozenset[str]
    generic: re.Pattern[str]

    def shapes(self, text: str, words: Sequence[Word]) -> list[Shape]:
        """The stretches shaped like names, in order; of two that overlap the longer one, and the first of equals."""
        starts = [word.start for word in words]
        best: list[Shape] = []
        for match in self.head.finditer(text):
            shape = self._shape(text, words, bisect_right(starts, match.start()) - 1, match)
            if shape is None:
                continue
            if not best or shape.start >= best[-1].end:
                best.append(shape)
            elif shape.end - shape.start > best[-1].end - best[-1].start:
                best[-1] = shape
        return best

    def _shape(self, text: str, words: Sequence[Word], at: int, match: re.Match[str]) -> Shape | None:
        """The name whose head word is ``match``, which begins in word ``at``; ``None`` when nothing names it."""
        head, end = match.group(), match.end()
        first = words[at]
        if first.start < match.start() and first.tag in ("v", "d", "r", "p"):
            return None
        start, place = min(match.start(), first.start), None
        for word in reversed(words[max(0, at - _WORDS_BACK) : at]):
            if text[word.start] in "）)":
                start = word.start
                continue
            if not self._inside(text, word) or end - word.start > LONGEST:
                break
            start = word.start
            if word.tag == "ns":
                place = start
        if place is not None and place > start and text[place - 1] not in "（(" and head not in self.weak:
            start = place
        while text[start] in "（()）·-&":
            start += 1
        stem = text[start : match.start()]
        if not stem or self.generic.fullmatch(stem) or stem.count("）") > stem.count("（"):
            return None
        if head in self.weak and not 2 <= len(stem) <= 5:
            return None
        return Shape(start=start, end=end, head=head, kind=self.kinds[head])

    def _inside(self, text: str, word: Word) -> bool:
        """Whether a name may go on to the left over ``word``."""
        written = text[word.start : word.end]
        if word.tag not in self.tags or written in self.stop:
            return False
        if word.tag == "x":
            return written in "（(·-&" or written.isalnum()
        return word.tag != "m" or written[0] in "第一二三四五六七八九十"


@cache
def load_grammar(code: str) -> Grammar:
    """The grammar of that language.

    Raises:
        DataError: ``heads.txt`` or ``grammar.toml`` is missing or breaks its rules.
    """
    language = load_language(code)
    rows = language.rows("heads", ("word", "kind", "strength"))
    groups = language.word_groups("grammar", _KEYS)
    longest_first = sorted((word for word, _, _ in rows), key=lambda word: (-len(word), word))
    generic = sorted(groups["generic_words"], key=lambda word: (-len(word), word))
    return Grammar(
        kinds={word: kind for word, kind, _ in rows},
        weak=frozenset(word for word, _, strength in rows if strength == "weak"),
        head=re.compile("|".join(map(re.escape, longest_first))),
        tags=frozenset(groups["name_tags"]),
        stop=frozenset(groups["stop_words"]),
        generic=re.compile(rf"(?:{'|'.join(map(re.escape, generic))}|\d)+"),
    )
