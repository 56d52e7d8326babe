"""Labelled passages → the readers of pairs; the second learns from what the first give to passages they never saw."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # scipy ships no types
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from extract.features import BITS
from extract.finders.trees import Trees
from extract.gold import Row
from extract.ontology import load_ontology
from extract.readers import Floats, Linear, PairReader
from extract.records import STATUSES, Mention
from extract.rivals import HOPELESS, Scores, best_meetings, second_numbers
from extract.train.examples import Example, is_live, read_found, read_gold
from extract.train.judges import knots_of, to_trees
from extract.train.passages import make_rows
from extract.train.written import WRITTEN

FOLDS = 5
BAGS = 3  # boosted readers whose mean is the second reader
SLOT_TIMES = 3


def _matrix(words: Sequence[NDArray[np.int64]]) -> tuple[csr_matrix, NDArray[np.int64]]:
    """A row of features each, with a column for each feature that occurs, and which features those are."""
    ends = np.cumsum([0, *map(len, words)])
    values = np.concatenate([np.full(len(row), len(row) ** -0.5) for row in words])
    features, columns = np.unique(np.concatenate(words), return_inverse=True)
    return csr_matrix((values, columns, ends), shape=(len(words), len(features))), features


def _fit_two(words: Sequence[NDArray[np.int64]], verdicts: NDArray[np.int8]) -> Linear:
    table, features = _matrix(words)
    model = LogisticRegression(C=3, solver="liblinear", random_state=0).fit(table, verdicts)
    weights = np.zeros((1, 1 << BITS), dtype=np.float32)
    weights[:, features] = model.coef_
    return Linear(weights=weights, bias=model.intercept_.astype(np.float64))


def _fit_many(
    words: Sequence[NDArray[np.int64]], labels: Sequence[str], classes: Sequence[str], prior: float
) -> Linear:
    """One class each of ``classes``; ``prior`` is the power of their shares that is taken back."""
    table, features = _matrix(words)
    model = LogisticRegression(C=20, max_iter=150, tol=1e-3).fit(table, list(labels))
    weights = np.zeros((len(classes), 1 << BITS), dtype=np.float32)
    bias = np.full(len(classes), -99.0)
    for row, name in enumerate(model.classes_):
        at = list(classes).index(name)
        weights[at, features] = model.coef_[row]
        bias[at] = model.intercept_[row] - prior * np.log(list(labels).count(name) / len(labels))
    return Linear(weights=weights, bias=bias)


def _first_trees() -> HistGradientBoostingClassifier:
    """Boosted trees for meetings."""
    return HistGradientBoostingClassifier(
        max_iter=300,
        learning_rate=0.08,
        max_leaf_nodes=31,
        min_samples_leaf=20,
        l2_regularization=5.0,
        max_features=0.5,
        early_stopping=False,
        random_state=0,
    )


def _bags(rows: Floats, verdicts: NDArray[np.int8], *, wide: bool) -> list[HistGradientBoostingClassifier]:
    """Boosted trees for pairs, each of whose splits see other halves of the columns; smaller ones of wide rows."""
    return [
        HistGradientBoostingClassifier(
            max_iter=350 if wide else 250,
            learning_rate=0.03,
            max_leaf_nodes=6 if wide else 8,
            min_samples_leaf=60 if wide else 40,
            l2_regularization=10.0 if wide else 5.0,
            max_features=0.5,
            early_stopping=False,
            random_state=seed,
        ).fit(rows, verdicts)
        for seed in range(BAGS)
    ]


def _odds(bags: Sequence[HistGradientBoostingClassifier], rows: Floats) -> Floats:
    total: Floats = np.mean([bag.decision_function(rows) for bag in bags], axis=0)
    return total


def _join_bags(bags: Sequence[HistGradientBoostingClassifier], knots: Floats) -> Trees:
    """All trees of the bags as one, whose log-odds are the mean of theirs."""
    each = [to_trees(bag, knots) for bag in bags]
    starts = np.cumsum([0, *(len(trees.column) for trees in each)])[:-1].astype(np.int32)
    return Trees(
        base=float(np.mean([trees.base for trees in each])),
        roots=np.concatenate([trees.roots + start for trees, start in zip(each, starts, strict=True)]),
        column=np.concatenate([trees.column for trees in each]),
        threshold=np.concatenate(
            [np.where(trees.column < 0, trees.threshold / len(each), trees.threshold) for trees in each]
        ),
        left=np.concatenate([trees.left + start for trees, start in zip(each, starts, strict=True)]),
        right=np.concatenate([trees.right + start for trees, start in zip(each, starts, strict=True)]),
        knots=knots,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    words: list[NDArray[np.int64]]
    kind_words: list[NDArray[np.int64]]
    numbers: Floats
    verdicts: NDArray[np.int8]
    groups: NDArray[np.int64]


def _rows(examples: Sequence[Example]) -> _Rows:
    verdicts = [
        -1 if claim is None else int(isinstance(claim, dict) and is_live(claim))
        for example in examples
        for claim in example.claims
    ]
    return _Rows(
        words=[words for example in examples for words in example.words],
        kind_words=[words for example in examples for words in example.kind_words],
        numbers=np.array([row for example in examples for row in example.numbers], dtype=np.float64),
        verdicts=np.array(verdicts, dtype=np.int8),
        groups=np.array([n for n, example in enumerate(examples) for _ in example.claims], dtype=np.int64),
    )


def fit_readers(rows: Sequence[Row], found: Sequence[Sequence[Mention]], *, seed: int = 0) -> PairReader:
    """The readers fitted on labelled Chinese passages, and on passages made from our own texts with slots.

    ``found`` are the names that a finder finds in each row without having seen it.  Words and kinds are learned from
    those beside the gold names; how sure a pair is from those alone, so that a wrong name makes a wrong pair.
    Equal rows, names and seeds give equal readers.
    """
    slots = [read_gold(row) for row in make_rows("zh", times=SLOT_TIMES, seed=seed)]
    examples = [*map(read_gold, rows), *map(read_found, rows, found), *slots]
    numbers = range(len(rows))
    usual = [row.get("source") != WRITTEN for row in rows]
    return fit_examples(
        examples,
        [*numbers, *numbers, *range(len(rows), len(rows) + len(slots))],
        judged=[*(False for _ in rows), *(True for _ in rows), *(True for _ in slots)],
        typical=[*(False for _ in rows), *usual, *(False for _ in slots)],
    )


def fit_examples(
    examples: Sequence[Example],
    passage_of: Sequence[int],
    *,
    prior: float = 0.0,
    wide: bool = True,
    judged: Sequence[bool] | None = None,
    typical: Sequence[bool] | None = None,
) -> PairReader:
    """The readers fitted on examples; ``passage_of`` numbers their passages, which folds keep together.

    ``prior`` is the power of the kinds' shares that is taken back, ``wide`` that of ``second_numbers``.  ``judged``
    says which examples the second reader learns from, and ``typical`` which of those are such as will be read, to
    which its confidence is calibrated; all without them.
    """
    data = _rows(examples)
    folds = np.array(passage_of)[data.groups] % FOLDS
    used = data.verdicts >= 0
    stated = _labelled(examples)
    stated_folds = np.array(passage_of)[stated.groups] % FOLDS
    count, kinds = len(used), len(load_ontology().collaborations)
    linear_odds, boosted_odds = np.zeros(count), np.zeros(count)
    kind_odds, status_odds = np.zeros((count, kinds)), np.zeros((count, len(STATUSES)))

    def fit(chosen: NDArray[np.bool_]) -> tuple[Linear, HistGradientBoostingClassifier]:
        places = np.flatnonzero(chosen)
        linear = _fit_two([data.words[i] for i in places], data.verdicts[places])
        return linear, _first_trees().fit(data.numbers[places], data.verdicts[places])

    for fold in range(FOLDS):
        linear, boosted = fit(used & (folds != fold))
        kind, status = _fit_kinds(stated, np.flatnonzero(stated_folds != fold), prior)
        held = np.flatnonzero(folds == fold)
        linear_odds[held] = linear.scores([data.words[i] for i in held])[:, 0]
        boosted_odds[held] = boosted.decision_function(data.numbers[held])
        kind_words = [data.kind_words[i] for i in held]
        kind_odds[held], status_odds[held] = kind.scores(kind_words), status.scores(kind_words)
    claim, first = fit(used)
    kind, status = _fit_kinds(stated, np.arange(len(stated.labels)), prior)
    hopeless = boosted_odds <= HOPELESS  # as the extraction reads: by the trees alone
    linear_odds[hopeless] = boosted_odds[hopeless]
    kind_odds[hopeless], status_odds[hopeless] = 0, 0
    scores = _Scores(linear=linear_odds, boosted=boosted_odds, kinds=kind_odds, statuses=status_odds)
    pairs, verdicts, owners = _second_rows(examples, scores, judged, wide=wide)
    groups = np.array(passage_of)[owners]
    odds = np.zeros(len(pairs))
    for fold in range(FOLDS):
        held_pairs = groups % FOLDS == fold
        odds[held_pairs] = _odds(_bags(pairs[~held_pairs], verdicts[~held_pairs], wide=wide), pairs[held_pairs])
    like = np.ones(len(pairs), dtype=bool) if typical is None else np.array(typical)[owners]
    directed = [i for i, label in enumerate(stated.labels) if load_ontology().claim_kind(label["kind"]).directed]
    return PairReader(
        claim=claim,
        kind=kind,
        status=status,
        forward=_fit_two(
            [stated.words[i] for i in directed],
            np.array([stated.forward[i] for i in directed], dtype=np.int8),
        ),
        first=to_trees(first, np.zeros((2, 1))),
        second=_join_bags(_bags(pairs, verdicts, wide=wide), knots_of(odds[like], verdicts[like])),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stated:
    """The meetings that state a claim: their words, those that tell its kind, the claim, whether it runs in the order
    of the text, and the numbers of their examples.
    """

    words: list[NDArray[np.int64]]
    kind_words: list[NDArray[np.int64]]
    labels: list[Row]
    forward: list[bool]
    groups: list[int]


def _labelled(examples: Sequence[Example]) -> _Stated:
    stated = _Stated(words=[], kind_words=[], labels=[], forward=[], groups=[])
    for number, example in enumerate(examples):
        each = zip(example.meetings, example.words, example.kind_words, example.claims, strict=True)
        for meeting, hashes, kind_hash, claim in each:
            if isinstance(claim, dict):
                stated.words.append(hashes)
                stated.kind_words.append(kind_hash)
                stated.labels.append(claim)
                stated.forward.append(claim["from"] == example.of_gold.get(meeting.first.organization))
                stated.groups.append(number)
    return stated


def _fit_kinds(stated: _Stated, chosen: NDArray[np.intp], prior: float) -> tuple[Linear, Linear]:
    """The readers of kind and of status."""
    words, labels = [stated.kind_words[i] for i in chosen], [stated.labels[i] for i in chosen]
    kinds = [label["kind"] for label in labels]
    statuses = [label.get("status", "active") for label in labels]
    return (
        _fit_many(words, kinds, tuple(load_ontology().collaborations), prior),
        _fit_many(words, statuses, STATUSES, 0.0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scores:
    """The log-odds of all meetings of all examples, by readers that never saw their passage."""

    linear: Floats
    boosted: Floats
    kinds: Floats
    statuses: Floats


def _second_rows(
    examples: Sequence[Example], scores: _Scores, judged: Sequence[bool] | None, *, wide: bool
) -> tuple[Floats, NDArray[np.int8], NDArray[np.int64]]:
    rows: list[list[float]] = []
    verdicts: list[int] = []
    owners: list[int] = []
    at = 0
    for number, example in enumerate(examples):
        here = slice(at, at + len(example.meetings))
        at = here.stop
        if (judged is not None and not judged[number]) or not example.meetings:
            continue
        linear, boosted = scores.linear[here], scores.boosted[here]
        best = best_meetings(example.meetings, ((linear + boosted) / 2).tolist())
        chosen = list(best.values())
        numbers = second_numbers(
            example.meetings,
            Scores(
                linear=linear.tolist(),
                boosted=boosted.tolist(),
                best=best,
                kinds=scores.kinds[here][chosen],
                statuses=scores.statuses[here][chosen],
            ),
            example.view,
            wide=wide,
        )
        for pair, row in zip(best, numbers, strict=True):
            if pair not in example.doubtful:
                rows.append(row)
                verdicts.append(pair in example.required)
                owners.append(number)
    return np.array(rows, dtype=np.float64), np.array(verdicts, dtype=np.int8), np.array(owners, dtype=np.int64)
