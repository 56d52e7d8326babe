"""The invented graph of tests/cases/ask/graph.jsonl, built once for the tests of questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build import build_graph
from graph.stores import Store, open_store

CASES = Path(__file__).parents[2] / "cases" / "ask"


@pytest.fixture(scope="module")
def asked() -> Iterator[Store]:
    """An embedded store that holds the invented graph; nothing here changes it."""
    with open_store(":memory:") as store:
        yield _filled(store)


@pytest.fixture(scope="module", params=["embedded", "neo4j"])
def both(request: pytest.FixtureRequest) -> Store:
    """The invented graph, once embedded and once in a Neo4j."""
    if request.param == "embedded":
        store: Store = request.getfixturevalue("asked")
        return store
    neo4j: Store = request.getfixturevalue("_neo4j")
    while neo4j.run("MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(n) AS gone", write=True)[0]["gone"]:
        pass
    return _filled(neo4j)


def _filled(store: Store) -> Store:
    report = build_graph([CASES / "graph.jsonl"], store)
    assert not report.problems
    return store
