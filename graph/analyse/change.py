"""How the graph changes: growth by year, and two periods compared."""

import re
from collections import Counter
from collections.abc import Iterable

from extract.errors import DataError
from graph.analyse.network import Network, year_of
from graph.analyse.table import Cell, Table


def growth(network: Network) -> Table:
    """Collaborations that began in each year: between new partners, or between two who had worked together; and ended.

    The year is that of ``since``, which is the event's date where a text gives one, else the first article's.
    ``first_time`` counts pairs with no collaboration of an earlier year, ``repeated`` the others; ``ended`` those
    with status ended by the year of ``last``.  Collaborations without a date are counted in the note.
    """
    first: dict[frozenset[str], int] = {}
    dated: list[tuple[int, frozenset[str]]] = []
    ended: Counter[int] = Counter()
    undated = 0
    for source, target, data in network.edges(data=True):
        year, pair = year_of(data["since"]), frozenset((source, target))
        if data["status"] == "ended" and (last := year_of(data["last"])) is not None:
            ended[last] += 1
        if year is None:
            undated += 1
            continue
        dated.append((year, pair))
        first[pair] = min(year, first.get(pair, year))
    counted = Counter((year, first[pair] == year) for year, pair in dated)
    years = sorted({year for year, _ in dated} | set(ended))
    return Table(
        name="growth",
        title="Growth by year",
        definition="Collaborations by the year they began, of first-time and of earlier partners, and ended ones.",
        columns=("year", "first_time", "repeated", "ended"),
        rows=tuple((year, counted[year, True], counted[year, False], ended[year]) for year in years),
        note=f"{undated} collaborations without a date are left out." if undated else None,
    )


def compare(network: Network, before: tuple[int, int], after: tuple[int, int]) -> Table:
    """The collaborations of two periods (first and last year, both included): new, kept, and gone quiet.

    A collaboration belongs to every year from ``since`` to ``last``; one without a date belongs to none.
    """
    rows: list[tuple[Cell, ...]] = []
    order = ("new", "kept", "quiet")
    for source, target, data in network.edges(data=True):
        since, last = year_of(data["since"]), year_of(data["last"])
        years = [year for year in (since, last) if year is not None]
        if not years:
            continue
        in_before, in_after = (_meets(years, period) for period in (before, after))
        change = {(False, True): "new", (True, True): "kept", (True, False): "quiet"}.get((in_before, in_after))
        if change:
            names = (str(network.nodes[node]["name"]) for node in (source, target))
            rows.append((change, *names, str(data["kind"]), data["since"], data["last"]))
    rows.sort(key=lambda row: (order.index(str(row[0])), *map(str, row[1:4])))
    return Table(
        name="compare",
        title=f"{_period(before)} and {_period(after)}",
        definition="new: only in the later period; kept: in both; quiet: only in the earlier one.",
        columns=("change", "source", "target", "kind", "since", "last"),
        rows=tuple(rows),
    )


def _meets(years: Iterable[int], period: tuple[int, int]) -> bool:
    known = list(years)
    return min(known) <= period[1] and max(known) >= period[0]


def _period(period: tuple[int, int]) -> str:
    return str(period[0]) if period[0] == period[1] else f"{period[0]}–{period[1]}"


def read_periods(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Two periods from ``2021-2022:2023-2024`` or ``2022:2023``.

    Raises:
        DataError: The text is no two periods of years.

    >>> read_periods("2021-2022:2023")
    ((2021, 2022), (2023, 2023))
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d{4}))?:(\d{4})(?:-(\d{4}))?", text.strip())
    if found is None:
        raise DataError(f"--periods {text}: give two periods of years, such as 2021-2022:2023-2024")
    first, second, third, fourth = found.groups()
    return (int(first), int(second or first)), (int(third), int(fourth or third))
