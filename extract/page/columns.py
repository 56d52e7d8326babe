"""Which lines are those of a printed column, broken where the column ends and not where the sentence does."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from math import ceil

from extract.page.lines import Line, narrow_width_of, width_of

_NARROWEST, _WIDEST = 7.0, 70.0  # widths of a column, in Chinese characters
_LACKS = 1.25  # what a full line may lack: a sign that must not begin a line has taken a character along
_ENDS = re.compile(r"[。！？!?…;；.][”’」』》）)\"']*$")
_OPENS = re.compile(r"[，、：,:（(“‘《—\-–]$")
_COMMAS = re.compile(r"[，、,]|[。；;.](?!$)")
_UNIT = re.compile(r"[\"'“‘(\[$]*[A-Za-z0-9.,%\-'’]+[)\]\"”,;:]*|.")


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence does."""
    return _ENDS.search(text) is not None


def leaves_open(text: str) -> bool:
    """Whether a line ends with a sign after which the sentence must go on."""
    return _OPENS.search(text) is not None


def first_unit(text: str) -> float:
    """The width of what a line begins with and no line end parts: a Chinese character, or a Latin word."""
    match = _UNIT.match(text)
    return width_of(match.group()) if match else 1.0


def is_indented(line: Line) -> bool:
    """Whether a line lacks two characters to fill its column, as the first line of a paragraph does."""
    return line.column - max(2.6, 0.08 * line.column) <= line.width < line.column - _LACKS


def mark_columns(lines: Sequence[Line]) -> bool:
    """Set ``column`` and ``full`` of the lines of printed columns; whether there are any.

    Lines of one width, most of which end within a sentence and have punctuation inside, are a column; so are Latin
    lines, each of which has no room for the first word of the next.  Lists, headings and one-line paragraphs are none.
    """
    texts = [line for line in lines if line.role == "text" and not line.shadow]
    chinese = [line for line in texts if not _latin(line)]
    if len(chinese) > len(texts) / 2:
        chinese = texts  # Latin names fill some lines of a Chinese page
    _measure(chinese)
    widths = _column_widths(chinese)
    for line in chinese:
        fitting = [width for width in widths if _fills(line, width)]
        if fitting:
            line.column = min(fitting, key=lambda width: (abs(width - line.width), width))
            line.full = True
    if widths:
        _adopt_short_lines(lines)
    return _mark_latin(lines) or bool(widths)


def _latin(line: Line) -> bool:
    return line.width < 0.6 * len(line.text)


def _measure(lines: Sequence[Line]) -> None:
    """Measure the lines in the way that makes them most alike: as printed, with narrow quotes, or by characters."""
    measures: tuple[Callable[[str], float], ...] = (width_of, narrow_width_of, len)
    measure = max(measures, key=lambda measure: _alike([measure(line.text) for line in lines]))
    for line in lines:
        line.width = float(measure(line.text))


def _alike(widths: Sequence[float]) -> int:
    return sum(count * count for count in Counter(map(ceil, widths)).values())


def _fills(line: Line, width: float) -> bool:
    return width - _LACKS <= line.width <= width + max(1.75, 0.06 * width)


def _column_widths(lines: Sequence[Line]) -> list[float]:
    """The widths of the columns, those with most lines first."""
    followers = {id(line): after for line, after in pairwise(lines)}
    counts = Counter(line.width for line in lines if _NARROWEST <= line.width <= _WIDEST)
    widths: list[float] = []
    while counts:
        most = max(counts, key=lambda width: (_weight(counts, width), width))
        if _weight(counts, most) < 2:
            break
        width = _unindented(lines, followers, most)
        members = [line for line in lines if _fills(line, width)]
        del counts[most]
        found = _is_column(members, followers, width)
        if found:
            widths.append(width)
        for near in list(counts):
            if found and width - 2.6 <= near <= width + max(1.75, 0.06 * width):
                del counts[near]
    return widths


def _unindented(lines: Sequence[Line], followers: Mapping[int, Line], width: float) -> float:
    """Two characters more, where the lines so wide are mostly first lines of paragraphs that lost their indent."""
    broken = [line for line in lines if abs(line.width - width) <= 0.5 and not ends_sentence(line.text)]
    after = [followers[id(line)].width for line in broken if id(line) in followers]
    wider = sum(width + 1.5 <= other <= width + 2.5 for other in after)
    return width + 2 if wider >= 2 and wider >= 0.25 * len(after) else width


def _weight(counts: Mapping[float, int], width: float) -> float:
    """How many lines are that wide; one that is a character wider or narrower counts half or so."""
    reach = max(2.0, 0.06 * width)
    return sum(count * max(0.0, 1 - abs(near - width) / reach) for near, count in counts.items())


def _is_column(members: Sequence[Line], followers: Mapping[int, Line], width: float) -> bool:
    broken = [line for line in members if not ends_sentence(line.text)]
    if len(broken) < 3 or len(broken) < 0.6 * len(members):
        return False
    punctuated = sum(_COMMAS.search(line.text) is not None for line in members)
    after = [followers[id(line)] for line in broken if id(line) in followers]
    narrow = sum(line.width <= width + max(1.75, 0.06 * width) for line in after)
    beside = sum(  # a heading of that width mostly stands alone
        _fills(line, width) or (line.width < width and ends_sentence(line.text)) for line in after
    )
    return (
        punctuated >= min(0.35, 0.025 * width) * len(members)
        and narrow >= 0.6 * len(after)
        and beside >= 0.3 * len(after)
    )


def _adopt_short_lines(lines: Sequence[Line]) -> None:
    """Give lines that do not fill a column to the one they stand in: last lines, indented first lines, headings."""
    column = 0.0
    for line in lines:
        if line.column:
            column = line.column
        elif line.role == "text" and not line.shadow and column and line.width < column:
            line.column = column
        elif line.role == "text":
            column = 0.0
    column = 0.0
    for line in reversed(lines):
        if line.full:
            column = line.column
        elif line.role == "text" and not line.shadow and column - max(2.6, 0.08 * column) <= line.width < column:
            line.column = column  # the indented first line of a paragraph
        elif line.role == "text":
            column = line.column


def _mark_latin(lines: Sequence[Line]) -> bool:
    """Set ``column`` and ``full`` of Latin lines that a margin broke, run by run."""
    found = False
    run: list[Line] = []
    for line in (*lines, None):
        if line is not None and line.role != "text":
            continue
        if line is not None and not line.column and _latin(line) and line.width <= _WIDEST:
            run.append(line)
            continue
        found |= _mark_run(run)
        run = []
    return found


def _mark_run(run: Sequence[Line]) -> bool:
    if len(run) < 3:
        return False
    reach = {id(line): line.width + line.indent / 2 for line in run}  # an indented line is as wide as its end is far
    width = max(reach.values())
    pairs = list(pairwise(run))
    full = [reach[id(line)] + 0.5 + first_unit(after.text) > width - 0.5 for line, after in pairs]
    broken = [is_full for (line, _), is_full in zip(pairs, full, strict=True) if not ends_sentence(line.text)]
    if sum(broken) < 3 or sum(broken) < 0.7 * len(broken):
        return False
    for line in run:
        line.column = width
    for (line, _), is_full in zip(pairs, full, strict=True):
        line.full = is_full
    return True
