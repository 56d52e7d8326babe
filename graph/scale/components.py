"""Which names might be one organization: the components of what connects them, of all names at once.

The same groups as ``Index.group`` of ``graph.merge``, worked out from hashes: a text is 8 bytes, and a connection of
two texts, or of a text and a register entry, is one edge of a graph that scipy labels on one machine.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.errors import EngineError
from graph.identity import Name
from graph.merge import forms_of, labels_of

try:
    from scipy.sparse import coo_array  # type: ignore[import-untyped]  # has no types
    from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]
except ImportError as error:
    raise EngineError("scipy is not installed; pip install 'collabgraph[scale]'") from error

Hashes = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What names are connected by: the hash of each name's folded text, and two columns each of edges.

    ``forms`` connect a text to a form or label of its name, which counts where a name bears it; ``entries`` a text to
    a register entry of its name.
    """

    texts: Hashes
    forms: Hashes
    entries: Hashes


def hash_of(text: str) -> int:
    """The hash of a folded text or a register entry: two that share one are looked at together, which costs nothing."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def links_of(names: Sequence[Name]) -> Links:
    """What these names are connected by."""
    texts, forms, entries = [], [], []
    for name in names:
        own = hash_of(name.text)
        texts.append(own)
        forms += [(own, hash_of(form)) for form in {*forms_of(name), *labels_of(name)}]
        entries += [(own, hash_of(entry)) for entry in name.entries]
    return Links(texts=_column(texts), forms=_pairs(forms), entries=_pairs(entries))


def label(links: Sequence[Links], decided: Sequence[tuple[str, str]]) -> tuple[list[NDArray[np.int64]], int]:
    """The component of each name of each part, and the number of edges that connect them.

    ``decided`` are pairs of folded names that a person decided to be the same.
    """
    texts = _distinct(np.concatenate([part.texts for part in links]))
    forms = np.concatenate([*(part.forms for part in links), _pairs([(hash_of(a), hash_of(b)) for a, b in decided])])
    ends = np.stack([_places(texts, forms[:, 0]), _places(texts, forms[:, 1])])
    borne = (texts[ends[0]] == forms[:, 0]) & (texts[ends[1]] == forms[:, 1])
    entries = np.concatenate([part.entries for part in links])
    known = _distinct(entries[:, 1])
    entered = np.stack([_places(texts, entries[:, 0]), _places(known, entries[:, 1]) + np.int32(len(texts))])
    ends = np.concatenate([ends[:, borne], entered], axis=1)
    del forms, entries, entered
    size = len(texts) + len(known)
    edges = coo_array((np.ones(ends.shape[1], dtype=np.int8), (ends[0], ends[1])), shape=(size, size))
    _, labels = connected_components(edges, directed=False)
    return [labels[_places(texts, part.texts)].astype(np.int64) for part in links], ends.shape[1]


def _distinct(values: Hashes) -> Hashes:
    """The values, sorted, each once."""
    ordered = np.sort(values)
    first = np.ones(len(ordered), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def _places(values: Hashes, asked: Hashes) -> NDArray[np.int32]:
    """Where each value asked stands in the sorted ``values``, if it does; asked in order, which a cache likes."""
    order = np.argsort(asked)
    places = np.empty(len(asked), dtype=np.int32)
    places[order] = np.minimum(np.searchsorted(values, asked[order]), max(0, len(values) - 1))
    return places


def _column(values: Sequence[int]) -> Hashes:
    return np.array(values, dtype=np.uint64)


def _pairs(values: Sequence[tuple[int, int]]) -> Hashes:
    return np.array(values, dtype=np.uint64).reshape(-1, 2)
