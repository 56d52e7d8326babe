"""Lawful short forms: what a full Chinese name may be called without its document saying so."""

from functools import lru_cache

_ACADEMY = "中国科学院"
_INSTITUTE = "研究所"


@lru_cache(maxsize=200_000)
def short_forms(text: str) -> frozenset[str]:
    """The short forms that mean the organization of the folded name ``text`` and, as far as is known, no other.

    An institute of the academy goes without it or under its short form, and its trade by the initials of two words.

    >>> {"大连化物所", "中科院大连化物所", "大连化学物理研究所"} <= short_forms("中国科学院大连化学物理研究所")
    True
    """
    forms: set[str] = set()
    if text.startswith(_ACADEMY) and text.endswith(_INSTITUTE) and len(text) > len(_ACADEMY + _INSTITUTE) + 2:
        proper = text[len(_ACADEMY) : -len(_INSTITUTE)]
        bodies = {proper + _INSTITUTE, proper + "所"}
        if len(proper) == 6:  # a place and two words: 大连 化学 物理
            bodies.add(proper[:2] + proper[2] + proper[4] + "所")
        forms |= bodies | {"中科院" + body for body in bodies}
    return frozenset(forms - {text})
