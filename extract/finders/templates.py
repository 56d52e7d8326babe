"""Columns of a text → the hashed features of the sequence model, a row of them for each character."""

import numpy as np

from extract.finders.layers import Hashes, Layers

_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)

# each template: what it joins, as (column, offset); a sparse column that is 0 at the first part gives no feature
TEMPLATES: tuple[tuple[tuple[str, int], ...], ...] = (
    *((("char", at),) for at in (-3, -2, -1, 0, 1, 2, 3)),
    *((("char", at), ("char", at + 1)) for at in (-3, -2, -1, 0, 1, 2)),
    *((("char", at), ("char", at + 1), ("char", at + 2)) for at in (-3, -2, -1, 0, 1)),
    (("char", -1), ("char", 1)),
    (("char", -2), ("char", -1), ("char", 0), ("char", 1)),
    (("char", -1), ("char", 0), ("char", 1), ("char", 2)),
    (("shape", -1), ("shape", 0), ("shape", 1)),
    (("shape", -2), ("shape", -1), ("shape", 0)),
    (("shape", 0), ("shape", 1), ("shape", 2)),
    # words
    (("tag", 0), ("edge", 0)),
    (("tag_before", 0), ("tag", 0), ("edge", 0)),
    (("tag", 0), ("tag_after", 0), ("edge", 0)),
    (("tag_before", 0), ("tag", 0), ("tag_after", 0), ("edge", 0)),
    (("tags", 0), ("tag_before", 0), ("tag", 0), ("edge", 0)),
    (("word", 0), ("edge", 0)),
    (("before", 0), ("edge", 0)),
    (("after", 0), ("edge", 0)),
    (("before", 0), ("tag", 0), ("edge", 0)),
    (("after", 0), ("tag", 0), ("edge", 0)),
    (("before", 0), ("word", 0), ("edge", 0)),
    (("word", 0), ("after", 0), ("edge", 0)),
    (("verb_before", 0), ("tag_before", 0), ("edge", 0)),
    (("verb_after", 0), ("tag_after", 0), ("edge", 0)),
    # registers, places, head words, grammar
    (("known", -1),),
    (("known", 0),),
    (("known", 1),),
    (("known", 0), ("char", -1)),
    (("known", 0), ("char", 1)),
    (("known", 0), ("edge", 0), ("tag", 0)),
    (("region", -1),),
    (("region", 0),),
    (("region", 1),),
    (("region", 0), ("before", 0)),
    (("region", 0), ("after", 0)),
    (("region", 0), ("ahead", 0)),
    (("head", -1),),
    (("head", 0),),
    (("head", 1),),
    (("head", 0), ("after", 0)),
    (("head", 0), ("char", 1)),
    (("ahead", 0),),
    (("ahead", 0), ("tag", 0), ("edge", 0)),
    (("ahead", 0), ("tag_before", 0), ("edge", 0)),
    (("shaped", -1),),
    (("shaped", 0),),
    (("shaped", 1),),
    (("shaped", 0), ("char", -1)),
    (("shaped", 0), ("tag", 0), ("edge", 0)),
    (("shaped", 0), ("known", 0)),
    # lists, quotes, blanks
    (("row", 0),),
    (("row", 0), ("edge", 0), ("tag", 0)),
    (("row", 0), ("char", -1)),
    (("row", 0), ("char", 1)),
    (("gap", 0), ("edge", 0)),
    (("gap", 0), ("gap", -1), ("gap", 1)),
)
REACH = 3  # the farthest offset
_SPARSE = frozenset({"known", "region", "head", "ahead", "shaped", "row", "verb_before", "verb_after"})
_COLUMNS = tuple(sorted({name for parts in TEMPLATES for name, _ in parts}))
_CHUNK = 16384  # characters hashed in one go, so that the work stays in the cache


def _factors() -> tuple[Hashes, Hashes, Hashes]:
    """Odd numbers that keep apart columns, positions in a template, and templates."""
    columns = [_MIX[0] * (2 * at + 3) % 2**64 for at in range(len(_COLUMNS))]
    positions = [_MIX[2] + 2 * at for at in range(max(map(len, TEMPLATES)))]
    templates = [_MIX[1] * (at + 1) % 2**64 for at in range(len(TEMPLATES))]
    return tuple(np.array(numbers, dtype=np.uint64) for numbers in (columns, positions, templates))  # type: ignore[return-value]


_BY_COLUMN, _BY_POSITION, _BY_TEMPLATE = _factors()
_PARTS = tuple(tuple((_COLUMNS.index(name), REACH + offset) for name, offset in parts) for parts in TEMPLATES)
_SPARSE_TEMPLATES = tuple(at for at, parts in enumerate(TEMPLATES) if parts[0][0] in _SPARSE)


def hash_features(layers: Layers) -> Hashes:
    """The features of each character of ``layers.text``: one row a template, 0 where the template says nothing.

    The numbers depend on the text and the lists alone, so that weights made elsewhere fit.
    """
    length = len(layers.text)
    values = np.zeros((len(_COLUMNS), length + 2 * REACH), dtype=np.uint64)
    for at, name in enumerate(_COLUMNS):
        values[at, REACH : REACH + length] = layers.columns[name]
    mixed = (values + np.uint64(1)) * _BY_COLUMN[:, None]
    mixed ^= mixed >> np.uint64(29)
    out = np.empty((len(TEMPLATES), length), dtype=np.uint64)
    for first in range(0, length, _CHUNK):
        size = min(_CHUNK, length - first)
        scaled = mixed[:, first : first + size + 2 * REACH] * _BY_POSITION[:, None, None]
        block = out[:, first : first + size]
        for at, parts in enumerate(_PARTS):
            row = block[at]
            row[:] = _BY_TEMPLATE[at]
            for position, (column, offset) in enumerate(parts):
                row += scaled[position, column, offset : offset + size]
        block ^= block >> np.uint64(32)
        block *= np.uint64(_MIX[3])
        block ^= block >> np.uint64(29)
        for at in _SPARSE_TEMPLATES:
            column, offset = _PARTS[at][0]
            block[at][values[column, first + offset : first + offset + size] == 0] = 0
    return out
