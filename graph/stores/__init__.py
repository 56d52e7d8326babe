"""Something that runs Cypher: the seam between the graph and where it is kept.

A store is one string: a folder or ``:memory:`` (embedded), or the Bolt address of a Neo4j.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, Self, TypeVar

from graph.errors import StoreError
from graph.stores.guard import check_read

Result = TypeVar("Result")

Value = None | bool | int | float | str | Sequence["Value"] | Mapping[str, "Value"]
"""What Bolt carries and JSON can write; nodes and relationships come back as mappings of their properties."""

Row = dict[str, Value]

Transaction = Callable[[str, Mapping[str, Value]], list[Row]]
"""Runs one statement inside an open transaction."""

ADDRESSES = ("bolt://", "bolt+s://", "bolt+ssc://", "neo4j://", "neo4j+s://", "neo4j+ssc://")
"""What the address of a Neo4j begins with; ``+s`` is encrypted, ``+ssc`` takes a self-signed certificate too."""


class Bulk(Protocol):
    """Creates nodes and relationships in a store that is being filled."""

    def nodes(self, labels: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> Sequence[str]:
        """Create one node a row, with its properties; what to call each in ``relationships``."""
        ...

    def relationships(self, kind: str, rows: Sequence[tuple[str, str, Mapping[str, Value]]]) -> None:
        """Create one relationship a row: the node it leaves, the node it reaches, its properties."""
        ...


class Store(ABC):
    """A graph that answers Cypher, over Bolt.

    ``run`` reads unless ``write`` is true, and the read path cannot write (each store says how it
    enforces that).  ``transact`` hands ``work`` one write transaction, which is committed when ``work``
    returns and undone when it raises; it may be run again after a transient error, so ``work`` must be
    repeatable.  Threads may share a store.
    """

    url: str
    server: str  # product and version, such as "Neo4j 5.26.28"
    fills: bool = False  # whether it can be filled at once

    def run(
        self,
        query: str,
        parameters: Mapping[str, Value] | None = None,
        *,
        write: bool = False,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """The rows of one statement.

        ``timeout`` is in seconds; of more than ``limit`` rows the first ``limit`` come back.

        Raises:
            QueryError: The statement is wrong, took longer than ``timeout``, or may not run on the read path.
            StoreError: The store cannot be reached any more, or is held by a process that writes.
        """
        if write:
            rows = self._write(query, parameters or {}, timeout)
            return rows if limit is None else rows[:limit]
        check_read(query)
        return self._read(query, parameters or {}, timeout, limit)

    @abstractmethod
    def _read(self, query: str, parameters: Mapping[str, Value], timeout: float | None, limit: int | None) -> list[Row]:
        """The first rows of a statement that looks like a read; what it does is to be seen to here."""

    @abstractmethod
    def _write(self, query: str, parameters: Mapping[str, Value], timeout: float | None) -> list[Row]:
        """The rows of a statement in a transaction of its own."""

    @abstractmethod
    def stream(self, query: str, parameters: Mapping[str, Value] | None = None) -> Generator[Row]:
        """The rows of one reading statement as they come, for results that memory should not hold.

        Raises:
            QueryError: The statement is wrong, or is no read.
            StoreError: The store cannot be reached any more.
        """

    @abstractmethod
    def transact(self, work: Callable[[Transaction], Result]) -> Result:
        """What ``work`` returns, after its statements were committed as one."""

    @abstractmethod
    def fill(self, content: Callable[[Bulk], None]) -> None:
        """Write a first load into a store that holds no more than its schema: all of it, or nothing.

        It is several times faster than statements.  Other programs that read there meanwhile see the store as it was.

        Raises:
            StoreError: The store could not be written.
            NotImplementedError: Not ``fills``.
        """

    @abstractmethod
    def claim(self) -> AbstractContextManager[None]:
        """Keeps other programs from claiming the store to write, until it is left.

        Raises:
            StoreLockedError: Another one has claimed it; says which.
        """

    @abstractmethod
    def plan(self, query: str) -> str:
        """How the server would run a statement, as text; the statement is not run."""

    @abstractmethod
    def index_text(self, name: str, label: str, properties: Sequence[str]) -> None:
        """Make a full-text index for ``CALL db.index.fulltext.queryNodes(name, …)``, if there is none of that name."""

    @abstractmethod
    def size(self) -> int | None:
        """Bytes on disk, or ``None`` where the server does not say."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the store; closing twice is fine."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_store(url: str, *, user: str | None = None, password: str | None = None, reading: bool = False) -> Store:
    """The store at ``url``: a folder, ``:memory:``, or the Bolt address of a Neo4j.

    A folder that is new is made, unless the store is opened for ``reading``.

    Raises:
        StoreError: It cannot be opened or reached; ``StoreLockedError`` when another process holds it,
            ``StoreDamagedError`` when the folder is no whole store.
    """
    if url.startswith(ADDRESSES):
        from graph.stores.bolt import open_bolt

        return open_bolt(url, user=user, password=password)
    if "://" in url:
        raise StoreError(f"{url}: no such kind of store; give a folder, :memory:, or an address like bolt://host:7687")
    from graph.stores.embedded import open_embedded

    return open_embedded(url, reading=reading)
