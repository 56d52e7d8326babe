"""``collabgraph push``: the graph of a store → a Neo4j."""

import click

from graph.commands.options import opened_store, print_changes, replace_option, store_options


@click.command()
@click.argument("url")
@replace_option
@store_options
def command(url: str, replace: bool, store: str, user: str | None, password: str | None) -> None:
    """Copy the graph of a store to URL, mostly the Bolt address of a Neo4j; --user and --password are those of URL.

    What is equal there already is not written, and what is no longer in the store goes.

    \b
        collabgraph push bolt://localhost:7687 --store mygraph --user neo4j
    """
    from graph.schema import VERSION, schema_version
    from graph.stores import open_store
    from graph.transfer import copy_graph, nodes_of

    with opened_store(store, user, password) as source, open_store(url, user=user, password=password) as target:
        changes = copy_graph(
            lambda: nodes_of(source), target, replace=replace, version=schema_version(source) or VERSION
        )
    print_changes(changes, url)
