"""A store that is filled at once: all of it or nothing, and afterwards a store like any other."""

import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import QueryError, StoreError
from graph.schema import TEXT_INDEX, ensure_schema
from graph.stores import Bulk, open_store

COUNT = "MATCH (o:Organization) RETURN count(o) AS n"


def content(bulk: Bulk) -> None:
    """Two organizations and what joins them; a document about nothing."""
    one, other = bulk.nodes(
        ("Organization", "Enterprise"),
        [
            {"id": "o1", "name": "青禾微电子", "label": None},
            {"id": "o2", "name": "蓝湾传感", "aliases": ["蓝湾"]},
        ],
    )
    bulk.nodes(("Document",), [{"id": "d1"}])
    bulk.relationships("JOINT_RD", [(one, other, {"id": "r1", "since": None, "confidence": 0.5})])
    bulk.relationships("SUPPLY", [])


def test_a_filled_store_is_like_any_other() -> None:
    """What was filled in can be read, is unique, indexed and found by its text, and can be added to."""
    with open_store(":memory:") as store:
        ensure_schema(store)
        store.fill(content)
        assert store.run("MATCH (a:Enterprise {id: 'o1'})-[r:JOINT_RD]->(b) RETURN a, r, b.aliases AS aliases") == [
            {"a": {"id": "o1", "name": "青禾微电子"}, "r": {"id": "r1", "confidence": 0.5}, "aliases": ["蓝湾"]}
        ]
        found = f"CALL db.index.fulltext.queryNodes('{TEXT_INDEX}', '青禾微电子') YIELD node RETURN node.id AS id"
        assert {"id": "o1"} in store.run(found)
        with pytest.raises(QueryError, match="constraint"):
            store.run("CREATE (o:Organization {id: 'o2'})", write=True)
        store.run("MATCH (a {id: 'o2'}) CREATE (a)-[:SUPPLY]->(:Organization:Enterprise {id: 'o3'})", write=True)
        assert store.run("MATCH ()-[r]->(o:Organization) RETURN type(r) AS t, o.id AS o ORDER BY o") == [
            {"t": "JOINT_RD", "o": "o2"},
            {"t": "SUPPLY", "o": "o3"},
        ]


def test_a_filling_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """An error of ours and one of the engine both undo all; the next filling is whole, also after opening anew."""

    def failing(bulk: Bulk) -> None:
        content(bulk)
        raise KeyError("stop")

    def doubled(bulk: Bulk) -> None:
        content(bulk)
        bulk.nodes(("Document",), [{"id": "d1"}])

    with open_store(str(tmp_path)) as store:
        ensure_schema(store)
        store.run("CREATE (:Decision {pair: 'p'})", write=True)
        with pytest.raises(KeyError):
            store.fill(failing)
        with pytest.raises(StoreError, match="could not be written"):
            store.fill(doubled)
        assert store.run("MATCH (n) WHERE NOT n:Schema RETURN n") == [{"n": {"pair": "p"}}]
        store.fill(content)
    with open_store(str(tmp_path)) as store:
        assert store.run("MATCH (n) WHERE NOT n:Schema RETURN count(n) AS n") == [{"n": 4}]


FILLING = """
import os, sys
from graph.schema import ensure_schema
from graph.stores import open_store

def content(bulk):
    node, = bulk.nodes(("Organization",), [{"id": "o1"}])
    bulk.relationships("SUPPLY", [(node, node, {})])
    print("filling", flush=True)
    if sys.stdin.readline() == "die\\n":
        os._exit(9)

with open_store(sys.argv[1]) as store:
    ensure_schema(store)
    print("open", flush=True)
    sys.stdin.readline()
    store.fill(content)
    print("filled", flush=True)
    sys.stdin.readline()
"""


class Filler:
    """Another process that fills a store, step by step."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-c", FILLING, str(folder)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.expect("open")

    def expect(self, word: str) -> None:
        """Wait for what it says next."""
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == f"{word}\n"

    def tell(self, word: str) -> None:
        """Let it go on."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n")
        self.process.stdin.flush()

    def end(self) -> int:
        """Wait until it has ended."""
        self.process.communicate()
        return self.process.returncode


def test_a_reader_sees_nothing_and_then_all(tmp_path: Path) -> None:
    """One that reads while another process fills the store is not sent away, before, during or after."""
    filler = Filler(tmp_path)
    with open_store(str(tmp_path), reading=True) as early:
        assert early.run(COUNT) == [{"n": 0}]
        filler.tell("fill")
        filler.expect("filling")
        with open_store(str(tmp_path), reading=True) as late:
            assert early.run(COUNT) == late.run(COUNT) == [{"n": 0}]
            filler.tell("go on")
            filler.expect("filled")
            assert early.run(COUNT) == late.run(COUNT) == [{"n": 1}]
            filler.tell("end")
            assert filler.end() == 0


def test_a_killed_filling_leaves_an_empty_store(tmp_path: Path) -> None:
    """The next run finds nothing of it and fills the store."""
    filler = Filler(tmp_path)
    filler.tell("fill")
    filler.expect("filling")
    filler.tell("die")
    assert filler.end() == 9
    with open_store(str(tmp_path)) as store:
        assert store.run(COUNT) == [{"n": 0}]
        store.fill(content)
        assert store.run(COUNT) == [{"n": 2}]
    assert [entry.name for entry in (tmp_path / "databases").iterdir() if entry.is_dir()] == ["neo4j"]
