"""Where every organization goes: connected parts laid out one by one, then packed side by side."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from graph.view.force import place
from graph.view.spread import spread
from graph.view.stress import unfold

Floats = NDArray[np.float64]

_SMALL = 6  # organizations up to which a part is drawn as a tree, whose rings then have room for all
_CROWDED = 2_000  # organizations beyond which crowds are thinned out before discs are pushed apart
_MIDDLING = 60  # organizations up to which a part is unfolded, beyond which forces find its communities


def arrange(
    size: int, edges: Iterable[tuple[int, int]], radii: Floats, *, aspect: float = 1.5, seed: int = 1
) -> Floats:
    """Positions, shaped ``(size, 2)``, at which no disc lies on another.

    ``edges`` are pairs of indexes below ``size``, in any order, repeated or looped as may be; ``radii`` is shaped
    ``(size,)``, and positions are in its unit.  ``aspect`` is width over height of the drawing.  The same
    arguments give the same positions on one machine.
    """
    pairs = sorted({(min(a, b), max(a, b)) for a, b in edges if a != b})
    near: list[set[int]] = [set() for _ in range(size)]
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    parts = connected_parts(near)
    inside: list[list[tuple[int, int]]] = [[] for _ in parts]
    home = {vertex: (at, index) for at, part in enumerate(parts) for index, vertex in enumerate(part)}
    for a, b in pairs:
        inside[home[a][0]].append((home[a][1], home[b][1]))
    # a small graph has room: more ground around each disc for its name
    cover, gap, ring = (0.03, 2.2, 9.0) if size <= 80 else (0.05, 1.9, 5.5) if size <= 600 else (0.10, 1.35, 4.5)
    drawings = []
    for part, own in zip(parts, inside, strict=True):
        if len(part) > _MIDDLING:
            drawing = _island(np.array(own, dtype=np.int64), radii[part], cover=cover, gap=gap, seed=seed)
        elif len(part) > _SMALL:
            unfolded = unfold(len(part), np.array(own, dtype=np.int64)) * (ring + 2) * float(np.median(radii[part]))
            drawing = spread(unfolded, radii[part], gap=gap)
        else:
            drawing = _tree(part, near) * ring * float(radii[part].max())
        drawings.append(drawing - (drawing - radii[part][:, None]).min(0))
    boxes = [((drawing + radii[part][:, None]).max(0)).tolist() for part, drawing in zip(parts, drawings, strict=True)]
    positions = np.zeros((size, 2))
    gutter = float(np.median(radii)) * 5 if size else 0.0
    for part, drawing, corner in zip(parts, drawings, pack(boxes, aspect=aspect, gutter=gutter), strict=True):
        positions[part] = drawing + corner
    return positions


def connected_parts(near: Sequence[set[int]]) -> list[list[int]]:
    """The connected parts of a graph given by neighbours: largest first, then by smallest vertex.

    >>> connected_parts([set(), {2}, {1}])
    [[1, 2], [0]]
    """
    seen = [False] * len(near)
    parts = []
    for start in range(len(near)):
        if seen[start]:
            continue
        seen[start] = True
        part = [start]
        for vertex in part:  # grows while it is walked
            for other in sorted(near[vertex]):
                if not seen[other]:
                    seen[other] = True
                    part.append(other)
        parts.append(sorted(part))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def pack(boxes: Sequence[Sequence[float]], *, aspect: float, gutter: float) -> list[tuple[float, float]]:
    """The corner of each box ``(width, height)``: the first top left, the others in rows beside it, then below.

    ``boxes`` come largest first; ``aspect`` is what width over height should be about.
    """
    if not boxes:
        return []
    first_width, first_height = boxes[0]
    area = sum((width + gutter) * (height + gutter) for width, height in boxes)
    total = max(float(np.sqrt(area * aspect)) * 1.03, first_width + gutter)
    x, y, row = first_width + gutter, 0.0, 0.0
    corners = [(0.0, 0.0)]
    for width, height in boxes[1:]:
        if x + width > total:
            y += row + gutter
            row = 0.0
            if y < first_height and total - first_width - gutter < width:
                y = first_height + gutter
            x = first_width + gutter if y < first_height else 0.0
        corners.append((x, y))
        x += width + gutter
        row = max(row, height)
    return corners


def _island(edges: NDArray[np.int64], radii: Floats, *, cover: float, gap: float, seed: int) -> Floats:
    """One large part, its long side lying flat, scaled so that discs cover ``cover`` of it, and spread."""
    positions = place(len(radii), edges, seed=seed)
    size = positions.max(0) - positions.min(0)
    if size[1] > size[0]:
        positions, size = positions[:, ::-1], size[::-1]
    if len(radii) > _CROWDED:
        positions = _thin_out(positions)
    ground = np.pi * float((radii**2).sum()) / cover
    roomy = spread(positions * np.sqrt(ground / (size[0] * size[1])), radii, gap=gap)
    return spread(roomy, radii, gap=1.1, rounds=60)  # where there was not room for all, at least none touch


def _thin_out(positions: Floats) -> Floats:
    """The positions with crowds drawn apart: halfway to where each would be if all were evenly spread on each axis.

    Left and right, above and below stay as they were; pushing discs apart then takes far fewer rounds.
    """
    even = np.argsort(np.argsort(positions, axis=0, kind="stable"), axis=0, kind="stable") / (len(positions) - 1)
    low, high = positions.min(0), positions.max(0)
    thinned: Floats = 0.5 * positions + 0.5 * (low + even * (high - low))
    return thinned


def _tree(part: Sequence[int], near: Sequence[set[int]]) -> Floats:
    """A small part as a tree on rings around its best connected vertex; rings are 1 apart."""
    root = max(part, key=lambda vertex: (len(near[vertex]), -vertex))
    children: dict[int, list[int]] = {}
    seen, order = {root}, [root]
    for vertex in order:  # grows while it is walked
        children[vertex] = [other for other in sorted(near[vertex]) if other not in seen]
        seen.update(children[vertex])
        order += children[vertex]
    leaves: dict[int, int] = {}
    for vertex in reversed(order):
        leaves[vertex] = sum(leaves[child] for child in children[vertex]) or 1
    at = {root: (0.0, 0.0)}
    todo = [(root, 0.0, 2 * np.pi, 1)]
    while todo:
        vertex, start, end, ring = todo.pop()
        for child in children[vertex]:
            width = (end - start) * leaves[child] / leaves[vertex]
            middle = start + width / 2 if len(part) > 2 else 0.0  # two lie side by side
            at[child] = (ring * float(np.cos(middle)), ring * float(np.sin(middle)))
            todo.append((child, start, start + width, ring + 1))
            start += width
    return np.array([at[vertex] for vertex in part])
