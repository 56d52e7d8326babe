"""Pushing discs apart until none lies on another."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_SLACK = 1.5  # median radii that discs may move before pairs are looked for anew
_AGE = 12  # rounds after which pairs are looked for anew in any case
_LARGE = 2.5  # times the median radius: such discs are compared with all others, the rest cell by cell


def spread(positions: Floats, radii: Floats, *, gap: float = 1.35, rounds: int = 160) -> Floats:
    """The positions, moved little, with centres at least ``gap`` times the sum of the radii apart.

    ``positions`` is shaped ``(n, 2)``, ``radii`` ``(n,)``.  After ``rounds`` some pairs of a very dense graph
    may still be nearer than that.
    """
    at = np.ascontiguousarray(positions.T)  # a row an axis: sums along rows are fast
    size = len(radii)
    turn = np.arange(size) * 2.4
    at += np.stack((np.cos(turn), np.sin(turn))) * (radii.min() * 1e-3)  # of two on one point neither knows where to go
    slack = float(np.median(radii)) * _SLACK
    since, age = at.copy(), 0
    first, second = _near(at, radii, gap, slack)
    for _ in range(rounds):
        apart = at[:, first] - at[:, second]
        distance = np.sqrt(apart[0] * apart[0] + apart[1] * apart[1]) + 1e-9
        lacking = (radii[first] + radii[second]) * gap - distance
        close = lacking > 1e-3
        if not close.any() and age == 0:
            break
        a, b = first[close], second[close]
        push = apart[:, close] * (lacking[close] * 0.5 / distance[close])
        for axis in (0, 1):
            at[axis] += np.bincount(a, push[axis], minlength=size) - np.bincount(b, push[axis], minlength=size)
        moved = at - since
        age += 1
        # others may have come near; a few that move far are no reason to look at all pairs anew
        many = np.partition(moved[0] ** 2 + moved[1] ** 2, int(size * 0.97))[int(size * 0.97)]
        if age == _AGE or not close.any() or float(many) > (slack / 2) ** 2:
            since, age = at.copy(), 0
            first, second = _near(at, radii, gap, slack)
    return at.T.copy()


def _near(at: Floats, radii: Floats, gap: float, slack: float) -> tuple[Ints, Ints]:
    """Index pairs that touch or may do so after moves of ``slack`` in all, each once; ``at`` is shaped ``(2, n)``."""
    limit = _LARGE * np.median(radii)
    large, ordinary = np.flatnonzero(radii > limit), np.flatnonzero(radii <= limit)
    first, second = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    if len(ordinary):
        edge = 2 * radii[ordinary].max() * gap + slack
        own = at[:, ordinary]
        cell = ((own - own.min(1, keepdims=True)) / edge).astype(np.int64) + 1
        width = int(cell[1].max()) + 3
        key = cell[0] * width + cell[1]
        order = np.argsort(key, kind="stable")
        keys = key[order]
        for offset in (0, 1, width - 1, width, width + 1):  # the cell itself and half of those around it
            low = np.arange(1, len(order) + 1) if offset == 0 else np.searchsorted(keys, keys + offset)
            count = np.maximum(np.searchsorted(keys, keys + offset, "right") - low, 0)
            a = np.repeat(np.arange(len(order)), count)
            b = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(low, count)
            first.append(ordinary[order[a]])
            second.append(ordinary[order[b]])
    for place, disc in enumerate(large.tolist()):
        apart = np.abs(at - at[:, disc : disc + 1])
        close = np.maximum(apart[0], apart[1]) < (radii + radii[disc]) * gap + slack
        close[large[: place + 1]] = False
        others = np.flatnonzero(close)
        first.append(np.full(len(others), disc))
        second.append(others)
    a, b = np.concatenate(first), np.concatenate(second)
    apart = at[:, a] - at[:, b]
    near = apart[0] ** 2 + apart[1] ** 2 < ((radii[a] + radii[b]) * gap + slack) ** 2
    return a[near], b[near]
