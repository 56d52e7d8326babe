"""``collabgraph why``: why two names are one organization, or two."""

import click

from graph.commands.options import opened_store, store_options


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@store_options
def command(one: str, other: str, store: str, user: str | None, password: str | None) -> None:
    """Say why A and B are one organization in a store, or two, and which documents say so.

    \b
        collabgraph why 浙大 浙江大学 --store mygraph
    """
    from graph.explain import why

    with opened_store(store, user, password) as opened:
        same, grounds = why(opened, one, other)
    click.echo(f"{one} and {other} are {'one organization' if same else 'two organizations'}:")
    for ground in grounds:
        click.echo(f"  {ground.sentence}")
        for document in ground.documents:
            click.echo(f"    {document}")
