"""A Neo4j by its address: 5.26 or later, Community is enough, no plug-ins.

Community has no roles, so a read is planned first and refused when its plan writes, loads a file or
calls a procedure that is not on the short list; then it runs in READ mode, which the server enforces.
"""

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

import neo4j
from neo4j import exceptions

from graph.errors import QueryError, StoreError
from graph.stores import Bulk, Result, Row, Store, Transaction, Value
from graph.stores.claim import claim_server
from graph.stores.guard import ALLOWED, PROCEDURES, check_read, without_prefix
from graph.stores.session import connect, driver_errors, explain, plan_text, read_rows, stream_rows, transact

OLDEST = (5, 26)
_KEEP_PLAN = "CYPHER replan=skip "
_PROCEDURES = frozenset(name.casefold() for name in PROCEDURES)
_OUTSIDE = frozenset({"LoadCSV", "TransactionApply", "TransactionForeach", "TerminateTransactions"})


def open_bolt(url: str, *, user: str | None = None, password: str | None = None) -> "BoltStore":
    """The store at a Bolt address; a path after the port names the database, else it is the server's home database.

    Raises:
        StoreError: No server answers there, it is too old or no Neo4j, or it refuses user and password.
    """
    scheme, _, rest = url.partition("://")
    host, _, database = rest.partition("/")
    address = f"{scheme}://{host}"
    driver = connect(address, user, password)
    try:
        with driver_errors(address):
            try:
                agent = driver.get_server_info().agent
            except exceptions.AuthError:
                raise
            except (exceptions.ServiceUnavailable, exceptions.DriverError, OSError, ValueError) as error:
                raise StoreError(_unreachable(address, error)) from error
        store = BoltStore(address, driver, database or None, _product(address, agent))
        store.run("RETURN 1 AS one")
    except BaseException:
        driver.close()
        raise
    return store


class BoltStore(Store):
    """A ``Store`` on a Neo4j server."""

    def __init__(self, url: str, driver: neo4j.Driver, database: str | None, server: str) -> None:
        self.url = url if database is None else f"{url}/{database}"
        self.server = server
        self._driver = driver
        self._database = database
        self._plan_once = lru_cache(maxsize=256)(self._refuse_unsafe)

    def _read(self, query: str, parameters: Mapping[str, Value], timeout: float | None, limit: int | None) -> list[Row]:
        with driver_errors(self.url, timeout=timeout):
            self._plan_once(without_prefix(query))
            return read_rows(self._driver, query, parameters, timeout=timeout, limit=limit, database=self._database)

    def _write(self, query: str, parameters: Mapping[str, Value], timeout: float | None) -> list[Row]:
        with driver_errors(self.url, timeout=timeout):
            return transact(self._driver, lambda run: run(query, parameters), timeout=timeout, database=self._database)

    def stream(self, query: str, parameters: Mapping[str, Value] | None = None) -> Generator[Row]:
        """See ``Store.stream``."""
        check_read(query)
        with driver_errors(self.url):
            self._plan_once(without_prefix(query))
            yield from stream_rows(self._driver, query, parameters, database=self._database)

    def transact(self, work: Callable[[Transaction], Result]) -> Result:
        """See ``Store.transact``: a statement is planned once, for it finds all by unique keys, however many there are.

        While a store grows the server would plan each of them anew every ten seconds, at many times what running it
        costs.
        """
        with driver_errors(self.url):
            return transact(
                self._driver,
                lambda run: work(lambda query, parameters: run(_KEEP_PLAN + query, parameters)),
                database=self._database,
            )

    def fill(self, content: Callable[[Bulk], None]) -> None:
        """See ``Store.fill``: what a server can import at once, it imports while it is stopped.

        Raises:
            NotImplementedError: Always.
        """
        raise NotImplementedError

    def claim(self) -> AbstractContextManager[None]:
        """See ``Store.claim``: the server keeps a lock on one node as long as this connection lasts."""
        return claim_server(self._driver, self.url, self._database)

    def plan(self, query: str) -> str:
        """See ``Store.plan``."""
        check_read(query)
        with driver_errors(self.url):
            return plan_text(self._driver, without_prefix(query), database=self._database)

    def index_text(self, name: str, label: str, properties: Sequence[str]) -> None:
        """See ``Store.index_text``."""
        columns = ", ".join(f"n.`{column}`" for column in properties)
        self.run(f"CREATE FULLTEXT INDEX `{name}` IF NOT EXISTS FOR (n:`{label}`) ON EACH [{columns}]", write=True)

    def size(self) -> int | None:
        """``None``: a Neo4j does not say over Bolt."""
        return None

    def close(self) -> None:
        """See ``Store.close``."""
        self._driver.close()

    def _refuse_unsafe(self, query: str) -> None:
        """Raise when the plan of a statement does more than read this graph.

        Raises:
            QueryError: It does.
        """
        kind, root = explain(self._driver, query, database=self._database)
        if kind != "r":
            raise QueryError(
                "a read may not change the graph, its schema or its users; run it with --write if you mean it"
            )
        for operator in _operators(root):
            name = operator["operatorType"].partition("@")[0]
            if name in _OUTSIDE:
                raise QueryError(f"a read may not use {name}, which reaches beyond the graph")
            if name == "ProcedureCall" and (called := _procedure(operator)) not in _PROCEDURES:
                raise QueryError(f"a read may not call the procedure {called}; {ALLOWED}")


def _operators(root: dict[str, Any]) -> Iterator[dict[str, Any]]:
    stack = [root] if root else []
    while stack:
        operator = stack.pop()
        yield operator
        stack += operator.get("children", ())


def _procedure(operator: dict[str, Any]) -> str:
    return str(operator.get("args", {}).get("Details", "")).partition("(")[0].replace("`", "").strip().casefold()


def _product(address: str, agent: str) -> str:
    """``Neo4j 5.26.28`` from the agent ``Neo4j/5.26.28``.

    Raises:
        StoreError: It is another product, or too old.
    """
    match = re.fullmatch(r"Neo4j/(\d+)\.(\d+)\S*", agent)
    if match is None:
        raise StoreError(
            f"{address}: this is {agent}, and no Neo4j; give the address of a Neo4j 5.26 or later, or a folder"
        )
    if (int(match[1]), int(match[2])) < OLDEST:
        raise StoreError(f"{address}: this is {agent}, and too old; give the address of a Neo4j 5.26 or later")
    return agent.replace("/", " ")


def _unreachable(address: str, error: Exception) -> str:
    text = str(error).lower()
    if "certificate" in text:
        return f"{address}: its certificate is not trusted; begin the address with bolt+ssc:// if you trust it yourself"
    if "ssl" in text:
        return f"{address}: it does not speak encrypted Bolt; begin the address with bolt:// or neo4j://"
    if any(word in text for word in ("handshake", "protocol", "looks like http")):
        return (
            f"{address}: what answers there is no Neo4j 5.26 or later; give the Bolt address of one, mostly port 7687"
        )
    return f"{address}: no Neo4j answers there; start it, or give its Bolt address with --store"
