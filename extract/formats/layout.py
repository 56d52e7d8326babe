"""Pieces of text with their place on a page → lines in the order in which a reader takes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_DEEPEST = 40  # cuts within cuts


@dataclass(slots=True)
class Piece:
    """A piece of one line, with its box in points, ``bottom`` below ``top``.

    ``lead`` is what goes before it in the text: the indent of a paragraph.  A piece without text is a blank line.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    lead: str = ""

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.top - self.bottom


@dataclass(slots=True)
class _Block:
    """Lines one below the other that are one column, or a part of it."""

    lines: list[Piece]
    left: float
    bottom: float
    right: float
    top: float

    def add(self, line: Piece) -> None:
        self.lines.append(line)
        self.left, self.right = min(self.left, line.left), max(self.right, line.right)
        self.bottom, self.top = min(self.bottom, line.bottom), max(self.top, line.top)


def reading_order(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces column by column from top to bottom, with blank lines and indents where the page has them.

    The page is cut along its white gutters first, and across where a wide line or picture parts the columns above
    from those below.
    """
    ordered: list[Piece] = []
    for block in _cut(_blocks(pieces), 0):
        if ordered:
            ordered.append(Piece("", block.left, block.top, block.right, block.top))
        ordered.extend(_set_lines(block))
    return ordered


def _blocks(pieces: Sequence[Piece]) -> list[_Block]:
    blocks: list[_Block] = []
    open_blocks: list[_Block] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.top, piece.left)):
        size = max(piece.size, 1.0)
        open_blocks = [block for block in open_blocks if block.bottom - piece.top < 3 * size]
        home = None
        for block in open_blocks:
            last = block.lines[-1]
            below = last.bottom - piece.top
            overlap = min(last.right, piece.right, block.right) - max(block.left, piece.left)
            alike = 0.75 < size / max(last.size, 1.0) < 1.35
            beside = abs(piece.left - block.left) < 2.6 * size
            if alike and beside and overlap > 0 and -0.3 * size < below < 1.3 * size:
                home = block
                break
        if home is None:
            home = _Block([], piece.left, piece.bottom, piece.right, piece.top)
            blocks.append(home)
            open_blocks.append(home)
        home.add(piece)
    return blocks


def _cut(blocks: list[_Block], depth: int) -> list[_Block]:
    if len(blocks) < 2 or depth > _DEEPEST:
        return sorted(blocks, key=lambda block: (-block.top, block.left))
    size = median(line.size for block in blocks for line in block.lines[:1])
    gutters = _gaps([(block.left, block.right) for block in blocks], 0.8 * size)
    if gutters:
        parts = _split(blocks, gutters, lambda block: block.left)
        return [block for part in parts for block in _cut(part, depth + 1)]
    gaps = _gaps([(-block.top, -block.bottom) for block in blocks], 0.0)
    for gap in gaps:
        upper, lower = _split(blocks, [gap], lambda block: -block.top)
        for part in (upper, lower):
            if len(part) > 1 and _gaps([(block.left, block.right) for block in part], 0.8 * size):
                return _cut(upper, depth + 1) + _cut(lower, depth + 1)
    if gaps:
        return [b for part in _split(blocks, gaps, lambda block: -block.top) for b in _cut(part, depth + 1)]
    return sorted(blocks, key=lambda block: (-block.top, block.left))


def _gaps(intervals: list[tuple[float, float]], least: float) -> list[float]:
    """Where, in the middle, a gap wider than ``least`` is that no interval covers."""
    found = []
    end = None
    for start, stop in sorted(intervals):
        if end is not None and start - end > least:
            found.append((start + end) / 2)
        end = stop if end is None else max(end, stop)
    return found


def _split(blocks: list[_Block], cuts: list[float], place: Callable[[_Block], float]) -> list[list[_Block]]:
    parts: list[list[_Block]] = [[] for _ in range(len(cuts) + 1)]
    for block in blocks:
        parts[sum(place(block) > cut for cut in cuts)].append(block)
    return parts


def _set_lines(block: _Block) -> list[Piece]:
    """The lines of a block, pieces at one height put together, with indents and blank lines."""
    lines: list[Piece] = []
    for piece in sorted(block.lines, key=lambda piece: (-piece.top, piece.left)):
        last = lines[-1] if lines else None
        if last is not None and min(last.top, piece.top) - max(last.bottom, piece.bottom) > 0.5 * piece.size:
            lines[-1] = Piece(
                f"{last.text} {piece.text}",
                min(last.left, piece.left),
                min(last.bottom, piece.bottom),
                max(last.right, piece.right),
                max(last.top, piece.top),
            )
        else:
            lines.append(piece)
    steps = [above.top - below.top for above, below in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    ordered: list[Piece] = []
    for at, line in enumerate(lines):
        if at and steps[at - 1] > 1.4 * usual:
            ordered.append(Piece("", line.left, line.top, line.right, line.top))
        if line.left - block.left > 1.2 * line.size:
            line.lead = "\u3000\u3000"
        ordered.append(line)
    return ordered
