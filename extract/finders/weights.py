"""Trained weights ↔ plain files: arrays in ``lang/<code>/model/*.npz``, written by ``extract.train``."""

from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.errors import DataError
from extract.finders.lexical import LinearReader
from extract.finders.sequence import SequenceModel
from extract.finders.trees import Trees

SEQUENCE, JUDGE, WORDS = "sequence.npz", "judge.npz", "words.npz"
_TREES = ("base", "roots", "column", "threshold", "left", "right", "knots")


def model_file(code: str, name: str) -> Traversable:
    """A file of trained weights of a language; it may be missing."""
    return files("extract.lang").joinpath(code, "model", name)


def read_arrays(path: Traversable, names: tuple[str, ...]) -> dict[str, NDArray[Any]] | None:
    """The arrays of a file, or ``None`` when there is no file.

    Raises:
        DataError: The file is no such file, or lacks an array.
    """
    if not path.is_file():
        return None
    try:
        with as_file(path) as real, np.load(real, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in names}
    except (ValueError, KeyError, OSError) as error:
        raise DataError(f"{path} is no file of weights: {error}") from error


def load_sequence(code: str) -> SequenceModel | None:
    """The sequence model of a language, or ``None`` when it has no weights."""
    arrays = read_arrays(model_file(code, SEQUENCE), ("keys", "weights", "scale", "transitions"))
    if arrays is None:
        return None
    weights = arrays["weights"].astype(np.float32) * arrays["scale"].astype(np.float32)
    return SequenceModel(arrays["keys"], weights, arrays["transitions"])


def save_sequence(
    path: Path, keys: NDArray[np.uint64], weights: NDArray[np.float32], transitions: NDArray[np.float64]
) -> None:
    """Write the weights of a sequence model, as 16-bit fractions of the largest."""
    scale = np.float32(max(float(np.abs(weights).max(initial=0.0)), 1e-6) / 32767)
    whole = np.rint(weights / scale).astype(np.int16)
    np.savez_compressed(path, keys=keys, weights=whole, scale=scale, transitions=transitions)


def load_judge(code: str) -> Trees | None:
    """The second reader of a language, or ``None`` when it has no weights."""
    arrays = read_arrays(model_file(code, JUDGE), _TREES)
    if arrays is None:
        return None
    base = float(arrays.pop("base"))
    return Trees(base=base, **arrays)


def save_judge(path: Path, trees: Trees) -> None:
    """Write the trees of a second reader."""
    arrays = {name: np.asarray(getattr(trees, name)) for name in _TREES}
    np.savez_compressed(path, allow_pickle=False, **arrays)


def load_words(code: str) -> LinearReader | None:
    """The linear reader of the words of candidates of a language, or ``None`` when it has no weights."""
    arrays = read_arrays(model_file(code, WORDS), ("weights", "base"))
    if arrays is None:
        return None
    return LinearReader(weights=arrays["weights"].astype(np.float32), base=float(arrays["base"]))


def save_words(path: Path, reader: LinearReader) -> None:
    """Write a linear reader; its weights as 16-bit floats."""
    np.savez_compressed(path, weights=reader.weights.astype(np.float16), base=np.asarray(reader.base))
