"""The read path cannot write, and cannot reach beyond the graph: proven with hostile statements on each store."""

import tomllib
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import QueryError
from graph.schema import ensure_schema
from graph.stores import Row, Store
from graph.stores.guard import check_read, without_prefix

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "queries.toml").read_text("utf-8"))
GRAPH = """
    CREATE (a:Organization:Enterprise {id: 'a', name: '青禾微电子'}), (b:Organization {id: 'b'}), (:Document {id: 'd'})
    CREATE (a)-[:JOINT_RD {id: 'r', confidence: 0.5}]->(b)
"""
GLANCE = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties, COUNT { (n)--() } AS edges ORDER BY n.id"


def everything(store: Store) -> list[list[Row]]:
    """The whole graph, its labels and its rules."""
    queries = (
        "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties ORDER BY n.id",
        "MATCH (a)-[r]->(b) RETURN a.id, type(r), properties(r) AS properties, b.id",
        "CALL db.labels() YIELD label RETURN label ORDER BY label",
        "SHOW CONSTRAINTS YIELD name RETURN name ORDER BY name",
        "SHOW INDEXES YIELD name RETURN name ORDER BY name",
    )
    return [store.run(query) for query in queries]


def test_hostile_statements_change_nothing(store: Store) -> None:
    """Each is refused with a reason, and the graph, its rules and its passwords stay as they were."""
    ensure_schema(store)
    store.run(GRAPH, write=True)
    before, glance = everything(store), store.run(GLANCE)
    passed, reasons = [], []
    for case in CASES["refused"]:
        try:
            store.run(case["query"], timeout=20)
            passed.append(case["why"])
        except QueryError as error:
            reasons.append(str(error))
        assert store.run(GLANCE) == glance, case["why"]
    assert everything(store) == before
    assert not passed
    assert not [reason for reason in reasons if not reason or "\n" in reason]
    assert len(CASES["refused"]) >= 40


def test_reads_that_look_hostile_run(store: Store) -> None:
    """What only looks like writing is not refused."""
    store.run(GRAPH, write=True)
    for case in CASES["read"]:
        try:
            store.run(case["query"])
        except QueryError as error:
            pytest.fail(f"{case['why']}: {error}")


@given(st.text(st.sampled_from("'\"`\\/*\n ;ux0027aCALL.()dbms"), max_size=40))
def test_no_text_hides_a_call(text: str) -> None:
    """Whatever stands behind it, a call that is refused alone stays refused: quotes cannot reach backwards."""
    with pytest.raises(QueryError):
        check_read("CALL dbms.listConfig() " + text)


@given(st.text(max_size=40))
def test_any_text_is_checked(text: str) -> None:
    """No text makes the check fail in another way, and taking a prefix off twice changes nothing more."""
    with suppress(QueryError):
        check_read(text)
    assert without_prefix(without_prefix(text)) == without_prefix(text)
