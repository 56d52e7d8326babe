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


def hash_features(layers: Layers) -> Hashes:
    """The features of each character of ``layers.text``: one column a template, 0 where the template says nothing.

    The numbers depend on the text and the lists alone, so that weights made elsewhere fit.
    """
    length = len(layers.text)
    padded = {name: np.pad(column, REACH) for name, column in layers.columns.items()}
    keys = {name: np.uint64(_MIX[0] * (2 * at + 3) % 2**64) for at, name in enumerate(sorted(padded))}
    mixed = {name: (column + np.uint64(1)) * keys[name] for name, column in padded.items()}
    for name, column in mixed.items():
        mixed[name] = column ^ (column >> np.uint64(29))
    out = np.empty((len(TEMPLATES), length), dtype=np.uint64)
    for at, parts in enumerate(TEMPLATES):
        total = np.full(length, np.uint64(_MIX[1] * (at + 1) % 2**64), dtype=np.uint64)
        for position, (name, offset) in enumerate(parts):
            part = mixed[name][REACH + offset : REACH + offset + length]
            total += part * np.uint64(_MIX[2] + 2 * position)
        total ^= total >> np.uint64(32)
        total *= np.uint64(_MIX[3])
        total ^= total >> np.uint64(29)
        name, offset = parts[0]
        if name in _SPARSE:
            total[padded[name][REACH + offset : REACH + offset + length] == 0] = 0
        out[at] = total
    return out


_SPARSE = frozenset({"known", "region", "head", "ahead", "shaped", "row", "verb_before", "verb_after"})
