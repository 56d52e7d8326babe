"""Lines → paragraphs: broken lines joined, captions and headings taken out of the sentences they interrupt."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.page.columns import ends_sentence, first_unit, is_indented, leaves_open
from extract.page.lines import Line, Role
from extract.segment import segment

_NEAR = 20  # paragraphs before and behind among which the rest of one is looked for
_LONG = 22.0  # width from which on a line with a comma is rather a piece of a sentence than a heading


@dataclass(slots=True)
class Paragraph:
    """Lines that are one paragraph; ``starts_open`` is whether its beginning may be the rest of another."""

    role: Role
    lines: list[Line] = field(default_factory=list)
    starts_open: bool = False

    @property
    def last(self) -> Line:
        """The last line."""
        return self.lines[-1]

    @property
    def open(self) -> bool:
        """Whether it ends within a sentence."""
        return not ends_sentence(self.last.text) and (self.last.full or leaves_open(self.last.text))


@dataclass(slots=True)
class _Column:
    """How one column is set: the usual number of blank lines between its lines, whether paragraphs are indented."""

    gap: int
    indented: bool


def read_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of a page whose columns are marked, in order of their first lines."""
    columns = _read_columns(lines)
    paragraphs: list[Paragraph] = []
    current: dict[float, Paragraph] = {}  # by column, the paragraph that its next line may go on with
    for at, line in enumerate(lines):
        before = paragraphs[-1] if paragraphs else None
        if _heads_article(lines, at):
            paragraphs.append(Paragraph("heading", [line]))
            current.clear()
            continue
        waiting = line.column in current and current[line.column].open
        if before is not None and _goes_on_beside(before, line, waiting=waiting):
            line.column, line.full = before.last.column, False
            before.lines.append(line)
            continue
        if line.role != "text" or line.shadow or not line.column:
            paragraphs.append(Paragraph("caption" if line.shadow else line.role, [line]))
            continue
        column = columns[line.column]
        paragraph = current.get(line.column)
        following = _following(lines, at)
        step = "new" if paragraph is None else _step(paragraph.last, line, following, column)
        if paragraph is not None and step == "on":
            paragraph.lines.append(line)
        elif step == "aside":
            paragraphs.append(Paragraph("heading", [line]))
        else:
            line.full |= _lost_indent(line, following)
            starts_open = (column.indented or line.column not in current) and line.width >= line.column - 0.75
            current[line.column] = Paragraph("text", [line], starts_open=starts_open)
            paragraphs.append(current[line.column])
    _stitch(paragraphs)
    return paragraphs


def _heads_article(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the title of an article, whose by-line is the next."""
    if at + 1 == len(lines) or lines[at + 1].role != "byline" or lines[at].role != "text":
        return False
    text = lines[at].text
    return not lines[at].full and not ends_sentence(text) and not leaves_open(text)


def _goes_on_beside(before: Paragraph, line: Line, *, waiting: bool) -> bool:
    """Whether a line goes on with the paragraph right before it, although no column says so.

    ``waiting`` is whether a sentence of the line's column waits to go on: then a short caption does not.
    """
    last = before.last
    if line.shadow or last.shadow:
        return line.shadow and last.shadow and not ends_sentence(last.text)
    if line.role != "text" or before.role not in ("text", "caption") or ends_sentence(last.text):
        return False
    if last.full and line.column < last.column:
        return line.width < last.column - 1.25 and ends_sentence(line.text)  # the last line of a wider paragraph
    if before.role != "caption" and (last.column or line.column):
        return False
    if before.role == "caption" and waiting and last.width < _LONG:
        return False
    sentence = last.width >= _LONG and "，" in last.text and line.width < last.width + 3
    return sentence or last.text[-1] in "，、," or _cuts_word(last.text, line.text)


def _read_columns(lines: Sequence[Line]) -> dict[float, _Column]:
    gaps: dict[float, Counter[int]] = defaultdict(Counter)
    starts: dict[float, Counter[bool]] = defaultdict(Counter)
    for before, line in pairwise(lines):
        if not line.column or before.column != line.column:
            continue
        gaps[line.column][line.gap] += 1
        if ends_sentence(before.text) and (not before.full or is_indented(line)):
            starts[line.column][is_indented(line)] += 1
    return {
        column: _Column(
            gap=max(gaps[column].items(), key=lambda item: (item[1], -item[0]))[0] if gaps[column] else 0,
            indented=starts[column][True] >= 2 and starts[column][True] >= 2 * starts[column][False],
        )
        for column in {line.column for line in lines}
    }


def _lost_indent(line: Line, following: Line | None) -> bool:
    """Whether the first line of a paragraph would fill its column, had the dump kept its indent."""
    if not is_indented(line) or ends_sentence(line.text):
        return False
    if "，" in line.text[:-1]:
        return True
    return following is not None and (following.full or _cuts_word(line.text, following.text))


def _following(lines: Sequence[Line], at: int) -> Line | None:
    """The next line of the same column that is no heading."""
    for line in lines[at + 1 : at + 6]:
        if line.column == lines[at].column and (line.full or ends_sentence(line.text) or is_indented(line)):
            return line
    return None


def _step(before: Line, line: Line, following: Line | None, column: _Column) -> str:
    """Whether ``line`` goes ``on`` with the paragraph of ``before``, begins a ``new`` one, or stands ``aside``."""
    if line.indent >= 2 > before.indent:
        return "new"
    if not before.full:
        room = before.column - before.width - first_unit(line.text)
        ended = ends_sentence(before.text)
        return "on" if leaves_open(before.text) or (not ended and room < 0.75) else "new"
    if ends_sentence(before.text):
        heading = not line.full and not ends_sentence(line.text)
        return "new" if line.gap > column.gap or heading or (column.indented and is_indented(line)) else "on"
    short = not line.full and not ends_sentence(line.text) and not leaves_open(line.text)
    if short and following is not None:
        has_room = line.width + first_unit(following.text) < line.column - 0.75
        starts = is_indented(following) or following.indent > line.indent or following.gap > column.gap
        if has_room and not starts:
            return "aside"  # 人才互通，产学研用“加速一体” between two lines of one sentence
    return "on"


def _stitch(paragraphs: list[Paragraph]) -> None:
    """Join each paragraph that ends within a sentence with one near it that goes on with it.

    Of several the one is taken over whose beginning a word is cut in two, then the nearest, then the last.
    """
    rests: dict[float, list[int]] = defaultdict(list)
    for place, paragraph in enumerate(paragraphs):
        if paragraph.starts_open:
            rests[paragraph.lines[0].column].append(place)
    joined: set[int] = set()
    for place, paragraph in enumerate(paragraphs):
        if paragraph.role != "text" or not paragraph.open or place in joined:
            continue
        places = rests[paragraph.last.column]
        at = bisect_left(places, place)
        near = [rest for rest in places[max(0, at - _NEAR) : at + _NEAR] if rest != place and rest not in joined]
        if near:
            rest = max(near, key=lambda other: (_goes_on(paragraph, paragraphs[other]), -abs(other - place), other))
            paragraph.lines.extend(paragraphs[rest].lines)
            joined.add(rest)
    paragraphs[:] = [paragraph for place, paragraph in enumerate(paragraphs) if place not in joined]


def _goes_on(paragraph: Paragraph, other: Paragraph) -> bool:
    return _cuts_word(paragraph.last.text, other.lines[0].text)


def _cuts_word(left: str, right: str) -> bool:
    """Whether a word is cut in two between the end of one line and the beginning of the next.

    >>> _cuts_word("建立了高素质人", "才队伍"), _cuts_word("签署合作协议", "日前，两家公司")
    (True, False)
    """
    left, right = left[-8:], right[:8]
    return any(word.start < len(left) < word.end for word in segment(left + right))
