"""What a line of a newspaper page is: text, heading, caption, by-line, or what stands around the articles."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.lang import load_language
from extract.page.columns import ends_sentence, is_indented, leaves_open
from extract.page.lines import Line

_KEYS = ("number", "header", "paper", "byline", "caption", "article", "source")
_LONGEST = 60  # characters of a line that may be a header or by-line


@dataclass(frozen=True, slots=True)
class Marks:
    """The patterns of ``lang/<code>/page.toml`` of all languages, one expression a key."""

    number: re.Pattern[str]
    header: re.Pattern[str]
    paper: re.Pattern[str]
    byline: re.Pattern[str]
    caption: re.Pattern[str]
    article: re.Pattern[str]
    source: re.Pattern[str]


@cache
def load_marks() -> Marks:
    """The patterns; a page may mix languages, so those of all are joined."""
    tables = [load_language(code).table("page", _KEYS) for code in ("zh", "en")]
    return Marks(**{key: re.compile("|".join(part for table in tables for part in table[key])) for key in _KEYS})


def mark_roles(lines: Sequence[Line]) -> None:
    """Set the role of each line that is a header, by-line or caption of a page."""
    marks = load_marks()
    for line in lines:
        if line.shadow:
            line.role = "caption"
            continue
        text = line.text
        if len(text) > _LONGEST:
            if marks.caption.match(text):
                line.role = "caption"
        elif marks.number.fullmatch(text) or marks.header.fullmatch(text) or marks.paper.fullmatch(text):
            line.role = "header"
        elif marks.byline.fullmatch(text):
            line.role = "byline"
        elif marks.caption.match(text):
            line.role = "caption"


def mark_repeats(lines: Sequence[Line]) -> None:
    """Make a header of each short line that comes three times, ends no sentence and fills no column."""
    seen = Counter(line.text for line in lines if 2 <= len(line.text) <= 30)
    for line in lines:
        if line.role == "text" and seen[line.text] >= 3 and not (line.full or is_indented(line)):
            if ends_sentence(line.text) or leaves_open(line.text):
                continue
            line.role = "header"
