"""Text → lines with their place and width."""

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["text", "heading", "caption", "byline", "header", "repeat"]

BAD = "\x00"  # stands in the folded text for every character that is left out


@dataclass(slots=True)
class Line:
    """One line that is not blank: ``[start, end)`` of the folded text, without the spaces around it.

    ``width`` counts a Chinese character as 1 and a Latin one as ½.  ``gap`` is the number of blank lines before it,
    ``indent`` the width of the spaces before it.  ``spans`` are what of it is kept: all, or one copy of what is
    printed twice.  ``column`` is the width of the column it belongs to, 0 where it belongs to none; ``full`` is
    whether it reaches that width, so that its end may be in the middle of a sentence.
    """

    start: int
    end: int
    text: str
    gap: int
    indent: float
    width: float
    role: Role = "text"
    spans: list[tuple[int, int]] = field(default_factory=list)
    shadow: bool = False
    column: float = 0.0
    full: bool = False


def width_of(text: str) -> float:
    """The printed width of a text in Chinese characters.

    >>> width_of("昆山 2024"), width_of("")
    (4.5, 0.0)
    """
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def narrow_width_of(text: str) -> float:
    """The printed width where quotation marks are half as wide as characters, as many papers set them.

    >>> narrow_width_of("“昆山” 2024")
    5.5
    """
    return width_of(text) - sum(map(text.count, "“”‘’")) / 2


def read_lines(folded: str) -> list[Line]:
    """The lines of a text that are not blank."""
    lines: list[Line] = []
    position = gap = 0
    for raw in folded.split("\n"):
        text = raw.strip(" \x00")
        if text:
            lead = raw.index(text)
            start = position + lead
            lines.append(
                Line(
                    start=start,
                    end=start + len(text),
                    text=text,
                    gap=gap,
                    indent=float(lead),
                    width=width_of(text),
                    spans=[(start, start + len(text))],
                )
            )
            gap = 0
        else:
            gap += 1
        position += len(raw) + 1
    return lines
