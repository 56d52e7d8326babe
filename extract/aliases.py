"""The names of one article → which of them are forms of one organization.

A short form is joined to a longer name when the text defines it (``简称``, a bracket behind the name), when both have
the same stem once places, legal forms and trades are taken away, or when its characters stand in the longer name in
order (中科院物理所).  A form that fits several organizations is joined to none.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.finders.register import load_register
from extract.lang import load_language
from extract.names import fold_name
from extract.records import Mention

_KEYS = ("fronts", "forms", "trades", "heads", "full_heads", "defines", "parts")
_BRACKETS = re.compile(r"[（(\[【].*?[)）\]】]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&.,'\- ]{1,89}")
_PARTED = re.compile(r"\s*[，；;、/]\s*|, (?=[A-Z]{2,10}$)")  # what parts several forms in one bracket
_BRANCHES = ("分公司", "子公司")
_PARTNERSHIP = "合伙企业"
_NEAR = 60  # names of one head that a short form is compared with


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    fronts: frozenset[str]
    forms: tuple[str, ...]
    trades: frozenset[str]
    heads: tuple[str, ...]
    full_heads: tuple[str, ...]
    parts: tuple[str, ...]
    bracket: re.Pattern[str]


@cache
def has_aliases(code: str) -> bool:
    """Whether there are word lists for the forms of names; without them only equal names are joined."""
    return files("extract").joinpath("lang", code, "aliases.toml").is_file()


@cache
def _words(code: str) -> _Words:
    language = load_language(code)
    groups = language.word_groups("aliases", _KEYS)
    fronts = set(groups["fronts"])
    for row in language.rows("divisions", ("code", "name")):
        fronts.add(row[1])
        if len(row[1]) > 2:
            fronts.add(re.sub("(自治区|自治州|自治县|市|省|县|区|盟|州)$", "", row[1]))
    fronts |= {row[0] for row in language.rows("countries", ("name",))}
    says = "|".join(groups["defines"])
    return _Words(
        fronts=frozenset(front for front in fronts if len(front) > 1),
        forms=tuple(sorted(groups["forms"], key=len, reverse=True)),
        trades=frozenset(groups["trades"]),
        heads=groups["heads"],
        full_heads=groups["full_heads"],
        parts=tuple(sorted(groups["parts"], key=len, reverse=True)),
        bracket=re.compile(
            rf"[（(](?:[^（()）]{{0,16}}?(?:{says})[为是:：]?\s*[“\"'‘「《]?)?"
            rf"([A-Za-z][^（()）“”「」《》。\u4e00-\u9fff]{{1,120}}|[^（()）“”\"'‘’「」《》，。；]{{2,30}})"
        ),
    )


def defined_forms(text: str, mentions: Sequence[Mention], code: str) -> dict[str, str]:
    """The forms that the text itself gives a name: from the form to the name, as they are written.

    ``X（以下简称“Y”）`` defines Y, and so do ``X（Latin name）`` and ``X（Y）`` where Y is a mention.
    """
    words = _words(code)
    mentioned = {fold_name(mention.text) for mention in mentions}
    out: dict[str, str] = {}
    for mention in mentions:
        match = words.bracket.match(text, mention.span.end)
        if match is None:
            continue
        says = match.start(1) - match.start() > 2
        for form in _PARTED.split(match[1].strip()):
            if not any(character.isalnum() for character in form):
                continue  # 甲公司（“”）
            head = form.partition(", ")[0]
            form = head if fold_name(head) in mentioned else form  # Institute of Physics, Academy of Sciences
            latin = _LATIN.fullmatch(form) and any(character.isupper() for character in form)
            crossed = mention.text.isascii() and not form.isascii()  # Schaeffler（舍弗勒）
            alike = fold_name(form) in mentioned and (crossed or len(set(form) & set(mention.text)) > 1)
            if (says or latin or alike) and fold_name(form) != fold_name(mention.text):
                out.setdefault(form, mention.text)
    return out


def likely_forms(name: str, code: str) -> tuple[str, ...]:
    """Short forms under which a company's full name may go on in the text: 佩瓦能源科技, 佩瓦能源; longest first.

    They have four characters at least, or three when one trade is all that was left out.

    >>> likely_forms("苏州佩瓦能源科技有限公司", "zh")
    ('佩瓦能源科技', '佩瓦能源')
    """
    words = _words(code)
    plain = _BRACKETS.sub("", name)
    stem = _stem(name, words)
    if _without_form(plain, words) == plain or not 3 <= len(stem) <= 10:
        return ()
    out = [stem] if stem != plain else []
    for trade in sorted(words.trades, key=len, reverse=True):
        if stem.endswith(trade) and len(stem) - len(trade) >= 3:
            out.append(stem[: -len(trade)])
            break
    return tuple(form for form in out if len(form) >= 3 and form not in words.fronts and form not in words.trades)


def _without_front(name: str, words: _Words) -> str:
    """The name without the places before its stem; what is left has two characters at least."""
    while True:
        for size in range(min(8, len(name) - 2), 0, -1):
            if name[:size] in words.fronts:
                name = name[size:]
                break
        else:
            return name


def _without_form(name: str, words: _Words) -> str:
    for form in words.forms:
        if name.endswith(form) and len(name) - len(form) >= 2:
            return name[: -len(form)]
    return name


def _stem(name: str, words: _Words) -> str:
    name = _BRACKETS.sub("", name.replace(" ", "").replace("\n", "")) or name
    return _without_form(_without_form(_without_front(name, words), words), words)


def _only_trades(tail: str, words: _Words) -> bool:
    while tail:
        for size in range(min(5, len(tail)), 1, -1):
            if tail[:size] in words.trades:
                tail = tail[size:]
                break
        else:
            return False
    return True


@cache
def _short_names(code: str) -> Mapping[str, str]:
    rows = load_language(code).rows("short_names", ("short", "name"))
    return {fold_name(short): fold_name(name) for short, name in rows}


def _abbreviates(short: str, long: str, words: _Words) -> bool:
    """Whether the characters of a short form stand in the long name in order, its head at the end."""
    if not 2 <= len(short) <= 8 or len(long) < len(short) + 2 or not short.endswith(words.heads):
        return False
    if short.endswith(words.full_heads) or long.startswith(short):
        return False
    if len(short) == 2 and not (short.endswith("大") and long.endswith("大学") and short[0] == long[0]):
        return False
    head = next(head for head in words.heads if short.endswith(head))
    if head not in long[-3:] and not (head == "大" and "大学" in long):
        return False
    return _in_order(short, long) and (short[0] == long[0] or short[:2] in long)


def join_forms(text: str, mentions: Sequence[Mention], code: str) -> dict[str, str]:
    """For each folded name the folded name of its organization: the longest of its forms."""
    words = _words(code)
    names: dict[str, Mention] = {}
    for mention in mentions:
        names.setdefault(fold_name(mention.text), mention)
    owner = _Owners(names)
    for form, name in defined_forms(text, mentions, code).items():
        if (fold := fold_name(form)) in names:
            owner.join(fold, fold_name(name))
    for short, long in _short_names(code).items():
        if short in names and long in names:
            owner.join(short, long)
    stems = {fold: _stem(mention.text, words) for fold, mention in names.items()}
    by_start: dict[str, list[str]] = defaultdict(list)
    by_head: dict[str, list[str]] = defaultdict(list)
    for fold in names:
        by_start[stems[fold][:2].casefold()].append(fold)
        by_head[names[fold].text[-1]].append(fold)
    for short in sorted(names, key=lambda fold: (-len(fold), fold)):
        fits = [
            long
            for long in by_start[stems[short][:2].casefold()][-_NEAR:]
            if len(long) > len(short) and _same_stem(short, long, names, stems, words)
        ]
        if not fits:
            text_of = names[short].text
            last = "学" if text_of.endswith("大") else text_of[-1]
            fits = [
                long
                for long in by_head[last][-_NEAR:]
                if long != short and _kin(names[short], names[long]) and _abbreviates(text_of, names[long].text, words)
            ]
        if not fits and load_register(code).get(names[short].text) is None:
            near = {*by_start[stems[short][:2].casefold()][-_NEAR:], *by_head[names[short].text[-1]][-_NEAR:]}
            fits = sorted(long for long in near if _shortens(names[short], names[long], stems[long], words))
        if len({owner.of(long) for long in fits}) == 1:
            owner.join(short, fits[0])
    return {fold: owner.of(fold) for fold in names}


def _shortens(short: Mention, long: Mention, stem: str, words: _Words) -> bool:
    """Whether a name that no register has is the end of a longer one, or begins a company's, legal form and all.

    In the labelled passages 122 of 123 such ends are forms of the longer name's organization, and so are 93 of 97
    beginnings of the ``stem`` behind a place.
    """
    one, two = short.text, long.text
    if len(one) >= len(two):
        return False
    if _without_form(two, words) == one:
        return True
    plain = _BRACKETS.sub("", two)
    if plain.endswith(_PARTNERSHIP) and len(one) > 3 and two.startswith(one):
        return True
    if not _kin(short, long):
        return False
    if short.kind == "government" and two in (one + "人民政府", one.replace("政府", "人民政府")):
        return True
    if two.endswith(one):
        return len(one) > 2
    if short.kind != "enterprise" or plain.endswith(_BRANCHES) or _without_form(plain, words) == plain:
        return False
    rest = two[two.find(one) + len(one) :]
    if _without_form(one, words) != one or _without_front(rest, words) != rest:
        return False  # a group, and its company in a province
    behind_place = stem != _without_form(plain, words)
    return (behind_place and stem.startswith(one)) or (len(one) > 3 and two.startswith(one))


def _kin(one: Mention, other: Mention) -> bool:
    research = {"university", "institute", "hospital"}
    return one.kind == other.kind or {one.kind, other.kind} <= research


def _same_stem(short: str, long: str, names: Mapping[str, Mention], stems: Mapping[str, str], words: _Words) -> bool:
    if not _kin(names[short], names[long]):
        return False
    if long.endswith(short) and long[: -len(short)] in words.fronts:
        return True  # 哈佛大学, 美国哈佛大学
    one, two = stems[short], stems[long]
    place_apart = _place(names[short].text, words) - _place(names[long].text, words)
    if names[short].kind not in ("enterprise", "university"):
        return one == two and not place_apart and not long.startswith(short)
    if len(one) < 2 or place_apart:
        return False
    if not two.startswith(one):  # 麦浪农机, 麦浪农业机械
        return names[short].kind == "enterprise" and len(one) > 3 and one[:2] == two[:2] and _in_order(one, two)
    if one.isascii() and two != one and two[len(one)].isalpha():
        return False  # Sun, Sunrise
    tail = two[len(one) :]
    return tail in ("", "大学", "学院") if names[short].kind == "university" else _only_trades(tail, words)


def _in_order(short: str, long: str) -> bool:
    place = -1
    for character in short:
        place = long.find(character, place + 1)
        if place < 0:
            return False
    return True


def _place(name: str, words: _Words) -> frozenset[str]:
    """The places that a name begins with or holds in brackets: two names with different ones are two organizations."""
    rest, out = name, set[str]()
    while True:
        for size in range(min(8, len(rest) - 2), 0, -1):
            if rest[:size] in words.fronts:
                out.add(rest[:size].rstrip("市省县区"))
                rest = rest[size:]
                break
        else:
            break
    out |= {inner[1:-1].rstrip("市省县区") for inner in _BRACKETS.findall(name) if inner[1:-1] in words.fronts}
    return frozenset(out)


class _Owners:
    """Sets of folded names that stand for one organization, each called by its longest name."""

    def __init__(self, names: Iterable[str]) -> None:
        self._owner = {name: name for name in names}

    def of(self, name: str) -> str:
        while self._owner[name] != name:
            name = self._owner[name]
        return name

    def join(self, one: str, other: str) -> None:
        first, second = self.of(one), self.of(other)
        if first != second:
            long, short = sorted((first, second), key=lambda name: (-len(name), name))
            self._owner[short] = long


def is_part(child: str, parent: str, code: str) -> bool:
    """Whether a name says that its organization is a part of the one it begins with: 清华大学材料学院, 清华大学."""
    tail = child.removeprefix(parent)
    return tail != child and len(tail) >= 2 and tail.endswith(_words(code).parts)
