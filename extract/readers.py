"""The trained readers of pairs: what they weigh, how sure they are, and their file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from extract.finders.trees import Trees
from extract.finders.weights import model_file, read_arrays

PAIRS = "pairs.npz"
BITS = {"claim": 18, "kind": 17, "status": 17, "forward": 17}
Floats = NDArray[np.float64]
_TREES = ("base", "roots", "column", "threshold", "left", "right", "knots")


def hash_words(words: Iterable[str]) -> NDArray[np.int64]:
    """The hashes of feature words, each once and in order, so that equal sets give equal sums."""
    return np.unique(np.fromiter((crc32(word.encode()) for word in words), dtype=np.int64))


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """One row of weights for each class over hashed words; a document's words weigh one over their root together."""

    bits: int
    weights: NDArray[np.float32]
    bias: Floats

    def scores(self, hashes: Sequence[NDArray[np.int64]]) -> Floats:
        """The score of each class, a row for each set of hashes."""
        mask = (1 << self.bits) - 1
        out = np.empty((len(hashes), len(self.bias)))
        for row, words in enumerate(hashes):
            places = np.unique(words & mask)
            out[row] = self.weights[:, places].sum(axis=1, dtype=np.float64) / np.sqrt(len(places)) + self.bias
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
    names = [f"{head}_{part}" for head in BITS for part in ("weights", "scale", "bias")]
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
    return Linear(bits=BITS[head], weights=weights, bias=arrays[f"{head}_bias"])


def _trees(arrays: Mapping[str, NDArray[Any]], name: str) -> Trees:
    parts = {part: arrays[f"{name}_{part}"] for part in _TREES if part != "base"}
    return Trees(base=float(arrays[f"{name}_base"]), **parts)


def save_reader(path: Path, reader: PairReader) -> None:
    """Write the readers, linear weights as 8-bit fractions of the largest of their class."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for head in BITS:
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
