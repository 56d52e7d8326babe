"""What stands around a claim: when it happened, through whom, and which way it runs."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from extract.lang import load_language
from extract.pairs import Meeting
from extract.records import Span, Status

_KEYS = ("titles", "surnames", "gives", "takes", "planned", "ended", "negated", "ended_behind", "negated_behind")
_DATES = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s*年(?:\s*(?P<month>\d{1,2})\s*月(?:份)?(?:\s*(?P<day>\d{1,2})\s*[日号])?)?"
    r"|(?P<relative>今年|去年|前年|明年)(?:\s*(?P<rmonth>\d{1,2})\s*月(?:份)?(?:\s*(?P<rday>\d{1,2})\s*[日号])?)?"
    r"|(?P<bmonth>\d{1,2})\s*月(?:\s*(?P<bday>\d{1,2})\s*[日号])"
    r"|(?:本月|当月)\s*(?P<tday>\d{1,2})\s*[日号]"
    r"|(?P<word>今天|今日|昨天|昨日|前天|日前|近日|最近|近期|本月|上月|上个月|不久前)"
)
_YEARS = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}
_DAYS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2}


@cache
def has_events(code: str) -> bool:
    """Whether there are words for dates, persons and directions of the language."""
    return files("extract").joinpath("lang", code, "events.toml").is_file()


def event_date(text: str, sentence: Span, trigger: Span | None, published: str | None) -> str | None:
    """The ISO date, month or year that the sentence gives the event, or ``None``.

    It is the last date before the trigger, else the first one of the sentence.  今年3月 and 昨天 are read against
    ``published``, the ISO date of the document, and are ``None`` without it; 日前 and 近日 are the month of it.

    >>> event_date("去年5月，两家签约。", Span(0, 9), None, "2024-03-02")
    '2023-05'
    """
    found = list(_DATES.finditer(text, sentence.start, sentence.end))
    if not found:
        return None
    ahead = [match for match in found if trigger is not None and match.end() <= trigger.start]
    return _read_date(ahead[-1] if ahead else found[0], published)


def _read_date(match: re.Match[str], published: str | None) -> str | None:
    if match["year"]:
        return _iso(int(match["year"]), match["month"], match["day"])
    if published is None:
        return None
    year = int(published[:4])
    if match["relative"]:
        return _iso(year + _YEARS[match["relative"]], match["rmonth"], match["rday"])
    if match["bmonth"]:
        read = _iso(year, match["bmonth"], match["bday"])
        return read if read is None or read[:7] <= published[:7] else _iso(year - 1, match["bmonth"], match["bday"])
    if match["tday"]:
        return _iso(year, published[5:7], match["tday"]) if len(published) >= 7 else None
    word = match["word"]
    if word in _DAYS:
        if len(published) < 10:
            return published
        return (date.fromisoformat(published[:10]) + timedelta(days=_DAYS[word])).isoformat()
    if word.startswith("上"):
        if len(published) < 7:
            return None
        return (date.fromisoformat(f"{published[:7]}-01") - timedelta(days=1)).isoformat()[:7]
    return published[:7]


def _iso(year: int, month: str | None, day: str | None) -> str | None:
    """The date as far as it is given; ``None`` when there is no such day."""
    if not month:
        return f"{year}"
    try:
        date(year, int(month), int(day or 1))
    except ValueError:
        return None
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


@cache
def _words(code: str) -> Mapping[str, tuple[str, ...]]:
    return load_language(code).word_groups("events", _KEYS)


def status_hint(text: str, sentence: Span, trigger: Span | None, code: str) -> Status | None:
    """What the words around the trigger make of a claim, or ``None`` when they say nothing.

    Words in front count up to thirty characters away, as far as the sentence goes; of several kinds negated comes
    first, then ended, then planned.

    >>> status_hint("公司拟收购其股权。", Span(0, 9), Span(3, 5), "zh")
    'planned'
    """
    if trigger is None:
        return None
    words = _words(code)
    ahead = text[max(sentence.start, trigger.start - 30) : trigger.start]
    ahead = re.split("[；;]", ahead)[-1]
    behind = re.split("[；;。]", text[trigger.end : min(sentence.end, trigger.end + 30)])[0]
    close = ahead[-14:]
    if any(word in close for word in words["negated"]) or any(word in behind for word in words["negated_behind"]):
        return "negated"
    if any(word in close for word in words["ended"]) or any(word in behind for word in words["ended_behind"]):
        return "ended"
    return "planned" if any(word in ahead for word in words["planned"]) else None


@cache
def _person(code: str) -> re.Pattern[str]:
    words = _words(code)
    titles = "|".join(sorted(words["titles"], key=len, reverse=True))
    surnames = "|".join(sorted(words["surnames"], key=len, reverse=True))
    name = rf"(?:{surnames})[\u4e00-\u9fff]{{1,2}}"
    stop = r"(?=受聘|被|担任|兼任|出任|任|带|领衔|团队|介绍|说|表示|[、，。（(与和的率为到赴将在作]|代表)"
    return re.compile(rf"(?:{titles})(?P<after>{name}?){stop}|(?P<before>{name})(?:{titles})")


def read_person(text: str, meeting: Meeting, code: str) -> str | None:
    """The person that the meeting's sentence names with a title next to one of the two, or ``None``."""
    for slot in (meeting.first, meeting.second):
        if slot.form == "silent":
            continue
        end = slot.mention.span.end
        if match := _person(code).search(text, end, min(end + 24, meeting.other.span.end)):
            return match["after"] or match["before"]
    return None


def runs_forward(meeting: Meeting, kind: str, code: str) -> bool | None:
    """Whether a directed claim runs in the order of the text, where a plain clause says so; else ``None``.

    A向B供应, A为B提供, A供应B run forward; A向B采购, A委托B, A被B收购, A由B提供 do not.
    """
    if kind == "co_found" or meeting.gap or meeting.listed or len(meeting.middle) > 14 or "，" in meeting.middle:
        return None
    middle, after = meeting.middle, meeting.right[:12].split("，")[0]
    if kind == "invest":
        return False if middle.startswith(("被", "获")) or "股权转让给" in middle else None
    words = _words(code)
    gives = _first(words["gives"], middle + "■" + after)
    takes = _first(words["takes"], middle + "■" + after)
    if middle.startswith(("被", "获", "受", "由", "得到", "接受")) or middle.endswith(("由", "被")):
        if middle.startswith("受") and "委托" in after:
            return True
        return False if gives < 99 or takes < 99 else None
    if min(gives, takes) == 99:
        return None
    if middle.startswith(("向", "为", "给", "对", "从")) or min(gives, takes) < len(middle):
        return gives < takes
    return None


def _first(words: tuple[str, ...], text: str) -> int:
    return min((place for word in words if (place := text.find(word)) >= 0), default=99)
