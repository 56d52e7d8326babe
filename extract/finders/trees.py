"""Boosted trees as arrays: rows of numbers → probabilities."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from extract.finders.sequence import Floats

_WALKS = 1 << 16  # of rows down trees, side by side: they fit a cache, and bound the memory
_COMMON_DEPTH = 5  # levels that every row walks; below them those that have not reached a leaf


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Binary trees whose leaves sum to a log-odds; ``roots`` has the first node of each.

    A node sends a row left when its number ``column`` is at most ``threshold``; a leaf has ``column`` -1 and
    its value in ``threshold``.  ``knots`` map a log-odds (first row) to a calibrated probability (second row).
    """

    base: float
    roots: NDArray[np.int32]
    column: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    knots: Floats

    _children: NDArray[np.int64] = field(init=False, repr=False, compare=False)
    _number: NDArray[np.int64] = field(init=False, repr=False, compare=False)
    _inner: NDArray[np.bool_] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Lay the nodes out for walking: node n goes to ``_children[2 n + goes left]``, a leaf to itself."""
        nodes = np.arange(len(self.column))
        leaf = self.column < 0
        ways = (np.where(leaf, nodes, self.right), np.where(leaf, nodes, self.left))
        object.__setattr__(self, "_children", np.stack(ways, axis=1).astype(np.int64).ravel())
        object.__setattr__(self, "_number", np.where(leaf, 0, self.column).astype(np.int64))
        object.__setattr__(self, "_inner", ~leaf)

    def log_odds(self, rows: Floats) -> Floats:
        """The sum of the leaves that each row reaches."""
        count = max(1, _WALKS // len(self.roots))
        parts = [self._walk(rows[start : start + count]) for start in range(0, len(rows), count)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _walk(self, rows: Floats) -> Floats:
        flat = np.ascontiguousarray(rows, dtype=np.float64).ravel()
        at = np.tile(self.roots.astype(np.int64), len(rows))
        first = np.repeat(np.arange(len(rows)) * rows.shape[1], len(self.roots))
        for _ in range(_COMMON_DEPTH):
            at = self._step(flat, first, at)
        going = np.flatnonzero(self._inner.take(at))
        while len(going):
            at[going] = self._step(flat, first[going], at[going])
            going = going[self._inner.take(at[going])]
        total: Floats = self.base + self.threshold.take(at).reshape(len(rows), len(self.roots)).sum(axis=1)
        return total

    def _step(self, flat: Floats, first: NDArray[np.int64], at: NDArray[np.int64]) -> NDArray[np.int64]:
        """The next node of each walk: of the row that begins at ``first`` from node ``at``."""
        goes_left = flat.take(first + self._number.take(at)) <= self.threshold.take(at)
        return self._children.take(2 * at + goes_left)

    def probabilities(self, rows: Floats) -> Floats:
        """The calibrated probability of each row, in [0, 1], to four digits so that every processor gives the same."""
        if not len(rows):
            return np.zeros(0)
        exact: Floats = np.interp(self.log_odds(rows), self.knots[0], self.knots[1])
        return exact.round(4)
