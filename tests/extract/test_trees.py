"""Boosted trees as arrays give what the library that fitted them gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.finders.trees import Trees


def _walk(trees: Trees, row: list[float]) -> float:
    total = trees.base
    for root in trees.roots.tolist():
        at = root
        while trees.column[at] >= 0:
            at = int((trees.left if row[trees.column[at]] <= trees.threshold[at] else trees.right)[at])
        total += float(trees.threshold[at])
    return total


@st.composite
def _forests(draw: st.DrawFn) -> Trees:
    """Trees of up to twelve levels, some of a single leaf, over three columns."""
    column, threshold, left, right, roots = list[int](), list[float](), list[int](), list[int](), list[int]()

    def grow(depth: int) -> int:
        at = len(column)
        inner = depth > 0 and draw(st.integers(0, 3)) > 0
        column.append(draw(st.integers(0, 2)) if inner else -1)
        threshold.append(draw(st.integers(-4, 4)))
        left.append(0)
        right.append(0)
        if inner:
            left[at], right[at] = (grow(depth - 1), grow(0)) if draw(st.booleans()) else (grow(0), grow(depth - 1))
        return at

    for _ in range(draw(st.integers(1, 4))):
        roots.append(grow(draw(st.integers(0, 12))))
    return Trees(
        base=0.5,
        roots=np.array(roots, dtype=np.int32),
        column=np.array(column, dtype=np.int16),
        threshold=np.array(threshold, dtype=np.float64),
        left=np.array(left, dtype=np.int32),
        right=np.array(right, dtype=np.int32),
        knots=np.array([[-1.0, 1.0], [0.1, 0.9]]),
    )


@given(trees=_forests(), rows=st.lists(st.lists(st.integers(-5, 5), min_size=3, max_size=3), min_size=1, max_size=6))
def test_each_row_reaches_its_leaves(trees: Trees, rows: list[list[float]]) -> None:
    """Rows walked together end where a row walked alone does, however deep its leaf lies."""
    found = trees.log_odds(np.array(rows, dtype=np.float64)).tolist()
    assert found == pytest.approx([_walk(trees, row) for row in rows])


def test_no_rows_have_no_probabilities() -> None:
    """An empty text has no candidates to judge."""
    leaf = np.array([0], dtype=np.int32)
    trees = Trees(
        base=0.0,
        roots=leaf,
        column=np.array([-1], dtype=np.int16),
        threshold=np.array([1.0]),
        left=leaf,
        right=leaf,
        knots=np.array([[0.0], [0.5]]),
    )
    assert trees.probabilities(np.zeros((0, 3))).shape == (0,)
