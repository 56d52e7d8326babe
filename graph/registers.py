"""What the registers know of a name: the entry it belongs to, the other names of that entry, and its place."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from extract.lang import load_language
from extract.names import fold_name
from extract.regions import read_division, region_of_name

Entry = str
"""A register and a number or name in it: ``ror:02x681a42``, ``stock:300750.SZ``, ``university:浙江大学``."""

_SCHOOL = re.compile(r"大学.*(?:(?<!孔子)学院|系|书院)$")  # a Confucius institute is abroad

_BODIES = ("name", "kind", "ror")
_COMPANIES = ("name", "short", "code")


def entries_of(text: str) -> frozenset[Entry]:
    """The entries of the folded name ``text``; a name that two entries of a register share has none there.

    >>> sorted(entries_of("浙大"))
    ['university:浙江大学']
    """
    return _tables()[0].get(text, frozenset())


def names_of(entry: Entry) -> frozenset[str]:
    """The folded names of an entry."""
    return _tables()[1].get(entry, frozenset())


def places_of(text: str, entries: Iterable[Entry]) -> frozenset[str]:
    """The codes of the divisions in which the registers have the folded name ``text`` or one of its ``entries``.

    A school that its university's name begins (复旦大学新闻学院) is in the province of the university.

    >>> sorted(places_of("浙大", entries_of("浙大")))
    ['33', '3301']
    """
    by_entry, by_name = _places()
    found = set(by_name.get(text, ()))
    for entry in entries:
        found |= {by_entry[entry]} if entry in by_entry else set()
        found.update(*(by_name.get(name, ()) for name in names_of(entry)))
    if not found and _SCHOOL.search(text):
        found |= _province_of_school(text)
    return frozenset(found)


def _province_of_school(text: str) -> set[str]:
    for end in range(len(text) - 2, 3, -1):
        if province := _places()[0].get(f"university:{text[:end]}"):
            elsewhere = any(read_division(text, at, told=False) for at in range(end, len(text)))
            return set() if elsewhere else {province}
    return set()


@cache
def _places() -> tuple[Mapping[Entry, str], Mapping[str, frozenset[str]]]:
    zh = load_language("zh")
    by_entry: dict[Entry, str] = {}
    for name, province in zh.rows("universities", ("name", "province")):
        if region := region_of_name(province):
            by_entry[f"university:{name}"] = region.code
    by_entry |= {f"ror:{ror}": division for ror, division in zh.rows("research_places", ("ror", "division"))}
    by_name: dict[str, frozenset[str]] = {}
    for code in ("zh", "en"):
        for name, _, ror in load_language(code).rows("research_bodies", _BODIES):
            if place := by_entry.get(f"ror:{ror}"):
                by_name[fold_name(name)] = by_name.get(fold_name(name), frozenset()) | {place}
    return by_entry, by_name


def _listed() -> Iterator[tuple[str, Entry]]:
    zh = load_language("zh")
    universities = {name for name, _ in zh.rows("universities", ("name", "province"))}
    for name in universities:
        yield name, f"university:{name}"
    for short, name in zh.rows("short_names", ("short", "name")):
        entry = f"{'university' if name in universities else 'body'}:{name}"
        yield short, entry
        yield name, entry
    for name, short, code in zh.rows("companies", _COMPANIES):
        for form in (name, short):
            if len(form) > 3:  # a shorter name is an everyday word too often: 石化, 太阳能, 机器人
                yield form, f"stock:{code}"
    both = set()
    for name, _, ror in zh.rows("research_bodies", _BODIES):
        if ror:
            both.add(ror)
            yield name, f"ror:{ror}"
    for name, _, ror in load_language("en").rows("research_bodies", _BODIES):
        if ror in both:  # an English name that has a Chinese one beside it
            yield name, f"ror:{ror}"


@cache
def _tables() -> tuple[Mapping[str, frozenset[Entry]], Mapping[Entry, frozenset[str]]]:
    found: dict[tuple[str, str], set[Entry]] = defaultdict(set)  # folded name and register → entries
    for name, entry in _listed():
        found[fold_name(name), entry.partition(":")[0]].add(entry)
    entries: dict[str, frozenset[Entry]] = {}
    names: dict[Entry, set[str]] = defaultdict(set)
    for (text, _), several in found.items():
        if len(several) == 1:
            entries[text] = entries.get(text, frozenset()) | several
            names[next(iter(several))].add(text)
    return entries, {entry: frozenset(texts) for entry, texts in names.items()}


@lru_cache(maxsize=100_000)
def conflicting(one: frozenset[Entry], other: frozenset[Entry]) -> bool:
    """Whether some register has an entry for each, and not the same.

    >>> conflicting(entries_of("浙江大学"), entries_of("上海交通大学"))
    True
    """
    registers = {entry.partition(":")[0] for entry in one} & {entry.partition(":")[0] for entry in other}
    return any(not {entry for entry in one if entry.startswith(f"{register}:")} & other for register in registers)
