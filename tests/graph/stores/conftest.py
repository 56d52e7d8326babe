"""A line to the Neo4j of the run that can be cut."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest


class Line:
    """A relay on loopback; ``after`` so many bytes to the server it is cut by itself."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self.after: int | None = None
        self.url = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        """Break every connection, and take no more."""
        for end in [self._listener, *self._ends]:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._port))
                self._ends += [near, far]
                threading.Thread(target=self._copy, args=(near, far, True), daemon=True).start()
                threading.Thread(target=self._copy, args=(far, near, False), daemon=True).start()

    def _copy(self, source: socket.socket, target: socket.socket, outward: bool) -> None:
        with suppress(OSError):
            while block := source.recv(1 << 12):
                if outward and self.after is not None:
                    self.after -= len(block)
                    if self.after < 0:
                        self.cut()
                        return
                target.sendall(block)


@pytest.fixture
def line(neo4j_server: Any) -> Iterator[Line]:
    """A line to the Neo4j of this run; ``line.cut()`` cuts it, ``line.after`` when."""
    line = Line(neo4j_server.port)
    yield line
    line.cut()
