"""A disk that is full: the build says so, the store stays whole, and the next run goes on."""

import csv
import resource
import subprocess
import sys
from pathlib import Path

from graph.digest import digest
from graph.stores import open_store

ROWS = 500


def build(folder: Path, facts: Path, *, limit: int | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a build in a process whose files may not grow over ``limit`` bytes: what a full disk does to its writes."""

    def shrink() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "graph", "build", str(facts), "--store", str(folder)],
        capture_output=True,
        text=True,
        preexec_fn=shrink,
    )


def test_a_full_disk_is_told_and_the_next_run_goes_on(tmp_path: Path) -> None:
    """Exit code 2 and one sentence; afterwards the store opens, and building again ends where a free disk would."""
    facts = tmp_path / "facts.csv"
    with facts.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["source", "kind", "target"])
        writer.writerows((f"青禾{row}号电子有限公司", "supply", f"蓝湾{row % 50}号造船有限公司") for row in range(ROWS))
    full = build(tmp_path / "full", facts, limit=3_000_000)
    assert full.returncode == 2, full.stderr
    assert "the disk is not full" in full.stderr
    assert "Traceback" not in full.stderr
    for folder in ("full", "free"):
        done = build(tmp_path / folder, facts)
        assert done.returncode == 0, done.stderr
    with open_store(str(tmp_path / "full")) as full_store, open_store(str(tmp_path / "free")) as free_store:
        assert digest(full_store) == digest(free_store)
