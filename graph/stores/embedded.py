"""The store in a folder: ArcadeDB in this process, spoken to over its own Bolt listener.

The engine does not enforce READ mode, so reads go through a second driver, logged in as a user who has no
right to write; a write goes through the first, in an explicit transaction.
"""

import atexit
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from neo4j.exceptions import DatabaseError

from graph.errors import QueryError, StoreError, StoreLockedError
from graph.stores import Bulk, Result, Row, Store, Transaction, Value
from graph.stores.bulk import PART, BulkLoader, begin_filling, drop_filling, end_filling
from graph.stores.engine import READER, WRITER, Engine, start_engine
from graph.stores.folder import check_whole, claim_folder, folder_size, is_store, mark_clean, mark_open
from graph.stores.guard import check_read, without_prefix
from graph.stores.guest import GuestStore
from graph.stores.lock import FolderLock, read_holder
from graph.stores.session import (
    PATIENCE,
    UNWRITTEN,
    connect,
    driver_errors,
    plan_text,
    read_rows,
    stream_rows,
    transact,
)

log = logging.getLogger(__name__)

MEMORY = ":memory:"
SPARE = 4 << 20  # bytes: less is a full disk, because the engine asks for pages and logs of that size
START = 5.0  # seconds that another process may take to start its engine, before one can read there


def open_embedded(url: str, *, reading: bool = False) -> Store:
    """The store in the folder ``url``, made when it is new and not for ``reading``.

    ``:memory:`` is a store that is gone after closing.  One that another process holds can be read all the same.

    Raises:
        StoreError: The folder cannot be used; ``StoreLockedError`` when another process holds it,
            ``StoreDamagedError`` when it is no whole store.
    """
    if not url.strip():
        raise StoreError("the store has no name; give a folder, :memory:, or an address like bolt://host:7687")
    if url == MEMORY:
        temporary = tempfile.TemporaryDirectory(prefix="collabgraph-", ignore_cleanup_errors=True)
        return EmbeddedStore(url, Path(temporary.name).resolve(), on_close=temporary.cleanup)
    folder = Path(url).expanduser().resolve()
    if reading and not is_store(folder):
        raise StoreError(f"{url}: there is no store; make one with collabgraph build PATHS --store {url}")
    if not reading:
        return EmbeddedStore(url, folder)
    end = time.monotonic() + START
    while True:
        try:
            return EmbeddedStore(url, folder, reading=True)
        except StoreLockedError:
            holder = read_holder(folder)
            if (holder is not None and holder.address is not None) or time.monotonic() > end:
                if holder is None:
                    raise
                return GuestStore(url, folder, holder, reopen=lambda: open_embedded(url, reading=True))
        time.sleep(0.05)


class EmbeddedStore(Store):
    """A ``Store`` in a folder of this machine."""

    fills = True

    def __init__(
        self, url: str, folder: Path, *, reading: bool = False, on_close: Callable[[], None] = lambda: None
    ) -> None:
        self.url = url
        self.folder = folder
        self._on_close = on_close
        self._timing = threading.Lock()
        claim_folder(folder)
        self._lock = FolderLock(folder, reading=reading)
        try:
            check_whole(folder)
            drop_filling(folder)
            self._start()
        except OSError as error:
            self._lock.release()
            on_close()
            raise StoreError(f"{url}: cannot be written ({error.strerror}); see that the disk is not full") from error
        except BaseException:
            self._lock.release()
            on_close()
            raise
        atexit.register(self.close)

    def _start(self) -> None:
        engine = start_engine(self.folder)
        self._engine: Engine | None = engine
        mark_open(self.folder)
        self.server = f"ArcadeDB {engine.version}"
        self._writer = connect(engine.address, WRITER, engine.passwords[WRITER], timeout=PATIENCE)
        self._reader = connect(engine.address, READER, engine.passwords[READER], timeout=PATIENCE)
        self._lock.announce(engine.address)

    def _restart(self, change: Callable[[Path], None]) -> None:
        """Change the files while the engine does not have them open."""
        self._lock.announce(None)
        self._reader.close()
        self._writer.close()
        self._open().stop()
        change(self.folder)
        self._start()

    def _read(self, query: str, parameters: Mapping[str, Value], timeout: float | None, limit: int | None) -> list[Row]:
        engine = self._open()
        with driver_errors(self.url, timeout=timeout), self._within(engine, timeout):
            return read_rows(self._reader, query, parameters, limit=limit)

    def _write(self, query: str, parameters: Mapping[str, Value], timeout: float | None) -> list[Row]:
        if timeout is None:
            return self.transact(lambda run: run(query, parameters))
        engine = self._open()
        with driver_errors(self.url, timeout=timeout), self._within(engine, timeout):
            return transact(self._writer, lambda run: run(query, parameters))

    @contextmanager
    def _within(self, engine: Engine, seconds: float | None) -> Iterator[None]:
        """Limit a statement: the engine has one limit, taken when it begins, so one timed statement at a time."""
        if seconds is None:
            yield
            return
        with self._timing:
            engine.limit_time(seconds)
            try:
                yield
            finally:
                engine.limit_time(0)

    def stream(self, query: str, parameters: Mapping[str, Value] | None = None) -> Generator[Row]:
        """See ``Store.stream``."""
        check_read(query)
        self._open()
        with driver_errors(self.url):
            yield from stream_rows(self._reader, query, parameters)

    def transact(self, work: Callable[[Transaction], Result]) -> Result:
        """See ``Store.transact``."""
        self._open()
        try:
            with driver_errors(self.url):
                return transact(self._writer, work)
        except QueryError as error:
            # What is wrong with a statement the engine says; why a disk did not take it, it hides.
            hidden = isinstance(error.__cause__, DatabaseError) and str(error).startswith("Error executing Cypher")
            if hidden or shutil.disk_usage(self.folder).free < SPARE:
                raise StoreError(f"{self.url}: {UNWRITTEN}") from error
            raise

    def fill(self, content: Callable[[Bulk], None]) -> None:
        """See ``Store.fill``: by the engine's bulk loader, in a copy that takes the place of the empty database."""
        self._restart(begin_filling)
        engine = self._open()
        try:
            loader = BulkLoader(engine.server.create_database(PART))
            content(loader)
            loader.close()
        except BaseException as error:
            self._restart(drop_filling)
            if isinstance(error, engine.failure):
                raise StoreError(f"{self.url}: {UNWRITTEN}") from error
            raise
        self._restart(end_filling)

    def claim(self) -> AbstractContextManager[None]:
        """See ``Store.claim``; who has the folder open has claimed it."""
        self._open()
        return nullcontext()

    def plan(self, query: str) -> str:
        """See ``Store.plan``."""
        check_read(query)
        self._open()
        with driver_errors(self.url):
            return plan_text(self._reader, without_prefix(query))

    def index_text(self, name: str, label: str, properties: Sequence[str]) -> None:
        """See ``Store.index_text``; the engine has no Cypher for it."""
        database = self._open().database
        for column in properties:
            database.command("sql", f"CREATE PROPERTY `{label}`.`{column}` IF NOT EXISTS STRING")
        columns = ", ".join(f"`{column}`" for column in properties)
        database.command("sql", f"CREATE INDEX `{name}` IF NOT EXISTS ON `{label}` ({columns}) FULL_TEXT")

    def size(self) -> int | None:
        """See ``Store.size``."""
        return folder_size(self.folder)

    def close(self) -> None:
        """See ``Store.close``."""
        engine, self._engine = self._engine, None
        if engine is None:
            return
        atexit.unregister(self.close)
        self._reader.close()
        self._writer.close()
        engine.stop()
        try:
            mark_clean(self.folder)
        except OSError as error:  # the store is whole; only the list of its files is older
            log.info("%s: the list of files could not be written: %s", self.folder, error)
        self._lock.release()
        self._on_close()

    def _open(self) -> Engine:
        if self._engine is None:
            raise ValueError(f"the store {self.url} is closed")
        return self._engine
