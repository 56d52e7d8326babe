"""``collabgraph review``: forms that fit several organizations."""

import json

import click

from graph.commands.options import opened_store, store_options


@click.command()
@store_options
def command(store: str, user: str | None, password: str | None) -> None:
    """List the forms that fit several organizations, one JSON line each, for a person to decide on.

    Such a form joins none of them; `collabgraph decide` says which are one and which are not.

    \b
        collabgraph review --store mygraph
    """
    from graph.explain import review

    with opened_store(store, user, password) as opened:
        for contested in review(opened):
            click.echo(json.dumps({"form": contested.form, "organizations": contested.names}, ensure_ascii=False))
