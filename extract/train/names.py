"""Labelled passages → the name reader of a language: the sequence model, and the judge of its candidates."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from extract.finders.candidates import Name
from extract.finders.chinese import Found, number_candidates, select_names
from extract.finders.judge import Evidence, Judge
from extract.finders.layers import Layers
from extract.finders.sequence import SequenceModel
from extract.finders.weights import JUDGE, SEQUENCE, WORDS, save_judge, save_sequence, save_words
from extract.gold import Row
from extract.train.marks import verdicts
from extract.train.second import fit_second
from extract.train.sequences import Example, Weights, fit_sequences, make_example
from extract.train.written import WRITTEN

FOLDS = 3
ROUNDS = 80

_log = logging.getLogger(__name__)
_shared: list[Example[Layers]] = []  # what forked workers read


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The candidates of a training row as readers weigh them that never saw the row."""

    layers: Layers
    names: dict[str, Name]
    confidence: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameModel:
    """What is fitted, and the training rows as weighed by models that never saw them."""

    weights: Weights
    judge: Judge
    held: tuple[Weighed, ...]


def fit_names(rows: Sequence[Row], *, jobs: int = 1, rounds: int = ROUNDS) -> NameModel:
    """The name reader fitted to Chinese labelled rows, the same for the same rows.

    The judge learns from candidates of sequence models that never saw the row.  ``jobs`` processes fit side by
    side, each in ``rounds``.
    """
    _shared[:] = [make_example(row) for row in rows]
    with get_context("fork").Pool(jobs) as pool:
        whole, *parts = pool.map(partial(_fit_part, rounds), [None, *range(FOLDS)], chunksize=1)
    layered = [example.reading for example in _shared]
    _shared.clear()
    return judge_names(rows, layered, whole, [weights.model() for weights in parts])


def _fit_part(rounds: int, fold: int | None) -> Weights:
    """The weights fitted to all rows, or to all but those of a fold."""
    weights = fit_sequences(
        [example for at, example in enumerate(_shared) if fold is None or at % FOLDS != fold], rounds=rounds
    )
    _log.info("fitted %d weights, fold %s", len(weights.keys), fold)
    return weights


def judge_names(
    rows: Sequence[Row], layered: Sequence[Layers], whole: Weights, parts: Sequence[SequenceModel]
) -> NameModel:
    """The name reader with these sequence weights; ``parts[k]`` never saw the rows k, k + FOLDS, …"""
    found = [number_candidates(layers, parts[at % FOLDS]) for at, layers in enumerate(layered)]
    told = [verdicts(row, [name.text for name in names.values()]) for row, (names, _) in zip(rows, found, strict=True)]
    evidence: list[Evidence] = [known for _, known in found]
    fitted = fit_second(evidence, told, typical=[row.get("source") != WRITTEN for row in rows])
    firsts = np.cumsum([0, *(len(names) for names, _ in found)])
    held = tuple(
        Weighed(layers=layers, names=names, confidence=dict(zip(names, fitted.held[first:].tolist(), strict=False)))
        for layers, (names, _), first in zip(layered, found, firsts[:-1].tolist(), strict=True)
    )
    return NameModel(weights=whole, judge=fitted.judge, held=held)


def cross_names(model: NameModel, *, threshold: float) -> list[list[Found]]:
    """The names of each training row as models find them that never saw it, for readers that build on names."""
    return [select_names(one.layers, one.names, one.confidence, threshold=threshold) for one in model.held]


def save_names(model: NameModel, folder: Path) -> None:
    """Write the weights as the files that the extraction reads."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = model.weights
    save_sequence(folder / SEQUENCE, weights.keys, weights.weights.astype(np.float32), weights.transitions)
    save_judge(folder / JUDGE, model.judge.trees)
    save_words(folder / WORDS, model.judge.words)
