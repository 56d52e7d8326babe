"""Organization names: folding and comparing them, and the id that comes from a name."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial

from extract.lang import load_language

_DROPPED = str.maketrans("", "", "“”\"'‘’《》「」()[]【】〔〕")


@cache
def _simplified() -> Mapping[int, str]:
    rows = load_language("zh").rows("traditional", ("traditional", "simplified"))
    return {ord(traditional): simplified for traditional, simplified in rows}


@cache
def _folded() -> Mapping[int, str | None]:
    folded: dict[int, str | None] = dict(_simplified())
    folded.update(dict.fromkeys(_DROPPED))
    return folded


@cache
def _plain() -> Callable[[str], str]:
    """What ``_folded`` does, and full width besides: all that most Chinese text needs.

    Few characters of a text are replaced, so they are searched for: ``str.translate`` asks for each one.
    """
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    dropped = dict.fromkeys(code for code, plain in wide.items() if ord(plain) in _DROPPED)
    folded = {chr(code): plain or "" for code, plain in {**wide, **dropped, **_folded()}.items()}
    return partial(re.compile(f"[{re.escape(''.join(folded))}]").sub, lambda found: folded[found[0]])


def simplify(text: str) -> str:
    """The text with each traditional character in its simplified form, one for one.

    >>> simplify("臺灣大學")
    '台湾大学'
    """
    return text.translate(_simplified())


def fold_name(name: str) -> str:
    """Fold an organization name so that spellings of one name compare equal.

    Width, case, spaces, quotes, brackets and traditional characters are folded away; words are not.  The result is for
    comparing, never for showing.  Folding twice changes nothing.

    Raises:
        ValueError: The name is blank.

    Source:
        NFKC is Unicode Standard Annex #15; simplified forms are OpenCC's; the list of quotes and brackets is ours.

    >>> fold_name("华为（中国） 有限公司") == fold_name("华为(中国)有限公司")
    True
    >>> fold_name("臺灣大學") == fold_name("台湾大学")
    True
    """
    folded = _plain()(name)
    if not unicodedata.is_normalized("NFKC", folded):  # seldom; to normalize takes three times as long as this
        folded = unicodedata.normalize("NFKC", name).translate(_folded())
    folded = folded.casefold()
    folded = unicodedata.normalize("NFKC", "".join(folded.split()))  # casefold can undo NFKC: ᾳ
    if not folded:
        raise ValueError("blank organization name")
    return folded


def organization_id(name: str) -> str:
    """The id of the organization whose canonical name is ``name``: 20 hexadecimal digits of the folded name.

    >>> organization_id("华为（中国）有限公司") == organization_id("华为(中国)有限公司")
    True
    """
    return hashlib.blake2b(fold_name(name).encode(), digest_size=10).hexdigest()


def edits(one: Sequence[str], other: Sequence[str], most: int) -> int:
    """Insertions, deletions, exchanges and swaps of neighbours between two strings; ``most + 1`` stands for more.

    Source:
        The optimal string alignment distance.

    >>> edits("pewa", "peiwa", 2), edits("abcd", "badc", 2)
    (1, 2)
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
