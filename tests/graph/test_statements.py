"""The statements that write find all by index: their plans, made once, are good for a store of any size."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import neo4j
import pytest

import graph.statements as statements
import graph.transfer as transfer
from graph.digest import KEYS
from graph.facts.lines import read_row
from graph.load import Loader
from graph.rows import Article, article
from graph.schema import ensure_schema
from graph.statements import find
from graph.stores import Store
from graph.stores.session import connect, plan_text

NAMES = {"KIND": "Enterprise", "TYPE": "SUPPLY", "END": "SOURCE", "KEY": "source_key", "WAS": "Enterprise"}
OF_A_BATCH = {
    name: text
    for name, text in vars(statements).items()
    if name.isupper() and isinstance(text, str) and "$rows" in text and "File" not in text
}
OF_A_COPY = {
    f"{name} {label}": transfer.filled(getattr(transfer, name), label)
    for name in ("SET", "RELABEL", "DROP_EDGES", "ADD_EDGES", "DROP_NODES")
    for label in KEYS
    if label != "Decision"  # there are few
}
WRITTEN = OF_A_BATCH | OF_A_COPY


@pytest.fixture(scope="module")
def driver(neo4j_server: Any) -> Iterator[neo4j.Driver]:
    with connect(neo4j_server.url, neo4j_server.user, neo4j_server.password) as driver:
        yield driver


def little() -> Article:
    """A document of a few organizations, of which each has a claim with each."""
    names = [f"{number}光电" for number in "甲乙丙丁戊己庚辛壬癸子丑寅卯"]
    claims = [
        {"source": one, "target": other, "kind": kind}
        for one, other in itertools.permutations(names, 2)
        for kind in ("supply", "invest")
    ]
    row = {"id": "d", "organizations": [{"name": name} for name in names], "collaborations": claims}
    imported = read_row(json.dumps(row, ensure_ascii=False), print, path=Path("facts.jsonl"), number=1)
    return article(imported.extraction, imported.lines)


@pytest.mark.parametrize("held", ["nothing", "little"])
@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_no_statement_that_writes_reads_more_than_it_names(
    name: str, held: str, driver: neo4j.Driver, neo4j_store: Store
) -> None:
    """Planned while there is nothing or little, when a scan would seem as good; between two nodes, from both ends."""
    ensure_schema(neo4j_store)
    if held == "little":
        Loader(neo4j_store).add([little()])
    statement = WRITTEN[name]
    for placeholder, value in {**NAMES, "NOW": "Institute", "OTHER": find("m", "row.to")}.items():
        statement = statement.replace(placeholder, value)
    plan = plan_text(driver, f"/* planned with {held} */ {statement}")  # else a plan of another test could be kept
    assert "Unwind" in plan
    assert "Scan" not in plan
    if name in ("SET_RELATIONSHIP", "DROP_RELATIONSHIP"):
        assert "Expand(Into)" in plan
