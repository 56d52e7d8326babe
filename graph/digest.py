"""One digest of all that a store holds, and what differs between two stores."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
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
            yield node_line(cast(list[str], row["labels"]), cast(Mapping[str, Value], row["properties"]))
        for row in store.stream(_RELATIONSHIPS.replace("LABEL", label).replace("KEY", key)):
            properties = cast(Mapping[str, Value], row["properties"])
            yield edge_line(label, str(row["key"]), str(row["type"]), properties, str(row["target"]))


def node_line(labels: Iterable[str], properties: Mapping[str, Value]) -> str:
    """The line of a node."""
    return f"(:{' '.join(sorted(labels))} {_json(properties)})"


def edge_line(label: str, key: str, kind: str, properties: Mapping[str, Value], target: str) -> str:
    """The line of a relationship, from the node of that label and key."""
    return f"({label} {key})-[:{kind} {_json(properties)}]->({target})"


def _json(properties: Mapping[str, Value]) -> str:
    kept = {name: value for name, value in properties.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _hash(line: str) -> int:
    return int.from_bytes(hashlib.blake2b(line.encode(), digest_size=16).digest())


def sum_of(lines: Iterable[str]) -> int:
    """What lines add to the digest of a graph that has them: sums of parts add up to that of the whole."""
    return sum(map(_hash, lines)) % 2**128


def digest(store: Store) -> str:
    """32 hexadecimal digits that are the same for equal graphs, whichever store holds them.

    They are the sum of the digests of all lines, so that no order of reading is needed.
    """
    return f"{sum_of(lines(store)):032x}"


def differences(one: Store, other: Store) -> Iterator[str]:
    """What only ``one`` holds, as lines that begin with ``-``, and then what only ``other`` does, with ``+``."""
    mine, yours = Counter(map(_hash, lines(one))), Counter(map(_hash, lines(other)))
    for sign, store, more in (("-", one, mine - yours), ("+", other, yours - mine)):
        if more:
            for line in lines(store):
                if more[_hash(line)] > 0:
                    more[_hash(line)] -= 1
                    yield f"{sign} {line}"
