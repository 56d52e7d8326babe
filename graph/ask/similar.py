"""How a name typed in a question fits a name of the graph: exactly, by sound, as a short form, or with a slip.

A fit is a rank, 0 the closest; names of one rank are told apart by nobody, so that two of them make the name
ambiguous.  Chinese names that differ in one character that sounds different are different names (华东理工, 华南理工).
"""

import re
from difflib import SequenceMatcher
from functools import cache

from extract.lang import load_language
from extract.names import edits, fold_name
from extract.romanize import pinyin, romanize_name
from graph.ask.words import name_words

SOUND, CORE, PART, SLIP, SHORT = 1, 2, 3, 4, 5
"""Ranks of ``fit``: same sound; same proper part; a part of the name; a small misspelling; an abbreviation."""

_CJK = re.compile(r"[㐀-鿿]")
_TOKEN = re.compile(r"[a-z0-9]+")


def fit(typed: str, form: str) -> int | None:
    """The rank at which ``typed`` fits the name ``form``, or ``None``.

    >>> fit("佩娃能源科技", "佩瓦能源科技") == SOUND, fit("佩瓦能源", "苏州佩瓦能源科技有限公司") == CORE
    (True, True)
    >>> fit("华东理工大学", "华南理工大学") is None, fit("望江大学", "望江大学附属医院") is None
    (True, True)
    """
    one, other = fold_name(typed), fold_name(form)
    if one == other:
        return 0
    if _CJK.search(one) and _CJK.search(other):
        return _fit_chinese(one, other)
    if _CJK.search(one):
        return None
    if _CJK.search(other):
        ranks = [fit(typed, label) for label in romanize_name(form).forms()]
        return min((rank for rank in ranks if rank is not None), default=None)
    return _fit_latin(typed, form)


def likeness(typed: str, form: str) -> float:
    """How alike two names look, in [0, 1]; for offering the nearest ones."""
    return SequenceMatcher(None, fold_name(typed), fold_name(form), autojunk=False).ratio()


@cache
def _places() -> tuple[str, ...]:
    names = set()
    for _, name in load_language("zh").rows("divisions", ("code", "name")):
        names.add(name)
        if len(name) > 2 and name[-1] in "省市县区":
            names.add(name[:-1])
    return tuple(sorted(names | {"中国"}, key=len, reverse=True))


@cache
def place_names() -> frozenset[str]:
    """The names of divisions of China, with and without 省, 市, 县, 区."""
    return frozenset(_places())


@cache
def core_of(name: str) -> tuple[str, str]:
    """(place, proper part) of a folded Chinese name: what is left without leading places and trailing general words.

    >>> core_of("苏州佩瓦能源科技有限公司")
    ('苏州', '佩瓦能源')
    """
    place, core = "", name
    for length in range(min(12, len(core) - 2), 1, -1):
        if core[:length] in place_names():
            place, core = core[:length], core[length:]
            break
    return place, without_general(core)


def without_general(name: str) -> str:
    """A folded Chinese name without the general words at its end: 双桥传感器公司 → 双桥传感器."""
    while True:
        word = next(
            (word for word in name_words("zh")["general"] if name.endswith(word) and len(name) - len(word) >= 2), None
        )
        if word is None:
            return name
        name = name[: -len(word)]


def _fit_chinese(one: str, other: str) -> int | None:
    if len(one) >= 3 and len(one) == len(other) and pinyin(one) == pinyin(other):
        return SOUND
    (place, core), (other_place, other_core) = core_of(one), core_of(other)
    agree = not place or not other_place or place.startswith(other_place) or other_place.startswith(place)
    if core == other_core and agree and _same_head(one, other):
        return CORE
    if (
        len(core) >= 3
        and len(core) == len(other_core)
        and agree
        and pinyin(core) == pinyin(other_core)
        and _same_head(one, other)
    ):
        return SOUND + 1
    if _is_part(one, other) or (_head(one) in name_words("zh")["firms"] and _is_part(without_general(one), other)):
        return PART
    if "大学" in other and one == other.replace("大学", "") and not place:
        return PART  # 复旦新闻学院
    if len(one) >= 5 and _slipped(one, other):
        return SLIP
    if 2 <= len(one) <= 5 and one[-1] in name_words("zh")["short"] and len(other) > len(one) and _shortened(one, other):
        return SHORT
    return None


@cache
def _heads() -> tuple[str, ...]:
    return tuple(sorted(name_words("zh")["heads"], key=len, reverse=True))


@cache
def _latin_general() -> frozenset[str]:
    return frozenset(name_words("en")["general"])


def _head(name: str) -> str:
    return next((head for head in _heads() if name.endswith(head)), "")


def _same_head(one: str, other: str) -> bool:
    """Whether both are of one sort, or one does not say: 澄湖能源 and 澄湖能源公司, not 澄湖大学."""
    firm = {"", *name_words("zh")["firms"]}
    head, other_head = _head(one), _head(other)
    return head == other_head or {head, other_head} <= firm


def _is_part(typed: str, name: str) -> bool:
    """Whether a longer name may be meant by its beginning, behind a place or not, or by four characters at its end."""
    at = name.find(typed)
    if len(typed) < 2 or at < 0:
        return False
    place, _ = core_of(name)
    if name.endswith(typed):
        return len(typed) >= 4
    return at in (0, len(place)) and _open_end(typed, name[at + len(typed) :])


def _open_end(typed: str, rest: str) -> bool:
    """Whether a longer name may be meant by its beginning: not where the typed name already ends in its head."""
    if not rest or not _head(typed):
        return True
    while rest:
        word = next((word for word in name_words("zh")["general"] if rest.startswith(word)), None)
        if word is None:
            return False
        rest = rest[len(word) :]
    return True


def _slipped(one: str, other: str) -> bool:
    """Two neighbours swapped, or one character left out or doubled."""
    if len(one) == len(other):
        at = next(i for i in range(len(one)) if one[i] != other[i])
        return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
    longer, shorter = (one, other) if len(one) > len(other) else (other, one)
    if len(longer) != len(shorter) + 1:
        return False
    at = next((i for i in range(len(shorter)) if shorter[i] != longer[i]), len(shorter))
    return 0 < at < len(shorter) and longer[at + 1 :] == shorter[at:]


def _shortened(one: str, other: str) -> bool:
    """中科大 for 中国科学技术大学: the characters in order, from the first or behind the place, to the last word."""
    _, core = core_of(other)
    if one[0] not in (other[0], core[0]):
        return False
    at = other.index(one[0]) if one[0] == other[0] else other.index(core[0])
    for character in one[1:]:
        at = other.find(character, at + 1)
        if at < 0:
            return False
    return len(other) - at <= 3


def _tokens(name: str) -> list[str]:
    return _TOKEN.findall(name.casefold())


def _fit_latin(typed: str, form: str) -> int | None:
    one, other = _tokens(typed), _tokens(form)
    if not one or not other:
        return None
    bare, other_bare = [t for t in one if t not in _latin_general()], [t for t in other if t not in _latin_general()]
    if bare and bare == other_bare:
        return CORE
    if "".join(one) == "".join(other):
        return CORE
    if len("".join(bare)) >= 3 and _has_run(bare, other_bare) and not _two_heads(bare, other_bare):
        return PART
    if len(one) == len(other) and not all(a == b or _near(a, b) for a, b in zip(one, other, strict=True)):
        return None
    whole, other_whole = "".join(one), "".join(other)
    if _near(whole, other_whole) and (len(one) == len(other) or edits(whole, other_whole, 1) <= 1):
        return SLIP
    starts = range(len(other_bare) - len(bare) + 1) if len(bare) > 1 else range(min(1, len(other_bare)))
    close = any(all(a == b or _near(a, b) for a, b in zip(bare, other_bare[at:], strict=False)) for at in starts)
    if len("".join(bare)) >= 5 and close and not _two_heads(bare, other_bare):
        return SLIP
    return None


def _two_heads(bare: list[str], other: list[str]) -> bool:
    """Whether the typed name says what it is, and the longer one says it of something else: a university's hospital."""
    heads = name_words("en")["heads"]
    return any(word in heads for word in bare) and any(word in heads for word in other if word not in bare)


def _has_run(bare: list[str], other: list[str]) -> bool:
    """Whether the words stand together in another name: at its beginning, or two and more anywhere."""
    if other[: len(bare)] == bare:
        return True
    return len(bare) > 1 and any(other[at : at + len(bare)] == bare for at in range(1, len(other) - len(bare) + 1))


def _near(one: str, other: str) -> bool:
    """Within one slip from 5 letters on, two from 9 on; figures must be the same."""
    longest = max(len(one), len(other))
    allowed = 0 if longest < 5 else 1 if longest < 9 else 2
    if not allowed or abs(len(one) - len(other)) > allowed or re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    return edits(one, other, allowed) <= allowed
