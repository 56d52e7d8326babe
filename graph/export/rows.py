"""What every format writes: the organizations and the collaborations of a store, page by page."""

from collections.abc import Iterator
from typing import Any

from extract.ontology import load_ontology
from graph.stores import Store

PAGE = 10_000  # rows a statement hands over


def organizations(store: Store) -> Iterator[dict[str, Any]]:
    """Organizations in the order of their ids: id, name, kind, label, region, aliases, identifiers."""
    query = """MATCH (o:Organization) WHERE o.id > $after
        RETURN o.id AS id, o.name AS name, o.kind AS kind, o.label AS label, o.region AS region,
            coalesce(o.aliases, []) AS aliases, coalesce(o.identifiers, []) AS identifiers
        ORDER BY id LIMIT $page"""
    return _pages(store, query)


def collaborations(store: Store, *, structure: bool = True) -> Iterator[dict[str, Any]]:
    """Collaborations (and ``part_of``, with ``structure``) by kind and id, with one sentence that says each.

    Fields: id, source, kind, target, status, since, last, confidence, documents (their ids), reports, sentence.
    """
    ontology = load_ontology()
    kinds = [*ontology.collaborations.values(), *(ontology.structures.values() if structure else ())]
    for kind in kinds:
        query = f"""MATCH (a:Organization)-[r:`{kind.relationship}`]->(b:Organization) WHERE r.id > $after
            RETURN r.id AS id, a.id AS source, $kind AS kind, b.id AS target, r.status AS status, r.since AS since,
                r.last AS last, r.confidence AS confidence, coalesce(r.documents, []) AS documents, r.reports AS reports
            ORDER BY id LIMIT $page"""
        for page in _whole_pages(store, query, kind=kind.name):
            said = _sentences(store, [row["id"] for row in page])
            for row in page:
                yield {**row, "sentence": said.get(row["id"])}


def _sentences(store: Store, ids: list[str]) -> dict[str, str]:
    """The surest sentence of each collaboration."""
    query = """UNWIND $ids AS id MATCH (e:Evidence {collaboration: id})
        WITH id, e ORDER BY e.confidence DESC, e.id
        RETURN id, collect(e.sentence)[0] AS sentence"""
    return {str(row["id"]): str(row["sentence"]) for row in store.run(query, {"ids": ids})}


def _pages(store: Store, query: str, **parameters: str) -> Iterator[dict[str, Any]]:
    for page in _whole_pages(store, query, **parameters):
        yield from page


def _whole_pages(store: Store, query: str, **parameters: str) -> Iterator[list[dict[str, Any]]]:
    after = ""
    page: list[dict[str, Any]]
    while page := [dict(row) for row in store.run(query, {**parameters, "after": after, "page": PAGE})]:
        yield page
        after = str(page[-1]["id"])
        if len(page) < PAGE:
            return
