"""Fixtures that many tests share: both stores, each clean for every test, and the rule about skips."""

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.stores import Store, open_store

NEO4J = "5.26.28"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "collabgraph", f"neo4j-{NEO4J}")
JAVA = f"java -Xmx1g -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '{CACHE}/lib/*'"
READY = 180  # seconds that a Neo4j may take to start on a busy machine
CONF = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.directories.import=import
server.memory.pagecache.size=64m
db.tx_log.preallocate=false
dbms.usage_report.enabled=false
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neo4j:
    """A Neo4j Community of this test run: where it listens, and who may enter."""

    process: subprocess.Popen[bytes]
    port: int
    password: str
    home: Path
    user: str = "neo4j"

    @property
    def url(self) -> str:
        """Its Bolt address."""
        return f"bolt://127.0.0.1:{self.port}"


_starting: list[Neo4j] = []


def pytest_collection_finish(session: pytest.Session) -> None:
    """Start the Neo4j while the first tests run, if any test asks for it."""
    wanted = any(
        "neo4j_server" in item.fixturenames
        or "neo4j" in getattr(getattr(item, "callspec", None), "params", {}).values()
        for item in session.items
        if isinstance(item, pytest.Function)
    )
    if wanted and not session.config.option.collectonly and not _missing():
        factory = session.config._tmp_path_factory  # type: ignore[attr-defined]
        _starting.append(_start(factory.mktemp("neo4j")))


def _missing() -> str:
    """Why there can be no Neo4j here, or nothing."""
    if shutil.which("java") is None:
        return "no Java here; install a Java 17 or later, then run sh tests/setup.sh"
    if not (CACHE / "lib").is_dir():
        return f"no Neo4j in {CACHE}; run sh tests/setup.sh"
    return ""


def _start(home: Path, *, locked: bool = True) -> Neo4j:
    """Start a Neo4j at ``home``, of what was imported there if anything was; ``locked`` unless all may enter."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    (home / "conf").mkdir(parents=True, exist_ok=True)
    conf = f"{CONF.format(port=port)}dbms.security.auth_enabled={str(locked).lower()}\n"
    (home / "conf" / "neo4j.conf").write_text(conf)
    password = secrets.token_hex(12)
    lock = f"{JAVA} org.neo4j.cli.AdminTool dbms set-initial-password {password} || exit" if locked else ""
    script = f"""
        exec 3<&0
        {lock}
        {JAVA} org.neo4j.server.CommunityEntryPoint '--home-dir={home}' '--config-dir={home}/conf' & server=$!
        (cat <&3; kill -9 $server) &  # the pipe closes when this run ends, even if it is killed
        wait $server
    """
    with (home / "console.log").open("wb") as console:
        process = subprocess.Popen(
            ["sh", "-c", script],
            stdin=subprocess.PIPE,
            stdout=console,
            stderr=console,
            start_new_session=True,
            env=_places(home),
        )
    return Neo4j(process=process, port=port, password=password, home=home)


def _places(home: Path) -> dict[str, str]:
    return {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}


def _answering(server: Neo4j) -> Neo4j:
    """The server, as soon as it answers."""
    end = time.monotonic() + READY
    while time.monotonic() < end and server.process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", server.port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server
    raise RuntimeError(f"Neo4j did not start: {(server.home / 'console.log').read_text()}")


@pytest.fixture(scope="session")
def neo4j_server() -> Neo4j:
    """A real Neo4j, started once a run; a test that uses it skips where there is none."""
    if not _starting:
        pytest.skip(_missing())
    return _answering(_starting[0])


@pytest.fixture
def import_neo4j(tmp_path: Path) -> Iterator[Callable[[Path], Neo4j]]:
    """Makes a Neo4j of the files in a folder, by ``neo4j-admin database import``."""
    if _missing():
        pytest.skip(_missing())
    started: list[Neo4j] = []

    def imported(folder: Path) -> Neo4j:
        home = tmp_path / "neo4j"
        (home / "conf").mkdir(parents=True)
        (home / "conf" / "neo4j.conf").touch()
        command = f"{JAVA} org.neo4j.cli.AdminTool database import full neo4j @import.args"
        done = subprocess.run(
            command, shell=True, cwd=folder, env=_places(home), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        started.append(_start(home, locked=False))
        return _answering(started[-1])

    yield imported
    for server in started:
        server.process.communicate()


def pytest_sessionfinish() -> None:
    """End the Neo4j of this run."""
    for server in _starting:
        server.process.communicate()  # closes the pipe: its home is temporary, and an orderly stop takes 11 s
    _starting.clear()


@pytest.fixture(scope="session")
def _embedded() -> Iterator[Store]:
    with open_store(":memory:") as store:
        yield store


@pytest.fixture(scope="session")
def _neo4j(neo4j_server: Neo4j) -> Iterator[Store]:
    with open_store(neo4j_server.url, user=neo4j_server.user, password=neo4j_server.password) as store:
        yield store


@pytest.fixture
def embedded_store(_embedded: Store) -> Store:
    """An embedded store without a node."""
    return _emptied(_embedded)


@pytest.fixture
def neo4j_store(_neo4j: Store) -> Store:
    """A Neo4j without a node."""
    return _emptied(_neo4j)


@pytest.fixture(params=["embedded", "neo4j"])
def store(request: pytest.FixtureRequest) -> Store:
    """A store without a node, once embedded and once Neo4j; constraints and indexes may be there already."""
    store: Store = request.getfixturevalue(f"{request.param}_store")
    return store


def _emptied(store: Store) -> Store:
    statement = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(n) AS gone"
    while store.run(statement, write=True)[0]["gone"]:
        pass
    return store


def _no_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Under CI=true what a test needs must be there: a skip is a failure."""
    if report.skipped and os.environ.get("CI") == "true" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"under CI=true nothing may be skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[pytest.TestReport]:
    """Apply the rule about skips to tests."""
    report = yield
    _no_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[pytest.CollectReport]:
    """Apply the rule about skips to whole modules."""
    report = yield
    _no_skip(report)
    return report
