"""``collabgraph analyse``: tables about a graph."""

from pathlib import Path

import click

from graph.commands.options import store_options, user_errors

NAMES = (
    "most_connected",
    "brokers",
    "communities",
    "cross_region",
    "enterprise_institute",
    "dependence",
    "growth",
    "white_space",
)


@click.command("analyse")
@click.argument("tables", nargs=-1, type=click.Choice(NAMES))
@click.option("--format", "form", type=click.Choice(["markdown", "csv"]), default="markdown", help="How to write them.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="A folder for one file a table.")
@click.option("--regions", help="Division codes for cross_region, such as 310114,320583,320585.")
@click.option("--periods", help="Two periods to compare, such as 2021-2022:2023-2024.")
@store_options
def command(
    tables: tuple[str, ...],
    form: str,
    out: Path | None,
    regions: str | None,
    periods: str | None,
    store: str,
    user: str | None,
    password: str | None,
) -> None:
    """Write TABLES about the graph (all of them by default), as Markdown or CSV.

    \b
        collabgraph analyse
        collabgraph analyse cross_region --regions 310114,320583,320585
        collabgraph analyse --periods 2021-2022:2023-2024 --out tables --format csv
    """
    with user_errors():
        from extract.errors import DataError
        from graph.analyse import TABLES, compare, cross_region, to_networkx
        from graph.analyse.change import read_periods
        from graph.stores import open_store

        spans = read_periods(periods) if periods else None
        codes = tuple(code.strip() for code in regions.split(",")) if regions else ()
        if any(not code.isdigit() for code in codes):
            raise DataError(f"--regions {regions}: give division codes, such as 310114,320583,320585")
        with open_store(store, user=user, password=password, reading=True) as opened:
            network = to_networkx(opened, statuses=("active", "ended"))
        active = network.edge_subgraph(
            (*ends, key) for *ends, key, status in network.edges(keys=True, data="status") if status == "active"
        )
        made = []
        for name in tables or (() if spans else NAMES):
            if name == "cross_region" and codes:
                made.append(cross_region(active, level="county", regions=codes))
            else:
                made.append(TABLES[name](network if name == "growth" else active))
        if spans:
            made.append(compare(network, *spans))
        suffix = {"markdown": "md", "csv": "csv"}[form]
        for table in made:
            text = table.to_csv() if form == "csv" else table.to_markdown()
            if out is None:
                click.echo(text)
            else:
                out.mkdir(parents=True, exist_ok=True)
                (out / f"{table.name}.{suffix}").write_text(text, encoding="utf-8", newline="\n")
        if out is not None:
            click.echo(f"{len(made)} tables in {out}")
