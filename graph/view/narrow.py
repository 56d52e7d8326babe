"""Cutting a graph down before it is drawn: around one organization, to some kinds, since a date."""

from collections.abc import Collection
from dataclasses import replace

from extract.names import fold_name
from extract.records import Organization
from graph.errors import QueryError
from graph.view.records import Collaboration, Graph

MOST = 60_000
"""Collaborations that one page holds: a browser takes three seconds to open so many."""


def find_organization(graph: Graph, name: str) -> Organization:
    """The one organization that ``name`` names: its name or id, else its Latin label or an alias, else part of a name.

    Raises:
        QueryError: No organization fits, or several do; says which.
    """
    try:
        folded = fold_name(name)
    except ValueError:
        raise QueryError("the name to focus on is blank: give an organization's name") from None
    names = {organization: _folded(organization) for organization in graph.organizations}
    found = (
        [organization for organization, own in names.items() if folded == own[0] or name == organization.id]
        or [organization for organization, own in names.items() if folded in own]
        or [organization for organization, own in names.items() if any(folded in each for each in own)]
    )
    if not found:
        raise QueryError(f"no organization is called {name!r}: try part of its name, or leave out --focus")
    if len(found) > 1:
        listed = ", ".join(sorted(organization.name for organization in found)[:8])
        more = f" and {len(found) - 8} more" if len(found) > 8 else ""
        raise QueryError(f"{len(found)} organizations fit {name!r}: {listed}{more}; give one full name")
    return found[0]


def _folded(organization: Organization) -> list[str]:
    return [fold_name(name) for name in (organization.name, organization.label, *organization.aliases) if name]


def narrow_graph(
    graph: Graph,
    *,
    focus: Organization | None = None,
    hops: int = 2,
    kinds: Collection[str] | None = None,
    since: str | None = None,
    among: Collection[str] | None = None,
) -> Graph:
    """The part of ``graph`` that is wanted, with the sentences and articles that belong to it.

    ``focus`` keeps what lies within ``hops`` collaborations of it; ``kinds`` are collaboration kinds; ``since`` is
    an ISO date, month or year: a collaboration stays if the last thing said of it is not older, or not dated; ``among``
    are ids of organizations.
    """

    def wanted(edge: Collaboration) -> bool:
        last = edge.last or edge.since
        return (kinds is None or edge.kind in kinds) and (since is None or last is None or not _older(last, since))

    collaborations = tuple(edge for edge in graph.collaborations if wanted(edge))
    denials = tuple(edge for edge in graph.denials if wanted(edge))
    kept = {organization.id for organization in graph.organizations}
    if focus is not None:
        kept = _within(focus.id, collaborations, hops)
    elif kinds is not None or since is not None:
        kept = {end for edge in collaborations for end in (edge.source, edge.target)}
    if among is not None:
        kept &= set(among)
    return _part(graph, kept, collaborations, denials)


def limit_graph(graph: Graph, *, most: int = MOST) -> Graph:
    """The graph, or of one with more than ``most`` collaborations those among its best connected organizations."""
    if len(graph.collaborations) <= most:
        return graph
    near: dict[str, set[str]] = {organization.id: set() for organization in graph.organizations}
    for edge in graph.collaborations:
        near[edge.source].add(edge.target)
        near[edge.target].add(edge.source)
    ranked = sorted(near, key=lambda one: (-len(near[one]), one))
    rank = {one: place for place, one in enumerate(ranked)}
    complete = sorted(max(rank[edge.source], rank[edge.target]) for edge in graph.collaborations)
    kept = set(ranked[: complete[most]])  # an edge is whole when the later of its ends is in
    return _part(graph, kept, graph.collaborations, graph.denials)


def _part(
    graph: Graph, kept: Collection[str], collaborations: tuple[Collaboration, ...], denials: tuple[Collaboration, ...]
) -> Graph:
    """What of the graph lies among the organizations ``kept``; counts what is left out."""

    def inside(edges: tuple[Collaboration, ...]) -> tuple[Collaboration, ...]:
        return tuple(edge for edge in edges if edge.source in kept and edge.target in kept)

    collaborations, structures, denials = inside(collaborations), inside(graph.structures), inside(denials)
    edges = {edge.id for group in (collaborations, structures, denials) for edge in group}
    sentences = tuple(sentence for sentence in graph.sentences if sentence.collaboration in edges)
    seats = {one: said for one, said in graph.seats.items() if one in kept}
    cited = {sentence.article for sentence in sentences} | {said.article for own in seats.values() for said in own}
    organizations = tuple(organization for organization in graph.organizations if organization.id in kept)
    return replace(
        graph,
        organizations=organizations,
        collaborations=collaborations,
        structures=structures,
        denials=denials,
        sentences=sentences,
        seats=seats,
        articles=tuple(article for article in graph.articles if article.id in cited),
        beyond=(
            graph.beyond[0] + len(graph.organizations) - len(organizations),
            graph.beyond[1] + len(graph.collaborations) - len(collaborations),
        ),
    )


def _older(date: str, other: str) -> bool:
    """Whether an ISO date is before another, as far as both say: 2024 is not older than 2024-05."""
    length = min(len(date), len(other))
    return date[:length] < other[:length]


def _within(start: str, edges: Collection[Collaboration], hops: int) -> set[str]:
    near: dict[str, set[str]] = {}
    for edge in edges:
        near.setdefault(edge.source, set()).add(edge.target)
        near.setdefault(edge.target, set()).add(edge.source)
    reached = {start}
    rim = {start}
    for _ in range(hops):
        rim = {other for one in rim for other in near.get(one, ())} - reached
        reached |= rim
    return reached
