"""One digest of all that a store holds, and what differs between two stores."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import cast

from graph.stores import Store, Value

KEYS = {"Organization": "id", "Name": "id", "Alias": "text", "Document": "id", "Evidence": "id", "Decision": "pair"}
"""Each label of the model, with the property that tells its nodes apart; files and schema are no part of the graph."""

_NODES = "MATCH (n:LABEL) RETURN n.KEY AS key, labels(n) AS labels, properties(n) AS properties"
_RELATIONSHIPS = """
MATCH (n:LABEL)-[r]->(m)
RETURN n.KEY AS key, type(r) AS type, coalesce(m.id, m.text) AS target, properties(r) AS properties
"""


def lines(store: Store) -> Iterator[str]:
    """Each node and each relationship of the graph as a line, in no order; equal ones give equal lines."""
    for label, key in KEYS.items():
        for row in store.stream(_NODES.replace("LABEL", label).replace("KEY", key)):
            labels = " ".join(sorted(cast(list[str], row["labels"])))
            yield f"(:{labels} {_json(row['properties'])})"
        for row in store.stream(_RELATIONSHIPS.replace("LABEL", label).replace("KEY", key)):
            yield f"({label} {row['key']})-[:{row['type']} {_json(row['properties'])}]->({row['target']})"


def _json(properties: Value) -> str:
    kept = {name: value for name, value in cast(Mapping[str, Value], properties).items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _hash(line: str) -> int:
    return int.from_bytes(hashlib.blake2b(line.encode(), digest_size=16).digest())


def digest(store: Store) -> str:
    """32 hexadecimal digits that are the same for equal graphs, whichever store holds them.

    They are the sum of the digests of all lines, so that no order of reading is needed.
    """
    return f"{sum(map(_hash, lines(store))) % 2**128:032x}"


def differences(one: Store, other: Store) -> Iterator[str]:
    """What only ``one`` holds, as lines that begin with ``-``, and then what only ``other`` does, with ``+``."""
    mine, yours = Counter(map(_hash, lines(one))), Counter(map(_hash, lines(other)))
    for sign, store, more in (("-", one, mine - yours), ("+", other, yours - mine)):
        if more:
            for line in lines(store):
                if more[_hash(line)] > 0:
                    more[_hash(line)] -= 1
                    yield f"{sign} {line}"
