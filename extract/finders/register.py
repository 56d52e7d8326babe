"""Names that are known: the lists of a language, and a person's own, matched longest first from the left."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from extract.lang import load_language

_BRACKETS = str.maketrans("（）", "()")


class Entry(NamedTuple):
    """What a register knows of a name: the organization kind, and which list it is from; ``rank`` numbers the lists."""

    kind: str
    source: str
    rank: int = 0


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
        self.entries = {
            name.translate(_BRACKETS) if "（" in name or "）" in name else name: entry
            for name, entry in self.entries.items()
        }
        if short := next((name for name in self.entries if len(name) < 2), None):
            raise ValueError(f"a register name of one character: {short!r}")
        masks: dict[str, int] = {}  # a bit for each length: there are few sets of lengths, and many beginnings
        for name in self.entries:
            start = name[:2]
            masks[start] = masks.get(start, 0) | 1 << len(name)
        lengths = {
            mask: tuple(n for n in range(mask.bit_length(), 1, -1) if mask >> n & 1) for mask in {*masks.values()}
        }
        self._lengths = {start: lengths[mask] for start, mask in masks.items()}

    def get(self, name: str) -> Entry | None:
        """What the register knows of a name, ``None`` when it lacks it."""
        return self.entries.get(name.translate(_BRACKETS))

    def lengths(self, start: str) -> tuple[int, ...]:
        """The lengths of the names that begin with these two characters, longest first."""
        return self._lengths.get(start, ())

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
    for part in reversed(tuple(parts)):
        out.update(part)
    return out


_entry = cache(Entry)  # few are distinct


@cache
def load_register(code: str) -> Register:
    """The organizations that the lists of a language name.

    Raises:
        DataError: A list is missing or breaks its rules.
    """
    language = load_language(code)
    parts: list[dict[str, Entry]] = []
    for rank, name in enumerate(("state_bodies", "world_bodies", "media", "well_known"), 1):
        rows = language.rows(name, ("name", "kind"))
        parts.append({word: _entry(kind, name, rank + 4 * (len(word) == 2)) for word, kind in rows})
    universities = language.rows("universities", ("name", "province"))
    companies = language.rows("companies", ("name", "short", "code"))
    bodies = language.rows("research_bodies", ("name", "kind", "ror"))
    parts.append({name: _entry("university", "universities", 9) for name, _ in universities})
    parts.append({name: _entry("enterprise", "companies", 10) for name, _, _ in companies})
    parts.append({name: _entry(kind, "research_bodies", 11) for name, kind, _ in bodies})
    parts.append({short: _entry("enterprise", "listed", 12) for _, short, _ in companies if short})
    return Register(joined(parts))


_LEVELS = {2: 1, 4: 2, 6: 3}  # digits of a division's code: province, prefecture, county
_SUFFIXES = (
    "特别行政区",
    "壮族自治区",
    "回族自治区",
    "维吾尔自治区",
    "自治区",
    "自治州",
    "地区",
    "市",
    "省",
    "县",
    "区",
)


@cache
def load_places(code: str) -> Register:
    """The places that can act: divisions, with and without what they are (``昆山市``, ``昆山``)."""
    out = {
        name: Entry("government", "countries", 7)
        for name in load_language(code).words("countries", "name")
        if len(name) > 1
    }
    for number, name in load_language(code).rows("divisions", ("code", "name")):
        rank = _LEVELS[len(number)]
        if len(name) > 1:  # 县 and 市 stand for counties without a name
            out.setdefault(name, Entry("government", "division", rank))
        suffix = next((suffix for suffix in _SUFFIXES if name.endswith(suffix)), "")
        if suffix and len(name) - len(suffix) > 1:
            out.setdefault(name.removesuffix(suffix), Entry("government", "division", rank + 3))
    return Register(out)
