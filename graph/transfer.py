"""A whole graph from one place to another: from a store or a backup into a store, which is its equal afterwards.

What is equal already is not written, so that copying twice is copying once, and a copy that was cut off goes on
when it is run again.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from graph.digest import KEYS
from graph.errors import StoreError
from graph.schema import NOTE_CHANGE, VERSION, current_time, ensure_schema, schema_version
from graph.statements import find
from graph.stores import Row, Store, Value

ROWS = 2000  # of one transaction

Properties = Mapping[str, Value]

_READ = """
MATCH (n:LABEL) RETURN n.KEY AS key, labels(n) AS labels, properties(n) AS properties,
[(n)-[r]->(m) | [type(r), labels(m), coalesce(m.id, m.text), properties(r)]] AS edges
"""
CREATE = "UNWIND $rows AS row CREATE (n:ALL {KEY: row.key}) SET n = row.properties"
SET = "UNWIND $rows AS row FIND SET n = row.properties"
# The embedded engine writes a relabelled node anew: while its key is set, the unique index refuses the copy.
RELABEL = "UNWIND $rows AS row FIND REMOVE n.KEY REMOVE n:`WAS` SET n:`NOW` SET n.KEY = row.key"
DROP_EDGES = "UNWIND $rows AS row FIND MATCH (n)-[r]->() DELETE r"
ADD_EDGES = "UNWIND $rows AS row FIND OTHER CREATE (n)-[r:`TYPE`]->(m) SET r = row.properties"
DROP_NODES = "UNWIND $rows AS row FIND DETACH DELETE n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A relationship that leaves a node: its type, the label and key of the node at its other end, its properties."""

    type: str
    label: str
    key: str
    properties: Properties


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node, by its main label and the key that is unique there, with the relationships that leave it."""

    label: str
    key: str
    labels: tuple[str, ...]
    properties: Properties
    edges: tuple[Edge, ...]

    def digest(self) -> bytes:
        """16 bytes that are equal for equal nodes with equal relationships."""
        edges = sorted(_json([edge.type, edge.label, edge.key, edge.properties]) for edge in self.edges)
        text = "\n".join([self.label, self.key, *self.labels, _json(self.properties), *edges])
        return hashlib.blake2b(text.encode(), digest_size=16).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What a copy did to its target, in nodes."""

    written: int
    removed: int
    unchanged: int


Source = Callable[[], Iterator[Node]]
"""Gives all nodes of a graph; it is called twice."""


def nodes_of(store: Store) -> Iterator[Node]:
    """All nodes of the graph in a store, label by label."""
    for label in KEYS:
        for row in store.stream(filled(_READ, label)):
            edges = cast(Sequence[tuple[str, list[str], str, Properties]], row["edges"])
            yield Node(
                label=label,
                key=str(row["key"]),
                labels=tuple(sorted(cast(list[str], row["labels"]))),
                properties=cast(Properties, row["properties"]),
                edges=tuple(
                    Edge(type=kind, label=_main(labels), key=other, properties=properties)
                    for kind, labels, other, properties in edges
                ),
            )


def copy_graph(source: Source, target: Store, *, replace: bool = False, version: int = VERSION) -> Changes:
    """Make ``target`` hold what ``source`` gives, and nothing else of the model.

    ``version`` is that of the model in the source; what is of the version before is brought to this one.

    Raises:
        StoreError: The target holds nodes of another program under labels of ours; or documents that the source
            does not have, which only ``replace`` takes out.
    """
    if schema_version(target) is None and any(True for _ in nodes_of(target)):
        raise StoreError(
            f"{target.url}: it holds nodes of another program under the labels {', '.join(KEYS)}; "
            "give an empty database, or one that collabgraph wrote"
        )
    ensure_schema(target)
    with target.claim():
        held = _held(target)
        if held and not replace:
            _refuse_loss(source, held, target)
        target.run("MATCH (s:Schema) SET s.unfinished = true", write=True)
        changes = _write(source, target, held)
        target.run("MATCH (s:Schema) SET s.version = $version REMOVE s.unfinished", {"version": version}, write=True)
        ensure_schema(target)
        if changes.written or changes.removed:
            target.run(NOTE_CHANGE, {"now": current_time()}, write=True)
    return changes


def is_unfinished(store: Store) -> bool:
    """Whether a copy into the store was cut off and not run again since."""
    return bool(store.run("MATCH (s:Schema) WHERE s.unfinished RETURN s.id AS id"))


Held = dict[tuple[str, str], tuple[bytes, tuple[str, ...]]]
"""What a target holds: label and key → digest and labels."""


def _write(source: Source, target: Store, held: Held) -> Changes:
    """Write what differs; ``held`` is used up."""
    changed: set[tuple[str, str]] = set()
    existed: set[tuple[str, str]] = set()
    unchanged = 0
    batch = _Batch(target)
    for node in source():
        place = node.label, node.key
        digest, labels = held.pop(place, (b"", ()))
        if digest == node.digest():
            unchanged += 1
            continue
        changed.add(place)
        row: Row = {"key": node.key, "properties": node.properties}
        if not digest:
            every = ":".join(f"`{name}`" for name in node.labels)
            batch.add(filled(CREATE, node.label).replace("ALL", every), row)
            continue
        existed.add(place)
        batch.add(filled(SET, node.label), row)
        if labels != node.labels:
            was, now = set(labels) - set(node.labels), set(node.labels) - set(labels)
            for one, other in zip(sorted(was), sorted(now), strict=True):  # an organization has one kind
                batch.add(filled(RELABEL, node.label).replace("WAS", one).replace("NOW", other), {"key": node.key})
    batch.flush()
    for label, key in sorted(existed):
        batch.add(filled(DROP_EDGES, label), {"key": key})
    if held:  # what a build noted of files may be about documents that go
        target.run("MATCH (f:File) DELETE f", write=True)
    for label, key in sorted(held):
        batch.add(filled(DROP_NODES, label), {"key": key})
    batch.flush()
    if changed:
        for node in source():
            if (node.label, node.key) in changed:
                for edge in node.edges:
                    batch.add(*_edge(node, edge))
        batch.flush()
    return Changes(written=len(changed), removed=len(held), unchanged=unchanged)


class _Batch:
    """Rows by statement, each written in a transaction of its own when there are enough."""

    def __init__(self, target: Store) -> None:
        self._target = target
        self._rows: dict[str, list[Value]] = defaultdict(list)

    def add(self, statement: str, row: Row) -> None:
        rows = self._rows[statement]
        rows.append(row)
        if len(rows) >= ROWS:
            self._write({statement: self._rows.pop(statement)})

    def flush(self) -> None:
        rest, self._rows = self._rows, defaultdict(list)
        if rest:
            self._write(rest)

    def _write(self, batch: Mapping[str, list[Value]]) -> None:
        self._target.transact(lambda run: [run(statement, {"rows": rows}) for statement, rows in batch.items()])


def _held(target: Store) -> Held:
    return {(node.label, node.key): (node.digest(), node.labels) for node in nodes_of(target)}


def _refuse_loss(source: Source, held: Held, target: Store) -> None:
    mine = {node.key for node in source() if node.label == "Document"}
    lost = sum(label == "Document" and key not in mine for label, key in held)
    if lost:
        raise StoreError(
            f"{target.url}: it holds {lost} documents that would be lost, because what is copied does not have them; "
            "run it with --replace if you mean it"
        )


def _edge(node: Node, edge: Edge) -> tuple[str, Row]:
    statement = filled(ADD_EDGES, node.label).replace("OTHER", _found("m", "row.to", edge.label))
    return statement.replace("TYPE", edge.type), {"key": node.key, "to": edge.key, "properties": edge.properties}


def filled(statement: str, label: str) -> str:
    """A statement for the nodes of one label: ``FIND`` finds one by its key, ``n``."""
    found = _found("n", "row.key", label)
    return statement.replace("FIND", found).replace("LABEL", label).replace("KEY", KEYS[label])


def _found(node: str, value: str, label: str) -> str:
    """The ``MATCH`` of a node by its key; decisions have no index, for there are few."""
    if label == "Decision":
        return f"MATCH ({node}:{label} {{{KEYS[label]}: {value}}})"
    return find(node, value, label, KEYS[label])


def _main(labels: Sequence[str]) -> str:
    return next(label for label in labels if label in KEYS)


def _json(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
