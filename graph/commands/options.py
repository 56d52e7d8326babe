"""Options and endings that commands share.

Exit codes: 0 done; 1 some documents could not be read; 2 a mistake that the user can put right; 130 stopped by Ctrl-C.
``ask`` adds its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from extract.errors import CollabGraphError, DataError

if TYPE_CHECKING:
    from extract.pipeline import Options
    from graph.stores import Store
    from graph.transfer import Changes

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
    except KeyboardInterrupt as error:
        click.echo("collabgraph: stopped", err=True)
        raise SystemExit(130) from error


replace_option = click.option(
    "--replace", is_flag=True, help="Also take out documents that the target has and the source does not."
)


def print_changes(changes: "Changes", target: str) -> None:
    """Say on stderr what a copy did."""
    counts = f"{changes.written} nodes written, {changes.removed} removed, {changes.unchanged} unchanged"
    click.echo(f"{counts}; {target} holds the whole graph", err=True)


@contextmanager
def opened_store(url: str, user: str | None, password: str | None) -> Iterator["Store"]:
    """The store of a command that reads, open; a store that is not there is a user's error."""
    from graph.stores import open_store

    with user_errors(), open_store(url, user=user, password=password, reading=True) as store:
        yield store


@contextmanager
def claimed_store(url: str, user: str | None, password: str | None) -> Iterator["Store"]:
    """The store of a command that writes, open, with its schema, and kept from other writers."""
    from graph.schema import ensure_schema
    from graph.stores import open_store

    with open_store(url, user=user, password=password) as store:
        ensure_schema(store)  # before the claim: on a new Neo4j a constraint would wait for the node that it locks
        with store.claim():
            yield store


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


def reading_options(command: Command) -> Command:
    """Add ``--names``, ``--model``, thresholds, ``--columns`` and ``--language``, which ``make_options`` takes."""
    for option in (
        click.option(
            "--language",
            type=click.Choice(["zh", "en"]),
            help="The language of all articles; told from each text unless given.",
        ),
        click.option(
            "--columns",
            metavar="FIELD=NAME,...",
            default="",
            help="Columns of a table of articles, such as text=Story,title=Head,published=Day,outlet=Paper.",
        ),
        click.option(
            "--claim-threshold",
            type=click.FloatRange(0, 1),
            help="The confidence that a claim must have: lower finds more, higher errs less.",
        ),
        click.option("--threshold", type=click.FloatRange(0, 1), help="The confidence that a mention must have."),
        click.option("--model", help="A spaCy pipeline, by name or folder, whose entities join the candidates."),
        click.option("--names", type=click.Path(path_type=Path), help="Organizations of your own, one a line."),
    ):
        command = option(command)
    return command


def running_options(command: Command) -> Command:
    """Add ``--jobs``, ``--time-limit`` and ``--report``."""
    for option in (
        click.option(
            "--report",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Write one JSON line a document to this file: what was read and left out, and why.",
        ),
        click.option(
            "--time-limit",
            type=click.FloatRange(min=0),
            default=60,
            show_default=True,
            help="Seconds that one document may take; 0 for no limit.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=0),
            help="Processes that read; all processors unless given, 0 to read in this one without a time limit.",
        ),
    ):
        command = option(command)
    return command


def make_options(
    *,
    names: Path | None,
    model: str | None,
    threshold: float | None,
    claim_threshold: float | None = None,
    columns: str = "",
    language: str | None = None,
) -> "Options":
    """How to read, from what the command line says.

    Raises:
        DataError: The list of names or the model cannot be read, or ``columns`` has no such form.
    """
    from extract.finders.own import read_names
    from extract.pipeline import DEFAULTS, Options

    load = None
    if model is not None:
        from extract.component import load_model

        load = load_model(model)
    return Options(
        threshold=DEFAULTS.threshold if threshold is None else threshold,
        claim_threshold=claim_threshold,
        names=read_names(names) if names else None,
        model=load,
        columns=_read_columns(columns),
        language=language,
    )


def _read_columns(given: str) -> tuple[tuple[str, str], ...]:
    from extract.formats.records import COLUMNS

    pairs = [part.partition("=") for part in given.split(",") if part.strip()]
    for field, _, name in pairs:
        if field.strip() not in COLUMNS or not name.strip():
            raise DataError(f"--columns {given}: write FIELD=NAME, where FIELD is one of {', '.join(COLUMNS)}")
    return tuple((field.strip(), name.strip()) for field, _, name in pairs)
