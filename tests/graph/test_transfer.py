"""A graph is the same wherever it is copied to: between stores, and through a file."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extract.errors import DataError
from graph.backup import read_backup, restore_backup, write_backup
from graph.build import build_graph
from graph.cli import main
from graph.digest import digest
from graph.errors import StoreError
from graph.schema import VERSION, describe_schema, ensure_schema
from graph.status import read_status
from graph.stores import Store, open_store
from graph.transfer import Changes, Node, copy_graph, is_unfinished, nodes_of

ARTICLES = Path(__file__).parents[2] / "data" / "articles"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the graph of the sample articles."""
    path = tmp_path_factory.mktemp("sample") / "graph.jsonl.gz"
    with open_store(":memory:") as store:
        build_graph([ARTICLES], store)
        write_backup(store, path)
    return path


def test_copies_are_equal(sample: Path, embedded_store: Store, neo4j_store: Store, tmp_path: Path) -> None:
    """From file to store to store to file: the same digest, the same lines, and nothing is written twice."""
    restore_backup(sample, embedded_store)
    first = copy_graph(lambda: nodes_of(embedded_store), neo4j_store)
    assert first.written > 100
    assert digest(neo4j_store) == digest(embedded_store)
    again = Changes(written=0, removed=0, unchanged=first.written)
    assert copy_graph(lambda: nodes_of(embedded_store), neo4j_store) == again
    assert copy_graph(lambda: nodes_of(neo4j_store), embedded_store) == again
    write_backup(neo4j_store, tmp_path / "copy.gz")
    assert sorted(node.digest() for node in read_backup(tmp_path / "copy.gz")) == sorted(
        node.digest() for node in read_backup(sample)
    )


def test_a_changed_graph_is_followed(sample: Path, store: Store) -> None:
    """What changed is set, what is new is made, what is gone goes: names, kinds, relationships and documents."""
    restore_backup(sample, store)
    nodes = list(read_backup(sample))
    documents = [node.key for node in nodes if node.label == "Document"]
    organization = next(node for node in nodes if "Enterprise" in node.labels and node.edges)
    changed = [
        replace(
            node,
            properties={**node.properties, "name": "改名有限公司", "kind": "institute"},
            labels=("Institute", "Organization"),
            edges=node.edges[1:],
        )
        if node == organization
        else replace(node, key="new", properties={**node.properties, "id": "new"})
        if node.key == documents[0]
        else replace(node, edges=tuple(edge for edge in node.edges if edge.key != documents[0]))
        for node in nodes
    ]
    with pytest.raises(StoreError, match="1 documents that would be lost"):
        copy_graph(lambda: iter(changed), store)
    copy_graph(lambda: iter(changed), store, replace=True)
    assert sorted(node.digest() for node in nodes_of(store)) == sorted(node.digest() for node in changed)
    assert store.run("MATCH (o:Institute {name: '改名有限公司'}) RETURN labels(o) AS l")[0]["l"]


def test_a_copy_that_was_cut_off_goes_on(sample: Path, store: Store) -> None:
    """The store says that it is not whole, and the next run makes it so."""

    def cut() -> Iterator[Node]:
        for number, node in enumerate(read_backup(sample)):
            if number == 100:
                raise OSError("cut off")
            yield node

    with pytest.raises(OSError, match="cut off"):
        copy_graph(cut, store)
    assert is_unfinished(store)
    assert not read_status(store).whole
    restore_backup(sample, store)
    assert read_status(store).whole
    assert sorted(node.digest() for node in nodes_of(store)) == sorted(node.digest() for node in read_backup(sample))


def test_what_others_wrote_is_left_alone(sample: Path, store: Store) -> None:
    """A database with nodes of another program under our labels is refused; under its own labels they stay."""
    store.run("CREATE (:Person {id: 'p'})", write=True)
    restore_backup(sample, store)
    assert store.run("MATCH (p:Person) RETURN count(p) AS n") == [{"n": 1}]
    store.run("MATCH (n) DETACH DELETE n", write=True)
    store.run("CREATE (:Organization {id: 'theirs'})", write=True)
    with pytest.raises(StoreError, match="another program"):
        restore_backup(sample, store, replace=True)
    assert store.run("MATCH (o:Organization) RETURN o.id AS id") == [{"id": "theirs"}]


def damaged(raw: bytes, damage: str) -> bytes:
    """The bytes of a backup after something happened to it."""
    text = gzip.decompress(raw)
    lines = text.splitlines(keepends=True)
    return {
        "half": raw[: len(raw) // 2],
        "no gzip": b"not gzip",
        "other": gzip.compress(b'{"a": 1}\n'),
        "no end": gzip.compress(b"".join(lines[:-1])),
        "lines lost": gzip.compress(b"".join([*lines[:5], lines[-1]])),
        "later": gzip.compress(text.replace(b'"layout":1', b'"layout":9', 1)),
        "unknown label": gzip.compress(text.replace(b'["Evidence"', b'["Other"', 1)),
    }[damage]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("half", "no whole backup"),
        ("no gzip", "no whole backup"),
        ("other", "no whole backup"),
        ("no end", "cut"),
        ("lines lost", "cut"),
        ("later", "later version"),
        ("unknown label", "no whole backup"),
    ],
)
def test_a_damaged_backup_writes_nothing(
    sample: Path, embedded_store: Store, tmp_path: Path, damage: str, says: str
) -> None:
    """A backup is read to its end before the store is touched."""
    file = tmp_path / "damaged.gz"
    file.write_bytes(damaged(sample.read_bytes(), damage))
    with pytest.raises(DataError, match=says):
        restore_backup(file, embedded_store)
    assert embedded_store.run("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def test_a_backup_replaces_no_file(sample: Path, embedded_store: Store, tmp_path: Path) -> None:
    """An older backup of the same name stays, and a failed one leaves nothing behind."""
    (tmp_path / "mine.gz").write_text("mine")
    with pytest.raises(StoreError, match="already"):
        write_backup(embedded_store, tmp_path / "mine.gz")
    with pytest.raises(StoreError, match="cannot be written"):
        write_backup(embedded_store, tmp_path / "missing" / "a.gz")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.gz"]


def test_commands_carry_a_graph_around(sample: Path, neo4j_store: Store, neo4j_server: Any, tmp_path: Path) -> None:
    """restore, push, pull, backup and status, as one types them."""
    first, second = str(tmp_path / "first"), str(tmp_path / "second")
    login = ["--user", neo4j_server.user, "--password", neo4j_server.password]

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
        assert done.exit_code == 0, done.stderr
        return done.output

    run("restore", str(sample), "--store", first)
    run("push", neo4j_server.url, "--store", first, *login)
    assert "184 nodes written" not in run("push", neo4j_server.url, "--store", first, *login)
    run("pull", neo4j_server.url, "--store", second, *login)
    run("backup", str(tmp_path / "again.gz"), "--store", second)
    statuses = [
        json.loads(run("status", "--format", "json", *where))
        for where in (["--store", first], ["--store", second], ["--store", neo4j_server.url, *login])
    ]
    for key in ("documents", "organizations", "collaborations", "evidence", "version", "whole"):
        assert statuses[0][key] == statuses[1][key] == statuses[2][key]
    assert statuses[0]["documents"] > 8
    assert statuses[0]["size"] > 0
    assert [status["server"].split()[0] for status in statuses] == ["ArcadeDB", "ArcadeDB", "Neo4j"]
    text = run("status", "--store", first)
    assert "documents       12" in text
    assert "whole" in text


def test_the_schema_says_what_is_there(sample: Path, store: Store) -> None:
    """Every label, relationship and property of a real graph is described, and the example queries run."""
    restore_backup(sample, store)
    schema = describe_schema()
    labels = {node["label"]: set(node["properties"]) for node in schema["node"]}
    types = {row["type"]: set(row.get("properties", {})) for row in schema["relationship"]}
    for row in store.run("MATCH (n) UNWIND keys(n) AS key RETURN DISTINCT labels(n) AS labels, key"):
        label = next(label for label in row["labels"] if label in labels)  # type: ignore[union-attr]
        assert row["key"] in labels[label], f"{label}.{row['key']} is not described"
    for row in store.run("MATCH ()-[r]->() UNWIND keys(r) AS key RETURN DISTINCT type(r) AS type, key"):
        known = types.get(str(row["type"]), set(schema["collaboration"]["properties"]))
        assert row["key"] in known, f"{row['type']}.{row['key']} is not described"
    printed = CliRunner().invoke(main, ["schema"]).output
    for example in schema["example"]:
        rows = store.run(example["cypher"])
        assert rows or "(:Alias" in example["cypher"], example["question"]  # that asks for names of its own
        assert example["cypher"] in printed
    assert "(:Alias)-[:NAMES]->(:Organization)" in printed
    assert "[:TECH_SERVICE]" in printed


def test_a_new_store_has_a_status(store: Store) -> None:
    """An empty store is told as such."""
    assert read_status(store).version is None
    ensure_schema(store)
    status = read_status(store)
    assert (status.version, status.documents, status.organizations, status.whole) == (VERSION, 0, {}, True)
