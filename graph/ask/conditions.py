"""The conditions of a question beside its names: kinds, years, region, person, the length of a ranking."""

from collections.abc import Sequence

from graph.ask.similar import place_names
from graph.ask.words import Word

_YEAR_MARKS = ("年", "年度")
_WITHIN = ("中", "当中", "里", "里面", "之中", "其中")
_COUNTS = {"两": 2, "三": 3, "四": 4, "五": 5}
_EXCLUSIVE = ("after", "before", "prior to", "之前", "以前", "前")
_AMONG = ("among", "amongst")


def asked_kinds(words: Sequence[Word]) -> tuple[str, ...]:
    """The kinds of organizations that the words speak of, sorted."""
    return tuple(sorted({kind for at in range(len(words)) for kind in kinds_at(words, at)}))


def kinds_at(words: Sequence[Word], at: int) -> tuple[str, ...]:
    """The kinds of organizations that a word speaks of; none where it is a verb here (who funds X)."""
    word = words[at]
    if word.has("name", "partner") or (word.text.isascii() and word.text.lower().endswith("ing")):
        return ()
    if word.values("relation:"):
        before = words[at - 1] if at else None
        behind = words[at + 1] if at + 1 < len(words) else None
        if (before is not None and before.has("who")) or (behind is not None and behind.has("name")):
            return ()
    return word.values("kind:")


def kinds_of_rank(words: Sequence[Word]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(kinds that are ranked, kinds of partners counted).

    哪所高校的合作伙伴最多 ranks universities; 谁投资的企业最多 counts enterprises.
    """
    among: set[str] = set()
    counted: set[str] = set()
    for at in range(len(words)):
        kinds = kinds_at(words, at)
        (among if kinds and _is_ranked(words, at) else counted).update(kinds)
    return tuple(sorted(among)), tuple(sorted(counted))


def _is_ranked(words: Sequence[Word], at: int) -> bool:
    """Whether the kind at ``at`` is that of what is ranked."""
    before = words[at - 1] if at else None
    behind = words[at + 1] if at + 1 < len(words) else None
    earlier, later = words[:at], words[at:]
    lead = [word for word in words[max(0, at - 3) : at] if not word.tags <= {"filler"}]
    within = behind is not None and behind.text in _WITHIN
    if within or (before is not None and before.text.lower() in _AMONG):
        return True
    if before is not None and (before.has("which", "number", "unit", "top") or _is_most(before, but="most")):
        return True
    ranked_before = any(word.has("most", "top") for word in earlier)
    if lead and lead[-1].has("de") and ranked_before and not any(word.has("most", "top") for word in later):
        return True  # 合作方最多的企业
    if any(word.text.lower() == "top" for word in lead):
        return True
    joined = before is not None and before.has("and", "patient", "agent", "from")
    alone = not any(word.has("who", "which", "name") or word.values("kind:") for word in earlier)
    asked = any(word.has("who") for word in words)
    most = next((i for i, word in enumerate(words) if i > at and word.has("most")), None)
    other = most is not None and any(word.values("kind:") for word in words[most:])  # 合作大学最多的企业
    return not joined and alone and not asked and most is not None and not other


def _is_most(word: Word, *, but: str) -> bool:
    return word.has("most") and word.text.lower() != but


def top_number(words: Sequence[Word]) -> int:
    """How many a ranking asks for: 前五名, top 3, 最多的三家; 1 where it does not say."""
    for at, word in enumerate(words):
        if word.has("which") and (value := next((_COUNTS[mark] for mark in word.text if mark in _COUNTS), None)):
            return value  # 哪两家
        if word.has("number") and word.value and not (word.value == 1 and at and words[at - 1].has("which")):
            return word.value
    return 1


def asked_years(words: Sequence[Word]) -> tuple[int | None, int | None] | None:
    """First and last year asked for, both included."""
    places = [at for at, word in enumerate(words) if word.has("year") or _year_number(words, at)]
    if not places:
        return None
    years = [words[at].value for at in places]
    if len(years) >= 2:
        low, high = sorted(year for year in years[:2] if year is not None)
        return low, high
    at = places[0]
    before = words[at - 1] if at else None
    behind = [word for word in words[at + 1 : at + 3] if word.text not in _YEAR_MARKS][:1]
    first, last = years[0] or 0, years[0] or 0
    marks = [word for word in (before, *behind) if word is not None]
    if any(word.text.lower() in _EXCLUSIVE for word in marks):
        first, last = first + 1, last - 1
    if any(word.has("years_from") and not (word is before and word.has("in_place")) for word in marks):
        return first, None
    if any(word.has("years_until") for word in marks):
        return None, last
    return years[0], years[0]


def _year_number(words: Sequence[Word], at: int) -> bool:
    return words[at].has("number") and words[at].value is not None and 1900 <= (words[at].value or 0) < 2100


def asked_region(words: Sequence[Word]) -> str | None:
    """The place that the organizations asked for are to lie in: 苏州的企业, companies in Kunshan."""
    for word in words:
        if word.text == "中国":
            continue  # no division, and no condition that the graph could check
        if word.has("place") or (word.has("unknown") and word.text in place_names()):
            return word.text
    return None


def asked_person(words: Sequence[Word]) -> str | None:
    """The person that a question names: a stretch no list holds, in a question about persons."""
    for word in words:
        if word.has("unknown") and len(word.text) >= 2 and not (word.text.isascii() and word.text.islower()):
            return word.text
    return None
