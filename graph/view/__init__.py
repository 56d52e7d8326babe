"""The graph as one HTML page that opens by double click and asks nothing of any network."""

from collections.abc import Collection
from pathlib import Path

from graph.stores import Store
from graph.view.narrow import find_organization, narrow_graph
from graph.view.page import render_page
from graph.view.read import read_graph
from graph.view.records import Graph

__all__ = ["Graph", "write_page", "write_view"]


def write_view(
    store: Store,
    path: str | Path,
    *,
    focus: str | None = None,
    hops: int = 2,
    kinds: Collection[str] | None = None,
    since: str | None = None,
    title: str | None = None,
) -> Graph:
    """Write the graph of ``store`` to ``path`` as one page, and give back what it shows.

    ``focus`` is a name of one organization: the page holds what lies within ``hops`` collaborations of it and
    opens on it.  ``kinds`` are collaboration kinds; ``since`` an ISO date, month or year that what was last said
    of a collaboration must not be older than.

    Raises:
        QueryError: No organization, or several, fit ``focus``.
        StoreError: The store cannot be read.
    """
    return write_page(read_graph(store), path, focus=focus, hops=hops, kinds=kinds, since=since, title=title)


def write_page(
    graph: Graph,
    path: str | Path,
    *,
    focus: str | None = None,
    hops: int = 2,
    kinds: Collection[str] | None = None,
    since: str | None = None,
    title: str | None = None,
) -> Graph:
    """Write ``graph`` to ``path`` as ``write_view`` does that of a store, and give back what the page shows."""
    middle = find_organization(graph, focus) if focus is not None else None
    shown = narrow_graph(graph, focus=middle, hops=hops, kinds=kinds, since=since)
    html = render_page(shown, title=title, focus=middle.id if middle else None)
    Path(path).write_text(html, encoding="utf-8", newline="\n")
    return shown
