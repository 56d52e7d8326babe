"""Evidence of candidates with verdicts → the second reader, calibrated on candidates that it has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # has no types
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from extract.finders.judge import Evidence, Judge
from extract.finders.lexical import SIZE, LinearReader
from extract.finders.sequence import Floats
from extract.train.judges import knots_of, to_trees

FOLDS = 5
ROUNDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The reader, and for each candidate the probability that a reader gives which never saw its document."""

    judge: Judge
    held: Floats


def fit_second(
    evidence: Sequence[Evidence], verdicts: Sequence[Sequence[int]], *, typical: Sequence[bool] | None = None
) -> Fitted:
    """The second reader fitted to the candidates of documents; a verdict is 1 name, 0 none, -1 open.

    The linear reader's log-odds that the trees see come from readers that never saw the document.  ``typical`` says
    which documents are such as will be read: probabilities are calibrated to them; to all without it.
    """
    numbers = np.concatenate([document.numbers for document in evidence])
    features = [row for document in evidence for row in document.features]
    groups = np.repeat(np.arange(len(evidence)), [len(document.features) for document in evidence])
    told = np.array([verdict for document in verdicts for verdict in document], dtype=np.int8)
    known = told >= 0
    table = _sparse(features)
    lexical, odds = np.zeros(len(told)), np.zeros(len(told))
    folds = [groups % FOLDS == fold for fold in range(FOLDS)]
    for held in folds:
        seen = known & ~held
        reader = _linear(table[seen], told[seen])
        lexical[held] = reader.log_odds([features[at] for at in np.flatnonzero(held)])
    joined = np.column_stack([numbers, lexical])
    for held in folds:
        seen = known & ~held
        odds[held] = _boosted().fit(joined[seen], told[seen]).decision_function(joined[held])
    like = known if typical is None else known & np.array(typical, dtype=bool)[groups]
    knots = knots_of(odds[like], told[like])
    trees = to_trees(_boosted().fit(joined[known], told[known]), knots)
    judge = Judge(words=_linear(table[known], told[known]), trees=trees)
    held_out: Floats = np.interp(odds, *knots)
    return Fitted(judge=judge, held=held_out.round(4))


def _boosted() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=ROUNDS,
        learning_rate=0.05,
        max_leaf_nodes=15,
        min_samples_leaf=20,
        l2_regularization=2.0,
        max_features=0.5,
        early_stopping=False,
        random_state=0,
    )


def _sparse(features: Sequence[list[int]]) -> csr_matrix:
    """The feature lists as rows of one matrix, each of length one when no feature repeats."""
    sizes = np.array([len(row) for row in features])
    columns = np.fromiter((at for row in features for at in row), dtype=np.int64, count=int(sizes.sum()))
    values = np.repeat(1 / np.sqrt(sizes), sizes)
    return csr_matrix((values, columns, np.append(0, np.cumsum(sizes))), shape=(len(features), SIZE))


def _linear(table: csr_matrix, verdicts: NDArray[np.int8]) -> LinearReader:
    reader = LogisticRegression(C=0.5, solver="liblinear", random_state=0).fit(table, verdicts)
    return LinearReader(weights=reader.coef_[0].astype(np.float32), base=float(reader.intercept_[0]))
