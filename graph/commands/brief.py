"""``collabgraph brief``: what is new since a date."""

import re
from pathlib import Path

import click

from graph.commands.options import opened_store, store_options, user_errors


@click.command("brief")
@click.option("--since", required=True, help="A date, month or year: 2024-05-01, 2024-05, 2024.")
@click.option("--watch", multiple=True, help="An organization to report first; may be given several times.")
@click.option(
    "--watch-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file of such names, one a line.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A .md or .html file.")
@store_options
def command(
    since: str,
    watch: tuple[str, ...],
    watch_file: Path | None,
    output: Path | None,
    store: str,
    user: str | None,
    password: str | None,
) -> None:
    """Report what is new since a date: collaborations, changes of status, first-time partners, watched names.

    \b
        collabgraph brief --since 2024-05-01
        collabgraph brief --since 2024-05 --watch 娄江智能 -o brief.html
    """
    with user_errors():
        from extract.errors import DataError
        from graph.brief import make_brief

        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", since):
            raise DataError(f"--since {since}: give a date, month or year, such as 2024-05-01, 2024-05 or 2024")
        names = [*watch, *(watch_file.read_text(encoding="utf-8-sig").splitlines() if watch_file else ())]
        with opened_store(store, user, password) as opened:
            brief = make_brief(opened, since, watch=names)
        if output is None:
            click.echo(brief.to_markdown())
            return
        text = brief.to_html() if output.suffix.lower() in (".html", ".htm") else brief.to_markdown()
        output.write_text(text, encoding="utf-8", newline="\n")
        click.echo(f"{len(brief.items)} lines in {output}")
