"""A store's graph as a plain value: what the page is made from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast, get_args

from extract.lang import load_language
from extract.ontology import load_ontology
from extract.records import STATUSES, Organization, RegionGround, Status
from extract.romanize import pinyin
from graph.schema import refuse_earlier
from graph.stores import Row, Store, Value
from graph.view.records import Article, Collaboration, Graph, SeatSentence, Sentence, Stretch

SEATS = 3  # sentences shown of where an organization sits
_ROWS = 5_000  # ids of one statement
_ORGANIZATIONS = """
MATCH (o:Organization) RETURN o.id AS id, o.name AS name, o.kind AS kind, o.aliases AS aliases, o.label AS label,
o.region AS region, o.region_ground AS region_ground, o.identifiers AS identifiers ORDER BY id
"""
_FORMS = """
MATCH (n:Alias)-[r:NAMES]->(o:Organization) WHERE r.as <> 'name' RETURN o.id AS id, n.text AS text, r.as AS ground
ORDER BY id, text
"""
_EDGES = """
MATCH (a:Organization)-[r:{types}]->(b:Organization) RETURN a.id AS source, b.id AS target, toLower(type(r)) AS kind,
r.id AS id, r.status AS status, r.since AS since, r.last AS last, r.confidence AS confidence, r.reports AS reports
ORDER BY source, target, kind, id
"""
_DENIALS = """
MATCH (a:Organization)<-[:SOURCE]-(e:Evidence {status: 'negated'})-[:TARGET]->(b:Organization)
RETURN DISTINCT a.id AS source, b.id AS target, e.kind AS kind, e.collaboration AS id ORDER BY source, target, kind, id
"""
_SENTENCES = """
UNWIND $ids AS id MATCH (e:Evidence {collaboration: id})-[:FROM]->(d:Document)
RETURN e.id AS id, e.collaboration AS collaboration, d.id AS article, e.sentence AS text, e.start AS start,
e.spans AS spans, e.status AS status, e.date AS date, e.via AS via, e.confidence AS confidence, e.method AS method,
e.line AS line, e.page AS page
"""
_SEATS = """
UNWIND $ids AS id MATCH (o:Organization {id: id})<-[m:MENTIONS]-(d:Document)
WHERE m.region_ground = 'text' AND m.region = o.region
RETURN id, d.id AS article, m.region_sentence AS text ORDER BY id, article, text
"""
_ARTICLES = """
UNWIND $ids AS id MATCH (d:Document {id: id})
RETURN d.id AS id, d.title AS title, d.published AS published, d.outlet AS outlet, d.origin AS origin
"""


def read_graph(store: Store) -> Graph:
    """All organizations, collaborations and structures of a store, as yet without sentences and articles.

    Raises:
        StoreError: The store cannot be read, or is of an earlier version of the model.
    """
    refuse_earlier(store)
    ontology = load_ontology()
    organizations = tuple(_organization(row) for row in store.run(_ORGANIZATIONS))
    known = {organization.id for organization in organizations}

    def edges(kinds: Iterable[str]) -> tuple[Collaboration, ...]:
        types = "|".join(ontology.claim_kind(kind).relationship for kind in kinds)
        return tuple(_edge(row) for row in store.run(_EDGES.replace("{types}", types)))

    collaborations, structures = edges(ontology.collaborations), edges(ontology.structures)
    held = {edge.id for edge in (*collaborations, *structures)}
    denied: dict[str, Collaboration] = {}
    for row in store.run(_DENIALS):
        edge = _edge({**row, "status": "negated"})
        if edge.id not in held:
            denied.setdefault(edge.id, edge)
    forms: dict[str, dict[str, str]] = {}
    for row in store.run(_FORMS):
        forms.setdefault(str(row["id"]), {})[str(row["text"])] = str(row["ground"])
    return Graph(
        organizations=organizations,
        forms=forms,
        collaborations=collaborations,
        structures=structures,
        denials=tuple(edge for edge in denied.values() if {edge.source, edge.target} <= known),
        regions=region_names({organization.region for organization in organizations if organization.region}),
    )


def read_sentences(store: Store, graph: Graph) -> Graph:
    """The graph, with the sentences that say its edges and the articles that they stand in.

    Raises:
        StoreError: The store cannot be read.
    """
    edges = [edge.id for edge in (*graph.collaborations, *graph.structures, *graph.denials)]
    sentences = sorted(
        (_sentence(row) for row in _each(store, _SENTENCES, edges)),
        key=lambda sentence: (sentence.collaboration, sentence.article, sentence.line or 0, sentence.text),
    )
    told = [organization.id for organization in graph.organizations if organization.region_ground == "text"]
    seats: dict[str, tuple[SeatSentence, ...]] = {}
    for row in _each(store, _SEATS, told):
        held = seats.get(str(row["id"]), ())
        if row["text"] and len(held) < SEATS:
            seats[str(row["id"])] = (*held, SeatSentence(article=str(row["article"]), text=str(row["text"])))
    cited = {sentence.article for sentence in sentences} | {said.article for own in seats.values() for said in own}
    articles = (
        Article(
            id=str(row["id"]),
            title=_text(row["title"]),
            published=_text(row["published"]),
            outlet=_text(row["outlet"]),
            origin=_text(row["origin"]),
        )
        for row in _each(store, _ARTICLES, sorted(cited))
    )
    return replace(graph, sentences=tuple(sentences), articles=tuple(articles), seats=seats)


def _each(store: Store, query: str, ids: Sequence[str]) -> Iterator[Row]:
    for start in range(0, len(ids), _ROWS):
        yield from store.run(query, {"ids": ids[start : start + _ROWS]})


def region_names(codes: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """The names of administrative divisions by code and language, without 省 or 市; unknown codes are left out.

    >>> region_names(["3205"])
    {'3205': {'zh': '苏州', 'en': 'Suzhou'}}
    """
    names = {row[0]: row[1] for row in load_language("zh").rows("divisions", ("code", "name"))}
    short = {code: _bare(names[code.removesuffix("00").removesuffix("00")]) for code in codes if _known(code, names)}
    return {code: {"zh": name, "en": pinyin(name)} for code, name in short.items()}


def _known(code: str, names: Mapping[str, str]) -> bool:
    return code.removesuffix("00").removesuffix("00") in names


def _bare(name: str) -> str:
    for ending in ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市", "区", "县"):
        bare = name.removesuffix(ending)
        if bare != name and len(bare) >= 2:
            return bare
    return name


def _organization(row: Row) -> Organization:
    return Organization(
        id=str(row["id"]),
        name=str(row["name"]),
        kind=str(row["kind"]) if row["kind"] in load_ontology().organizations else "enterprise",
        aliases=_texts(row["aliases"]),
        label=_text(row["label"]),
        region=_text(row["region"]),
        region_ground=next((ground for ground in get_args(RegionGround) if ground == row["region_ground"]), None),
        identifiers=_texts(row["identifiers"]),
    )


def _edge(row: Row) -> Collaboration:
    reports = row.get("reports")
    return Collaboration(
        id=str(row["id"]),
        source=str(row["source"]),
        target=str(row["target"]),
        kind=str(row["kind"]),
        status=_status(row.get("status")),
        since=_text(row.get("since")),
        last=_text(row.get("last")),
        confidence=_share(row.get("confidence")),
        reports=reports if isinstance(reports, int) else None,
    )


def _sentence(row: Row) -> Sentence:
    text, start, spans = str(row["text"] or ""), row["start"], row["spans"]

    def stretch(number: int) -> Stretch | None:
        ends = spans[2 * number : 2 * number + 2] if isinstance(spans, list) else ()
        if not isinstance(start, int) or [type(end) for end in ends] != [int, int]:
            return None
        first, last = (cast(int, end) - start for end in ends)
        return (first, last) if 0 <= first < last <= len(text) else None

    line, page = row["line"], row["page"]
    return Sentence(
        collaboration=str(row["collaboration"]),
        article=str(row["article"]),
        text=text,
        source=stretch(0),
        target=stretch(1),
        trigger=stretch(2),
        status=_status(row["status"]),
        date=_text(row["date"]),
        via=_text(row["via"]),
        confidence=_share(row["confidence"]),
        method=_text(row["method"]),
        line=line if isinstance(line, int) else None,
        page=page if isinstance(page, int) else None,
    )


def _text(value: Value) -> str | None:
    return str(value) if value not in (None, "") else None


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def _status(value: Value) -> Status:
    return next((status for status in STATUSES if status == value), "active")


def _share(value: Value) -> float:
    return min(1.0, max(0.0, float(value))) if isinstance(value, int | float) else 1.0
