"""Rows of numbers with verdicts → boosted trees, calibrated on rows that they have not seen."""

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression

from extract.finders.sequence import Floats
from extract.finders.trees import Trees

FOLDS = 5


def _boosted(seed: int, rounds: int) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=rounds,
        learning_rate=0.06,
        max_leaf_nodes=15,
        min_samples_leaf=20,
        l2_regularization=2.0,
        early_stopping=False,
        random_state=seed,
    )


def cross_odds(rows: Floats, verdicts: NDArray[np.int8], groups: NDArray[np.int64], *, rounds: int = 200) -> Floats:
    """For each row the log-odds that trees give that were fitted without its group."""
    out = np.zeros(len(rows))
    for fold in range(FOLDS):
        held = groups % FOLDS == fold
        out[held] = _boosted(fold, rounds).fit(rows[~held], verdicts[~held]).decision_function(rows[held])
    return out


def fit_judge(
    rows: Floats,
    verdicts: NDArray[np.int8],
    groups: NDArray[np.int64],
    *,
    typical: NDArray[np.bool_],
    rounds: int = 200,
) -> Trees:
    """Trees that tell names (verdict 1) from what is none (0).

    They are calibrated across ``groups``, the rows' documents, to the rows that are ``typical`` of what will be read.
    """
    odds = cross_odds(rows, verdicts, groups, rounds=rounds)
    return to_trees(_boosted(0, rounds).fit(rows, verdicts), knots_of(odds[typical], verdicts[typical]))


def knots_of(odds: Floats, verdicts: NDArray[np.int8]) -> Floats:
    """A rising map from log-odds to the share that is right, as up to 40 points."""
    curve = IsotonicRegression(y_min=0.003, y_max=0.997, out_of_bounds="clip").fit(odds, verdicts)
    points = np.unique(np.quantile(odds, np.linspace(0, 1, 40)).round(3))
    return np.vstack([points, curve.predict(points)])


def to_trees(model: HistGradientBoostingClassifier, knots: Floats) -> Trees:
    """scikit-learn's trees as plain arrays."""
    roots, columns, thresholds, left, right = [], [], [], [], []
    count = 0
    for (tree,) in model._predictors:
        nodes = tree.nodes
        leaf = nodes["is_leaf"].astype(bool)
        roots.append(count)
        columns.append(np.where(leaf, -1, nodes["feature_idx"]))
        thresholds.append(np.where(leaf, nodes["value"], nodes["num_threshold"]))
        left.append(nodes["left"].astype(np.int64) + count)
        right.append(nodes["right"].astype(np.int64) + count)
        count += len(nodes)
    return Trees(
        base=float(np.ravel(model._baseline_prediction)[0]),
        roots=np.array(roots, dtype=np.int32),
        column=np.concatenate(columns).astype(np.int16),
        threshold=np.concatenate(thresholds).astype(np.float64),
        left=np.concatenate(left).astype(np.int32),
        right=np.concatenate(right).astype(np.int32),
        knots=knots,
    )
