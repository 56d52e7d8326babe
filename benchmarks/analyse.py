"""Every table of the analysis on a large graph, in processor seconds: ``python -m benchmarks.analyse``."""

import argparse
import resource
import time

import networkx as nx

from benchmarks.synthetic import synthetic_graph
from graph.analyse import TABLES, Network


def main() -> None:
    """Print the seconds of each table, and the memory of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--collaborations", type=int, default=294_000)
    network = network_of(parser.parse_args().collaborations)
    print(f"{len(network):,} organizations, {network.number_of_edges():,} collaborations")
    for name, table in TABLES.items():
        start = time.process_time()
        made = table(network)
        print(f"{name:20} {time.process_time() - start:6.1f} s  {len(made.rows):3} rows  {made.note or ''}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.2f} GB")


def network_of(collaborations: int) -> Network:
    """The synthetic graph of that size as a network."""
    graph = synthetic_graph(collaborations)
    network: Network = nx.MultiDiGraph()
    for organization in sorted(graph.organizations, key=lambda organization: organization.id):
        region = (organization.region or "").rstrip("0") or None
        place = {"region": region, "region_ground": "name" if region else None}
        network.add_node(organization.id, name=organization.name, kind=organization.kind, label=None, **place)
    for edge in graph.collaborations:
        fields = {"status": edge.status, "since": edge.since, "last": edge.last, "confidence": 0.9, "reports": 1}
        network.add_edge(edge.source, edge.target, key=edge.kind, kind=edge.kind, **fields)
    return network


if __name__ == "__main__":
    main()
