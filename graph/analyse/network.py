"""The graph of a store as a networkx graph: organizations as nodes, collaborations as parallel edges."""

from collections.abc import Collection
from typing import TypeAlias

import networkx as nx

from extract.ontology import load_ontology
from graph.stores import Store

Network: TypeAlias = nx.MultiDiGraph
"""Node: ``name``, ``kind``, ``region``, ``region_ground``, ``label``.  Edge (keyed by kind): ``kind``, ``status``,
``since``, ``last``, ``confidence``, ``reports``.  A symmetric kind is one edge, from the smaller id."""


def to_networkx(store: Store, *, statuses: Collection[str] = ("active",)) -> Network:
    """All organizations of a store, and its collaborations that have one of ``statuses``.

    ``part_of`` is structure and no edge; an organization without a collaboration is an isolated node.  Nodes and
    edges come in the order of their ids, so that what is seeded gives the same result each time.
    """
    network: Network = nx.MultiDiGraph()
    rows = store.stream(
        """MATCH (o:Organization) RETURN o.id AS id, o.name AS name, o.kind AS kind, o.region AS region,
            o.region_ground AS region_ground, o.label AS label"""
    )
    for row in sorted(map(dict, rows), key=lambda row: str(row["id"])):
        network.add_node(row.pop("id"), **row)
    for kind in load_ontology().collaborations.values():
        rows = store.stream(
            f"""MATCH (a:Organization)-[r:`{kind.relationship}`]->(b:Organization) WHERE r.status IN $statuses
            RETURN r.id AS id, a.id AS source, b.id AS target, r.status AS status, r.since AS since, r.last AS last,
                r.confidence AS confidence, r.reports AS reports""",
            {"statuses": sorted(statuses)},
        )
        for row in sorted(map(dict, rows), key=lambda row: str(row["id"])):
            source, target = row.pop("source"), row.pop("target")
            network.add_edge(source, target, key=kind.name, kind=kind.name, **row)
    return network


def partners(network: Network) -> "nx.Graph":
    """Who works with whom: undirected, one edge a pair, its ``weight`` the number of kinds; no loops."""
    simple = nx.Graph()
    simple.add_nodes_from(network.nodes(data=True))
    for source, target in network.edges():
        if source == target:
            continue
        if simple.has_edge(source, target):
            simple[source][target]["weight"] += 1
        else:
            simple.add_edge(source, target, weight=1)
    return simple


def year_of(date: str | None) -> int | None:
    """The year of an ISO date, or ``None``."""
    return int(date[:4]) if date and date[:4].isdigit() else None
