"""The whole graph with all its evidence, for a Neo4j: a Cypher script, or files for its bulk import.

Both hold every node and relationship of the model, so that what they make equals the store (same digest).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from graph.digest import KEYS
from graph.export.literal import cypher_literal
from graph.schema import CONSTRAINTS, INDEXES, VERSION
from graph.stores import Store, Value
from graph.transfer import Edge, Node, Source, nodes_of

BATCH = 500  # rows of one statement
Loose = tuple[str, str, Edge]
"""A relationship without its node: the label and key of the node that it leaves."""

ARRAY = "\x1f"  # parts the values of a list, and labels: no text that was read holds it


def write_cypher(store: Store, path: Path) -> Path:
    """A script for cypher-shell and an empty Neo4j: one statement a line, each ended by a semicolon."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for statement in _statements(store):
            file.write(statement + ";\n")
    return path


def _statements(store: Store) -> Iterator[str]:
    yield from _schema()
    nodes: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in nodes_of(store):
        nodes[node.labels].append(node)
        if len(nodes[node.labels]) == BATCH:
            yield _create(node.labels, nodes.pop(node.labels))
    for labels in sorted(nodes):
        yield _create(labels, nodes[labels])
    edges: dict[tuple[str, str, str], list[tuple[Node, Edge]]] = defaultdict(list)
    for node in nodes_of(store):
        for edge in node.edges:
            place = node.label, edge.type, edge.label
            edges[place].append((node, edge))
            if len(edges[place]) == BATCH:
                yield _connect(place, edges.pop(place))
    for place in sorted(edges):
        yield _connect(place, edges[place])
    yield f"MERGE (s:Schema {{id: 'schema'}}) SET s.version = {VERSION}"


def _schema() -> Iterator[str]:
    for name, (label, key) in CONSTRAINTS.items():
        yield f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
    for name, (label, key) in INDEXES.items():
        yield f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{key})"


def _create(labels: Sequence[str], nodes: Sequence[Node]) -> str:
    rows = cypher_literal([node.properties for node in nodes])
    return f"UNWIND {rows} AS row CREATE (n:{':'.join(f'`{label}`' for label in labels)}) SET n = row"


def _connect(place: tuple[str, str, str], edges: Sequence[tuple[Node, Edge]]) -> str:
    label, kind, other = place
    rows = cypher_literal([[node.key, edge.key, edge.properties] for node, edge in edges])
    ends = f"MATCH (a:`{label}` {{{KEYS[label]}: row[0]}}) MATCH (b:`{other}` {{{KEYS[other]}: row[1]}})"
    return f"UNWIND {rows} AS row {ends} CREATE (a)-[r:`{kind}`]->(b) SET r = row[2]"


def write_import(store: Store, path: Path) -> Path:
    """A folder for ``neo4j-admin database import full``: a file a label and a type, and ``import.args`` for it.

    Stop the server, then: ``neo4j-admin database import full neo4j @import.args`` in that folder; the constraints,
    and what an import cannot make, are in ``schema.cypher``, to be run after the start.
    """
    write_arguments(path, write_files(lambda: nodes_of(store), path))
    return path


def write_files(nodes: Source, path: Path, loose: Sequence[Loose] = (), *, part: str = "") -> Sequence[str]:
    """Write the files of these nodes, and of ``loose`` relationships; gives back their names, which end in ``part``.

    Each file has a header of its own, so that several may hold nodes of one label.
    """
    path.mkdir(parents=True, exist_ok=True)
    columns: dict[str, dict[str, str]] = defaultdict(dict)  # file: property, type
    for node in nodes():
        _learn(columns[_node_file(node)], node.properties)
        for edge in node.edges:
            _learn(columns[_edge_file(node.label, edge)], edge.properties)
    for label, _, edge in loose:
        _learn(columns[_edge_file(label, edge)], edge.properties)
    with ExitStack() as stack:
        files: dict[str, TextIO] = {}
        for name, types in sorted(columns.items()):
            file = (path / f"{name}{part}.csv").open("w", encoding="utf-8", newline="\n")
            files[name] = stack.enter_context(file)
            files[name].write(_header(name, types) + "\n")
        for node in nodes():
            name = _node_file(node)
            ends = [_quoted(node.key), _quoted(ARRAY.join(node.labels))]
            files[name].write(_line(ends, columns[name], node.properties))
            for edge in node.edges:
                name = _edge_file(node.label, edge)
                files[name].write(_line([_quoted(node.key), _quoted(edge.key)], columns[name], edge.properties))
        for label, key, edge in loose:
            name = _edge_file(label, edge)
            files[name].write(_line([_quoted(key), _quoted(edge.key)], columns[name], edge.properties))
    return tuple(f"{name}{part}.csv" for name in sorted(columns))


def write_arguments(path: Path, names: Iterable[str]) -> None:
    """Write ``import.args`` for files of these names, and ``schema.cypher``."""
    (path / "schema.cypher").write_text("".join(line + ";\n" for line in _last(_schema())), encoding="utf-8")
    (path / "import.args").write_text("\n".join(_arguments(names)) + "\n", encoding="utf-8")


def _last(schema: Iterator[str]) -> Iterator[str]:
    yield from schema
    # The import leaves empty lists out.
    yield "MATCH (o:Organization) WHERE o.aliases IS NULL CALL (o) { SET o.aliases = [] } IN TRANSACTIONS"
    yield f"MERGE (s:Schema {{id: 'schema'}}) SET s.version = {VERSION}"


def _node_file(node: Node) -> str:
    return f"node-{node.label}"


def _edge_file(label: str, edge: Edge) -> str:
    return f"edge-{edge.type}-{label}-{edge.label}"


def _learn(types: dict[str, str], properties: Mapping[str, Value]) -> None:
    for name, value in properties.items():
        if value is None:
            continue
        known, now = types.get(name), _type(value)
        types[name] = "double" if {known, now} == {"long", "double"} else now
        types[name] = (
            "double" if {known, now} == {"long", "double"} else known if now == "" and known else now or "string"
        )


def _type(value: Value) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "long"
        case float():
            return "double"
        case str():
            return "string"
        case [int(), *_]:
            return "long[]"
    return "string[]"


def _header(name: str, types: Mapping[str, str]) -> str:
    kind, *parts = name.split("-")
    ends = [f":ID({parts[0]})", ":LABEL"] if kind == "node" else [f":START_ID({parts[1]})", f":END_ID({parts[2]})"]
    return ",".join([*ends, *(f"{column}:{types[column]}" for column in sorted(types))])


def _line(ends: Sequence[str], types: Mapping[str, str], properties: Mapping[str, Value]) -> str:
    return ",".join([*ends, *(_quoted(properties.get(column)) for column in sorted(types))]) + "\n"


def _quoted(value: Value) -> str:
    """A field as the import reads it: nothing for null, quotes around all text, an empty one too."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return '"' + value.replace('"', '""') + '"'
    return _quoted(ARRAY.join(map(str, value)))


def _arguments(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        kind, *parts = name.removesuffix(".csv").split("-")
        yield f"--nodes={name}" if kind == "node" else f"--relationships={parts[0]}={name}"
    yield "--array-delimiter=U+001F"
    yield "--multiline-fields=true"
    yield "--id-type=string"
