"""A graph as a file that another program opens: one module a format.

``FORMATS`` maps a format's name to what writes it; each writer takes the store and a path and returns the path.
Every format holds the organizations and the collaborations of all statuses; ``cypher`` and ``neo4j-import`` hold
the whole graph with its evidence.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from graph.export.entities import write_entities
from graph.export.linked import write_jsonld
from graph.export.networks import write_gexf, write_graphml
from graph.export.sheets import write_sheets
from graph.export.whole import write_cypher, write_import
from graph.stores import Store

FORMATS: Mapping[str, Callable[[Store, Path], Path]] = MappingProxyType(
    {
        "graphml": write_graphml,
        "gexf": write_gexf,
        "csv": write_sheets,
        "ftm": write_entities,
        "jsonld": write_jsonld,
        "cypher": write_cypher,
        "neo4j-import": write_import,
    }
)

__all__ = ["FORMATS"]
