"""Labelled passages → the weights of the sequence model, fitted with CRFsuite."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
import pycrfsuite
from numpy.typing import NDArray

from extract.finders.layers import Ints, Layers, read_layers
from extract.finders.sequence import BEGIN, END, INSIDE, LABELS, OUTSIDE, SINGLE, SequenceModel
from extract.finders.templates import hash_features
from extract.gold import Row
from extract.train.marks import mark_row

SLIGHT = 0.03  # a feature whose weights are all smaller is left out: four of five, and no score moves


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A passage ready to learn from: ``features`` has a row a template, ``labels`` one a character."""

    row: Row
    layers: Layers
    features: NDArray[np.uint64]
    labels: NDArray[np.int8]

    @property
    def starts(self) -> Ints:
        """Where the sequences begin."""
        return self.layers.starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What is fitted and kept in a file: arguments of ``SequenceModel``."""

    keys: NDArray[np.uint64]
    weights: NDArray[np.float16]
    transitions: NDArray[np.float64]

    def model(self) -> SequenceModel:
        """The model with these weights."""
        return SequenceModel(self.keys, self.weights.astype(np.float32), self.transitions)


def make_example(row: Row) -> Example:
    """The passage of a labelled row with its features and the labels of its characters."""
    layers = read_layers(row["text"])
    labels = np.full(len(layers.text), OUTSIDE, dtype=np.int8)
    inside = {place: at for at, place in enumerate(layers.place.tolist())}
    for start, end, _ in mark_row(row):
        at = [inside[place] for place in range(start, end) if place in inside]
        if len(at) == 1:
            labels[at] = SINGLE
        elif at:
            labels[at] = INSIDE
            labels[at[0]], labels[at[-1]] = BEGIN, END
    return Example(row=row, layers=layers, features=hash_features(layers), labels=labels)


class Labelled(Protocol):
    """What there is to learn from: features and labels of places, and where the sequences begin."""

    @property
    def features(self) -> NDArray[np.uint64]:
        """A row a template, a column a place."""
        ...

    @property
    def labels(self) -> NDArray[np.int8]:
        """The label of each place."""
        ...

    @property
    def starts(self) -> Ints:
        """Where the sequences begin."""
        ...


def fit_sequences(
    examples: Sequence[Labelled], *, rounds: int = 60, lasso: float = 0.1, ridge: float = 0.02, least: int = 2
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
        bounds = [*example.starts.tolist(), len(labels)]
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
