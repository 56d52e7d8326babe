"""Regions: who works across which border, and how much a place leans on one partner."""

from collections import Counter

from extract.ontology import load_ontology
from extract.regions import region_name
from graph.analyse.network import Network, partners
from graph.analyse.table import Cell, Table, rounded

LEVELS = {"province": 2, "prefecture": 4, "county": 6}
"""Digits of a division code a level."""

WHOLE = frozenset({"11", "12", "31", "50", "71", "81", "82"})
"""Provinces without prefectures: the four municipalities, Taiwan, Hong Kong and Macao."""

UNKNOWN = "?"

GROUNDS = {"given": "from facts", "name": "by name", "register": "by register", "text": "from articles"}
"""What to say of each ground of a region."""


def cross_region(network: Network, *, level: str = "prefecture", regions: tuple[str, ...] = (), top: int = 15) -> Table:
    """How many collaborations run from each region to each, ``regions`` (codes) or the ``top`` busiest.

    Rows are where the source of a directed kind is, columns where its target is; a symmetric collaboration counts
    half in both directions, so that the whole matrix adds up to the number of collaborations.  An organization
    whose region is not known as exactly as ``level`` stands under ``?``.  The note says how the regions are known.

    Raises:
        ValueError: ``level`` is none of province, prefecture, county.
    """
    if level not in LEVELS:
        raise ValueError(f"no level {level!r}; there are {', '.join(LEVELS)}")
    kinds = load_ontology().collaborations
    flow: Counter[tuple[str, str]] = Counter()
    busy: Counter[str] = Counter()
    for source, target, kind in network.edges(keys=True):
        home, away = (_place(network, node, level, regions) for node in (source, target))
        for pair in ((home, away), (home, away) if kinds[kind].directed else (away, home)):
            flow[pair] += 1
        busy.update({home, away})
    busy.pop(UNKNOWN, None)
    chosen = regions or tuple(place for place, _ in sorted(busy.items(), key=lambda item: (-item[1], item[0]))[:top])
    shown = [*chosen, UNKNOWN]
    cut = None if regions or len(busy) <= top else f"The {top} busiest of {len(busy)} regions."
    rows: list[tuple[Cell, ...]] = []
    for home in shown:
        cells: list[Cell] = [flow[home, away] / 2 for away in shown]
        rows.append((_title(home), *cells))
    return Table(
        name="cross_region",
        title="Across regions",
        definition="Collaborations from the row's region to the column's; a symmetric one counts half each way.",
        columns=("from", *(_title(place) for place in shown)),
        rows=tuple(rows),
        note=" ".join(filter(None, (cut, known_regions(network)))),
    )


def known_regions(network: Network) -> str:
    """How many organizations have a region, and on which ground, as a sentence."""
    grounds = Counter(data["region_ground"] for _, data in network.nodes(data=True) if data["region"])
    known = ", ".join(f"{words} of {grounds[ground]}" for ground, words in GROUNDS.items() if grounds[ground])
    without = network.number_of_nodes() - grounds.total()
    return f"The region is known {known}; not of {without} organizations." if known else "No region is known."


def _place(network: Network, node: str, level: str, regions: tuple[str, ...]) -> str:
    code = network.nodes[node]["region"] or ""
    for region in regions:
        if code.startswith(region):
            return region
    if level == "prefecture":
        code = prefecture_of(code)
        return code if len(code) == LEVELS[level] or code in WHOLE else UNKNOWN
    return code[: LEVELS[level]] if len(code) >= LEVELS[level] else UNKNOWN


def prefecture_of(code: str) -> str:
    """The prefecture of a division, or all that is known of it; a municipality is province and prefecture in one.

    >>> prefecture_of("320583"), prefecture_of("310114"), prefecture_of("32")
    ('3205', '31', '32')
    """
    return code[:2] if code[:2] in WHOLE else code[:4]


def _title(place: str) -> str:
    return UNKNOWN if place == UNKNOWN else region_name(place)


def bipartite(network: Network, *, top: int = 50) -> Table:
    """Enterprises and the institutes, universities and hospitals that they work with, the best tied pairs first.

    An edge of the two-mode network: every kind between the two counts once; ``since`` is the earliest start.
    """
    research = {"institute", "university", "hospital"}
    pairs: dict[tuple[str, str], list[dict[str, str | None]]] = {}
    for source, target, data in network.edges(data=True):
        kinds = network.nodes[source]["kind"], network.nodes[target]["kind"]
        if kinds[0] == "enterprise" and kinds[1] in research:
            pairs.setdefault((source, target), []).append(data)
        elif kinds[1] == "enterprise" and kinds[0] in research:
            pairs.setdefault((target, source), []).append(data)
    ranked = sorted(pairs, key=lambda pair: (-len(pairs[pair]), pair))
    return Table(
        name="enterprise_institute",
        title="Enterprises and institutes",
        definition="Pairs of an enterprise and a research body, with the kinds of what they do together.",
        columns=("enterprise", "institute", "kinds", "since"),
        rows=tuple(
            (
                str(network.nodes[pair[0]]["name"]),
                str(network.nodes[pair[1]]["name"]),
                "、".join(sorted({str(data["kind"]) for data in pairs[pair]})),
                min((data["since"] for data in pairs[pair] if data["since"]), default=None),
            )
            for pair in ranked[:top]
        ),
        note=None if len(pairs) <= top else f"The first {top} of {len(pairs)} pairs.",
    )


def dependence(network: Network, *, kind: str = "platform", top: int = 20) -> Table:
    """How much each organization of a kind (parks, by default) leans on one partner.

    ``share`` is that of its biggest partner in all its collaborations, ``hhi`` the Herfindahl–Hirschman index, the
    sum of the squared shares, in (0, 1]: 1 means one partner only (Hirschman, Am. Econ. Rev. 54 (1964) 761).
    Organizations with fewer than two collaborations are left out.
    """
    simple = partners(network)
    rows = []
    for node in simple:
        ties = {other: data["weight"] for other, data in simple[node].items()}
        total = sum(ties.values())
        if network.nodes[node]["kind"] != kind or total < 2:
            continue
        biggest = min(ties, key=lambda other: (-ties[other], other))
        hhi = sum((weight / total) ** 2 for weight in ties.values())
        rows.append((str(network.nodes[node]["name"]), str(network.nodes[biggest]["name"]),
                     rounded(ties[biggest] / total), rounded(hhi), len(ties)))  # fmt: skip
    rows.sort(key=lambda row: (-row[3], -row[4], row[0]))
    return Table(
        name="dependence",
        title="Dependence on one partner",
        definition="Share of the biggest partner, and the Herfindahl–Hirschman index of all (1 = one partner only).",
        columns=("organization", "biggest_partner", "share", "hhi", "partners"),
        rows=tuple(rows[:top]),
        note=None if len(rows) <= top else f"The first {top} of {len(rows)}.",
    )
