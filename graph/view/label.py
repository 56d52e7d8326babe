"""Names for the eye and for the search box: short labels that tell organizations apart, and pinyin initials."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from extract.records import Organization

_LEGAL_ZH = re.compile(r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|总公司|公司)(?:[（(][^（）()]*[）)])?$")
_PLACED = re.compile(r"^[（(][^（）()]{2,6}[）)]|[（(][^（）()]{2,6}[）)]")
_ACADEMY = re.compile(r"^中国科学院(?=.{4})")
_LEGAL_EN = re.compile(
    r"[, ]+(?:co(?:mpany)?\.?,?\s*(?:ltd|limited)\.?|inc(?:orporated)?\.?|ltd\.?|limited|llc|gmbh|ag|plc"
    r"|corp(?:oration)?\.?|CAS)$",
    re.IGNORECASE,
)
_SEVERAL_READINGS = frozenset("长重行乐厦调藏")
"""Characters of names whose initial depends on the word: 重庆, 银行, 音乐, 厦门, 西藏.  Others go one by one."""


def short_labels(
    organizations: Sequence[Organization], regions: Mapping[str, Mapping[str, str]], language: str
) -> list[str]:
    """A label for each organization, no two alike: short, with more of its name where two share it.

    ``language`` is ``zh`` or ``en``; ``regions`` maps region codes to names by language.
    """
    choices = [tuple(_choices(organization, regions, language)) for organization in organizations]
    level = [0] * len(choices)
    for _ in range(max(map(len, choices), default=1) - 1):
        labels = [own[at] for own, at in zip(choices, level, strict=True)]
        shared = Counter(labels)
        level = [
            min(at + (shared[label] > 1), len(own) - 1) for at, label, own in zip(level, labels, choices, strict=True)
        ]
    return [own[at] for own, at in zip(choices, level, strict=True)]


def _choices(organization: Organization, regions: Mapping[str, Mapping[str, str]], language: str) -> Iterator[str]:
    """The labels of one organization, from the shortest to one that nobody shares."""
    full = organization.label or organization.name if language == "en" else organization.name
    short = _shorten(organization, full, language)
    yield short
    place = regions.get(organization.region or "", {}).get(language)
    if place:
        yield f"{short} ({place})"
    yield full
    if full != organization.name:
        yield f"{short} ({_shorten(organization, organization.name, 'zh')})"
        yield f"{short} ({organization.name})"
    yield f"{full} {organization.id[:4]}"


def pinyin_initials(name: str) -> str:
    """The first letters of a Chinese name, others as they are, in lower case.

    >>> pinyin_initials("重庆点石航空")
    'cqdshk'
    """
    from pypinyin import Style, lazy_pinyin  # its tables take a quarter of a second to load

    if _SEVERAL_READINGS.isdisjoint(name):
        return "".join(map(initial, name))
    return "".join(
        lazy_pinyin(name.replace("长", "常"), style=Style.FIRST_LETTER)
    ).lower()  # in names, hardly 长 of 校长


@cache
def initial(character: str) -> str:
    """The first letter of a character's usual reading; what is not Chinese as it is, in lower case.

    >>> initial("石"), initial("A")
    ('s', 'a')
    """
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(character, style=Style.FIRST_LETTER)).lower()


def _shorten(organization: Organization, name: str, language: str) -> str:
    if language == "en" or not _is_chinese(name):
        return _LEGAL_EN.sub("", name).strip(" ,") or name
    own = [alias for alias in organization.aliases if _is_chinese(alias) and 3 <= len(alias) < len(name)]
    if own:
        return min(own, key=lambda alias: (len(alias), alias))
    short = _ACADEMY.sub("", _PLACED.sub("", _LEGAL_ZH.sub("", name)))
    return short if len(short) >= 3 else name


@cache
def _is_chinese(text: str) -> bool:
    return any("㐀" <= character <= "鿿" for character in text)
