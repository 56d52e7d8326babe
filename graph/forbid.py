"""Pairs of names that are never joined by themselves, and forms that name nobody.

Whatever form two names share, and whatever a document says, only a person joins: two entries of one register (two
universities), a part and its parent, a branch and its head office, siblings under one parent, and bodies of two
places or two numbers.
"""

import re
from functools import cache, lru_cache

from extract.lang import load_language
from extract.names import fold_name
from extract.regions import region_of_name
from graph.registers import conflicting, entries_of

_BRANCH = re.compile(r"(?:分公司|分行|支行|分院|分所|分校|分部|分店|办事处|代表处|营业部|branch|representativeoffice)$")
_LEGAL = re.compile(
    r"(?:股份|有限|责任|集团|控股|公司|总|企业|\(集团\)|inc|ltd|co|corp|corporation|limited|llc|plc|company)+[.,]*$"
)
_NUMBER = re.compile(r"第?([一二三四五六七八九十\d]+)(?=人民|附属|医院|中学|小学|设计|研究|工程|建筑|机床|局|师)")
_COMPLETE = re.compile(r"(?:university|college|institute|academy|hospital|laboratory|school)s?$", re.IGNORECASE)
_UNIT = re.compile(
    r"^\W*(?:school|college|faculty|department|dept|institute|laboratory|lab|cent(?:er|re)|hospital|branch)\b"
)
_SHORTEST = 3  # characters of a parent that two siblings share


def forbids(one: str, other: str) -> bool:
    """Whether the two names, as they are spelled, are of two organizations, whatever form they share.

    >>> forbids("青禾大学", "青禾大学材料学院"), forbids("青禾微电子", "青禾微电子有限公司")
    (True, False)
    """
    short, long = sorted((one, other), key=lambda name: (len(name), name))
    return _forbids(short, long)


@lru_cache(maxsize=50_000)
def _forbids(short: str, long: str) -> bool:
    one, other = fold_name(short), fold_name(long)
    if one == other:
        return False
    return (
        conflicting(entries_of(one), entries_of(other))
        or bool(_BRANCH.search(one)) != bool(_BRANCH.search(other))
        or (_numbers(short) != _numbers(long) and bool(_numbers(short)) and bool(_numbers(long)))
        or _places_differ(short, long)
        or _part(one, other, long[len(short) :])
        or _siblings(one, other)
    )


def _numbers(name: str) -> frozenset[str]:
    return frozenset(_NUMBER.findall(name))


def _places_differ(one: str, other: str) -> bool:
    """太仓 against 昆山; 江苏 against 昆山 is one place within the other."""
    here, there = region_of_name(one), region_of_name(other)
    if here is None or there is None:
        return False
    return not (here.code.startswith(there.code) or there.code.startswith(here.code))


@cache
def _heads() -> re.Pattern[str]:
    rows = load_language("zh").rows("heads", ("word", "kind", "strength"))
    words = sorted((fold_name(word) for word, _, _ in rows), key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(map(re.escape, words))})$")


def _part(one: str, other: str, behind: str) -> bool:
    """A whole name, then a head behind it: 青禾大学 and 青禾大学材料学院; a legal form alone is no part."""
    if not other.startswith(one):
        return False
    rest = other[len(one) :]
    if _COMPLETE.search(one):
        return _UNIT.search(behind.casefold().replace("’s", "").replace(", ", " ").strip()) is not None
    if _LEGAL.fullmatch(rest) or not _heads().search(one):
        return False
    return _heads().search(rest) is not None


def _siblings(one: str, other: str) -> bool:
    """Two bodies of one parent: 青禾科学院 with 物理研究所 and 化学研究所; not a body and its abbreviation."""
    shared = 0
    while shared < len(one) and one[shared] == other[shared]:
        shared += 1
    for length in range(shared, _SHORTEST - 1, -1):
        if _heads().search(one[:length]):
            mine, yours = one[length:], other[length:]
            if not mine or not yours or _LEGAL.fullmatch(mine) or _LEGAL.fullmatch(yours):
                return False
            heads = _heads().search(mine), _heads().search(yours)
            if heads[0] is None or heads[1] is None:
                return False
            return heads[0].group() == heads[1].group() or not _within(mine, yours)
    return False


def _within(one: str, other: str) -> bool:
    """Whether the characters of the shorter stand in the longer in order: 化物所 in 化学物理研究所."""
    short, long = sorted((one, other), key=len)
    ahead = iter(long)
    return all(character in ahead for character in short)


@lru_cache(maxsize=200_000)
def relative(text: str) -> bool:
    """Whether a folded name says what a body is but not which: in another town it means another body.

    >>> [relative(name) for name in ("市科技局", "第一人民医院", "昆山市科技局", "公司", "青禾大学")]
    [True, True, False, True, False]
    """
    return len(text) < 2 or _relative().fullmatch(text) is not None


@cache
def _relative() -> re.Pattern[str]:
    groups = load_language("zh").word_groups("relative", ("ranks", "functions", "endings", "bodies"))
    ranks, functions, endings, bodies = ("|".join(groups[key]) for key in ("ranks", "functions", "endings", "bodies"))
    return re.compile(rf"(?:{ranks})*(?:第[一二三四五六七八九十\d]+)?(?:(?:{functions})(?:{endings})|(?:{bodies}))")
