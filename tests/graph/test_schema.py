"""The rules of the model in a store."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.backup import restore_backup, write_backup
from graph.build import build_graph
from graph.digest import digest
from graph.errors import QueryError, StoreError
from graph.schema import TEXT_INDEX, VERSION, ensure_schema, schema_version
from graph.stores import Store, open_store
from graph.view import make_view

ARTICLES = Path(__file__).parents[2] / "data" / "articles"


def test_the_schema_is_made_once(store: Store) -> None:
    """Making it twice is making it once, and the version is there afterwards."""
    assert schema_version(store) is None
    ensure_schema(store)
    ensure_schema(store)
    assert schema_version(store) == VERSION


def test_ids_are_unique(store: Store) -> None:
    """A second organization with the same id is refused, and nothing of its transaction stays."""
    ensure_schema(store)
    store.run("CREATE (:Organization {id: 'o1'})", write=True)
    with pytest.raises(QueryError):
        store.run("CREATE (:Organization {id: 'o2'}) CREATE (:Organization {id: 'o1'})", write=True)
    assert store.run("MATCH (o:Organization) RETURN collect(o.id) AS ids") == [{"ids": ["o1"]}]


def test_full_text_finds_names_in_both_scripts(store: Store) -> None:
    """The same call on both stores ranks the organization that a text names first."""
    ensure_schema(store)
    rows = [
        {"id": "o1", "name": "青禾微电子有限公司", "label": "Qinghe Microelectronics"},
        {"id": "o2", "name": "蓝湾造船研究院", "label": "Lanwan Shipbuilding Institute"},
    ]
    store.run("UNWIND $rows AS row CREATE (o:Organization) SET o = row", {"rows": rows}, write=True)
    for text in ("青禾微电子", "qinghe~"):
        found = store.run(
            "CALL db.index.fulltext.queryNodes($index, $text) YIELD node RETURN node.id AS id",
            {"index": TEXT_INDEX, "text": text},
        )
        assert found[0] == {"id": "o1"}


@pytest.mark.parametrize(("version", "says"), [(99, "update collabgraph"), (0, "collabgraph build PATHS --store NEW")])
def test_another_version_is_refused(store: Store, version: int, says: str) -> None:
    """A store of a later or an earlier version is left alone, and what to run is said."""
    store.run("CREATE (:Schema {id: 'schema', version: $version})", {"version": version}, write=True)
    with pytest.raises(StoreError, match=says):
        ensure_schema(store)
    assert schema_version(store) == version


def as_version_2(store: Store) -> None:
    """Make of a store what version 2 would have written."""
    ends = ("source_start", "source_end", "target_start", "target_end", "trigger_start", "trigger_end")
    said = ", ".join(f"e.{end} = e.spans[{at}]" for at, end in enumerate(ends))
    store.run(f"MATCH (e:Evidence) SET {said} REMOVE e.spans", write=True)
    store.run("MATCH (s:Schema) SET s.version = 2", write=True)


def as_version_1(store: Store) -> None:
    """Make of a store what version 1 would have written."""
    as_version_2(store)
    store.run("MATCH (o:Organization) WHERE o.region_ground = 'register' REMOVE o.region", write=True)
    store.run("MATCH (o:Organization) REMOVE o.region_ground", write=True)
    store.run("MATCH (s:Schema) SET s.version = 1", write=True)


@pytest.mark.parametrize(("earlier", "read_again"), [(as_version_1, True), (as_version_2, False)])
def test_an_earlier_version_is_brought_up(
    store: Store, tmp_path: Path, earlier: Callable[[Store], None], read_again: bool
) -> None:
    """In place, in the store and in one restored; where that needs the articles, they are to be read again."""
    build_graph([ARTICLES], store)
    wanted = digest(store)
    earlier(store)
    assert digest(store) != wanted
    with pytest.raises(StoreError, match="collabgraph build PATHS"):
        make_view(store)
    write_backup(store, tmp_path / "old.gz")
    ensure_schema(store)
    assert (schema_version(store), digest(store)) == (VERSION, wanted)
    assert (store.run("MATCH (f:File) RETURN f.path AS path") == []) == read_again
    with open_store(":memory:") as other:
        restore_backup(tmp_path / "old.gz", other)
        assert (schema_version(other), digest(other)) == (VERSION, wanted)
