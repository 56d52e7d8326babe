"""White space: organizations that could work together and do not."""

import math
from collections import defaultdict
from itertools import combinations

from extract.ontology import load_ontology
from extract.regions import region_name
from graph.analyse.network import Network, partners
from graph.analyse.places import GROUNDS, prefecture_of
from graph.analyse.table import Table, rounded

BUSY = 60  # partners above which an organization says little about any two of them


def white_space(network: Network, *, top: int = 30, least: int = 2) -> Table:
    """Pairs without a collaboration that share at least ``least`` partners, a kind of work and a region.

    Region is the prefecture, or the province where no more is known of either; kind of work a kind of collaboration
    that both have.  Common partners with more than 60 partners are left out: they tie everybody to everybody.
    ``adamic_adar`` is the sum of 1 / log(partners) over the common partners (Adamic and Adar, Social Networks 25
    (2003) 211).  ``reasons`` says it in words.
    """
    simple = partners(network)
    kinds: dict[str, set[str]] = defaultdict(set)
    for source, target, kind in network.edges(keys=True):
        kinds[source].add(kind)
        kinds[target].add(kind)
    common: dict[tuple[str, str], list[str]] = defaultdict(list)
    for middle in simple:
        if not 2 <= simple.degree(middle) <= BUSY:
            continue
        by_place: dict[str, list[str]] = defaultdict(list)
        for partner in sorted(simple[middle]):
            if region := network.nodes[partner]["region"]:
                by_place[prefecture_of(region)].append(partner)
        for near in by_place.values():
            for pair in combinations(near, 2):
                common[pair].append(middle)
    scored = []
    for (left, right), middles in common.items():
        shared = kinds[left] & kinds[right]
        if len(middles) < least or not shared or simple.has_edge(left, right):
            continue
        score = sum(1 / math.log(simple.degree(middle)) for middle in middles if simple.degree(middle) > 1)
        scored.append((rounded(score), left, right, middles, shared))
    scored.sort(key=lambda item: (-item[0], item[1], item[2]))
    return Table(
        name="white_space",
        title="White space",
        definition="No collaboration, though they share partners, a kind of work and a region (Adamic and Adar 2003).",
        columns=("organization", "could_work_with", "adamic_adar", "common_partners", "reasons"),
        rows=tuple(
            (_name(network, left), _name(network, right), score, len(middles),
             _reasons(network, (left, right), middles, shared))
            for score, left, right, middles, shared in scored[:top]
        ),
        note=None if len(scored) <= top else f"The first {top} of {len(scored)} pairs.",
    )  # fmt: skip


def _name(network: Network, node: str) -> str:
    return str(network.nodes[node]["name"])


def _reasons(network: Network, pair: tuple[str, str], middles: list[str], shared: set[str]) -> str:
    labels = load_ontology().collaborations
    named = "、".join(_name(network, middle) for middle in middles[:3])
    more = f" and {len(middles) - 3} more" if len(middles) > 3 else ""
    work = "、".join(labels[kind].label["zh"] for kind in sorted(shared, key=lambda kind: labels[kind].rank))
    place = region_name(prefecture_of(network.nodes[pair[0]]["region"]))
    known = ", ".join(GROUNDS.get(str(network.nodes[node]["region_ground"]), "unsaid how") for node in pair)
    return f"both work with {named}{more}; both know {work}; both in {place} ({known})"
