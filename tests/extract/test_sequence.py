from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.finders.sequence import BEGIN, END, INSIDE, SINGLE, SequenceModel

NOTHING = -30.0  # a transition that in effect cannot be


def make_model(seed: int) -> tuple[SequenceModel, np.ndarray, np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    keys = np.unique(chance.integers(1, 2**63, size=12, dtype=np.uint64))
    weights = chance.normal(size=(len(keys), 5)).astype(np.float32)
    transitions = chance.normal(size=(5, 5))
    return SequenceModel(keys, weights, transitions), keys, weights, transitions


def paths(emissions: np.ndarray, transitions: np.ndarray) -> dict[tuple[int, ...], float]:
    """Each labelling of a sequence with its probability, by adding up all of them."""
    scores = {
        path: float(
            np.exp(
                sum(emissions[at, label] for at, label in enumerate(path))
                + sum(transitions[one, other] for one, other in pairwise(path))
            )
        )
        for path in product(range(5), repeat=len(emissions))
    }
    total = sum(scores.values())
    return {path: score / total for path, score in scores.items()}


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), sizes=st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_probabilities_are_those_of_adding_up_all_labellings(seed: int, sizes: list[int]) -> None:
    """Marginals and stretches equal what brute force gives, whatever sequences are read side by side."""
    model, keys, weights, transitions = make_model(seed)
    chance = np.random.default_rng(seed + 1)
    length = sum(sizes)
    picks = chance.integers(0, len(keys), size=(3, length))
    features = keys[picks]
    starts = np.cumsum([0, *sizes[:-1]])
    reading = model.read(features, starts, least=0.0)
    emissions = weights[picks].sum(axis=0)
    stretches = {(item.start, item.end): item.probability for item in reading.stretches}
    for start, size in zip(starts.tolist(), sizes, strict=True):
        weighed = paths(emissions[start : start + size], transitions)
        for at, label in product(range(size), range(5)):
            expected = sum(share for path, share in weighed.items() if path[at] == label)
            assert reading.marginals[start + at, label] == pytest.approx(expected, abs=1e-5)
        for first in range(size):
            for last in range(first, size):
                name = (SINGLE,) if first == last else (BEGIN, *(INSIDE,) * (last - first - 1), END)
                expected = sum(share for path, share in weighed.items() if path[first : last + 1] == name)
                assert stretches.get((start + first, start + last + 1), 0.0) == pytest.approx(expected, abs=1e-5)


def test_a_feature_without_a_weight_adds_nothing() -> None:
    """What was never seen in training does not move a score."""
    model, keys, weights, _ = make_model(3)
    features = np.array([[keys[0]], [keys[0] ^ np.uint64(1 << 15)], [0]], dtype=np.uint64)
    assert model.emissions(features)[0] == pytest.approx(weights[0], abs=1e-6)
