"""What every store does: one story, walked on each."""

import threading
from pathlib import Path

import pytest

from graph.errors import QueryError
from graph.stores import Store, Transaction

ROOT = Path(__file__).parents[3]
TREE = "CREATE (a:Organization {id: 'a', name: '青禾微电子'})-[:JOINT_RD {id: 'r'}]->(b:Organization {id: 'b'})"
COUNT = "MATCH (o:Organization) RETURN count(o) AS n"


def test_values_come_back_as_json_has_them(store: Store) -> None:
    """Parameters come back equal; dates are ISO text; nodes and relationships are their properties."""
    values = {
        "none": None,
        "yes": True,
        "whole": 7,
        "part": 0.5,
        "text": "“引号”\n\t与𠮷 🙂",
        "list": [1, [2, "三"], {"k": None}],
        "map": {"键": [True]},
    }
    assert store.run("RETURN $values AS v, date('2024-05-01') AS d, duration('P1DT2H') AS p", {"values": values}) == [
        {"v": values, "d": "2024-05-01", "p": "P1DT2H"}
    ]
    store.run(TREE, write=True)
    rows = store.run("MATCH path = (a {id: 'a'})-[r]->(b) RETURN a, r, b, type(r) AS t, path")
    a, r, b = {"id": "a", "name": "青禾微电子"}, {"id": "r"}, {"id": "b"}
    assert rows == [{"a": a, "r": r, "b": b, "t": "JOINT_RD", "path": [a, {"type": "JOINT_RD", **r}, b]}]


def test_rows_are_limited(store: Store) -> None:
    """Of many rows the first come back, in order; columns keep theirs."""
    rows = store.run("UNWIND range(1, 50000) AS i RETURN i, i * 2 AS twice", limit=3)
    assert rows == [{"i": 1, "twice": 2}, {"i": 2, "twice": 4}, {"i": 3, "twice": 6}]
    assert list(rows[0]) == ["i", "twice"]
    assert store.run("RETURN 1 AS one LIMIT 0") == []


def test_rows_come_as_a_stream(store: Store) -> None:
    """Rows come one by one and in order; who stops early costs nothing, and a stream cannot write."""
    assert [row["i"] for row in store.stream("UNWIND range(1, 5000) AS i RETURN i")] == list(range(1, 5001))
    early = store.stream("UNWIND range(1, $many) AS i RETURN i", {"many": 1_000_000})
    assert next(early) == {"i": 1}
    early.close()
    with pytest.raises(QueryError):
        list(store.stream("MERGE (o:Organization {id: 'x'}) RETURN o"))
    assert store.run(COUNT) == [{"n": 0}]


def test_a_slow_query_is_stopped(store: Store) -> None:
    """After its time a query ends with what to do, and the store goes on."""
    with pytest.raises(QueryError, match=r"longer than 0\.2 s"):
        store.run("UNWIND range(1, 9000) AS a UNWIND range(1, 9000) AS b RETURN sum(a % 7 * b) AS n", timeout=0.2)
    assert store.run("RETURN 1 AS one", timeout=60) == [{"one": 1}]


@pytest.mark.parametrize("query", ["MATCH (n RETURN n", "RETURN $missing", "RETURN toInteger([1])", "", "RETURN 1 / 0"])
def test_a_wrong_query_is_one_sentence(store: Store, query: str) -> None:
    """Whatever is wrong with a query, the user reads one line and no traceback."""
    with pytest.raises(QueryError) as caught:
        store.run(query)
    assert str(caught.value).strip()
    assert "\n" not in str(caught.value)


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    """A batch that fails at its last row leaves none of its rows, nor those of statements before it."""
    store.run("CREATE CONSTRAINT organization_id IF NOT EXISTS FOR (n:Organization) REQUIRE n.id IS UNIQUE", write=True)

    def work(run: Transaction) -> None:
        run("CREATE (:Document {id: 'd'})", {})
        run("UNWIND $ids AS id CREATE (:Organization {id: id})", {"ids": ["x", "y", "z", "x"]})

    with pytest.raises(QueryError):
        store.transact(work)
    assert store.run("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def test_work_that_raises_is_undone(store: Store) -> None:
    """An error between two statements undoes the first, and reaches the caller as it is."""

    def work(run: Transaction) -> None:
        run(TREE, {})
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        store.transact(work)
    assert store.run(COUNT) == [{"n": 0}]


def test_a_transaction_reads_what_it_wrote(store: Store) -> None:
    """Statements of one transaction see each other, and its result is handed back."""

    def work(run: Transaction) -> object:
        run(TREE, {})
        return run(COUNT, {})[0]["n"]

    assert store.transact(work) == 2


def test_readers_see_whole_transactions(store: Store) -> None:
    """While a writer adds pairs, a reader never sees half of one."""
    seen: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(store.run(COUNT)[0]["n"])

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for pair in range(20):

            def work(run: Transaction, pair: int = pair) -> None:
                for side in ("a", "b"):
                    run("CREATE (:Organization {id: $id})", {"id": f"{side}{pair}"})

            store.transact(work)
    finally:
        done.set()
        reader.join()
    assert {count % 2 for count in seen if isinstance(count, int)} <= {0}
    assert store.run(COUNT) == [{"n": 40}]


def test_two_writers_lose_nothing(store: Store) -> None:
    """Writers that meet on one node are tried again until all have counted."""
    store.run("CREATE (:Organization {id: 'a', n: 0})", write=True)

    def count() -> None:
        for _ in range(10):
            store.run("MATCH (o:Organization {id: 'a'}) SET o.n = o.n + 1", write=True)

    writers = [threading.Thread(target=count) for _ in range(2)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert store.run("MATCH (o {id: 'a'}) RETURN o.n AS n") == [{"n": 20}]


def test_a_plan_is_shown_and_not_run(store: Store) -> None:
    """``plan`` says how a statement would run; a write in it is not done."""
    assert "Organization" in store.plan("MATCH (o:Organization) RETURN o.name")
    store.plan("MATCH (o:Organization) SET o.seen = true")
    assert store.run("MATCH (o) WHERE o.seen RETURN o") == []


def test_nothing_is_written_outside_a_transaction() -> None:
    """``session.run`` commits row by row on the embedded engine, so no module of ours calls it."""
    for path in (ROOT / "graph").rglob("*.py"):
        text = path.read_text("utf-8")
        assert "session.run(" not in text.replace("``session.run``", ""), path
        assert "execute_query(" not in text, path
