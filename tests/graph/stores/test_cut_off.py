"""A disk that is full, a line that is cut: the build says so, the store stays whole, and the next run goes on."""

import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from graph.build import build_graph
from graph.digest import digest
from graph.errors import StoreLostError
from graph.stores import Store, open_store

ROWS = 500
BUILD = """
import resource, runpy, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
runpy.run_module("graph", run_name="__main__")
"""


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of facts about invented companies."""
    path = tmp_path_factory.mktemp("facts") / "facts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["source", "kind", "target"])
        writer.writerows((f"青禾{row}号电子有限公司", "supply", f"蓝湾{row % 50}号造船有限公司") for row in range(ROWS))
    return path


@pytest.fixture(scope="module")
def whole(facts: Path) -> str:
    """The digest of the graph of the facts, built without a break."""
    with open_store(":memory:") as store:
        build_graph([facts], store)
        return digest(store)


def test_a_full_disk_is_told_and_the_next_run_goes_on(facts: Path, whole: str, tmp_path: Path) -> None:
    """Exit code 2 and one sentence; afterwards the store opens, and building again ends where a free disk would.

    Files that may not grow over a limit fail as those of a full disk do.
    """
    folder = str(tmp_path / "graph")
    full = subprocess.run(
        [sys.executable, "-c", BUILD, "3000000", "build", str(facts), "--store", folder], capture_output=True, text=True
    )
    assert full.returncode == 2, full.stderr
    assert "the disk is not full" in full.stderr
    assert "Traceback" not in full.stderr
    with open_store(folder) as store:
        assert digest(store) != whole
        build_graph([facts], store)
        assert digest(store) == whole


def test_a_lost_line_is_told_and_the_next_run_goes_on(
    facts: Path, whole: str, neo4j_store: Store, neo4j_server: Any, line: Any
) -> None:
    """The server undoes what was not committed; building again ends where an unbroken line would."""
    with open_store(line.url, user=neo4j_server.user, password=neo4j_server.password) as store:
        line.after = 120_000  # bytes: within the rows
        with pytest.raises(StoreLostError, match="run it again"):
            build_graph([facts], store)
    assert digest(neo4j_store) != whole
    build_graph([facts], neo4j_store)
    assert digest(neo4j_store) == whole
