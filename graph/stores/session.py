"""Statements over Bolt, through the official driver: rows, transactions, and its errors as ours.

Nothing here writes by ``session.run``: outside an explicit transaction the embedded engine commits
``UNWIND … MERGE`` row by row.
"""

import base64
import logging
import math
import random
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, cast

import neo4j
from neo4j import exceptions, graph, spatial
from neo4j import time as temporal

from graph.errors import QueryError, StoreError, StoreLostError
from graph.stores import Result, Row, Transaction, Value

# What the driver logs it also raises, and that is said once, as an error of ours.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

DATABASE = "neo4j"
CONNECT_TIMEOUT = 4.0  # seconds for one attempt to reach a server
PATIENCE = 60.0  # seconds for the engine in this process to answer: it does, however busy the machine is
ATTEMPTS = 6  # of a write that other writers disturb

UNWRITTEN = "the last batch could not be written; see that the disk is not full, then run it again"
_TIMED_OUT = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration")


def connect(address: str, user: str | None, password: str | None, *, timeout: float = CONNECT_TIMEOUT) -> neo4j.Driver:
    """A driver for ``address``; nothing has been sent yet."""
    try:
        return neo4j.GraphDatabase.driver(
            address,
            auth=None if user is None and password is None else (user or "neo4j", password or ""),
            user_agent="collabgraph",
            connection_timeout=timeout,
            connection_acquisition_timeout=1.5 * timeout,  # with greeting and login
            notifications_min_severity="OFF",
            telemetry_disabled=True,
        )
    except (ValueError, exceptions.DriverError) as error:
        raise StoreError(f"{address}: no valid address ({_sentence(error)}); give one like bolt://host:7687") from error


def read_rows(
    driver: neo4j.Driver,
    query: str,
    parameters: Mapping[str, Value] | None,
    *,
    timeout: float | None = None,
    limit: int | None = None,
    database: str | None = DATABASE,
) -> list[Row]:
    """The first ``limit`` rows of a statement, run in READ mode."""
    with driver.session(database=database, default_access_mode=neo4j.READ_ACCESS) as session:
        transaction = session.begin_transaction(timeout=timeout)
        try:
            result = transaction.run(query, dict(parameters or {}))
            records = list(result) if limit is None else result.fetch(limit)
            rows = _rows(records)
            transaction.commit()  # the embedded engine checks the right to update a record only here
            return rows
        finally:
            transaction.close()


def stream_rows(
    driver: neo4j.Driver, query: str, parameters: Mapping[str, Value] | None, *, database: str | None = DATABASE
) -> Generator[Row]:
    """The rows of a statement as they come, run in READ mode; the transaction ends with the last, or with ``close``."""
    with driver.session(database=database, default_access_mode=neo4j.READ_ACCESS) as session:
        transaction = session.begin_transaction()
        try:
            result = transaction.run(query, dict(parameters or {}))
            keys = result.keys()
            for record in result:
                yield dict(zip(keys, map(plain, record), strict=True))
            transaction.commit()
        finally:
            transaction.close()


def plan_text(driver: neo4j.Driver, query: str, *, database: str | None = DATABASE) -> str:
    """The server's plan of a statement, as text; the statement is not run."""
    root = explain(driver, query, database=database)[1]
    return str(root.get("args", {}).get("string-representation", root.get("operatorType", "")))


def explain(driver: neo4j.Driver, query: str, *, database: str | None = DATABASE) -> tuple[str, dict[str, Any]]:
    """The kind of a statement (``r`` is a read) and the root of its plan; the statement is not run."""
    with (
        driver.session(database=database, default_access_mode=neo4j.READ_ACCESS) as session,
        session.begin_transaction() as transaction,
    ):
        summary = transaction.run("EXPLAIN " + query).consume()
    return summary.query_type or "", summary.plan or {}


def transact(
    driver: neo4j.Driver,
    work: Callable[[Transaction], Result],
    *,
    timeout: float | None = None,
    database: str | None = DATABASE,
    attempts: int = ATTEMPTS,
) -> Result:
    """What ``work`` returns, its statements committed as one; tried again when other writers disturb it."""
    for attempt in range(attempts):
        try:
            with driver.session(database=database) as session:
                transaction = session.begin_transaction(timeout=timeout)
                try:

                    def run(query: str, parameters: Mapping[str, Value]) -> list[Row]:
                        given = {
                            name: _Unsaid(value) if isinstance(value, list) else value
                            for name, value in parameters.items()
                        }
                        return _rows(transaction.run(query, given))  # noqa: B023 - used within this attempt

                    outcome = work(run)
                    transaction.commit()
                    return outcome
                finally:
                    transaction.close()
        except exceptions.Neo4jError as error:
            # A constraint error is retried once: two writers that MERGE one new id meet it on the embedded engine.
            again = error.is_retryable() or (attempt == 0 and isinstance(error, exceptions.ConstraintError))
            if not again or attempt == attempts - 1:
                raise
            time.sleep(random.uniform(0.5, 1) * 0.05 * 2**attempt)
    raise AssertionError("the last attempt returns or raises")


class _Unsaid(list[Value]):
    """The rows of a statement: the driver spells all parameters out for its log, on each run, read or not."""

    def __repr__(self) -> str:
        return f"{len(self)} rows"


_AS_IT_IS = frozenset({str, int, bool, type(None)})


def plain(value: object) -> Value:
    """A value of Bolt as one that JSON can write: dates as ISO text, a path as the list of its parts.

    >>> plain(neo4j.time.Date(2024, 5, 1))
    '2024-05-01'
    """
    if type(value) in _AS_IT_IS:  # nearly all are
        return cast(Value, value)
    match value:
        case float():
            return value if math.isfinite(value) else str(value)
        case graph.Path():
            parts: list[Value] = [plain(value.start_node)]
            for relationship, node in zip(value.relationships, value.nodes[1:], strict=True):
                parts += [{"type": relationship.type, **_properties(relationship)}, plain(node)]
            return parts
        case graph.Node() | graph.Relationship():
            return _properties(value)
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case spatial.Point():
            return [float(coordinate) for coordinate in value]
        case temporal.Duration():
            return value.iso_format()
        case temporal.Date() | temporal.Time() | temporal.DateTime():
            return str(value.iso_format())
        case bytes() | bytearray():
            return base64.b64encode(value).decode()
        case list() | tuple():
            return [plain(item) for item in value]
    return str(value)


def _rows(records: Iterable[neo4j.Record]) -> list[Row]:
    return [dict(zip(record.keys(), map(plain, record), strict=True)) for record in records]


def _properties(entity: graph.Entity) -> dict[str, Value]:
    return {key: plain(item) for key, item in entity.items()}


@contextmanager
def driver_errors(url: str, *, timeout: float | None = None) -> Iterator[None]:
    """Raise what the driver raises as an error of ours, said in one sentence.

    Raises:
        QueryError: The statement is at fault.
        StoreError: The store is.
    """
    try:
        yield
    except exceptions.AuthError as error:
        raise StoreError(_refused_login(url, error)) from error
    except exceptions.Forbidden as error:
        raise QueryError("a read may not change the graph; run it with --write if you mean it") from error
    except exceptions.TransientError as error:
        if _timed_out(error):
            raise QueryError(too_slow(timeout)) from error
        if "DatabaseUnavailable" in (error.code or ""):  # what is left of a server that was stopped
            raise _lost(url, error) from error
        if "OutOfMemory" in (error.code or ""):
            raise QueryError(f"the server ran out of memory ({_sentence(error)}); ask for less, with LIMIT") from error
        raise StoreError(f"{url}: other writers are in the way ({_sentence(error)}); run it again") from error
    except exceptions.ConstraintError as error:
        raise QueryError(f"this would break a constraint of the graph: {_sentence(error)}") from error
    except exceptions.ClientError as error:
        if _timed_out(error):
            raise QueryError(too_slow(timeout)) from error
        if error.code == "Neo.ClientError.Transaction.TransactionNotFound":  # all that the embedded engine says
            raise StoreError(f"{url}: {UNWRITTEN}") from error
        if error.code == "Neo.ClientError.Database.DatabaseNotFound":
            raise StoreError(f"{url}: {_sentence(error)}; give a server that has this database") from error
        raise QueryError(_sentence(error)) from error
    except exceptions.DatabaseError as error:
        if "No space left" in str(error):
            raise StoreError(f"{url}: {UNWRITTEN}") from error
        raise QueryError(_sentence(error)) from error
    except (exceptions.ServiceUnavailable, exceptions.SessionExpired, exceptions.IncompleteCommit, OSError) as error:
        raise _lost(url, error) from error
    except exceptions.DriverError as error:
        raise StoreError(f"{url}: {_sentence(error)}; run it again") from error


def _lost(url: str, error: Exception) -> StoreLostError:
    return StoreLostError(
        f"{url}: the connection was lost ({_sentence(error)}); see that the server runs, then run it again"
    )


def _timed_out(error: exceptions.Neo4jError) -> bool:
    return (error.code or "").rsplit(".", 1)[-1] in _TIMED_OUT


def too_slow(timeout: float | None) -> str:
    """What to say of a query that took longer than ``timeout`` seconds."""
    limit = "the time that the server allows" if timeout is None else f"{timeout:g} s"
    return f"the query took longer than {limit} and was stopped; allow more with --timeout, or ask for less with LIMIT"


def _refused_login(url: str, error: exceptions.AuthError) -> str:
    if "RateLimit" in (error.code or ""):
        return f"{url}: too many wrong passwords; wait some seconds, then give the right one with --user and --password"
    return (
        f"{url}: wrong user or password; give --user and --password, or set COLLABGRAPH_USER and COLLABGRAPH_PASSWORD"
    )


def _sentence(error: BaseException) -> str:
    """The first line of what an error says, without the full stop."""
    text = error.message if isinstance(error, exceptions.Neo4jError) and error.message else str(error)
    lines = text.strip().splitlines()
    return lines[0].strip().rstrip(".:") if lines else type(error).__name__
