"""Boosted trees as arrays: rows of numbers → probabilities."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.finders.sequence import Floats


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

    def log_odds(self, rows: Floats) -> Floats:
        """The sum of the leaves that each row reaches."""
        flat = np.ascontiguousarray(rows, dtype=np.float64).ravel()
        nodes = np.arange(len(self.column))
        leaf = self.column < 0  # a leaf sends every row to itself
        left, right = np.where(leaf, nodes, self.left), np.where(leaf, nodes, self.right)
        column = np.where(leaf, 0, self.column).astype(np.int64)
        first = (np.arange(len(rows)) * rows.shape[1])[:, None]
        at = np.broadcast_to(self.roots.astype(np.int64), (len(rows), len(self.roots)))
        while True:
            goes_left = flat.take(first + column.take(at)) <= self.threshold.take(at)
            step = np.where(goes_left, left.take(at), right.take(at))
            if np.array_equal(step, at):
                break
            at = step
        total: Floats = self.base + self.threshold.take(at).sum(axis=1)
        return total

    def probabilities(self, rows: Floats) -> Floats:
        """The calibrated probability of each row, in [0, 1], to four digits so that every processor gives the same."""
        if not len(rows):
            return np.zeros(0)
        exact: Floats = np.interp(self.log_odds(rows), self.knots[0], self.knots[1])
        return exact.round(4)
