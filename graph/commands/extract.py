"""``collabgraph extract``: articles → claims, one JSON line a document."""

import json
import sys
from pathlib import Path
from typing import Any

import click

from extract.errors import ReadError
from graph.commands.options import make_options, reading_options, user_errors


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["claims", "gold"]),
    default="claims",
    show_default=True,
    help="claims: what `build` reads; gold: names and claims alone, one line a file.",
)
@reading_options
def command(paths: tuple[str, ...], form: str, **reading: Any) -> None:
    """Print the claims of articles, one JSON line a document.

    PATHS are articles or folders of articles; - is text from standard input.

    \b
        collabgraph extract articles/ > claims.jsonl
        collabgraph extract page.txt --format gold
    """
    from extract.gold import gold_row
    from extract.jsonl import to_line
    from extract.pipeline import extract_file, extract_text
    from extract.read import list_files

    failed = 0
    with user_errors():
        options = make_options(**reading)
        for path in ["-"] if paths == ("-",) else list_files(paths):
            try:
                stdin = path == "-"
                extractions = [extract_text(sys.stdin.read(), options)] if stdin else list(extract_file(path, options))
            except ReadError as error:
                click.echo(f"collabgraph: {error}", err=True)
                failed += 1
                continue
            if form == "gold":
                click.echo(json.dumps(gold_row(Path(path).stem, extractions), ensure_ascii=False))
            else:
                for extraction in extractions:
                    click.echo(to_line(extraction))
    if failed:
        click.echo(f"collabgraph: {failed} could not be read", err=True)
        raise SystemExit(1)
