"""``collabgraph export``: a graph as a file for another program."""

from pathlib import Path

import click

from graph.commands.options import opened_store, store_options

FORMS = ("graphml", "gexf", "csv", "ftm", "jsonld", "cypher", "neo4j-import")


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMS))
@click.argument("path", type=click.Path(path_type=Path))
@store_options
def command(form: str, path: Path, store: str, user: str | None, password: str | None) -> None:
    """Write the graph to PATH as FORMAT.

    graphml, gexf (Gephi), csv (a folder for Excel), ftm (FollowTheMoney entities), jsonld (schema.org); and, with all
    evidence, cypher (a script for an empty Neo4j) and neo4j-import (a folder for neo4j-admin database import).

    \b
        collabgraph export gexf graph.gexf
        collabgraph export csv sheets
    """
    from graph.errors import StoreError
    from graph.export import FORMATS

    with opened_store(store, user, password) as opened:
        try:
            written = FORMATS[form](opened, path)
        except OSError as error:
            raise StoreError(f"{path}: cannot be written ({error.strerror}); give another path") from error
    click.echo(f"wrote {written}")
