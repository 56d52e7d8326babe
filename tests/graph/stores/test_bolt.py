"""What can be wrong with a Neo4j, told in one sentence that says what to do."""

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from graph.errors import StoreError, StoreLockedError, StoreLostError
from graph.stores import Store, open_store

Answer = Callable[[socket.socket], None]


@contextmanager
def listening(answer: Answer) -> Iterator[str]:
    """The ``host:port`` of a server that gives each caller ``answer``."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection, suppress(OSError):
                    answer(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def web(connection: socket.socket) -> None:
    """A web server: the likely mistake is the port of the browser."""
    connection.recv(100)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def bolt(version: bytes, agent: str) -> Answer:
    """A server that agrees on a Bolt version, and says success and its name to all it hears."""

    def answer(connection: socket.socket) -> None:
        connection.recv(20)
        connection.sendall(version)
        name = agent.encode()
        success = b"\xb1\x70\xa2\x86server" + bytes([0xD0, len(name)]) + name + b"\x8dconnection_id\x82b1"
        while head := connection.recv(2, socket.MSG_WAITALL):
            if size := int.from_bytes(head):
                connection.recv(size, socket.MSG_WAITALL)
            else:
                connection.sendall(len(success).to_bytes(2) + success + b"\0\0")

    return answer


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (socket.socket.close, "no Neo4j"),
        (web, "no Neo4j 5.26 or later"),
        (bolt(b"\0\0\0\0", ""), "no Neo4j 5.26 or later"),
        (bolt(b"\0\0\0\3", "Neo4j/3.5.1"), "no Neo4j 5.26 or later"),
        (bolt(b"\0\0\4\4", "Neo4j/4.4.40"), "no Neo4j 5.26 or later"),
        (bolt(b"\0\0\4\5", "Neo4j/5.13.0"), "too old"),
        (bolt(b"\0\0\4\5", "Neo4j/5.26.0 compatible (Other 1.0)"), "and no Neo4j"),
    ],
    ids=["silent", "web", "no Bolt", "3.5", "4.4", "5.13", "another product"],
)
def test_other_servers_are_told(answer: Answer, says: str) -> None:
    """A server that is none, too old or of another make is refused with what to give instead."""
    with listening(answer) as place, pytest.raises(StoreError, match=says) as caught:
        open_store(f"bolt://{place}", user="neo4j", password="long enough")
    assert place in str(caught.value)
    assert "give" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_encryption_is_told(neo4j_server: Any) -> None:
    """An encrypted address for a server that is not encrypted says which address would do."""
    url = neo4j_server.url.replace("bolt://", "bolt+s://")
    with pytest.raises(StoreError, match="begin the address with bolt://"):
        open_store(url, user="neo4j", password="long enough")


@pytest.mark.parametrize(
    "url", ["bolt://127.0.0.1:9", "neo4j://nowhere.invalid:7687", "bolt://", "bolt://[::1", "bolt://127.0.0.1:99999"]
)
def test_no_server_is_told(url: str) -> None:
    """Where nothing answers, the address is repeated with what to do."""
    with pytest.raises(StoreError, match=r"start it, or give its Bolt address|give one like") as caught:
        open_store(url)
    assert url in str(caught.value)


def test_a_wrong_password_is_told(neo4j_server: Any) -> None:
    """Which options to set is said; the password itself never is."""
    for user, password in (("intruder", "a wrong password"), (None, None)):
        with pytest.raises(StoreError, match="--user and --password") as caught:
            open_store(neo4j_server.url, user=user, password=password)
        assert "a wrong password" not in str(caught.value)


def test_a_missing_database_is_told(neo4j_server: Any) -> None:
    """A path after the port names a database; one that is not there is told."""
    server = neo4j_server
    options = {"user": server.user, "password": server.password}
    with pytest.raises(StoreError, match="archive"):
        open_store(f"{server.url}/archive", **options)
    with open_store(f"{server.url}/neo4j", **options) as store:
        assert store.run("RETURN 1 AS one") == [{"one": 1}]
        assert store.server == "Neo4j 5.26.28"


def test_a_lost_connection_is_told(neo4j_server: Any, line: Any) -> None:
    """When the server goes away in the middle, the transaction is undone and the user is told what to do."""
    options = {"user": neo4j_server.user, "password": neo4j_server.password}
    with open_store(line.url, **options) as store:

        def work(run: Callable[..., object]) -> None:
            run("CREATE (:Lost)", {})
            line.cut()
            run("CREATE (:Lost)", {})

        with pytest.raises(StoreLostError, match="see that the server runs"):
            store.transact(work)
    with open_store(neo4j_server.url, **options) as store:
        assert store.run("MATCH (n:Lost) RETURN count(n) AS n") == [{"n": 0}]


CLAIM = """
import sys
from graph.stores import Store, open_store
url, user, password = sys.argv[1:]
with open_store(url, user=user, password=password) as store, store.claim():
    print("claimed", flush=True)
    sys.stdin.read()
"""


def test_one_program_writes_at_a_time(neo4j_server: Any, neo4j_store: Store) -> None:
    """A second one is told who writes; when that is killed, the way is free."""
    arguments = [sys.executable, "-c", CLAIM, neo4j_server.url, neo4j_server.user, neo4j_server.password]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "claimed\n"
        with pytest.raises(StoreLockedError, match=f"process {other.pid}, "), neo4j_store.claim():
            pytest.fail("two programs write")
        assert neo4j_store.run("RETURN 1 AS one") == [{"one": 1}]
        other.kill()
    with neo4j_store.claim():
        neo4j_store.run("CREATE (:Note {id: 'n'})", write=True)
    with neo4j_store.claim():
        assert neo4j_store.run("MATCH (n:Note) RETURN count(n) AS n") == [{"n": 1}]
