"""Names that are known: the lists of a language, and a person's own, matched longest first from the left."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from extract.lang import load_language

_BRACKETS = str.maketrans("（）", "()")


class Entry(NamedTuple):
    """What a register knows of a name: the organization kind, and which list it is from."""

    kind: str
    source: str


class Hit(NamedTuple):
    """A known name at ``[start, end)`` of a text."""

    start: int
    end: int
    entry: Entry


@dataclass(slots=True)
class Register:
    """Known names.  The style of brackets is folded; a name of one character is refused.

    >>> register = Register({"佩瓦能源": Entry("enterprise", "own")})
    >>> [(hit.start, hit.end) for hit in register.hits("同佩瓦能源合作")]
    [(1, 5)]
    """

    entries: Mapping[str, Entry]
    _lengths: dict[str, tuple[int, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.entries = {name.translate(_BRACKETS): entry for name, entry in self.entries.items()}
        lengths: dict[str, set[int]] = {}
        for name in self.entries:
            if len(name) < 2:
                raise ValueError(f"a register name of one character: {name!r}")
            lengths.setdefault(name[:2], set()).add(len(name))
        self._lengths = {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}

    def hits(self, text: str) -> Iterator[Hit]:
        """The known names in ``text``: at each place the longest, from left to right, none overlapping."""
        folded, entries, lengths = text.translate(_BRACKETS), self.entries, self._lengths
        at, last = 0, len(folded) - 1
        while at < last:
            for length in lengths.get(folded[at : at + 2], ()):
                entry = entries.get(folded[at : at + length])
                if entry is not None and at + length <= last + 1:
                    yield Hit(at, at + length, entry)
                    at += length - 1
                    break
            at += 1


def joined(parts: Iterable[Mapping[str, Entry]]) -> dict[str, Entry]:
    """All names of several lists; the first list that has a name says what it is."""
    out: dict[str, Entry] = {}
    for part in parts:
        for name, entry in part.items():
            out.setdefault(name, entry)
    return out


@cache
def load_register(code: str) -> Register:
    """The organizations that the lists of a language name.

    Raises:
        DataError: A list is missing or breaks its rules.
    """
    language = load_language(code)
    universities = language.rows("universities", ("name", "province"))
    companies = language.rows("companies", ("name", "short", "code"))
    bodies = language.rows("research_bodies", ("name", "kind", "ror"))
    return Register(
        joined(
            [
                {name: Entry("university", "university") for name, _ in universities},
                {name: Entry("enterprise", "company") for name, _, _ in companies},
                {name: Entry(kind, "research") for name, kind, _ in bodies},
            ]
        )
    )
