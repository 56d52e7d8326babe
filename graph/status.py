"""What a store holds, in figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from extract.ontology import load_ontology
from graph.schema import schema_version
from graph.stores import Store
from graph.transfer import is_unfinished


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Counts of a store; ``collaborations`` and ``organizations`` by kind, kinds without any left out.

    ``size`` is in bytes, ``None`` where the server does not say; ``changed`` when the graph was last written, as an
    ISO time; ``version`` the version of the model, ``None`` for a store that was never built.
    """

    url: str
    server: str
    version: int | None
    whole: bool
    changed: str | None
    size: int | None
    documents: int
    organizations: Mapping[str, int]
    collaborations: Mapping[str, int]
    structures: Mapping[str, int]
    evidence: int
    denials: int


def read_status(store: Store) -> Status:
    """The figures of a store."""
    ontology = load_ontology()
    types = {str(row["type"]): _count(row["n"]) for row in store.run(_TYPES)}
    kinds = {str(row["kind"]): _count(row["n"]) for row in store.run(_KINDS)}
    changed = store.run("MATCH (s:Schema) RETURN s.changed AS changed")
    return Status(
        url=store.url,
        server=store.server,
        version=schema_version(store),
        whole=not is_unfinished(store),
        changed=str(changed[0]["changed"]) if changed and changed[0]["changed"] else None,
        size=store.size(),
        documents=_one(store, "MATCH (d:Document) RETURN count(d) AS n"),
        organizations={kind: kinds[kind] for kind in ontology.organizations if kind in kinds},
        collaborations=_present(types, {kind.relationship: kind.name for kind in ontology.collaborations.values()}),
        structures=_present(types, {kind.relationship: kind.name for kind in ontology.structures.values()}),
        evidence=_one(store, "MATCH (e:Evidence) RETURN count(e) AS n"),
        denials=_one(store, "MATCH (e:Evidence {status: 'negated'}) RETURN count(e) AS n"),
    )


_TYPES = "MATCH (:Organization)-[r]->(:Organization) RETURN type(r) AS type, count(*) AS n"
_KINDS = "MATCH (o:Organization) RETURN o.kind AS kind, count(*) AS n"


def _present(counts: Mapping[str, int], names: Mapping[str, str]) -> dict[str, int]:
    return {name: counts[kind] for kind, name in names.items() if kind in counts}


def _one(store: Store, query: str) -> int:
    return _count(store.run(query)[0]["n"])


def _count(value: object) -> int:
    assert isinstance(value, int)
    return value
