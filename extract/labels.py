"""Finding an organization by its Latin label, also when the label is spelled a little otherwise."""

import re
import unicodedata
from collections.abc import Callable, Mapping

from extract.names import edits

_LATIN_DROPPED = frozenset(
    [
        "co",
        "ltd",
        "inc",
        "corp",
        "corporation",
        "company",
        "limited",
        "llc",
        "plc",
        "gmbh",
        "ag",
        "group",
        "holding",
        "holdings",
        "the",
        "of",
        "and",
        "for",
    ]
)
_NEAR = 5  # letters for which one slip is allowed: Pewa Energy for Peiwa Energy


def latin_words(label: str) -> tuple[str, ...]:
    """The words of a Latin label that tell names apart: folded, without accents, legal forms and plural endings.

    >>> latin_words("Shuangqiao Sensors Co., Ltd.")
    ('shuangqiao', 'sensor')
    """
    plain = unicodedata.normalize("NFKD", label.casefold()).replace("'", "").replace("’", "")
    words = re.findall(r"[a-z0-9]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    kept = [word for word in words if word not in _LATIN_DROPPED] or words
    return tuple(word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] != "s" else word for word in kept)


def find_by_label(wanted: str, labels: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The keys of ``labels`` (key → Latin labels) that ``wanted`` may name; of the best grade that any reaches.

    The grades: the same words; all of its words in the label's order (``Pewa Energy`` in ``Suzhou Pewa Energy
    Technology``); the same or contained with slips of spelling, at most one in five letters.  One key is a
    find, several are candidates to choose from, none is none.  The order is that of ``labels``.

    >>> labels = {"a": ("Peiwa Energy Technology",), "b": ("Dianshi Aviation",)}
    >>> find_by_label("Pewa Energy", labels)
    ('a',)
    """
    words = latin_words(wanted)
    if not words:
        return ()
    graded: dict[int, list[str]] = {}
    for key, forms in labels.items():
        grade = min((_grade(words, latin_words(form)) for form in forms), default=9)
        graded.setdefault(grade, []).append(key)
    best = min((grade for grade in graded if grade < 9), default=9)
    return tuple(graded.get(best, ())) if best < 9 else ()


def _grade(wanted: tuple[str, ...], label: tuple[str, ...]) -> int:
    """0 same, 1 contained, 2 same with slips, 3 contained with slips, 9 no match."""
    if wanted == label or "".join(wanted) == "".join(label):
        return 0
    if _within(wanted, label, str.__eq__):
        return 1
    if len(wanted) == len(label) and all(map(_alike, wanted, label)):
        return 2
    if _alike("".join(wanted), "".join(label)):
        return 2
    return 3 if _within(wanted, label, _alike) else 9


def _within(wanted: tuple[str, ...], label: tuple[str, ...], same: Callable[[str, str], bool]) -> bool:
    rest = iter(label)
    return all(any(same(word, other) for other in rest) for word in wanted)


def _alike(one: str, other: str) -> bool:
    """Whether two words differ by at most one edit (insert, drop, change, swap) for each five letters."""
    if one == other:
        return True
    allowed = max(len(one), len(other)) // _NEAR
    return bool(allowed) and one[0] == other[0] and edits(one, other, allowed) <= allowed
