"""GraphML and GEXF, for network programs; parallel collaborations stay apart, with their dates."""

from pathlib import Path
from typing import Any

import networkx as nx

from graph.export.rows import collaborations, organizations
from graph.stores import Store


def write_graphml(store: Store, path: Path) -> Path:
    """The graph as GraphML (http://graphml.graphdrawing.org), which yEd, Cytoscape, igraph and networkx read."""
    nx.write_graphml(_network(store), path, encoding="utf-8")
    return path


def write_gexf(store: Store, path: Path) -> Path:
    """The graph as GEXF 1.2 for Gephi: each collaboration is there from its first to its last date.

    A date is padded to a day, because Gephi reads only whole dates: 2024 begins on 2024-01-01 and ends on 2024-12-31.
    """
    network = _network(store)
    for *_, data in network.edges(data=True):
        if since := data.pop("since", None):
            data["start"] = _first_day(since)
        if last := data.pop("last", None):
            data["end"] = _last_day(last)
        data["weight"] = data.get("reports", 1)
    nx.write_gexf(network, path, encoding="utf-8", version="1.2draft")
    return path


def _network(store: Store) -> Any:
    """A multigraph whose attributes are text and numbers only; what is not known is left out."""
    network = nx.MultiDiGraph()
    for row in organizations(store):
        flat = {"label": row["name"], "latin": row["label"], "kind": row["kind"], "region": row["region"]}
        flat["region_ground"] = row["region_ground"]
        flat["aliases"] = "|".join(row["aliases"]) or None
        network.add_node(row["id"], **_known(flat))
    for row in collaborations(store):
        fields = ("kind", "status", "since", "last", "confidence", "reports", "sentence")
        network.add_edge(row["source"], row["target"], key=row["id"], **_known({name: row[name] for name in fields}))
    return network


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: _legal(value) for name, value in fields.items() if value is not None}


def _legal(value: Any) -> Any:
    """Text without the control characters that XML 1.0 forbids."""
    if not isinstance(value, str):
        return value
    return "".join(character for character in value if character >= " " or character in "\t\n\r")


def _first_day(date: str) -> str:
    """The first day of an ISO date, month or year.

    >>> _first_day("2024-05")
    '2024-05-01'
    """
    return (date + "-01-01"[len(date) - 4 :])[:10] if len(date) < 10 else date


def _last_day(date: str) -> str:
    """The last day of an ISO date, month (its 28th, which every month has) or year.

    >>> _last_day("2024")
    '2024-12-31'
    """
    return date + {4: "-12-31", 7: "-28"}.get(len(date), "")
