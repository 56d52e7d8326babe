"""What stands around an English claim: when it happened, through whom, and which way it runs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from extract.lang import load_language
from extract.pairs import Meeting
from extract.records import Span, Status

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_YEAR = r"(?P<{0}>(?:19|20)\d\d)"
_DATES = re.compile(
    rf"\b{_MONTH.format('m1')} (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? {_YEAR.format('y1')}\b"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH.format('m2')},? {_YEAR.format('y2')}\b"
    rf"|\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    rf"|\b{_MONTH.format('m3')},? {_YEAR.format('y3')}\b"
    rf"|\b(?:on|On) {_MONTH.format('m4')} (?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,? (?:19|20)\d\d)"
    rf"|\b(?:[Ii]n|[Ss]ince|by|early|late|during|of) {_YEAR.format('y5')}\b"
    r"|\b(?P<word>[Ll]ast year|[Tt]his year|[Nn]ext year|[Ll]ast month|[Tt]his month|[Yy]esterday|[Tt]oday)\b"
)


@dataclass(frozen=True, slots=True)
class _Words:
    titles: re.Pattern[str]
    forward: Mapping[str, re.Pattern[str]]
    backward: Mapping[str, re.Pattern[str]]


@cache
def _words() -> _Words:
    table = load_language("en").table("events", ("titles", "forward", "backward"))
    titles = "|".join(sorted((title.replace("_", " ") for title in table["titles"].split()), key=len, reverse=True))
    name = r"(?:Dr\.? |Prof\.? |Professor |Mr\.? |Ms\.? )?(?-i:[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]+){1,2})"
    return _Words(
        titles=re.compile(
            rf"(?P<before>{name}), (?:[\w-]+ ){{0,3}}(?:{titles})\b|\b(?:{titles}),? (?P<after>{name})", re.IGNORECASE
        ),
        forward={kind: re.compile(pattern) for kind, pattern in table["forward"].items()},
        backward={kind: re.compile(pattern) for kind, pattern in table["backward"].items()},
    )


def english_date(text: str, sentence: Span, trigger: Span | None, published: str | None) -> str | None:
    """The ISO date, month or year that the sentence gives the event, or ``None``.

    It is the nearest to the trigger.  ``last year`` and a day without a year are read against ``published``, the ISO
    date of the document, and are ``None`` without it.

    >>> english_date("In March 2021 both signed.", Span(0, 26), None, None)
    '2021-03'
    """
    found = list(_DATES.finditer(text, sentence.start, sentence.end))
    if not found:
        return None
    at = trigger.start if trigger is not None else sentence.start
    match = min(found, key=lambda one: (abs(one.start() - at), one.start()))
    for number in ("1", "2", "3"):
        if match[f"y{number}"]:
            day = match[f"d{number}"] if number != "3" else None
            return _iso(int(match[f"y{number}"]), match[f"m{number}"], day)
    if match["iso"]:
        return str(match["iso"])
    if match["y5"]:
        return str(match["y5"])
    if published is None:
        return None
    if match["m4"]:
        year = int(published[:4])
        read = _iso(year, match["m4"], match["d4"])
        return read if read is None or read[:7] <= published[:7] else _iso(year - 1, match["m4"], match["d4"])
    return _relative(match["word"].lower(), published)


def _relative(word: str, published: str) -> str | None:
    if word.endswith("year"):
        return str(int(published[:4]) + {"last": -1, "this": 0, "next": 1}[word.split()[0]])
    if word.endswith("month"):
        if len(published) < 7:
            return None
        first = date.fromisoformat(f"{published[:7]}-01")
        return published[:7] if word.startswith("this") else (first - timedelta(days=1)).isoformat()[:7]
    if len(published) < 10:
        return published
    return (date.fromisoformat(published[:10]) - timedelta(days=word == "yesterday")).isoformat()


def _iso(year: int, month: str, day: str | None) -> str | None:
    number = _MONTHS.index(month[:3].lower()) + 1
    try:
        date(year, number, int(day or 1))
    except ValueError:
        return None
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


def english_person(text: str, meeting: Meeting) -> str | None:
    """The person that the meeting's sentence names with a title, or ``None``."""
    span = meeting.other.span
    match = _words().titles.search(text, span.start, span.end)
    return (match["before"] or match["after"]) if match else None


def english_forward(meeting: Meeting, kind: str) -> bool | None:
    """Whether a directed claim runs in the order of the text, where a plain clause says so; else ``None``."""
    if meeting.gap or meeting.listed or len(meeting.middle) > 90 or "■" in meeting.middle:
        return None
    words = _words()
    gives = bool(words.forward[kind].search(meeting.middle))
    takes = bool(words.backward[kind].search(meeting.middle))
    return gives if gives != takes else None


_STATUSES: tuple[tuple[Status, re.Pattern[str]], ...] = (
    (
        "negated",
        re.compile(
            r"\b(?:(?:did|does|do|has|have|is|are|was|were|will|would|could|can) not|cannot|never|neither"
            r"|denied|denies|declined to|no plans?|nothing to do|ruled out|rejected|refused)\b|n[’']t\b"
        ),
    ),
    (
        "ended",
        re.compile(
            r"\b(?:no longer|terminat\w+|ended|dissolved|expired|cancell?ed|withdrew|walked away|wound up"
            r"|discontinued|formerly|stopped|ceased|(?:has|have) left|left the|pulled out)\b"
        ),
    ),
    (
        "planned",
        re.compile(
            r"\b(?:will|plans? to|planned to|intends? to|aims? to|letter of intent|non-binding|proposed|would|is to"
            r"|are to|in talks|hopes? to|expects? to|set to)\b"
        ),
    ),
)


def english_status(meeting: Meeting) -> Status | None:
    """The status that the words around the two plainly give, or ``None``."""
    said = " ".join((meeting.left[-40:], meeting.middle[:120], meeting.right[:50].split(". ")[0]))
    return next((status for status, pattern in _STATUSES if pattern.search(said)), None)
