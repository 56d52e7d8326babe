"""``collabgraph extract``: articles → claims, one JSON line a document."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from extract.errors import ReadError
from graph.commands.options import user_errors

if TYPE_CHECKING:
    pass


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
@click.option("--names", type=click.Path(path_type=Path), help="A list of organizations of your own, one a line.")
@click.option("--model", help="A spaCy pipeline, by name or folder, whose entities join the candidates.")
@click.option("--threshold", type=click.FloatRange(0, 1), help="The confidence that a mention must have.")
def command(paths: tuple[str, ...], form: str, names: Path | None, model: str | None, threshold: float | None) -> None:
    r"""Print the claims of articles, one JSON line a document.

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
        options = make_options(names=names, model=model, threshold=threshold)
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
