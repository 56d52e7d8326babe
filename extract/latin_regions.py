"""Divisions of China in Latin letters: where an English text, or a name in Latin letters, says that a body sits."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from extract.lang import load_language
from extract.regions import Region, divisions, is_everyday, outermost
from extract.romanize import romanize_place

_WORDS = 4  # of a place's name: Inner Mongolia Autonomous Region
_WORD = re.compile(r"[A-Z]\w*(?:\.\w+)*(?:['’](?!s\b)\w+)*(?:\.(?= [A-Z]))?")
_COMMA = re.compile(r", ?")
_NOT_FIRST = re.compile(r"(?:The|China|Chinese) ", re.IGNORECASE)


@cache
def _table() -> tuple[tuple[str, ...], frozenset[str], Mapping[str, str], frozenset[str]]:
    """Units, longest first; names of the country; spellings that stand for one division; brands."""
    table = load_language("en").table("regions", ("units", "country", "brands", "known"))
    units, country = ([word.replace("_", " ") for word in table[key].split()] for key in ("units", "country"))
    known = {_folded(name): code for name, code in table["known"].items()}
    brands = frozenset(map(_folded, table["brands"].split()))
    return tuple(sorted(units, key=len, reverse=True)), frozenset(map(_folded, country)), known, brands


def _folded(name: str) -> str:
    return re.sub(r"[^a-z ]", "", name.lower().replace("ü", "u"))


def _bare(name: str) -> str:
    return next((name.removesuffix(f" {unit}") for unit in _table()[0] if name.endswith(f" {unit}")), name)


def _spelled(named: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    """The codes of each folded spelling of named divisions, with their unit and without."""
    found: dict[str, set[str]] = defaultdict(set)
    for name, code in named:
        latin = romanize_place(name)
        for spelling in (latin, _bare(latin)):
            found[_folded(spelling)].add(code)
    return {spelling: tuple(outermost(sorted(codes))) for spelling, codes in found.items()}


@cache
def _large() -> Mapping[str, tuple[str, ...]]:
    """Provinces, prefectures and county-level cities, which are named without what they lie in."""
    large = ((name, code) for code, name in divisions() if len(code) < 6 or name.endswith("市"))
    return {**_spelled(large), **{name: (code,) for name, code in _table()[2].items()}}


@cache
def _inside(province: str) -> Mapping[str, tuple[str, ...]]:
    return _spelled((name, code) for code, name in divisions() if code.startswith(province) and code != province)


def _read(text: str, at: int) -> tuple[str, int] | None:
    """The division that stands at ``at``, with the larger ones behind it, and its end; ``""`` for China."""
    ends: list[int] = []
    word = _WORD.match(text, at)
    while word and len(ends) < _WORDS:
        ends.append(word.end())
        word = _WORD.match(text, word.end() + 1) if text[word.end() : word.end() + 1] == " " else None
    for end in reversed(ends):
        spelled, bare = _folded(text[at:end]), _folded(_bare(text[at:end]))
        if spelled in _table()[1]:
            return "", end
        comma = _COMMA.match(text, end)
        outer = _read(text, comma.end()) if comma else None
        if outer and outer[0]:
            inside = _inside(outer[0][:2])
            codes = [code for code in inside.get(spelled, inside.get(bare, ())) if code.startswith(outer[0])]
            if len(codes) == 1:
                return codes[0], outer[1]
        codes = list(_large().get(spelled, _large().get(bare, ())))
        if len(codes) == 1:
            return codes[0], outer[1] if outer and not outer[0] else end
    return None


def read_latin_division(text: str, at: int) -> tuple[str, int] | None:
    """The code of the division of China that the text names at ``at``, and where it ends.

    Districts and counties count only with the larger division behind them, and a spelling that several divisions
    share says nothing.

    >>> read_latin_division("in Jiading, Shanghai, China.", 3)
    ('310114', 27)
    """
    found = _read(text, at)
    return found if found and found[0] else None


def _is_brand(spelled: str, code: str) -> bool:
    """Whether a place at the start of a name may be a brand or a person instead: Zhongshan Hospital is in Shanghai."""
    return _folded(spelled) in _table()[3] or (len(code) > 2 and is_everyday(code))


def region_of_latin_name(name: str) -> Region | None:
    """The region that an organization's name in Latin letters says, or ``None`` rather than a guess.

    Read where all of a bracket is a place, else at the start, else behind the last comma.

    >>> region_of_latin_name("Kunshan Shuanglin Electronics Co., Ltd.")
    Region(code='320583', ground='Kunshan')
    """
    places = [(match.start(1), match.end(1)) for match in re.finditer(r"\(([^()]+)\)", name)]
    start = _NOT_FIRST.match(name)
    places.append((start.end() if start else 0, 0))
    places.append((name.rfind(", ") + 2, len(name)))
    for at, whole in places:
        found = read_latin_division(name, at)
        if found and whole in (0, found[1]) and not _is_brand(name[at : found[1]], found[0]):
            return Region(code=found[0], ground=name[at : found[1]])
    return None
