"""One writer at a time on a Neo4j: a lock that the server keeps on one node as long as a transaction is open.

It goes with the connection, so a program that was killed keeps nobody out.  Who holds it is committed before, so
that the next one can read it.
"""

import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import neo4j
from neo4j import exceptions

from graph.errors import StoreLockedError
from graph.stores.lock import ADVICE, this_process
from graph.stores.session import driver_errors, read_rows, transact

PATIENCE = 2.0  # seconds to wait for the lock

_ENTER = "MERGE (w:Writer {id: 'writer'}) SET w.who = $who"
_HOLD = "MATCH (w:Writer {id: 'writer'}) SET w.held = true"
_WHO = "MATCH (w:Writer {id: 'writer'}) RETURN w.who AS who"


@contextmanager
def claim_server(driver: neo4j.Driver, url: str, database: str | None) -> Iterator[None]:
    """Keep other programs from claiming this server, until it is left.

    Raises:
        StoreLockedError: Another one has claimed it.
    """
    who = f"{this_process()}, on {platform.node() or 'this machine'}"
    with driver_errors(url):
        try:
            transact(driver, lambda run: run(_ENTER, {"who": who}), timeout=PATIENCE, database=database, attempts=1)
        except (exceptions.TransientError, exceptions.ClientError) as error:
            rows = read_rows(driver, _WHO, None, database=database)
            other = rows[0]["who"] if rows else "another program"
            raise StoreLockedError(f"{url}: {other} writes there; {ADVICE}") from error
        session = driver.session(database=database)
        holding = session.begin_transaction()
        holding.run(_HOLD).consume()
    try:
        yield
    finally:
        with suppress(exceptions.Neo4jError, exceptions.DriverError, OSError):
            holding.close()
            session.close()
