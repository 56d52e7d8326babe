"""``collabgraph decide``: a person's word on two names."""

import getpass
from datetime import date as day
from pathlib import Path

import click

from graph.commands.build import DECISIONS
from graph.commands.options import claimed_store, store_options, user_errors


@click.command()
@click.argument("verdict", type=click.Choice(["same", "different"]))
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option("--because", required=True, help="The reason, for who reads it later.")
@click.option("--author", default=getpass.getuser, show_default="you", help="Who decides.")
@click.option("--date", default=lambda: day.today().isoformat(), show_default="today", help="When, as 2024-05-01.")
@click.option(
    "--decisions",
    default=DECISIONS,
    show_default=True,
    envvar="COLLABGRAPH_DECISIONS",
    help="The file to write to; it is replayed at every build.",
)
@store_options
def command(
    verdict: str,
    one: str,
    other: str,
    because: str,
    author: str,
    date: str,
    decisions: str,
    store: str,
    user: str | None,
    password: str | None,
) -> None:
    """Decide that A and B are the same organization, or different ones.

    The decision holds at once in the store, and is written into a file that every build replays: what was refused
    stays refused.  Of two decisions about one pair the later holds.

    \b
        collabgraph decide same 上科大 上海科技大学 --because "its own web site" --store mygraph
        collabgraph decide different 青禾 青禾农业 --because "two registers" --store mygraph
    """
    from graph.decisions import make_decision, write_decision
    from graph.explain import name_to_decide
    from graph.load import Loader

    said = {"verdict": verdict, "because": because, "author": author, "date": date}
    with user_errors():
        decision = make_decision({**said, "a": one, "b": other})
        with claimed_store(store, user, password) as opened:
            names = {"a": name_to_decide(opened, one), "b": name_to_decide(opened, other)}
            decision = make_decision({**said, **names})
            Loader(opened).decide([decision])
        write_decision(Path(decisions), decision)
    click.echo(f"{one} and {other} are {verdict}; written to {decisions}", err=True)
