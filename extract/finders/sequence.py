"""A trained sequence model: features of characters → how likely each stretch is one organization's name.

A conditional random field over the labels outside, begin, inside, end, single.  The weights are those that
``extract.train`` fits with CRFsuite; here they are read with numpy, all sentences of a document at once.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.finders.layers import Ints

Floats = NDArray[np.float64]

LABELS = "OBIES"
OUTSIDE, BEGIN, INSIDE, END, SINGLE = range(5)
LONGEST_NAME = 40  # characters of a name that the reader follows
_MOST_BITS = 21  # of a slot in the table of features
_ROW = np.uint32(0xFFFFF)
_CHUNK = 1024  # characters whose weights are summed in one go
_BATCH = 64  # sequences read side by side
_RESCALED = 8  # steps after which a running product is brought back to a sum of one; only ratios count


class Stretch(NamedTuple):
    """A stretch ``[start, end)`` of the flat text and the probability, in [0, 1], that it is exactly one name."""

    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the model makes of a text: ``marginals`` of the labels a character, and the likely stretches."""

    marginals: Floats
    stretches: tuple[Stretch, ...]


class SequenceModel:
    """Weights of features and of transitions between labels.

    Args:
        keys: The hashed features that have a weight, as ``hash_features`` makes them.
        weights: A row of five weights a key.
        transitions: From label to label.
    """

    def __init__(self, keys: NDArray[np.uint64], weights: NDArray[np.float32], transitions: Floats) -> None:
        self.weights = np.vstack([np.zeros((1, 5), dtype=np.float32), weights])
        self.transitions = np.exp(transitions.astype(np.float64))
        self._bits = min(_MOST_BITS, max(12, (4 * len(keys)).bit_length()))  # a small table stays in the cache
        self._table = _table_of(keys, self._bits)

    def emissions(self, features: NDArray[np.uint64]) -> NDArray[np.float32]:
        """The summed weights of each character's features; ``features`` has a row a template."""
        out = np.zeros((features.shape[1], 5), dtype=np.float32)
        mask, shift = np.uint64((1 << self._bits) - 1), np.uint64(self._bits)
        for start in range(0, features.shape[1], _CHUNK):
            block = features[:, start : start + _CHUNK]
            slots = (block & mask).astype(np.intp)
            checks = ((block >> shift).astype(np.uint32) & np.uint32(0xFFF)) << np.uint32(20)
            # what is left above bit 20 is 0 where the key is that of the slot
            first, second = (column.take(slots) ^ checks for column in self._table)
            at = np.where(first <= _ROW, first, np.where(second <= _ROW, second, 0))
            out[start : start + _CHUNK] = self.weights.take(at, axis=0).sum(axis=0)
        return out

    def read(self, features: NDArray[np.uint64], starts: Ints, *, least: float = 0.02) -> Reading:
        """The marginals, and the stretches of a probability over ``least``; sequences begin at ``starts``."""
        length = features.shape[1]
        marginals, follow = self._marginals(self.emissions(features), starts)
        return Reading(marginals=marginals, stretches=_stretches(marginals, follow, starts, length, least))

    def _marginals(self, emissions: NDArray[np.float32], starts: Ints) -> tuple[Floats, Floats]:
        """The label probabilities, and of going on: begin→inside, begin→end, inside→inside, inside→end."""
        length = len(emissions)
        marginals = np.zeros((length, 5))
        follow = np.zeros((length, 4))
        sizes = np.diff(np.append(starts, length))
        order = np.argsort(sizes, kind="stable")
        precise = emissions.astype(np.float64)
        scores = np.exp(precise - precise.max(axis=1, keepdims=True, initial=-1e9))
        for first in range(0, len(order), _BATCH):
            batch = order[first : first + _BATCH]
            batch = batch[sizes[batch] > 0]
            if len(batch):
                self._read_batch(scores, starts[batch], sizes[batch], marginals, follow)
        return marginals, follow

    def _read_batch(self, scores: Floats, starts: Ints, sizes: Ints, marginals: Floats, follow: Floats) -> None:
        steps = int(sizes.max())
        time = np.arange(steps)[:, None]
        inside = time < sizes  # [steps, sequences]
        index = np.where(inside, starts + time, starts)
        local = np.where(inside[:, :, None], scores[index], 1.0)
        forward, backward = np.empty_like(local), np.empty_like(local)
        full: list[bool] = [bool(row.all()) for row in inside]
        forward[0] = local[0]
        for step in range(1, steps):
            state = np.matmul(forward[step - 1], self.transitions, out=forward[step])
            state *= local[step]
            if step % _RESCALED == 0:
                state /= state.sum(axis=1, keepdims=True)
        backward[-1] = 0.2
        turned = self.transitions.T
        for step in range(steps - 2, -1, -1):
            state = np.matmul(backward[step + 1] * local[step + 1], turned, out=backward[step])
            if step % _RESCALED == 0:
                state /= state.sum(axis=1, keepdims=True)
            if not full[step + 1]:
                state[~inside[step + 1]] = 0.2
        both = forward * backward
        both /= both.sum(axis=2, keepdims=True)
        marginals[index[inside]] = both[inside]
        weight = local * backward
        down = weight[inside]
        after_begin = down * self.transitions[BEGIN]
        after_inside = down * self.transitions[INSIDE]
        rows = index[inside]
        follow[rows, :2] = after_begin[:, [INSIDE, END]] / after_begin.sum(axis=1, keepdims=True)
        follow[rows, 2:] = after_inside[:, [INSIDE, END]] / after_inside.sum(axis=1, keepdims=True)


def _table_of(keys: NDArray[np.uint64], bits: int) -> NDArray[np.uint32]:
    """Two rows of slots: 12 bits that check the key, 20 that give its row; what finds no room in either is left out."""
    if len(keys) >= 1 << 20:
        raise ValueError(f"{len(keys)} features with a weight; there is room for {(1 << 20) - 1}")
    table = np.zeros((2, 1 << bits), dtype=np.uint32)
    slots = (keys & np.uint64((1 << bits) - 1)).astype(np.intp)
    checks = (keys >> np.uint64(bits)).astype(np.uint32) & np.uint32(0xFFF)
    entries = (checks << np.uint32(20)) | np.arange(1, len(keys) + 1, dtype=np.uint32)
    order = np.argsort(slots, kind="stable")
    ordered = slots[order]
    first = np.append(True, ordered[1:] != ordered[:-1])
    table[0, ordered[first]] = entries[order[first]]
    second = ~first & np.append(False, first[:-1])
    table[1, ordered[second]] = entries[order[second]]
    return table


def _stretches(marginals: Floats, follow: Floats, starts: Ints, length: int, least: float) -> tuple[Stretch, ...]:
    out = [
        Stretch(int(at), int(at) + 1, float(marginals[at, SINGLE]))
        for at in np.flatnonzero(marginals[:, SINGLE] > least)
    ]
    begins = np.flatnonzero(marginals[:, BEGIN] > least)
    ends = np.flatnonzero(marginals[:, END] > least)
    if len(begins) and len(ends):
        limits = np.append(starts, length)[np.searchsorted(starts, begins, side="right")]
        going = np.append(0.0, np.cumsum(np.log(np.maximum(follow[:, 2], 1e-12))))  # going[k]: sum before k
        low = np.searchsorted(ends, begins, side="right")
        high = np.searchsorted(ends, np.minimum(limits, begins + LONGEST_NAME))
        counts = high - low
        begin = np.repeat(begins, counts)
        offset = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        end = ends[np.repeat(low, counts) + offset]
        near = end == begin + 1
        inner = np.minimum(begin + 1, length - 1)
        path = follow[inner, 0] * np.exp(going[end] - going[np.minimum(begin + 2, end)]) * follow[end, 3]
        probability = marginals[begin, BEGIN] * np.where(near, follow[end, 1], path)
        for at in np.flatnonzero(probability > least):
            out.append(Stretch(int(begin[at]), int(end[at]) + 1, float(probability[at])))
    return tuple(sorted(out))
