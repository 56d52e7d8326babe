"""``collabgraph why``: why two names are one organization, or two, and how it is known where each sits."""

import click

from graph.commands.options import opened_store, store_options


@click.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="[B]", required=False)
@store_options
def command(one: str, other: str | None, store: str, user: str | None, password: str | None) -> None:
    """Say why A and B are one organization in a store, or two, and which documents say so.

    It also says how the region of each is known; of A alone it says why its names are one.

    \b
        collabgraph why 浙大 浙江大学 --store mygraph
        collabgraph why 浙江大学 --store mygraph
    """
    from graph.explain import seat_ground, why

    with opened_store(store, user, password) as opened:
        same, grounds = why(opened, one, other or one)
        seats = [seat_ground(opened, text) for text in ([one] if same else [one, other or one])]
    if other:
        click.echo(f"{one} and {other} are {'one organization' if same else 'two organizations'}:")
    for ground in (*grounds, *filter(None, seats)):
        click.echo(f"  {ground.sentence}")
        for document in ground.documents:
            click.echo(f"    {document}")
