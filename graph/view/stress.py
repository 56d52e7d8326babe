"""Where the organizations of a small connected graph go: distances on paper as near as can be to steps in the graph."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def unfold(size: int, edges: Ints, *, rounds: int = 120) -> Floats:
    """Positions, shaped ``(size, 2)``, at which an edge is about 1 long; its long side lies flat.

    ``edges`` is shaped ``(m, 2)`` and connects all.  Time grows with the square of ``size``: for up to a hundred.

    Source:
        Gansner, Koren, North: Graph drawing by stress majorization, 2004; the start is classical scaling.
    """
    steps = _steps(size, edges)
    centring = np.eye(size) - 1 / size
    values, vectors = np.linalg.eigh(-0.5 * centring @ steps**2 @ centring)
    at = vectors[:, -2:] * np.sqrt(np.maximum(values[-2:], 1e-9))
    at += np.arange(size)[:, None] * np.array([1e-3, -7e-4])  # leaves of one hub would start on one point
    weight = 1 / (steps + np.eye(size)) ** 2 * (1 - np.eye(size))
    laplacian = np.diag(weight.sum(1)) - weight
    inverse = np.linalg.pinv(laplacian)
    for _ in range(rounds):
        apart = np.sqrt(((at[:, None] - at[None]) ** 2).sum(2)) + np.eye(size)
        pull = -weight * steps / np.maximum(apart, 1e-9)
        pull -= np.diag(pull.sum(1))
        at = inverse @ pull @ at
    _, axes = np.linalg.eigh(at.T @ at)
    turned: Floats = at @ axes[:, ::-1]
    return turned * np.sign(turned[np.abs(turned).argmax(0), [0, 1]] + 1e-12)  # an axis may come out either way round


def _steps(size: int, edges: Ints) -> Floats:
    """The number of steps between each two vertices, shaped ``(size, size)``."""
    joined = np.zeros((size, size), dtype=bool)
    joined[edges[:, 0], edges[:, 1]] = joined[edges[:, 1], edges[:, 0]] = True
    steps = np.zeros((size, size))
    reached = np.eye(size, dtype=bool)
    rim = reached
    for step in range(1, size):
        rim = (rim @ joined) & ~reached
        if not rim.any():
            break
        steps[rim] = step
        reached |= rim
    return steps
