"""How rows are printed: a table for eyes, JSON lines or CSV for programs."""

import csv
import json
import sys
from collections.abc import Sequence

import click

from graph.stores import Row, Value

FORMS = ("table", "json", "csv")

form_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="A table, one JSON object a line, or CSV.  [default: table on a terminal, else json]",
)


def print_rows(rows: Sequence[Row], form: str | None) -> None:
    """Print rows in a form, or in the one that fits where the output goes; rows may have different columns."""
    form = form or ("table" if sys.stdout.isatty() else "json")
    if form == "json":
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    columns = list(dict.fromkeys(column for row in rows for column in row))
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        if columns:
            writer.writerow(columns)
        writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
        return
    if not rows:
        click.echo("no rows", err=True)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table()
    for column in columns:
        numbers = all(isinstance(row.get(column), int | float | None) for row in rows)
        table.add_column(Text(column), justify="right" if numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row.get(column))) for column in columns))
    Console(file=sys.stdout, highlight=False).print(table)
    click.echo(f"{len(rows)} row{'s' if len(rows) != 1 else ''}", err=True)


def _cell(value: Value) -> str:
    """A value in one cell: text as it is, nothing for null, the rest as JSON."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
