"""The graph as one HTML page that opens by double click and asks nothing of any network."""

from collections.abc import Collection
from dataclasses import dataclass
from html import escape as quote_attribute  # a module of this package is called escape
from pathlib import Path

from extract.records import Organization
from graph.stores import Store
from graph.view.narrow import find_organization, limit_graph, narrow_graph
from graph.view.page import render_page
from graph.view.read import read_graph, read_sentences
from graph.view.records import Collaboration, Graph

__all__ = ["Graph", "Page", "make_page", "make_view", "write_view"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page and the graph that it shows; in a notebook it shows itself."""

    html: str
    graph: Graph

    @property
    def organizations(self) -> tuple[Organization, ...]:
        """The organizations of the page, drawn or in its tables."""
        return self.graph.organizations

    @property
    def collaborations(self) -> tuple[Collaboration, ...]:
        """The collaborations of the page, without what is structure or denied."""
        return self.graph.collaborations

    def write(self, path: str | Path) -> None:
        """Write the page to a file: UTF-8 whatever the locale, lines ended by a line feed."""
        Path(path).write_text(self.html, encoding="utf-8", newline="\n")

    def _repr_html_(self) -> str:
        allowed = "allow-scripts allow-downloads allow-popups allow-modals"
        look = 'width="100%" height="720" style="border:1px solid #ddd;border-radius:8px"'
        return f'<iframe srcdoc="{quote_attribute(self.html)}" sandbox="{allowed}" {look}></iframe>'


def write_view(
    store: Store,
    path: str | Path,
    *,
    focus: str | None = None,
    hops: int = 2,
    kinds: Collection[str] | None = None,
    since: str | None = None,
    title: str | None = None,
) -> Page:
    """Write the graph of ``store`` to ``path`` as one page, and give that page back; see ``make_page``.

    Raises:
        QueryError: No organization, or several, fit ``focus``.
        StoreError: The store cannot be read.
    """
    page = make_view(store, focus=focus, hops=hops, kinds=kinds, since=since, title=title)
    page.write(path)
    return page


def make_view(
    store: Store,
    *,
    focus: str | None = None,
    hops: int = 2,
    kinds: Collection[str] | None = None,
    since: str | None = None,
    among: Collection[str] | None = None,
    title: str | None = None,
) -> Page:
    """The page of a store's graph, not written anywhere; see ``make_page``."""
    graph = read_graph(store)
    middle = find_organization(graph, focus) if focus is not None else None
    part = narrow_graph(graph, focus=middle, hops=hops, kinds=kinds, since=since, among=among)
    return _page(read_sentences(store, limit_graph(part)), middle, title)


def make_page(
    graph: Graph,
    *,
    focus: str | None = None,
    hops: int = 2,
    kinds: Collection[str] | None = None,
    since: str | None = None,
    among: Collection[str] | None = None,
    title: str | None = None,
) -> Page:
    """The page of a graph, or of a part of it.

    ``focus`` is a name of one organization: the page holds what lies within ``hops`` collaborations of it and
    opens on it.  ``kinds`` are collaboration kinds; ``since`` is an ISO date, month or year that what was last said
    of a collaboration must not be older than; ``among`` are ids of the organizations to show.  Of more than
    ``narrow.MOST`` collaborations the page holds those among the best connected organizations.  It says what it
    leaves out.

    Raises:
        QueryError: No organization, or several, fit ``focus``.
    """
    middle = find_organization(graph, focus) if focus is not None else None
    shown = narrow_graph(graph, focus=middle, hops=hops, kinds=kinds, since=since, among=among)
    return _page(limit_graph(shown), middle, title)


def _page(graph: Graph, middle: Organization | None, title: str | None) -> Page:
    return Page(html=render_page(graph, title=title, focus=middle.id if middle else None), graph=graph)
