"""From a graph to findings: a store as a networkx graph, and the tables that an analyst needs.

``TABLES`` names those that need nothing but the network; each docstring gives definition and source.  Unless a
table says otherwise it counts active collaborations only, parallel ones by kind, and passes over isolated nodes.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from graph.analyse.centre import brokers, most_connected
from graph.analyse.change import compare, growth
from graph.analyse.gaps import white_space
from graph.analyse.groups import communities
from graph.analyse.network import Network, to_networkx
from graph.analyse.places import bipartite, cross_region, dependence
from graph.analyse.table import Table

TABLES: Mapping[str, Callable[[Network], Table]] = MappingProxyType(
    {
        "most_connected": most_connected,
        "brokers": brokers,
        "communities": communities,
        "cross_region": cross_region,
        "enterprise_institute": bipartite,
        "dependence": dependence,
        "growth": growth,
        "white_space": white_space,
    }
)

__all__ = ["TABLES", "Network", "Table", "compare", "cross_region", "to_networkx"]
