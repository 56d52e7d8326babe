"""``collabgraph diff``: what differs between two stores."""

import click

from graph.commands.options import opened_store


@click.command()
@click.argument("one", metavar="STORE1")
@click.argument("other", metavar="STORE2")
@click.option("--user", envvar="COLLABGRAPH_USER", help="User of a Neo4j.")
@click.option("--password", envvar="COLLABGRAPH_PASSWORD", help="Password of a Neo4j.")
def command(one: str, other: str, user: str | None, password: str | None) -> None:
    """Print what only one of two stores holds; exit code 1 if there is any.

    Lines that begin with - are in STORE1 alone, those with + in STORE2.

    \b
        collabgraph diff mygraph bolt://localhost:7687
    """
    from graph.digest import differences

    found = 0
    with opened_store(one, user, password) as mine, opened_store(other, user, password) as yours:
        for line in differences(mine, yours):
            click.echo(line)
            found += 1
    if found:
        raise SystemExit(1)
