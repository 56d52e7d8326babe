"""``collabgraph retract``: take documents out of a store."""

import click

from graph.commands.options import claimed_store, store_options, user_errors


@click.command()
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENTS...")
@store_options
def command(documents: tuple[str, ...], store: str, user: str | None, password: str | None) -> None:
    """Take documents out of a store, with all that only they say.

    DOCUMENTS are ids or origins (the path or address a document was read from).

    \b
        collabgraph retract articles/withdrawn.txt --store mygraph
    """
    from graph.load import Loader, documents_of

    with user_errors(), claimed_store(store, user, password) as opened:
        counts = Loader(opened).retract(documents_of(opened, documents))
    click.echo(f"{counts.retracted} retracted", err=True)
