"""Many extractions → one graph: build (merge → load), then ask, view, analyse.

The functions below are imported when they are first called for, so that ``collabgraph --help`` stays instant.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph.analyse import to_networkx
    from graph.ask.answer import answer
    from graph.build import build_graph
    from graph.stores import open_store
    from graph.view import write_view

__all__ = ["answer", "build_graph", "open_store", "to_networkx", "write_view"]

_HOMES = {
    "answer": "graph.ask.answer",
    "build_graph": "graph.build",
    "open_store": "graph.stores",
    "to_networkx": "graph.analyse",
    "write_view": "graph.view",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
