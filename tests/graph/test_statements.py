"""The statements that write find all by index: their plans, made once, are good for a store of any size."""

from collections.abc import Iterator
from typing import Any

import neo4j
import pytest

import graph.statements as statements
from graph.schema import ensure_schema
from graph.stores import Store
from graph.stores.session import connect, plan_text

NAMES = {"KIND": "Enterprise", "TYPE": "SUPPLY", "END": "SOURCE", "KEY": "source_key", "WAS": "Enterprise"}
WRITTEN = sorted(
    name
    for name, text in vars(statements).items()
    if name.isupper() and isinstance(text, str) and "$rows" in text and "File" not in text
)


@pytest.fixture(scope="module")
def driver(neo4j_server: Any) -> Iterator[neo4j.Driver]:
    with connect(neo4j_server.url, neo4j_server.user, neo4j_server.password) as driver:
        yield driver


@pytest.mark.parametrize("name", WRITTEN)
def test_no_statement_of_a_batch_reads_a_whole_label(name: str, driver: neo4j.Driver, neo4j_store: Store) -> None:
    """Planned while the store is empty, when a scan would seem as good."""
    ensure_schema(neo4j_store)
    statement = getattr(statements, name)
    for placeholder, value in {**NAMES, "NOW": "Institute"}.items():
        statement = statement.replace(placeholder, value)
    plan = plan_text(driver, statement)
    assert "Unwind" in plan
    assert "Scan" not in plan
