"""``collabgraph analyse``: tables about a graph."""

from pathlib import Path

import click

from graph.commands.options import opened_store, store_options, user_errors

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


LEVELS = ("province", "prefecture", "county")


@click.command("analyse")
@click.argument("tables", nargs=-1, type=click.Choice(NAMES))
@click.option(
    "--format", "form", type=click.Choice(["markdown", "csv", "html"]), default="markdown", help="How to write them."
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="A folder to write them into.")
@click.option("--regions", help="Divisions for cross_region, by name or code, such as 嘉定,昆山,太仓 or 310114,3205.")
@click.option("--level", type=click.Choice(LEVELS), help="The divisions of cross_region; prefectures unless given.")
@click.option("--periods", help="Two periods to compare, such as 2021-2022:2023-2024.")
@store_options
def command(
    tables: tuple[str, ...],
    form: str,
    out: Path | None,
    regions: str | None,
    level: str | None,
    periods: str | None,
    store: str,
    user: str | None,
    password: str | None,
) -> None:
    """Write TABLES about the graph (all of them by default), as Markdown, CSV or one HTML page.

    \b
        collabgraph analyse
        collabgraph analyse cross_region --level province
        collabgraph analyse cross_region --regions 嘉定,昆山,太仓
        collabgraph analyse --periods 2021-2022:2023-2024 --out tables --format csv
        collabgraph analyse --format html --out findings
    """
    with user_errors():
        from graph.analyse import TABLES, compare, cross_region, to_networkx
        from graph.analyse.change import read_periods
        from graph.analyse.table import page_of

        spans = read_periods(periods) if periods else None
        codes = tuple(map(_code, regions.replace("，", ",").split(","))) if regions else ()
        with opened_store(store, user, password) as opened:
            network = to_networkx(opened, statuses=("active", "ended"))
        active = network.edge_subgraph(
            (*ends, key) for *ends, key, status in network.edges(keys=True, data="status") if status == "active"
        )
        made = []
        for name in tables or (() if spans else NAMES):
            if name == "cross_region" and (codes or level):
                made.append(cross_region(active, level=level or "county", regions=codes))
            else:
                made.append(TABLES[name](network if name == "growth" else active))
        if spans:
            made.append(compare(network, *spans))
        if form == "html":
            texts = {"findings.html": page_of(made)}
        elif form == "csv":
            texts = {f"{table.name}.csv": table.to_csv() for table in made}
        else:
            texts = {f"{table.name}.md": table.to_markdown() for table in made}
        for name, text in texts.items():
            if out is None:
                click.echo(text)
            else:
                out.mkdir(parents=True, exist_ok=True)
                (out / name).write_text(text, encoding="utf-8", newline="\n")
        if out is not None:
            click.echo(f"{len(made)} tables in {out}")


def _code(division: str) -> str:
    """The code of a division that a person names, or gives.

    Raises:
        DataError: No division is called so, or several are.
    """
    from extract.errors import DataError
    from extract.regions import read_division

    division = division.strip()
    if division.isdigit():
        return division
    found = read_division(division, 0)
    if found is None or found[1] < len(division):
        raise DataError(
            f"--regions: {division!r} names no division, or several; give one such as 昆山, 南京市鼓楼区, 320583"
        )
    return found[0]
