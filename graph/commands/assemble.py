"""``collabgraph assemble``: shards → the files of a graph, for the bulk import of a Neo4j."""

from pathlib import Path

import click

from graph.commands.build import DECISIONS
from graph.commands.engines import engine_options, opened_engine
from graph.commands.options import user_errors


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="SHARDS...")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder to write to."
)
@click.option(
    "--decisions",
    default=DECISIONS,
    show_default=True,
    envvar="COLLABGRAPH_DECISIONS",
    help="Decisions about names that `collabgraph decide` wrote; replayed where the file exists.",
)
@click.option("--jobs", type=click.IntRange(min=0), help="Processes; all processors unless given, 0 for this one.")
@engine_options
def command(
    paths: tuple[str, ...], output: Path, decisions: str, jobs: int | None, engine: str, master: str | None
) -> None:
    """Write the graph of very many documents as files for a Neo4j, without a store.

    SHARDS are what `collabgraph extract --out` makes, or claims and facts as JSON lines.  The graph is that of
    `collabgraph build`, whose digest is printed.  A run that was cut off goes on when it is run again.

    \b
        collabgraph assemble shards/ -o import/
        cd import && neo4j-admin database import full neo4j @import.args
    """
    from graph.decisions import read_decisions
    from graph.errors import StoreError

    with user_errors():
        from graph.scale.assemble import assemble

        decided = read_decisions(Path(decisions))
        with opened_engine(engine, master, jobs) as mapper:
            try:
                made = assemble(paths, output, decisions=decided, mapper=mapper)
            except OSError as error:
                raise StoreError(f"{output}: cannot be written ({error.strerror}); make room and run again") from error
    tally = made.tally
    said = f"{tally.documents:,} documents, {tally.organizations:,} organizations of {tally.names:,} names"
    click.echo(
        f"{said} ({made.edges:,} edges), {tally.collaborations:,} collaborations, {tally.evidence:,} claims", err=True
    )
    click.echo(made.digest)
    if tally.failed:
        click.echo(f"collabgraph: {tally.failed:,} documents could not be read", err=True)
        raise SystemExit(1)
