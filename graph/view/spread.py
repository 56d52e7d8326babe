"""Pushing discs apart until none lies on another."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_LARGE = 2.5  # times the median radius: such discs are compared with all others, the rest cell by cell


def spread(positions: Floats, radii: Floats, *, gap: float = 1.35, rounds: int = 120) -> Floats:
    """The positions, moved little, with centres at least ``gap`` times the sum of the radii apart.

    ``positions`` is shaped ``(n, 2)``, ``radii`` ``(n,)``.  After ``rounds`` some pairs of a very dense graph
    may still be nearer than that.
    """
    positions = positions.copy()
    size = len(positions)
    for _ in range(rounds):
        a, b = _near(positions, radii, gap)
        apart = positions[a] - positions[b]
        distance = np.sqrt((apart**2).sum(1)) + 1e-9
        lacking = (radii[a] + radii[b]) * gap - distance
        close = lacking > 1e-3
        if not close.any():
            break
        a, b = a[close], b[close]
        push = apart[close] / distance[close, None] * (lacking[close] * 0.5)[:, None]
        for axis in (0, 1):
            positions[:, axis] += np.bincount(a, push[:, axis], minlength=size)
            positions[:, axis] -= np.bincount(b, push[:, axis], minlength=size)
    return positions


def _near(positions: Floats, radii: Floats, gap: float) -> tuple[Ints, Ints]:
    """Index pairs that may touch, each once."""
    limit = _LARGE * np.median(radii)
    large, ordinary = np.flatnonzero(radii > limit), np.flatnonzero(radii <= limit)
    first, second = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    if len(ordinary):
        edge = 2 * radii[ordinary].max() * gap
        cell = ((positions[ordinary] - positions[ordinary].min(0)) / edge).astype(np.int64) + 1
        width = int(cell[:, 1].max()) + 3
        key = cell[:, 0] * width + cell[:, 1]
        order = np.argsort(key, kind="stable")
        keys = key[order]
        for offset in (0, 1, width - 1, width, width + 1):  # the cell itself and half of those around it
            low = np.arange(1, len(order) + 1) if offset == 0 else np.searchsorted(keys, keys + offset)
            count = np.maximum(np.searchsorted(keys, keys + offset, "right") - low, 0)
            a = np.repeat(np.arange(len(order)), count)
            b = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(low, count)
            first.append(ordinary[order[a]])
            second.append(ordinary[order[b]])
    for at, disc in enumerate(large.tolist()):
        close = np.abs(positions - positions[disc]).max(1) < (radii + radii[disc]) * gap
        close[large[: at + 1]] = False
        others = np.flatnonzero(close)
        first.append(np.full(len(others), disc))
        second.append(others)
    return np.concatenate(first), np.concatenate(second)
