"""``collabgraph build``: articles, claims and facts → a store."""

from pathlib import Path
from typing import Any

import click

from graph.commands.options import (
    claimed_store,
    make_options,
    reading_options,
    running_options,
    store_options,
    user_errors,
)
from graph.commands.progress import Run

DECISIONS = "decisions.toml"


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option(
    "--decisions",
    default=DECISIONS,
    show_default=True,
    envvar="COLLABGRAPH_DECISIONS",
    help="Decisions about names that `collabgraph decide` wrote; replayed where the file exists.",
)
@running_options
@reading_options
@store_options
def command(
    paths: tuple[str, ...],
    decisions: str,
    jobs: int | None,
    time_limit: float,
    report: Path | None,
    store: str,
    user: str | None,
    password: str | None,
    **reading: Any,
) -> None:
    """Read articles, folders, claims or facts into a store.

    PATHS are articles, folders of them, claims that `collabgraph extract` printed (.jsonl), and ready-made facts:
    rows of the gold form (.jsonl) or a table with the columns source, kind, target (.csv).  Building twice is
    building once; a build that was cut off goes on when it is run again.

    \b
        collabgraph build articles/ --store mygraph
        collabgraph build claims.jsonl facts.csv --store mygraph
    """
    from extract.read import list_files
    from graph.build import build_graph
    from graph.decisions import read_decisions

    with user_errors():
        decided = read_decisions(Path(decisions))
        options = make_options(**reading)
        with claimed_store(store, user, password) as opened:
            own = [Path(store), *([report] if report else [])]
            files = list(list_files(paths, leave_out=own))
            with Run(len(files), report=report, goes_on=True) as run:
                built = build_graph(
                    files,
                    opened,
                    decisions=decided,
                    options=options,
                    jobs=jobs,
                    seconds=time_limit,
                    on_problem=run.say,
                    follow=run.follow,
                )
    counts = built.counts
    documents = f"{counts.added} added, {counts.replaced} replaced, {counts.unchanged} unchanged"
    if counts.retracted:
        documents += f", {counts.retracted} taken out"
    click.echo(f"{documents}; {counts.claims} claims written", err=True)
    if built.problems:
        click.echo(f"collabgraph: {len(built.problems)} could not be read; the rest is in {store}", err=True)
        raise SystemExit(1)
