"""The store in a folder: its files, its lock, its listeners."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import StoreDamagedError, StoreError, StoreLockedError
from graph.stores import open_store

WRITE = "MERGE (:Organization {id: 'o1'})"
COUNT = "MATCH (o:Organization) RETURN count(o) AS n"


def test_a_folder_keeps_the_graph(tmp_path: Path) -> None:
    """What one opening wrote, the next one reads; several stores may be open at once."""
    first, second = tmp_path / "第一", tmp_path / "second"
    with open_store(str(first)) as one, open_store(str(second)) as other:
        one.run(WRITE, write=True)
        assert other.run(COUNT) == [{"n": 0}]
    with open_store(str(first)) as one:
        assert one.run(COUNT) == [{"n": 1}]


def test_memory_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``:memory:`` is a folder among the temporary ones, gone after closing."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with open_store(":memory:") as store:
        store.run(WRITE, write=True)
        assert list(tmp_path.iterdir())
    assert not list(tmp_path.iterdir())


def test_passwords_are_private(tmp_path: Path) -> None:
    """Nobody else on the machine may read the passwords of a store."""
    open_store(str(tmp_path / "graph")).close()
    mode = (tmp_path / "graph" / "credentials.json").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_new_passwords_do_as_well(tmp_path: Path) -> None:
    """A lost file of passwords costs nothing: they are made anew, and the graph is there."""
    with open_store(str(tmp_path)) as store:
        store.run(WRITE, write=True)
    (tmp_path / "credentials.json").unlink()
    with open_store(str(tmp_path)) as store:
        assert store.run(COUNT) == [{"n": 1}]


def test_a_folder_is_opened_once(tmp_path: Path) -> None:
    """A second opening is told which process holds the store; after closing it may enter."""
    with open_store(str(tmp_path)), pytest.raises(StoreLockedError, match=f"in use by process {os.getpid()}"):
        open_store(str(tmp_path))
    open_store(str(tmp_path)).close()


def test_another_process_is_kept_out(tmp_path: Path) -> None:
    """The lock holds between processes, and goes with a process that is killed."""
    script = (
        "import time; from graph.stores import open_store\n"
        f"store = open_store({str(tmp_path)!r}); store.run({WRITE!r}, write=True)\n"
        "print('open', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StoreLockedError, match=f"in use by process {other.pid}"):
            open_store(str(tmp_path))
        other.kill()
    with open_store(str(tmp_path)) as store:
        assert store.run(COUNT) == [{"n": 1}]


def test_a_process_ends_by_itself(tmp_path: Path) -> None:
    """A program that forgets to close its store ends, with nothing on its terminal."""
    script = f"from graph.stores import open_store; open_store({str(tmp_path / 'graph')!r}).run({WRITE!r}, write=True)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["graph"]


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="listening sockets are told from /proc")
def test_only_this_machine_can_reach_it() -> None:
    """Every listener of the engine is bound to loopback."""
    before = _listening()
    with open_store(":memory:"):
        opened = _listening() - before
    assert opened
    assert {address for address, _ in opened} <= {"0100007F", "0000000000000000FFFF00000100007F"}


def _listening() -> set[tuple[str, str]]:
    rows = [row.split() for name in ("tcp", "tcp6") for row in Path("/proc/net", name).read_text().splitlines()[1:]]
    return {(row[1].split(":")[0], row[9]) for row in rows if row[3] == "0A"}


@pytest.mark.parametrize("name", ["schema.json", "dictionary.0.65536.v1.dict", "Organization_0.1.65536.v0.bucket"])
@pytest.mark.parametrize("damage", ["lost", "cut", "overwritten"])
def test_damage_is_told(tmp_path: Path, name: str, damage: str) -> None:
    """A store with a lost, cut or overwritten file is not taken for an empty one."""
    with open_store(str(tmp_path)) as store:
        store.run(WRITE, write=True)
    file = tmp_path / "databases" / "neo4j" / name
    content = file.read_bytes()
    if damage == "lost":
        file.unlink()
    else:
        file.write_bytes(content[: len(content) // 2] if damage == "cut" else bytes(len(content)))
    with pytest.raises(StoreDamagedError, match="collabgraph restore"):
        open_store(str(tmp_path))


def test_folders_of_others_are_left_alone(tmp_path: Path) -> None:
    """A folder with other files, and a file, are no place for a store."""
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="holds other files"):
        open_store(str(tmp_path))
    with pytest.raises(StoreError, match="this is a file"):
        open_store(str(tmp_path / "notes.txt"))
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("url", ["http://localhost:7474", "sqlite:///graph.db", ""])
def test_other_addresses_are_refused(url: str) -> None:
    """What is neither a folder nor a Bolt address is said so."""
    with pytest.raises(StoreError, match="give a folder"):
        open_store(url)
