"""The trained readers of pairs: what they weigh, how sure they are, and their file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.finders.trees import Trees
from extract.finders.weights import model_file, read_arrays

PAIRS = "pairs.npz"
HEADS = ("claim", "kind", "status", "forward")
Floats = NDArray[np.float64]
_SETS = 128  # of hashes that are weighed side by side, which bounds the memory
_TREES = ("base", "roots", "column", "threshold", "left", "right", "knots")


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """One row of weights for each class over hashed features; those of a meeting weigh one over their root each."""

    weights: NDArray[np.float32]
    bias: Floats

    def scores(self, hashes: Sequence[NDArray[np.int64]]) -> Floats:
        """The score of each class, a row for each set of hashes; all sets hold one at least."""
        parts = [self._sums(hashes[start : start + _SETS]) for start in range(0, len(hashes), _SETS)]
        return np.concatenate(parts) if parts else np.zeros((0, len(self.bias)))

    def _sums(self, hashes: Sequence[NDArray[np.int64]]) -> Floats:
        sizes = np.array([len(row) for row in hashes])
        picked = self.weights[:, np.concatenate(hashes)].astype(np.float64)
        sums = np.add.reduceat(picked, np.concatenate(([0], np.cumsum(sizes)[:-1])), axis=1)
        out: Floats = sums.T / np.sqrt(sizes)[:, None] + self.bias
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class PairReader:
    """All that is trained for pairs.

    ``claim`` and ``first`` judge a meeting, ``second`` a pair by their scores and its rivals'; ``kind`` and ``status``
    have one class for each kind of collaboration and each status, in order; ``forward`` says whether a directed claim
    runs in the order of the text.
    """

    claim: Linear
    kind: Linear
    status: Linear
    forward: Linear
    first: Trees
    second: Trees


@cache
def load_reader(code: str) -> PairReader | None:
    """The trained readers of a language, or ``None`` when it has no weights.

    Raises:
        DataError: The file of weights is damaged.
    """
    names = [f"{head}_{part}" for head in HEADS for part in ("weights", "scale", "bias")]
    names += [f"{trees}_{part}" for trees in ("first", "second") for part in _TREES]
    arrays = read_arrays(model_file(code, PAIRS), tuple(names))
    if arrays is None:
        return None
    return PairReader(
        claim=_linear(arrays, "claim"),
        kind=_linear(arrays, "kind"),
        status=_linear(arrays, "status"),
        forward=_linear(arrays, "forward"),
        first=_trees(arrays, "first"),
        second=_trees(arrays, "second"),
    )


def _linear(arrays: Mapping[str, NDArray[Any]], head: str) -> Linear:
    weights = arrays[f"{head}_weights"].astype(np.float32) * arrays[f"{head}_scale"].astype(np.float32)
    return Linear(weights=weights, bias=arrays[f"{head}_bias"])


def _trees(arrays: Mapping[str, NDArray[Any]], name: str) -> Trees:
    parts = {part: arrays[f"{name}_{part}"] for part in _TREES if part != "base"}
    return Trees(base=float(arrays[f"{name}_base"]), **parts)


def save_reader(path: Path, reader: PairReader) -> None:
    """Write the readers, linear weights as 8-bit fractions of the largest of their class."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for head in HEADS:
        linear: Linear = getattr(reader, head)
        scale = np.maximum(np.abs(linear.weights).max(axis=1, keepdims=True), 1e-6) / 127
        arrays[f"{head}_weights"] = np.rint(linear.weights / scale).astype(np.int8)
        arrays[f"{head}_scale"] = scale.astype(np.float32)
        arrays[f"{head}_bias"] = linear.bias
    for name in ("first", "second"):
        for part in _TREES:
            arrays[f"{name}_{part}"] = np.asarray(getattr(getattr(reader, name), part))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, **arrays)
