"""Who stands in the middle: the best connected organizations, and those that connect others."""

from itertools import combinations

import networkx as nx

from graph.analyse.network import Network, partners
from graph.analyse.table import Table, rounded

SEED = 1
STEPS = 5_000_000  # visits of nodes and edges that betweenness may cost: seconds
PROOFS = 3  # pairs shown for a broker


def most_connected(network: Network, *, top: int = 20) -> Table:
    """Organizations by number of partners; isolated ones are left out.

    Partners are counted once, whatever the kinds, directions and number of collaborations between the two;
    ``collaborations`` counts every kind.  ``region_ground`` is how the region is known.  Degree centrality: Freeman,
    Social Networks 1 (1979) 215.
    """
    simple = partners(network)
    ranked = sorted((node for node in simple if simple.degree(node)), key=lambda node: (-simple.degree(node), node))
    return Table(
        name="most_connected",
        title="Most connected",
        definition="Partners are distinct organizations, collaborations distinct kinds with each (Freeman 1979).",
        columns=("organization", "kind", "region", "region_ground", "partners", "collaborations"),
        rows=tuple(
            (_name(network, node), network.nodes[node]["kind"], network.nodes[node]["region"],
             network.nodes[node]["region_ground"], simple.degree(node), network.degree(node))
            for node in ranked[:top]
        ),
    )  # fmt: skip


def brokers(network: Network, *, top: int = 20) -> Table:
    """Organizations that lie between others, with pairs that only they connect.

    Betweenness (Freeman, Sociometry 40 (1977) 35) on undirected shortest paths, each partner counted once,
    normalized to [0, 1]; on a large graph it is estimated from sampled sources (Brandes and Pich, 2007), which
    the note says.  ``constraint`` (Burt, Structural Holes, 1992) is low where the partners do not know each other.
    ``connects`` names pairs of partners who share no collaboration and no other partner.
    """
    simple = partners(network)
    simple.remove_nodes_from([node for node in list(simple) if not simple.degree(node)])
    nodes, edges = simple.number_of_nodes(), simple.number_of_edges()
    sample = None if nodes * (nodes + edges) <= STEPS else max(20, STEPS // (nodes + edges))
    between = nx.betweenness_centrality(simple, k=sample, seed=SEED)
    ranked = sorted((node for node in between if between[node] > 0), key=lambda node: (-between[node], node))
    return Table(
        name="brokers",
        title="Brokers",
        definition="Betweenness on undirected shortest paths (Freeman 1977); constraint (Burt 1992), low for a broker.",
        columns=("organization", "kind", "betweenness", "constraint", "partners", "connects"),
        rows=tuple(
            (_name(network, node), network.nodes[node]["kind"], rounded(between[node]),
             rounded(constraint(simple, node)), simple.degree(node), _connects(network, simple, node))
            for node in ranked[:top]
        ),
        note=None if sample is None else f"Betweenness is estimated from {sample} sampled organizations.",
    )  # fmt: skip


def constraint(simple: "nx.Graph", node: str) -> float:
    """Burt's constraint of a node, each tie counted alike: the sum over partners j of (p_ij + Σ_q p_iq p_qj)².

    In [0, 9/8]; equals ``networkx.constraint`` on an unweighted graph, in the time of its common neighbours.
    """
    mine = set(simple[node])
    total = 0.0
    for partner in mine:
        indirect = sum(1 / simple.degree(common) for common in mine & set(simple[partner]))
        total += ((1 + indirect) / len(mine)) ** 2
    return total


def _connects(network: Network, simple: "nx.Graph", node: str) -> str:
    """Up to three pairs of the node's partners that meet only there, the best connected first."""
    mine = sorted(simple[node], key=lambda partner: (-simple.degree(partner), partner))[:30]
    found = []
    for left, right in combinations(mine, 2):
        if not simple.has_edge(left, right) and len(set(simple[left]) & set(simple[right])) == 1:
            found.append(f"{_name(network, left)} – {_name(network, right)}")
            if len(found) == PROOFS:
                break
    return "; ".join(found)


def _name(network: Network, node: str) -> str:
    return str(network.nodes[node]["name"])
