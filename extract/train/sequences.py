"""Labelled passages → the weights of the sequence model, fitted with CRFsuite."""

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import pycrfsuite
from numpy.typing import NDArray

from extract.finders.layers import Ints, Layers, read_layers
from extract.finders.sequence import BEGIN, END, INSIDE, LABELS, OUTSIDE, SINGLE, SequenceModel
from extract.finders.templates import hash_features
from extract.gold import Row
from extract.train.marks import mark_row

HIDDEN = 0.3
SLIGHT = 0.03  # a feature whose weights are all smaller is left out: four of five, and no score moves


class Reading(Protocol):
    """A text as the finders of its language read it."""

    @property
    def starts(self) -> Ints:
        """Where the sequences begin."""
        ...


ReadingT = TypeVar("ReadingT", bound=Reading)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example(Generic[ReadingT]):
    """A labelled passage ready to learn from.

    ``features`` has a row a template and a column a place (a character or a word), ``labels`` an entry a place.
    """

    row: Row
    reading: ReadingT
    features: NDArray[np.uint64]
    labels: NDArray[np.int8]


def label_places(size: int, names: Iterable[Sequence[int]]) -> NDArray[np.int8]:
    """The label of each of ``size`` places, of which each name takes some, in rising order."""
    labels = np.full(size, OUTSIDE, dtype=np.int8)
    for places in names:
        if len(places) == 1:
            labels[places[0]] = SINGLE
        elif places:
            labels[list(places)] = INSIDE
            labels[places[0]], labels[places[-1]] = BEGIN, END
    return labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What is fitted and kept in a file: arguments of ``SequenceModel``."""

    keys: NDArray[np.uint64]
    weights: NDArray[np.float16]
    transitions: NDArray[np.float64]

    def model(self) -> SequenceModel:
        """The model with these weights."""
        return SequenceModel(self.keys, self.weights.astype(np.float32), self.transitions)


def make_example(row: Row) -> Example[Layers]:
    """The passage of a labelled row with its features and the labels of its characters.

    Of ``HIDDEN`` of its known names it is not told that they are known, so that what stands around them is learned too.
    """
    chance = Random(row["id"])
    hidden: dict[str, bool] = {}
    layers = read_layers(row["text"], known=lambda name: not hidden.setdefault(name, chance.random() < HIDDEN))
    inside = {place: at for at, place in enumerate(layers.place.tolist())}
    names = [[inside[place] for place in range(start, end) if place in inside] for start, end, _ in mark_row(row)]
    labels = label_places(len(layers.text), names)
    return Example(row=row, reading=layers, features=hash_features(layers), labels=labels)


def fit_sequences(
    examples: Sequence[Example[Any]], *, rounds: int = 60, lasso: float = 0.1, ridge: float = 0.02, least: int = 2
) -> Weights:
    """The weights that best tell the labels of the examples.

    ``lasso`` and ``ridge`` are CRFsuite's c1 and c2; features seen fewer than ``least`` times are left out.
    """
    keys, counts = np.unique(np.concatenate([example.features.ravel() for example in examples]), return_counts=True)
    keys = keys[(counts >= least) & (keys != 0)]
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": lasso, "c2": ridge, "max_iterations": rounds})
    names = np.array([str(at) for at in range(len(keys))], dtype=object)
    for example in examples:
        found = np.minimum(np.searchsorted(keys, example.features.T), len(keys) - 1)
        known = keys[found] == example.features.T
        labels = [LABELS[label] for label in example.labels.tolist()]
        bounds = [*example.reading.starts.tolist(), len(labels)]
        for start, end in pairwise(bounds):
            if end > start:
                trainer.append([names[found[at][known[at]]].tolist() for at in range(start, end)], labels[start:end])
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        return _read(path, keys)


def _read(path: str, keys: NDArray[np.uint64]) -> Weights:
    tagger = pycrfsuite.Tagger()
    tagger.open(path)
    fitted = tagger.info()
    weights = np.zeros((len(keys), len(LABELS)), dtype=np.float16)
    for (name, label), weight in fitted.state_features.items():
        weights[int(name), LABELS.index(label)] = weight
    transitions = np.zeros((len(LABELS), len(LABELS)))
    for (before, after), weight in fitted.transitions.items():
        transitions[LABELS.index(before), LABELS.index(after)] = weight
    kept = np.abs(weights).max(axis=1) >= SLIGHT
    return Weights(keys=keys[kept], weights=weights[kept], transitions=transitions)
