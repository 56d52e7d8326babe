"""A reading → the one Cypher statement that answers it, with its parameters.

The text of a statement depends on the intent and on which conditions there are, never on what the question says: that
travels in the parameters.  Relationship types and directions are literals out of the ontology.  The statements run
unchanged on the embedded store and on Neo4j 5.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from extract.ontology import load_ontology
from graph.ask.reading import Reading, Side
from graph.stores import Value

LONGEST_PATH = 8
"""Steps of the longest connection that is looked for."""
_DEPTH = 4  # levels of parts within parts

_PARTNER = "p.id AS id, p.name AS name, p.kind AS organization_kind"
_ENDS = f"o.id AS near, o.name AS near_name, {_PARTNER}"
_LINK = (
    "type(r) AS kind, startNode(r).id AS source, r.status AS status, r.since AS since, r.last AS last,\n"
    "  coalesce(r.reports, size(coalesce(r.documents, []))) AS reports"
)
_CLAIM = (
    "e.kind AS kind, s.id AS source, e.status AS status, null AS since, null AS last,\n"
    "  count(DISTINCT d.id) AS reports"
)
_QUOTES = (
    "collect({evidence: e.id, sentence: e.sentence, document: d.id, title: d.title, published: d.published,\n"
    "  date: e.date, status: e.status, via: e.via, confidence: e.confidence}) AS quotes"
)

BESIDE = (
    "MATCH (o:Organization {id: $id}) RETURN COUNT { (o)<-[:PART_OF]-(:Organization) } AS parts,\n"
    "  COUNT { (o)<-[:SOURCE|TARGET]-(:Evidence {status: 'negated'}) } AS denied"
)
"""Parts and denied claims of an organization."""


def _known() -> str:
    return (
        "UNWIND $ids AS id MATCH (o:Organization {id: id})\n"
        f"OPTIONAL MATCH (o)-[:{relationship_types()}]-(p:Organization) WITH o, count(DISTINCT p) AS partners\n"
        "OPTIONAL MATCH (o)<-[:MENTIONS]-(d:Document) RETURN o.name AS name, partners, count(d) AS documents"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One statement and its parameters."""

    cypher: str
    parameters: Mapping[str, Value]


def write_query(reading: Reading, *, limit: int) -> Query:
    """The statement for a reading in which every name is settled; it gives at most ``limit + 1`` rows.

    One row more than ``limit`` says that there are more.  For chains it gives how many steps they have
    (``write_paths`` is next), for a ranking the candidates with most links.
    """
    return _WRITERS[reading.intent](reading, limit)


def relationship_types(reading: Reading | None = None) -> str:
    """The types of the asked relations, or of all collaborations, for a pattern: ``INVEST|SUPPLY``."""
    kinds = load_ontology().collaborations
    asked = reading.relations if reading else ()
    return "|".join(kind.relationship for name, kind in kinds.items() if not asked or name in asked)


def _arrow(reading: Reading, name: str = "r") -> str:
    body = f"[{name}:{relationship_types(reading)}]"
    return {"from": f"-{body}->", "into": f"<-{body}-", None: f"-{body}-"}[reading.side]


def _conditions(reading: Reading, partner: str = "p") -> tuple[list[str], dict[str, Value]]:
    """What is asked of the partner, beside the relation."""
    where: list[str] = []
    parameters: dict[str, Value] = {}
    if reading.kinds:
        where.append(f"{partner}.kind IN $kinds")
        parameters["kinds"] = list(reading.kinds)
    if reading.region:
        where.append(f"({partner}.name CONTAINS $region OR {partner}.region STARTS WITH $division)")
        parameters["region"] = reading.region
        parameters["division"] = division_code(reading.region) or "none"
    return where, parameters


def _evidence_conditions(reading: Reading) -> tuple[list[str], dict[str, Value]]:
    """What is asked of the evidence: a status, years."""
    where: list[str] = []
    parameters: dict[str, Value] = {}
    if reading.status:
        where.append("e.status = $status")
        parameters["status"] = reading.status
    if reading.years:
        first, last = reading.years
        if first is not None:
            where.append("left(coalesce(e.date, d.published, ''), 4) >= $first")
            parameters["first"] = f"{first:04}"
        if last is not None:
            where.append("left(coalesce(e.date, d.published, '9999'), 4) <= $last")
            parameters["last"] = f"{last:04}"
    return where, parameters


def division_code(place: str) -> str | None:
    """The official code of a division of China, without the zeros behind: ``3205`` for 苏州."""
    from extract.lang import load_language

    return next(
        (
            code
            for code, name in load_language("zh").rows("divisions", ("code", "name"))
            if name == place or (len(name) > 2 and name[:-1] == place)
        ),
        None,
    )


def _where(conditions: list[str]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""


def _links(match: str, evidence: list[str], limit: str = " LIMIT $limit", ends: str = _ENDS) -> str:
    """Collaborations ``r`` between ``o`` and ``p`` that ``match`` finds, each with its quotes.

    The limit comes before the quotes are fetched, unless they decide which collaborations are wanted.
    """
    early, late = ("", limit) if evidence else (limit, "")
    return (
        f"{match}\nWITH o, r, p, r.id AS collaboration{early}\n"
        f"{'MATCH' if evidence else 'OPTIONAL MATCH'} (e:Evidence {{collaboration: collaboration}})"
        f"-[:FROM]->(d:Document){_where(evidence)}\n"
        f"RETURN {ends}, {_LINK}, {_QUOTES}{late}"
    )


def _partners(reading: Reading, limit: int) -> Query:
    if reading.status == "negated":
        return _denied(reading, limit)
    where, parameters = _conditions(reading)
    evidence, more = _evidence_conditions(reading)
    start = "MATCH (o:Organization {id: $id})"
    if reading.with_parts:
        start = f"MATCH (whole:Organization {{id: $id}})<-[:PART_OF*0..{_DEPTH}]-(o:Organization)"
    match = f"{start}\nMATCH (o){_arrow(reading)}(p:Organization){_where(where)}"
    cypher = _links(match, evidence)
    return Query(cypher=cypher, parameters={"id": reading.ids[0], "limit": limit + 1, **parameters, **more})


def write_count(reading: Reading) -> Query:
    """The statement that counts the partners of a reading, however many: the active ones, or those of its status."""
    where, parameters = _conditions(reading)
    evidence, more = _evidence_conditions(reading)
    if not reading.status:
        where.append("r.status = 'active'")
    if evidence:
        said = f"MATCH (e:Evidence {{collaboration: r.id}})-[:FROM]->(d:Document){_where(evidence)}"
        where.append(f"EXISTS {{ {said} }}")
    start = "MATCH (o:Organization {id: $id})"
    if reading.with_parts:
        start = f"MATCH (:Organization {{id: $id}})<-[:PART_OF*0..{_DEPTH}]-(o:Organization)"
    cypher = f"{start}\nMATCH (o){_arrow(reading)}(p:Organization){_where(where)}\nRETURN count(DISTINCT p) AS partners"
    return Query(cypher=cypher, parameters={"id": reading.ids[0], **parameters, **more})


def _denied(reading: Reading, limit: int) -> Query:
    """Denied claims have evidence and no relationship."""
    where, parameters = _conditions(reading)
    evidence, more = _evidence_conditions(reading)
    if reading.relations:
        evidence.append("e.kind IN $relations")
        more["relations"] = list(reading.relations)
    start = "MATCH (o:Organization)<-[:SOURCE]-(e:Evidence)"
    ids: dict[str, Value] = {}
    if reading.names:
        start = "MATCH (o:Organization {id: $id})<-[:SOURCE|TARGET]-(e:Evidence)"
        ids["id"] = reading.ids[0]
    cypher = (
        f"{start}, (e)-[:FROM]->(d:Document){_where(evidence)}\n"
        f"MATCH (e)-[:SOURCE|TARGET]->(p:Organization){_where(['p.id <> o.id', *where])}\n"
        "MATCH (e)-[:SOURCE]->(s:Organization)\nWITH o, p, s, e, d ORDER BY e.confidence DESC, d.id\n"
        f"RETURN {_ENDS}, {_CLAIM}, {_QUOTES}\nORDER BY name, kind LIMIT $limit"
    )
    return Query(cypher=cypher, parameters={**ids, "limit": limit + 1, **parameters, **more})


def _pair(reading: Reading, limit: int) -> Query:
    """Every claim about two organizations, the denied ones too."""
    match = f"MATCH (o:Organization {{id: $a}})-[r:{relationship_types()}]-(p:Organization {{id: $b}})"
    cypher = (
        f"{_links(match, [], limit='')}\nUNION ALL\n"
        "MATCH (o:Organization {id: $a})<-[:SOURCE|TARGET]-(e:Evidence) WHERE e.status = 'negated'\n"
        "MATCH (e)-[:SOURCE|TARGET]->(p:Organization {id: $b})\n"
        "MATCH (e)-[:SOURCE]->(s:Organization) MATCH (e)-[:FROM]->(d:Document)\n"
        f"RETURN {_ENDS}, {_CLAIM}, {_QUOTES}"
    )
    return Query(cypher=cypher, parameters={"a": reading.ids[0], "b": reading.ids[1]})


def _common(reading: Reading, limit: int) -> Query:
    where, parameters = _conditions(reading)
    cypher = (
        f"MATCH (a:Organization {{id: $a}}){_arrow(reading, 'r')}(p:Organization){_where(where)}\n"
        f"MATCH (p){_arrow(_flipped(reading), 'q')}(b:Organization {{id: $b}})\nWITH DISTINCT p, r, q\n"
        "WITH p, collect(DISTINCT {kind: type(r), status: r.status, source: startNode(r).id}) AS one,\n"
        "  collect(DISTINCT {kind: type(q), status: q.status, source: startNode(q).id}) AS other\n"
        f"RETURN {_PARTNER}, one, other ORDER BY name LIMIT $limit"
    )
    ids: dict[str, Value] = {"a": reading.ids[0], "b": reading.ids[1]}
    return Query(cypher=cypher, parameters={**ids, "limit": limit + 1, **parameters})


def _flipped(reading: Reading) -> Reading:
    sides: dict[Side | None, Side | None] = {"from": "into", "into": "from", None: None}
    return replace(reading, side=sides[reading.side])


def _distance(reading: Reading, limit: int) -> Query:
    cypher = (
        "MATCH (a:Organization {id: $a}), (b:Organization {id: $b})\n"
        f"MATCH path = shortestPath((a)-[:{relationship_types()}*..{LONGEST_PATH}]-(b))\n"
        "RETURN length(path) AS steps"
    )
    return Query(cypher=cypher, parameters={"a": reading.ids[0], "b": reading.ids[1]})


def write_paths(reading: Reading, steps: int, *, limit: int) -> Query:
    """The statement for all shortest chains between two organizations that are ``steps`` apart.

    Up to four steps it meets in the middle: on a graph with hubs that takes a twentieth of ``allShortestPaths``.
    """
    link = f"-[:{relationship_types()}]-"
    start, end = "(a:Organization {id: $a})", "(b:Organization {id: $b})"
    meet = f"WITH b, collect(DISTINCT y.id) AS near\nMATCH {start}"
    if steps == 1:
        cypher = f"MATCH {start}{link}{end}\nRETURN DISTINCT [a.name, b.name] AS names, [a.id, b.id] AS ids"
    elif steps in (2, 3):
        middle = f"{link}(x:Organization)" if steps == 3 else ""
        names = ", ".join(f"{node}.name" for node in ("a", *("x" * (steps - 2)), "y", "b"))
        cypher = (
            f"MATCH {end}{link}(y:Organization)\n{meet}{middle}{link}(y:Organization) WHERE y.id IN near\n"
            f"RETURN DISTINCT [{names}] AS names, [{names.replace('.name', '.id')}] AS ids"
        )
    elif steps == 4:
        cypher = (
            f"MATCH {end}{link}(z:Organization){link}(y:Organization)\n"
            "WITH b, collect(DISTINCT y.id) AS near, collect(DISTINCT {from: y.id, id: z.id, name: z.name}) AS back\n"
            f"MATCH {start}{link}(x:Organization){link}(y:Organization) WHERE y.id IN near\n"
            "UNWIND [step IN back WHERE step.from = y.id] AS z\n"
            "RETURN DISTINCT [a.name, x.name, y.name, z.name, b.name] AS names, [a.id, x.id, y.id, z.id, b.id] AS ids"
        )
    else:
        cypher = (
            f"MATCH {start}, {end}\nMATCH path = allShortestPaths((a)-[:{relationship_types()}*..{steps}]-(b))\n"
            "RETURN DISTINCT [n IN nodes(path) | n.name] AS names, [n IN nodes(path) | n.id] AS ids"
        )
    parameters: dict[str, Value] = {"a": reading.ids[0], "b": reading.ids[1], "limit": limit + 1}
    return Query(cypher=f"{cypher} LIMIT $limit", parameters=parameters)


def _rank(reading: Reading, limit: int) -> Query:
    """Partners of the ``limit`` organizations with most links, which are never fewer than their partners."""
    where, parameters = _conditions(reading)
    ranked = ""
    if reading.among:
        ranked = " WHERE o.kind IN $among"
        parameters["among"] = list(reading.among)
    where.append("r.status = $status")
    parameters["status"] = reading.status or "active"
    label = f":{reading.among[0].title()}" if len(reading.among) == 1 else ":Organization"
    cypher = (
        f"MATCH (o{label}){_arrow(reading, 'every')}(:Organization){ranked}\n"
        "WITH o, count(*) AS links ORDER BY links DESC, o.name LIMIT $limit\n"
        f"OPTIONAL MATCH (o){_arrow(reading)}(p:Organization){_where(where)}\n"
        "WITH o, links, count(DISTINCT p) AS partners\n"
        "RETURN o.id AS id, o.name AS name, o.kind AS organization_kind, partners, links\n"
        "ORDER BY partners DESC, name"
    )
    return Query(cypher=cypher, parameters={**parameters, "limit": limit})


def _pairs(reading: Reading, limit: int) -> Query:
    if reading.status == "negated":
        return _denied(reading, limit)
    where: list[str] = []
    parameters: dict[str, Value] = {}
    if len(reading.kinds) >= 2:
        where.append("o.kind IN $kinds AND p.kind IN $kinds AND o.kind <> p.kind")
        parameters["kinds"] = list(reading.kinds)
    elif reading.kinds:
        where.append("(o.kind IN $kinds AND p.kind IN $kinds)")
        parameters["kinds"] = list(reading.kinds)
    more: dict[str, Value] = {}
    evidence: list[str] = []
    if reading.status and not reading.years:
        said = "EXISTS { MATCH (e:Evidence {collaboration: r.id}) WHERE e.status = $status }"
        where.append(f"(r.status = $status OR (r.evidence_count > 1 AND {said}))")
        more["status"] = reading.status
    else:
        evidence, more = _evidence_conditions(reading)
    match = f"MATCH (o:Organization)-[r:{relationship_types(reading)}]->(p:Organization){_where(where)}"
    cypher = _links(match, evidence)
    return Query(cypher=cypher, parameters={"limit": limit + 1, **parameters, **more})


def _having(reading: Reading, limit: int) -> Query:
    where, parameters = _conditions(reading)
    evidence, more = _evidence_conditions(reading)
    where.append("o.kind IN $among")
    parameters["among"] = list(reading.among)
    match = f"MATCH (o:Organization){_arrow(reading)}(p:Organization){_where(where)}"
    ends = "p.id AS near, p.name AS near_name, o.id AS id, o.name AS name, o.kind AS organization_kind"
    cypher = _links(match, evidence, ends=ends)
    return Query(cypher=cypher, parameters={"limit": limit + 1, **parameters, **more})


def _via(reading: Reading, limit: int) -> Query:
    start, parameters = "MATCH (e:Evidence)", {}
    where = ["e.via IS NOT NULL", "e.status <> 'negated'"]
    if reading.person:
        start = "MATCH (e:Evidence {via: $person})"
        where = ["e.status <> 'negated'"]
        parameters["person"] = reading.person
    ids: dict[str, Value] = dict(parameters)
    if reading.names:
        start += " MATCH (e)-[:SOURCE|TARGET]->(o:Organization {id: $a})" if reading.person else ""
        ids["a"] = reading.ids[0]
        if not reading.person:
            start = "MATCH (o:Organization {id: $a})<-[:SOURCE|TARGET]-(e:Evidence)"
    if len(reading.names) > 1:
        where.append("EXISTS { MATCH (e)-[:SOURCE|TARGET]->(:Organization {id: $b}) }")
        ids["b"] = reading.ids[1]
    cypher = (
        f"{start}{_where(where)}\nMATCH (e)-[:SOURCE]->(s:Organization) MATCH (e)-[:TARGET]->(p:Organization)\n"
        "MATCH (e)-[:FROM]->(d:Document)\n"
        f"RETURN s.id AS near, s.name AS near_name, {_PARTNER}, {_CLAIM}, {_QUOTES}\n"
        "ORDER BY near_name, name LIMIT $limit"
    )
    return Query(cypher=cypher, parameters={**ids, "limit": limit + 1})


def _kin(pattern: str) -> Callable[[Reading, int], Query]:
    def write(reading: Reading, limit: int) -> Query:
        cypher = (
            f"MATCH path = (o:Organization {{id: $id}}){pattern}(p:Organization)\n"
            f"RETURN {_PARTNER}, min(length(path)) AS level ORDER BY level, name LIMIT $limit"
        )
        return Query(cypher=cypher, parameters={"id": reading.ids[0], "limit": limit + 1})

    return write


def _belongs(reading: Reading, limit: int) -> Query:
    cypher = (
        f"MATCH path = (a:Organization {{id: $a}})-[:PART_OF*1..{_DEPTH}]->(b:Organization {{id: $b}})\n"
        "RETURN b.id AS id, b.name AS name, b.kind AS organization_kind, min(length(path)) AS level"
    )
    return Query(cypher=cypher, parameters={"a": reading.ids[0], "b": reading.ids[1]})


_WRITERS: Mapping[str, Callable[[Reading, int], Query]] = {
    "partners": _partners,
    "count": _partners,
    "pair": _pair,
    "how": _pair,
    "since": _pair,
    "status": _pair,
    "why": _pair,
    "common": _common,
    "paths": _distance,
    "rank": _rank,
    "pairs": _pairs,
    "having": _having,
    "via": _via,
    "parts": _kin(f"<-[:PART_OF*1..{_DEPTH}]-"),
    "parents": _kin(f"-[:PART_OF*1..{_DEPTH}]->"),
    "belongs": _belongs,
}

KNOWN = _known()
"""Partners and documents of each organization of ``$ids``."""
