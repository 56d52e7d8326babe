"""The invented graph of tests/cases/ask/graph.jsonl, built once for the tests of questions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.build import build_graph
from graph.stores import Store, open_store

CASES = Path(__file__).parents[2] / "cases" / "ask"


@pytest.fixture(scope="module")
def asked() -> Iterator[Store]:
    """A store that holds the invented graph; nothing here changes it."""
    with open_store(":memory:") as store:
        report = build_graph([CASES / "graph.jsonl"], store)
        assert not report.problems
        yield store
