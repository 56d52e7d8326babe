"""``collabgraph backup``: the graph of a store as one file."""

from pathlib import Path

import click

from graph.commands.options import opened_store, store_options


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@store_options
def command(file: Path, store: str, user: str | None, password: str | None) -> None:
    """Write the whole graph of a store to FILE, from which `collabgraph restore` makes an equal one.

    The file is gzipped JSON lines and does not depend on the kind of store it came from.

    \b
        collabgraph backup mygraph.jsonl.gz --store mygraph
    """
    from graph.backup import write_backup

    with opened_store(store, user, password) as opened:
        count = write_backup(opened, file)
    click.echo(f"{count} nodes with their relationships are in {file}", err=True)
