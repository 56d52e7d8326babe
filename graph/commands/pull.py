"""``collabgraph pull``: the graph of a Neo4j → a store."""

import click

from graph.commands.options import opened_store, print_changes, replace_option, store_options


@click.command()
@click.argument("url")
@replace_option
@store_options
def command(url: str, replace: bool, store: str, user: str | None, password: str | None) -> None:
    """Copy the graph at URL, mostly the Bolt address of a Neo4j, into a store; --user and --password are those of URL.

    What is equal there already is not written, and what is no longer at URL goes.

    \b
        collabgraph pull bolt://localhost:7687 --store mygraph --user neo4j
    """
    from graph.schema import VERSION, schema_version
    from graph.stores import open_store
    from graph.transfer import copy_graph, nodes_of

    with opened_store(url, user, password) as source, open_store(store, user=user, password=password) as target:
        changes = copy_graph(
            lambda: nodes_of(source), target, replace=replace, version=schema_version(source) or VERSION
        )
    print_changes(changes, store)
