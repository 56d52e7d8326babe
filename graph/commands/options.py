"""Options and endings that commands share.

Exit codes: 0 done; 1 some documents could not be read; 2 a mistake that the user can put right.
``ask`` adds its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from extract.errors import CollabGraphError

Command = TypeVar("Command", bound=Callable[..., Any])

DEFAULT_STORE = "data/graph"


@contextmanager
def user_errors() -> Iterator[None]:
    """Turn what a user can put right into one line on stderr and exit code 2; a bug keeps its traceback."""
    try:
        yield
    except CollabGraphError as error:
        click.echo(f"collabgraph: {error}", err=True)
        raise SystemExit(2) from error


def store_options(command: Command) -> Command:
    """Add ``--store``, ``--user`` and ``--password``, each with its environment variable."""
    for option in (
        click.option("--password", envvar="COLLABGRAPH_PASSWORD", help="Password of a Neo4j."),
        click.option("--user", envvar="COLLABGRAPH_USER", help="User of a Neo4j."),
        click.option(
            "--store",
            default=DEFAULT_STORE,
            show_default=True,
            envvar="COLLABGRAPH_STORE",
            help="A folder, :memory:, or bolt://host:7687.",
        ),
    ):
        command = option(command)
    return command
