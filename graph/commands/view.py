"""``collabgraph view``: the graph as one HTML page."""

import re
import webbrowser
from pathlib import Path

import click

from extract.ontology import load_ontology
from graph.commands.options import opened_store, store_options, user_errors
from graph.errors import QueryError


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default="page.html",
    show_default=True,
    help="The file to write.",
)
@click.option("--focus", metavar="NAME", help="Only what lies around one organization; the page opens on it.")
@click.option("--hops", type=click.IntRange(1, 9), default=2, show_default=True, help="How far around it.")
@click.option("--kind", "kinds", multiple=True, help="Only collaborations of this kind; may be given several times.")
@click.option("--since", metavar="DATE", help="Only collaborations reported since: 2024, 2024-05 or 2024-05-01.")
@click.option("--title", help="The heading of the page.")
@click.option("--open", "opened", is_flag=True, help="Open the page in the browser.")
@store_options
def command(
    output: Path,
    focus: str | None,
    hops: int,
    kinds: tuple[str, ...],
    since: str | None,
    title: str | None,
    opened: bool,
    store: str,
    user: str | None,
    password: str | None,
) -> None:
    """Write the graph as one interactive HTML page, which needs no network.

    \b
        collabgraph view -o page.html
        collabgraph view --focus 点石航空 --hops 1 --since 2024 --open
    """
    from graph.view import write_view

    with user_errors():
        _check(kinds, since)
    with opened_store(store, user, password) as graph:
        shown = write_view(graph, output, focus=focus, hops=hops, kinds=kinds or None, since=since, title=title)
    organizations, collaborations = len(shown.organizations), len(shown.collaborations)
    click.echo(f"{output}: {organizations} organizations, {collaborations} collaborations", err=True)
    if opened:
        webbrowser.open(output.resolve().as_uri())


def _check(kinds: tuple[str, ...], since: str | None) -> None:
    known = load_ontology().collaborations
    if unknown := [kind for kind in kinds if kind not in known]:
        raise QueryError(f"no such kind of collaboration: {unknown[0]}; there are {', '.join(known)}")
    if since is not None and not re.fullmatch(r"\d{4}(-\d\d){0,2}", since):
        raise QueryError(f"--since {since}: give a year, a month or a day, like 2024, 2024-05 or 2024-05-01")
