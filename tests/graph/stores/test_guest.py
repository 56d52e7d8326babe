"""A store that another process holds: read there, written nowhere else."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.errors import QueryError, StoreLockedError
from graph.stores import open_store

COUNT = "MATCH (o:Organization) RETURN count(o) AS n"
HOLDER = """
import sys
from graph.stores import open_store
with open_store(sys.argv[1], reading=len(sys.argv) > 2) as store:
    print("open", flush=True)
    for line in sys.stdin:
        print(store.run(line, write=line.startswith("CREATE")), flush=True)
"""


class Holder:
    """Another process that has a store open, and runs what it is told."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.pid = process.pid

    def run(self, statement: str) -> None:
        """Wait until the other process has run a statement."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(statement + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline().startswith("[")

    def end(self) -> None:
        """Let the other process close its store and end."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


@contextmanager
def holding(folder: Path, *options: str) -> Iterator[Holder]:
    arguments = [sys.executable, "-c", HOLDER, str(folder), *options]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield Holder(process)


def test_one_reads_where_another_writes(tmp_path: Path) -> None:
    """A reader sees what the writer has committed, as rows and as a stream, and cannot write itself."""
    with holding(tmp_path) as holder, open_store(str(tmp_path), reading=True) as guest:
        assert guest.run(COUNT) == [{"n": 0}]
        holder.run("CREATE (:Organization {id: 'o1'})")
        assert guest.run(COUNT, timeout=60) == [{"n": 1}]
        assert list(guest.stream("MATCH (o:Organization) RETURN o.id AS id")) == [{"id": "o1"}]
        assert "Organization" in guest.plan("MATCH (o:Organization) RETURN o")
        assert guest.size()
        for refused in ("MATCH (o:Organization) SET o.name = 'x'", "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l"):
            with pytest.raises(QueryError):
                guest.run(refused)
        with pytest.raises(QueryError, match="longer than"):
            guest.run("UNWIND range(1, 3000) AS a UNWIND range(1, 1000) AS b RETURN sum(a * b) AS n", timeout=0.05)
        for write in (lambda: guest.run("CREATE (:X)", write=True), lambda: guest.transact(print), guest.claim):
            with pytest.raises(StoreLockedError, match=f"process {holder.pid}"):
                write()


def test_a_reader_goes_on_alone(tmp_path: Path) -> None:
    """When the writer ends, the reader opens the store itself; a stream opened after that reads there too."""
    with holding(tmp_path) as holder, open_store(str(tmp_path), reading=True) as guest:
        holder.run("CREATE (:Organization {id: 'o1'})")
        assert guest.run(COUNT) == [{"n": 1}]
        holder.end()
        assert guest.run(COUNT) == [{"n": 1}]
        assert list(guest.stream(COUNT)) == [{"n": 1}]


def test_a_writer_waits_for_a_reader(tmp_path: Path) -> None:
    """A store that another process only reads is free when that has ended."""
    open_store(str(tmp_path)).close()
    with holding(tmp_path, "reading") as holder:
        holder._process.stdin.close()  # type: ignore[union-attr]  # it ends while the next line waits
        with open_store(str(tmp_path)) as store:
            store.run("CREATE (:Organization {id: 'o1'})", write=True)
            assert store.run(COUNT) == [{"n": 1}]


def test_commands_read_beside_a_build(tmp_path: Path) -> None:
    """``query`` reads a store that is being built; ``--write`` is told who builds."""
    with holding(tmp_path) as holder:
        holder.run("CREATE (:Organization {id: 'o1'})")
        done = CliRunner().invoke(main, ["query", COUNT, "--store", str(tmp_path)])
        assert done.output == '{"n": 1}\n'
        done = CliRunner().invoke(main, ["query", "CREATE (:X)", "--write", "--store", str(tmp_path)], input="y\n")
        assert done.exit_code == 2
        assert f"in use by process {holder.pid}" in done.stderr
