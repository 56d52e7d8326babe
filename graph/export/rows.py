"""What every format writes: the organizations and the collaborations of a store, streamed."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from extract.ontology import load_ontology
from graph.stores import Store

BATCH = 1_000  # collaborations whose sentences are fetched at once


def organizations(store: Store) -> Iterator[dict[str, Any]]:
    """Organizations: id, name, kind, label, region, region_ground, aliases, identifiers."""
    query = """MATCH (o:Organization)
        RETURN o.id AS id, o.name AS name, o.kind AS kind, o.label AS label, o.region AS region,
            o.region_ground AS region_ground,
            coalesce(o.aliases, []) AS aliases, coalesce(o.identifiers, []) AS identifiers"""
    yield from map(dict, store.stream(query))


def collaborations(store: Store, *, structure: bool = True) -> Iterator[dict[str, Any]]:
    """Collaborations (and ``part_of``, with ``structure``) by kind, with the surest sentence that says each.

    Fields: id, source, kind, target, status, since, last, confidence, documents (their ids), reports, sentence.
    """
    ontology = load_ontology()
    kinds = [*ontology.collaborations.values(), *(ontology.structures.values() if structure else ())]
    for kind in kinds:
        rows = store.stream(
            f"""MATCH (a:Organization)-[r:`{kind.relationship}`]->(b:Organization)
            RETURN r.id AS id, a.id AS source, $kind AS kind, b.id AS target, r.status AS status, r.since AS since,
                r.last AS last, r.confidence AS confidence, coalesce(r.documents, []) AS documents,
                r.reports AS reports""",
            {"kind": kind.name},
        )
        while batch := [dict(row) for row in islice(rows, BATCH)]:
            said = _sentences(store, [str(row["id"]) for row in batch])
            for row in batch:
                yield {**row, "sentence": said.get(str(row["id"]))}


def _sentences(store: Store, ids: list[str]) -> dict[str, str]:
    """The surest sentence of each collaboration."""
    query = """UNWIND $ids AS id MATCH (e:Evidence {collaboration: id})
        WITH id, e ORDER BY e.confidence DESC, e.id
        RETURN id, collect(e.sentence)[0] AS sentence"""
    return {str(row["id"]): str(row["sentence"]) for row in store.run(query, {"ids": ids})}
