"""Labelled passages → the name reader of a language: the sequence model, and the trees that judge its candidates."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from random import Random

import numpy as np

from extract.finders.chinese import Found, number_candidates, select_names
from extract.finders.sequence import SequenceModel
from extract.finders.trees import Trees
from extract.finders.weights import JUDGE, SEQUENCE, save_judge, save_sequence
from extract.gold import Row
from extract.train.judges import cross_odds, fit_judge
from extract.train.marks import verdicts
from extract.train.passages import make_rows
from extract.train.sequences import Example, Weights, fit_sequences, make_example
from extract.train.swaps import swap_names

FOLDS = 3
ROUNDS = 60
SLOT_TIMES = 2

_log = logging.getLogger(__name__)
_shared: dict[str, list[Example | None]] = {}  # what forked workers read


@dataclass(frozen=True, slots=True, kw_only=True)
class NameModel:
    """What is fitted; ``held`` are the models by fold, each of which never saw the rows of its fold."""

    weights: Weights
    judge: Trees
    held: tuple[Weights, ...]


def fit_names(rows: Sequence[Row], *, seed: int = 0, jobs: int = 1) -> NameModel:
    """The name reader fitted to Chinese labelled rows, the same for the same rows and seed.

    Beside each passage stands one with other names in it, and passages made from our own texts with slots.  The
    trees learn from candidates of models that never saw the passage.  ``jobs`` processes fit side by side.
    """
    _shared["given"] = [make_example(row) for row in rows]
    swapped = [swap_names(row, Random(f"{seed}/{row['id']}")) for row in rows]
    _shared["swapped"] = [
        None if other is row else make_example(other) for row, other in zip(rows, swapped, strict=True)
    ]
    _shared["made"] = [make_example(row) for row in make_rows("zh", times=SLOT_TIMES, seed=seed)]
    with get_context("fork").Pool(jobs) as pool:
        whole, *held = pool.map(_fit_part, [None, *range(FOLDS)], chunksize=1)
    _shared.clear()
    judge = _fit_judge(rows, [weights.model() for weights in held])
    return NameModel(weights=whole, judge=judge, held=tuple(held))


def _fit_part(fold: int | None) -> Weights:
    """The weights fitted to all rows, or to all but those of a fold."""
    given = [at for at in range(len(_shared["given"])) if fold is None or at % FOLDS != fold]
    examples = [_shared["given"][at] for at in given] + [_shared["swapped"][at] for at in given] + _shared["made"]
    weights = fit_sequences([example for example in examples if example is not None], rounds=ROUNDS)
    _log.info("fitted %d weights, fold %s", len(weights.keys), fold)
    return weights


def _fit_judge(rows: Sequence[Row], held: Sequence[SequenceModel]) -> Trees:
    numbers, right, groups = [], list[int](), list[int]()
    for at, row in enumerate(rows):
        names, found = number_candidates(make_example(row).layers, held[at % FOLDS])
        numbers.append(found)
        right += verdicts(row, [name.text for name in names.values()])
        groups += [at] * len(names)
    told = np.array(right, dtype=np.int8)
    known = told >= 0
    return fit_judge(np.concatenate(numbers)[known], told[known], np.array(groups)[known])


def cross_names(rows: Sequence[Row], model: NameModel, *, threshold: float) -> list[list[Found]]:
    """The names of each training row as found by models that never saw it, for readers that build on names.

    ``rows`` are those that ``fit_names`` got, in their order.
    """
    held = [weights.model() for weights in model.held]
    layered = [make_example(row).layers for row in rows]
    weighed = [number_candidates(layers, held[at % FOLDS]) for at, layers in enumerate(layered)]
    told = np.array(
        [
            verdict
            for row, (names, _) in zip(rows, weighed, strict=True)
            for verdict in verdicts(row, [name.text for name in names.values()])
        ]
    )
    groups = np.repeat(np.arange(len(rows)), [len(names) for names, _ in weighed])
    odds = cross_odds(np.concatenate([numbers for _, numbers in weighed]), np.maximum(told, 0), groups)
    sure = np.interp(odds, *model.judge.knots).round(4).tolist()
    out, first = [], 0
    for layers, (names, _) in zip(layered, weighed, strict=True):
        confidence = dict(zip(names, sure[first : first + len(names)], strict=True))
        first += len(names)
        out.append(select_names(layers, names, confidence, threshold=threshold))
    return out


def save_names(model: NameModel, folder: Path) -> None:
    """Write the weights as the files that the extraction reads."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = model.weights
    save_sequence(folder / SEQUENCE, weights.keys, weights.weights.astype(np.float32), weights.transitions)
    save_judge(folder / JUDGE, model.judge)
