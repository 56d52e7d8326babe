"""``collabgraph demo``: the whole way on the sample articles, from a newspaper page to answers and a page."""

from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from graph.commands.options import claimed_store, store_options, user_errors

QUESTIONS = (
    "谁和娄江智能合作？",
    "沙洲理工大学和昆山白桦涂料有限公司是什么关系？",
    "Which institutes work with Taicang Chenguang Hospital?",
)
PAGE = Path("collabgraph-demo.html")


@click.command("demo")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), default=PAGE, show_default=True,
    help="Where to write the page.",
)  # fmt: skip
@store_options
def command(output: Path, store: str, user: str | None, password: str | None) -> None:
    """Read the sample articles into a store, ask three questions, write the page.

    \b
        collabgraph demo
    """
    with user_errors():
        from graph.ask.answer import answer
        from graph.ask.render import render
        from graph.build import build_graph
        from graph.view import write_view

        with as_file(sample_articles()) as folder, claimed_store(store, user, password) as opened:
            click.echo(f"Reading {len(list(folder.iterdir()))} articles into {opened.url} …")
            counts = build_graph([folder], opened).counts
            click.echo(f"  {counts.added} added, {counts.replaced} replaced, {counts.unchanged} unchanged")
            for row in opened.run(
                """MATCH (d:Document)<-[:FROM]-(e:Evidence) WITH d, count(e) AS claims
                RETURN d.title AS title, claims ORDER BY claims DESC, title"""
            ):
                click.echo(f"  {row['claims']:3} claims  {row['title']}")
            for question in QUESTIONS:
                click.echo(f"\n? {question}")
                click.echo(render(answer(opened, question)))
            shown = write_view(opened, output)
        click.echo(
            f"\nWrote {output.resolve()}: {len(shown.organizations)} organizations, "
            f"{len(shown.collaborations)} collaborations.  Open it in a browser."
        )
        click.echo(f'Ask on: collabgraph ask "谁和沙洲理工大学合作？" --store {store}')


def sample_articles() -> Traversable:
    """The folder of sample articles: in the wheel, or in ``data/articles`` of the checkout."""
    shipped = files("graph").joinpath("sample")
    return shipped if shipped.is_dir() else files("graph").joinpath("..", "data", "articles")
