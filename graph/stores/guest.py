"""A store in a folder that another process holds: read through the listener of that process, and never written.

When that process ends, the store is opened anew and the read goes on there.
"""

import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from graph.errors import QueryError, StoreLockedError, StoreLostError
from graph.stores import Bulk, Result, Row, Store, Transaction, Value
from graph.stores.engine import READER, reader_password
from graph.stores.folder import folder_size
from graph.stores.guard import check_read, without_prefix
from graph.stores.lock import ADVICE, Holder
from graph.stores.session import connect, driver_errors, plan_text, read_rows, stream_rows, too_slow


class GuestStore(Store):
    """A ``Store`` that reads where another process writes.

    Raises:
        StoreLockedError: The other process lets nobody read: it runs as another user, or has not started.
    """

    def __init__(self, url: str, folder: Path, holder: Holder, *, reopen: Callable[[], Store]) -> None:
        self.url = url
        self.folder = folder
        self._reopen = reopen
        self._own: Store | None = None  # after the other process has ended
        self._holder = holder
        password = reader_password(folder)
        if password is None or holder.address is None:
            raise StoreLockedError(f"{url}: in use by {holder}, which lets nobody read; {ADVICE}")
        self._driver = connect(holder.address, READER, password)
        self.server = f"ArcadeDB of process {holder.pid}"

    def _read(self, query: str, parameters: Mapping[str, Value], timeout: float | None, limit: int | None) -> list[Row]:
        """As ``Store``; the other process goes on with what took too long."""
        if self._own is None:
            try:
                with driver_errors(self.url, timeout=timeout):
                    return within(timeout, lambda: read_rows(self._driver, query, parameters, limit=limit))
            except StoreLostError:
                self._own = self._take_over()
        return self._own.run(query, parameters, timeout=timeout, limit=limit)

    def _write(self, query: str, parameters: Mapping[str, Value], timeout: float | None) -> list[Row]:
        raise self._refusal()

    def stream(self, query: str, parameters: Mapping[str, Value] | None = None) -> Generator[Row]:
        """See ``Store.stream``."""
        if self._own is not None:
            yield from self._own.stream(query, parameters)
            return
        check_read(query)
        with driver_errors(self.url):
            yield from stream_rows(self._driver, query, parameters)

    def transact(self, work: Callable[[Transaction], Result]) -> Result:
        """Refused: the other process is the one that writes.

        Raises:
            StoreLockedError: Always.
        """
        raise self._refusal()

    def fill(self, content: Callable[[Bulk], None]) -> None:
        """Refused, as ``transact``.

        Raises:
            StoreLockedError: Always.
        """
        raise self._refusal()

    def claim(self) -> AbstractContextManager[None]:
        """Refused, as ``transact``.

        Raises:
            StoreLockedError: Always.
        """
        raise self._refusal()

    def plan(self, query: str) -> str:
        """See ``Store.plan``."""
        check_read(query)
        with driver_errors(self.url):
            return plan_text(self._driver, without_prefix(query))

    def index_text(self, name: str, label: str, properties: Sequence[str]) -> None:
        """Refused, as ``transact``.

        Raises:
            StoreLockedError: Always.
        """
        raise self._refusal()

    def size(self) -> int | None:
        """See ``Store.size``."""
        return folder_size(self.folder)

    def close(self) -> None:
        """See ``Store.close``."""
        self._driver.close()
        if self._own is not None:
            self._own.close()

    def _take_over(self) -> Store:
        self._driver.close()
        return self._reopen()

    def _refusal(self) -> StoreLockedError:
        return StoreLockedError(f"{self.url}: in use by {self._holder}; {ADVICE}")


def within(seconds: float | None, work: Callable[[], Result]) -> Result:
    """What ``work`` returns, if it does in time; else it is left to itself.

    Raises:
        QueryError: It took longer.
    """
    if seconds is None:
        return work()
    outcome: list[Result] = []
    errors: list[BaseException] = []

    def note() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            errors.append(error)

    worker = threading.Thread(target=note, daemon=True)
    worker.start()
    worker.join(seconds)
    if worker.is_alive():
        raise QueryError(too_slow(seconds))
    if errors:
        raise errors[0]
    return outcome[0]
