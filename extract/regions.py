"""Where an organization is at home, as far as its name says it: a division of mainland China, by official code."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from extract.lang import load_language

_NO_PLACE = re.compile(r"直辖县级|^市辖区$|^县$|^城区$|^郊区$")
_NATIONAL = re.compile(r"(?:中国|国家)\w{0,6}?(?:科学院|研究院|集团|总公司|银行)|中科院")
# what stands behind a district that is named without 区
_BORDER = re.compile(r"$|[，。；、：（）\s的]|新城|开发区|高新区|工业|经济|科技|产业|街道|城区")
_LONGEST = 12  # 双江拉祜族佤族布朗族傣族自治县 is longer, and nobody writes it out in a company's name


@cache
def _table() -> Mapping[str, Any]:
    return load_language("zh").table("regions", ("everyday", "peoples", "beyond"))


@cache
def _unit() -> re.Pattern[str]:
    """What ends a division's name: 市, 区, 土家族苗族自治州."""
    peoples = "|".join(_table()["peoples"].split())
    return re.compile(
        rf"(?:(?:{peoples}|(?<!内)蒙古)*(?:自治区|自治州|自治县|自治旗)|特别行政区|地区|省|市|盟|区|县|旗)$"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A division by its code (2 digits a province, 4 a prefecture, 6 a county) and the words that say so."""

    code: str
    ground: str


def divisions() -> Iterator[tuple[str, str]]:
    """Code and name of each division of the register that is a place: not 市辖区 or 直辖县级."""
    for code, name in load_language("zh").rows("divisions", ("code", "name")):
        if not _NO_PLACE.search(name):
            yield code, name


def is_everyday(code: str) -> bool:
    """Whether the division's name without its unit is also an everyday word, a brand or a person's name."""
    return _unit().sub("", region_name(code)) in _table()["everyday"].split()


@cache
def _divisions() -> Mapping[str, tuple[str, ...]]:
    """Each way to write a division, with the codes of the divisions written so."""
    everyday = set(_table()["everyday"].split())
    codes: dict[str, list[str]] = {name: [code] for name, code in _table()["beyond"].items()}
    for code, name in divisions():
        if name not in everyday:
            codes.setdefault(name, []).append(code)
        bare = _unit().sub("", name)
        if bare != name and len(bare) > 1 and bare not in everyday:
            codes.setdefault(bare, []).append(code)
    return {name: tuple(outermost(found)) for name, found in codes.items()}


def outermost(codes: Collection[str]) -> Iterator[str]:
    """The codes without those inside another of them: 东莞市 is a prefecture and its own only county."""
    for code in codes:
        if not any(code != other and code.startswith(other) for other in codes):
            yield code


def _read(text: str, at: int, *, told: bool = False) -> tuple[str, int] | None:
    """The division that ``text`` names at ``at``, followed down (上海市嘉定区), and where it ends.

    ``told`` is whether the words before say that a place stands here.
    """
    code, end = "", at
    while True:
        for length in range(min(_LONGEST, len(text) - end), 1, -1):
            name = text[end : end + length]
            inside = [found for found in _divisions().get(name, ()) if found.startswith(code) and found != code]
            if not code:
                inside = [found for found in inside if len(found) == 2] or inside  # 海南 is the province
            if len(inside) == 1 and (
                code or _says_enough(name, inside[0]) or (told and _BORDER.match(text, end + length))
            ):
                code, end = inside[0], end + length
                break
        else:
            return (code, end) if code else None


@cache
def _cities() -> frozenset[str]:
    rows = load_language("zh").rows("divisions", ("code", "name"))
    return frozenset(code for code, name in rows if len(code) == 6 and name.endswith("市"))


def _says_enough(name: str, code: str) -> bool:
    """Whether a name with nothing before it names a division: 昆山 is a city; 嘉定, a district, could be a brand."""
    return len(code) < 6 or code in _cities() or _unit().search(name) is not None


def read_division(text: str, at: int, *, told: bool = True) -> tuple[str, int] | None:
    """The code of the division that a Chinese text names at ``at``, and where it ends.

    ``told`` is whether the words before say that a place stands here: then a district needs no 区 behind it.

    >>> read_division("总部位于上海嘉定，", 4)
    ('310114', 8)
    """
    return _read(text, at, told=told)


def innermost(codes: Iterable[str]) -> str | None:
    """The division that lies in all the others, ``None`` where two lie apart.

    >>> innermost(["32", "3205"]), innermost(["3205", "3101"])
    ('3205', None)
    """
    ordered = sorted(set(codes))
    if any(not inner.startswith(outer) for outer, inner in pairwise(ordered)):
        return None
    return max(ordered, default=None)


def region_of_name(name: str) -> Region | None:
    """The region that an organization's Chinese name says, or ``None`` rather than a guess.

    Read in the first bracket, which says where a branch sits, else at the start, else behind a national body.
    A place that several divisions share (鼓楼区, 朝阳), and an everyday word that is also a place (东方), say
    nothing unless a larger division stands before them.

    Source:
        GB/T 2260, the codes of administrative divisions.

    >>> region_of_name("昆山双林电子有限公司")
    Region(code='320583', ground='昆山')
    >>> region_of_name("鼓楼区人民政府") is None
    True
    """
    bracket = re.search(r"[（(]", name)
    starts = [bracket.end(), 0] if bracket else [0]
    if national := _NATIONAL.match(name):
        starts.append(national.end())
    for start in starts:
        found = _read(name, start)
        if found is not None:
            code, end = found
            return Region(code=code, ground=name[start:end])
    return None


@cache
def _names() -> Mapping[str, str]:
    rows = load_language("zh").rows("divisions", ("code", "name"))
    return {row[0]: row[1] for row in rows} | {code: name for name, code in _table()["beyond"].items()}


def region_name(code: str) -> str:
    """The official name of a division, or the code itself where there is none.

    >>> region_name("320583")
    '昆山市'
    """
    return _names().get(code, code)
