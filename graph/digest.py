"""One digest of all that a store holds, and what differs between two stores."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from graph.stores import Store, Value

KEYS = {"Organization": "id", "Name": "id", "Alias": "text", "Document": "id", "Evidence": "id", "Decision": "pair"}
"""Each label of the model, with the property that tells its nodes apart."""

_NODES = """
MATCH (n:LABEL) RETURN n.KEY AS key, labels(n) AS labels, properties(n) AS properties,
[(n)-[r]->(m) | [type(r), properties(r), coalesce(m.id, m.text)]] AS leaving
ORDER BY n.KEY
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A node with the relationships that leave it, as text: equal elements have equal ``lines``."""

    label: str
    key: str
    lines: tuple[str, ...]


def elements(store: Store) -> Iterator[Element]:
    """All that the store holds, by label and key; the version of the schema is left out."""
    for label, key in KEYS.items():
        for row in store.stream(_NODES.replace("LABEL", label).replace("KEY", key)):
            labels = " ".join(sorted(cast(list[str], row["labels"])))
            head = f"(:{labels} {_json(cast(Mapping[str, Value], row['properties']))})"
            leaving = sorted(
                f"-[:{kind} {_json(properties)}]->({target})"
                for kind, properties, target in cast(list[tuple[str, Mapping[str, Value], str]], row["leaving"])
            )
            yield Element(label=label, key=str(row["key"]), lines=(head, *leaving))


def _json(properties: Mapping[str, Value]) -> str:
    kept = {name: value for name, value in properties.items() if value is not None}
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def digest(store: Store) -> str:
    """32 hexadecimal digits that are the same for equal graphs, whichever store holds them."""
    total = hashlib.blake2b(digest_size=16)
    for element in elements(store):
        total.update("\n".join((element.label, element.key, *element.lines, "\n")).encode())
    return total.hexdigest()


def differences(one: Store, other: Store) -> Iterator[str]:
    """What only ``one`` holds, as lines that begin with ``-``, and what only ``other`` does, with ``+``."""
    mine, yours = elements(one), elements(other)
    left, right = next(mine, None), next(yours, None)
    while left is not None or right is not None:
        order = _order(left, right)
        if order <= 0 and left is not None:
            seen = set(right.lines) if order == 0 and right is not None else set()
            yield from (f"- {_within(left, line)}" for line in left.lines if line not in seen)
        if order >= 0 and right is not None:
            seen = set(left.lines) if order == 0 and left is not None else set()
            yield from (f"+ {_within(right, line)}" for line in right.lines if line not in seen)
        if order <= 0:
            left = next(mine, None)
        if order >= 0:
            right = next(yours, None)


def _within(element: Element, line: str) -> str:
    return line if line == element.lines[0] else f"({element.key}){line}"


def _order(left: Element | None, right: Element | None) -> int:
    if left is None or right is None:
        return 1 if left is None else -1
    ranks = list(KEYS)
    one, other = (ranks.index(left.label), left.key), (ranks.index(right.label), right.key)
    return (one > other) - (one < other)
