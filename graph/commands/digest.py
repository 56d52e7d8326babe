"""``collabgraph digest``: one digest of all that a store holds."""

import click

from graph.commands.options import opened_store, store_options


@click.command()
@store_options
def command(store: str, user: str | None, password: str | None) -> None:
    """Print a digest of all that a store holds.

    It is the same for equal graphs, whichever store holds them and by what way they came there.

    \b
        collabgraph digest --store mygraph
    """
    from graph.digest import digest

    with opened_store(store, user, password) as opened:
        click.echo(digest(opened))
