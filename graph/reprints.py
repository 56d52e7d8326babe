"""Which documents tell one story: reprints with small changes, found by MinHash."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from extract.names import fold_name

ALIKE = 0.4  # share of equal values from which two documents are one story; reprints reach 0.5, other news 0.15
_VALUES = 64
_SHINGLE = 4  # characters
_SHORTEST = 60  # characters below which a text is too short to compare
_LONGEST = 20_000  # characters that are looked at
_FEW = 40  # documents among which each is compared with each
_BAND = 3  # values that agree together somewhere in two alike signatures: of 21 such bands, surely enough

_random = np.random.RandomState(20240508)
_FACTORS = _random.randint(0, 2**31, (_VALUES, 1), dtype=np.uint32) * np.uint32(2) + np.uint32(1)
_OFFSETS = _random.randint(0, 2**32, (_VALUES, 1), dtype=np.uint32)


def signature(text: str) -> str | None:
    """What a text tells, as 64 values in hexadecimal; ``None`` for one too short to compare.

    Source:
        A. Z. Broder, On the resemblance and containment of documents, 1997: the least values of 64 affine
        permutations of the text's shingles of four characters.
    """
    folded = fold_name(text[:_LONGEST]) if text[:_LONGEST].strip() else ""
    if len(folded) < _SHORTEST:
        return None
    codes = np.frombuffer(folded.encode("utf-32-le", "replace"), dtype=np.uint32)
    shingles = np.zeros(len(codes) - _SHINGLE + 1, dtype=np.uint32)
    for at in range(_SHINGLE):
        shingles = shingles * np.uint32(0x01000193) ^ codes[at : at + len(shingles)]
    shingles ^= shingles >> np.uint32(15)
    shingles *= np.uint32(0x85EBCA6B)
    values = _FACTORS * shingles  # in place from here: for a long text it is megabytes
    values += _OFFSETS
    least: bytes = values.min(axis=1).astype(">u4").tobytes()
    return least.hex()


def likeness(one: str, other: str) -> float:
    """The share of values in which two signatures agree, in [0, 1]: an estimate of the shingles that texts share."""
    return np.count_nonzero(_values(one) == _values(other)) / _VALUES


def stories(signatures: Mapping[str, str | None]) -> Mapping[str, str]:
    """For each document the first, by id, of those that tell its story; what is alike to an alike one is too.

    >>> stories({"b": None, "a": None})
    {'b': 'b', 'a': 'a'}
    """
    first = {document: document for document in signatures}

    def root(document: str) -> str:
        while first[document] != document:
            first[document] = first[first[document]]
            document = first[document]
        return document

    for one, other in _candidates(signatures):
        if root(one) != root(other) and likeness(signatures[one] or "", signatures[other] or "") >= ALIKE:
            low, high = sorted((root(one), root(other)))
            first[high] = low
    return {document: root(document) for document in signatures}


def _candidates(signatures: Mapping[str, str | None]) -> Iterable[tuple[str, str]]:
    """Pairs that may be alike: each with each of a few documents, of many those that share a band of values."""
    known = sorted(document for document, values in signatures.items() if values)
    if len(known) <= _FEW:
        yield from ((one, other) for at, one in enumerate(known) for other in known[at + 1 :])
        return
    size = _BAND * 8
    bands: dict[tuple[int, str], list[str]] = defaultdict(list)
    for document in known:
        values = signatures[document] or ""
        for at in range(0, len(values) - size + 1, size):
            others = bands[at, values[at : at + size]]
            yield from ((other, document) for other in others[:8])
            others.append(document)


def _values(signature: str) -> NDArray[np.uint32]:
    return np.frombuffer(bytes.fromhex(signature), dtype=">u4")
