"""The words of a candidate and around it as hashed features, and a linear reader of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from extract.finders.sequence import Floats

SIZE = 1 << 18  # of the table of weights


def lexical_features(text: str, start: int, end: int, before: str, after: str) -> list[int]:
    """The features, below ``SIZE``, of ``text[start:end]`` and of the words ``before`` and ``after`` it."""
    name, tail = text[start:end], text[max(start, end - 2) : end]
    left, right = text[max(0, start - 3) : start], text[end : end + 3]
    size = min(len(name), 12)
    said = [f"n{name}", f"a{name[-1:]}", f"b{tail}", f"c{name[-3:]}", f"d{name[-4:]}"]
    said += [f"e{name[:1]}", f"f{name[:2]}", f"g{name[:3]}"]
    said += [f"h{left[-1:]}", f"i{left[-2:]}", f"j{left}", f"k{right[:1]}", f"l{right[:2]}", f"m{right}"]
    said += [f"o{before}", f"p{after}", f"q{before}|{tail}", f"r{tail}|{after}", f"t{before}|{after}"]
    said += [f"s{left[-1:]}|{right[:1]}", f"u{size}", f"v{size}|{tail}"]
    said += [f"w{name[at : at + 2]}" for at in range(len(name) - 1)]
    return [crc32(part.encode("utf-8", "surrogatepass")) % SIZE for part in said]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearReader:
    """A weight for each of ``SIZE`` features; ``base`` is the log-odds of a candidate without any."""

    weights: NDArray[np.float32]
    base: float

    def log_odds(self, features: Sequence[list[int]]) -> Floats:
        """The log-odds of each list of features; in a longer list each counts less."""
        if not features:
            return np.zeros(0)
        sizes = np.array([len(row) for row in features])
        flat = np.fromiter((at for row in features for at in row), dtype=np.intp, count=int(sizes.sum()))
        sums = np.add.reduceat(self.weights[flat].astype(np.float64), np.cumsum(sizes) - sizes)
        odds: Floats = self.base + sums / np.sqrt(sizes)
        return odds
