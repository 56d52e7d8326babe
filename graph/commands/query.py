"""``collabgraph query``: one Cypher statement and its rows."""

import json
import sys
from pathlib import Path

import click

from graph.commands.options import store_options, user_errors
from graph.commands.rows import form_option, print_rows
from graph.errors import QueryError
from graph.stores import Value, open_store


def _parameters(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, Value]:
    parameters: dict[str, Value] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{value!r} is not NAME=VALUE")
        try:
            parameters[name] = json.loads(text)
        except ValueError:
            parameters[name] = text
    return parameters


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{file}: cannot be read as UTF-8 text ({error}); save it as UTF-8") from error


@click.command()
@click.argument("cypher", required=False)
@click.option(
    "--file", "-f", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file with the statement."
)
@click.option(
    "--parameter",
    "-p",
    "parameters",
    multiple=True,
    callback=_parameters,
    metavar="NAME=VALUE",
    help="A parameter of the statement, $NAME; VALUE is JSON, or text as it is.",
)
@form_option
@click.option("--limit", type=click.IntRange(min=0), help="Print so many rows at most.")
@click.option("--timeout", type=click.FloatRange(min=0), default=60, show_default=True, help="Seconds; 0 is no limit.")
@click.option("--explain", is_flag=True, help="Show how the statement would run, without running it.")
@click.option("--write", is_flag=True, help="Let the statement change the graph, after a question.")
@store_options
def command(
    cypher: str | None,
    file: Path | None,
    parameters: dict[str, Value],
    form: str | None,
    limit: int | None,
    timeout: float,
    explain: bool,
    write: bool,
    store: str,
    user: str | None,
    password: str | None,
) -> None:
    """Run one Cypher statement and print its rows; it may only read, unless --write is given.

    CYPHER is the statement, or - for standard input.  What the graph holds: `collabgraph schema`.

    \b
        collabgraph query "MATCH (a:Organization)-[r]->(b:Organization) RETURN a.name, type(r), b.name"
        collabgraph query "MATCH (:Alias {text: \\$name})-[:NAMES]->(o) RETURN o.name" -p name=佩瓦能源
        collabgraph query -f top.cypher --format csv > top.csv
    """
    with user_errors():
        if (cypher is None) == (file is None):
            raise QueryError("give one statement: as CYPHER, as - for standard input, or as --file")
        if write and cypher == "-":
            raise QueryError("--write asks a question on standard input; give the statement as CYPHER or as --file")
        text = _read(file) if file else sys.stdin.read() if cypher == "-" else cypher or ""
        if not text.strip():
            raise QueryError("the statement is empty; try: MATCH (o:Organization) RETURN o.name LIMIT 10")
    if write:
        click.confirm(f"This may change the graph in {store}.  Run it?", abort=True, err=True)
    with user_errors(), open_store(store, user=user, password=password, reading=not write) as opened:
        if explain:
            click.echo(opened.plan(text))
            return
        more = None if limit is None else limit + 1
        rows = opened.run(text, parameters, write=write, timeout=timeout or None, limit=more)
    print_rows(rows[:limit], form)
    if limit is not None and len(rows) > limit:
        click.echo(f"collabgraph: there are more than these {limit} rows; raise --limit to see them", err=True)
