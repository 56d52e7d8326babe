"""Communities: groups that work more among themselves than with others."""

from collections import Counter

import networkx as nx

from extract.regions import region_name
from graph.analyse.network import Network, partners
from graph.analyse.places import known_regions
from graph.analyse.table import Table, rounded

SEED = 1


def communities(network: Network, *, top: int = 20) -> Table:
    """Communities of at least three organizations, largest first, named by their hubs and their main region.

    Louvain (Blondel et al., J. Stat. Mech. (2008) P10008), seeded, on the undirected graph whose edges weigh the
    number of kinds; isolated organizations belong to none.  ``inside`` is the share of its members' collaborations
    that stay inside.
    """
    simple = partners(network)
    simple.remove_nodes_from([node for node in list(simple) if not simple.degree(node)])
    found = nx.community.louvain_communities(simple, weight="weight", seed=SEED)
    ranked = sorted((sorted(group) for group in found if len(group) > 2), key=lambda group: (-len(group), group))
    rows = []
    for number, group in enumerate(ranked[:top], 1):
        members = set(group)
        ends = sum(simple.degree(node, weight="weight") for node in group)
        inside = sum(data["weight"] for node in group for other, data in simple[node].items() if other in members)
        hubs = sorted(group, key=lambda node: (-simple.degree(node), node))[:3]
        places = Counter(network.nodes[node]["region"] for node in group if network.nodes[node]["region"])
        main = min(places, key=lambda place: (-places[place], place), default=None)
        rows.append(
            (
                number,
                "、".join(str(network.nodes[node]["name"]) for node in hubs),
                region_name(main) if main else None,
                len(group),
                rounded(inside / ends) if ends else 0.0,
            )
        )
    return Table(
        name="communities",
        title="Communities",
        definition="Louvain (Blondel et al. 2008), at least three members; inside: share of ties that stay inside.",
        columns=("community", "hubs", "region", "organizations", "inside"),
        rows=tuple(rows),
        note=known_regions(network),
    )
