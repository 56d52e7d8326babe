"""A question → an answer: link its names, understand it, look it up once, and say what was found.

``answer`` never guesses: a name that fits several organizations comes back as a choice, an unknown one with the
nearest names, a question that is not understood with examples.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.ask.describe import describe
from graph.ask.follow import follow_up
from graph.ask.link import find_names, find_similar, is_person
from graph.ask.queries import BESIDE, KNOWN, Query, write_query
from graph.ask.reading import Name, Organization, Reading, Refusal, otherwise
from graph.ask.understand import understand
from graph.ask.words import normalize
from graph.stores import Row, Store, Value

LIMIT = 1000
"""Rows of an answer, unless the caller says otherwise."""

Verdict = Literal["answered", "none", "unknown", "ambiguous", "not_understood"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A sentence that says it, and where it stands; ``published`` and ``date`` are ISO dates of any precision."""

    evidence: str
    sentence: str | None
    document: str
    title: str | None = None
    published: str | None = None
    date: str | None = None
    status: str | None = None
    via: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One collaboration: its ends by name, first and last date, number of documents, quotes best first."""

    source: str
    target: str
    kind: str
    status: str
    since: str | None = None
    last: str | None = None
    reports: int = 0
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One row of an answer: an organization, a pair or a path, and the collaborations that put it there.

    ``value`` is what the row was counted or ranked by: partners, or levels of structure.
    """

    organizations: tuple[Organization, ...]
    links: tuple[Link, ...] = ()
    value: int | None = None

    @property
    def status(self) -> str:
        """The strongest status of the row: active before planned before ended before negated."""
        order = ("active", "planned", "ended", "negated")
        return min((link.status for link in self.links), key=order.index, default="active")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the graph knows of an organization of which it does not know what was asked."""

    name: str
    partners: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a question was understood as, the query it became, and what that gave.

    ``yes`` is set for yes-or-no questions, ``count`` for counts.  ``denied`` counts the denied claims that were left
    out, ``parts`` the parts of the asked organization, whose partners are not its own; ``known`` says what there is
    where nothing was found.  ``complete`` is false when ``limit`` cut the rows; ``latest`` is the last date among the
    documents behind the answer; ``names`` are those of the question, with what they were linked to.
    """

    question: str
    verdict: Verdict
    reading: Reading | None = None
    refusal: Refusal | None = None
    names: tuple[Name, ...] = ()
    understood_as: str = ""
    cypher: str = ""
    parameters: Mapping[str, Value] | None = None
    rows: tuple[Found, ...] = ()
    yes: bool | None = None
    count: int | None = None
    denied: int = 0
    parts: int = 0
    known: tuple[Known, ...] = ()
    complete: bool = True
    limit: int = LIMIT
    latest: str | None = None

    @property
    def language(self) -> str:
        """The language to answer in."""
        return self.reading.language if self.reading else self.refusal.language if self.refusal else "zh"

    @property
    def evidence(self) -> tuple[Quote, ...]:
        """All quotes of the answer, in the order of its rows."""
        return tuple(quote for row in self.rows for link in row.links for quote in link.quotes)


def answer(
    store: Store,
    question: str,
    *,
    limit: int = LIMIT,
    timeout: float | None = None,
    before: Reading | None = None,
) -> Answer:
    """The answer to a question in Chinese or English.

    ``limit`` is in rows, ``timeout`` in seconds for each look-up.  ``before`` is the reading of the question before, to
    which this one may be a follow-up.

    Raises:
        StoreError: The store cannot be reached, or a look-up ran past ``timeout``.
    """
    read = read_question(store, question, timeout=timeout, before=before)
    if isinstance(read, Refusal):
        return Answer(question=question, verdict="not_understood", refusal=read)
    if read.person and not is_person(store, read.person, timeout=timeout):
        return Answer(question=question, verdict="unknown", reading=read, names=(Name(text=read.person),))
    names = read.names
    if any(not name.organizations for name in names):
        return Answer(question=question, verdict="unknown", reading=read, names=names)
    if any(len(name.organizations) > 1 for name in names):
        return Answer(question=question, verdict="ambiguous", reading=read, names=names)
    said = _look_up(store, question, read, limit, timeout)
    other = otherwise(read)
    if other is not None and not any(link.status != "negated" for found in said.rows for link in found.links):
        said = _look_up(store, question, other, limit, timeout)
    return _with_context(store, said, timeout)


def read_question(
    store: Store, question: str, *, timeout: float | None = None, before: Reading | None = None
) -> Reading | Refusal:
    """What a question is understood as, its names linked as far as they can be; ``before`` as in ``answer``."""
    found = find_names(store, normalize(question), timeout=timeout)
    read: Reading | Refusal = understand(question, found)
    if before is not None and not (isinstance(read, Refusal) and read.reason == "order"):
        read = follow_up(before, question, found) or read
    if isinstance(read, Refusal):
        return read
    names = tuple(
        name if name.organizations else find_similar(store, name.text, timeout=timeout) for name in read.names
    )
    unknown = [name for name in names if not name.organizations]
    if unknown and read.bare and len(names) == 1:
        return Refusal(reason="words", language=read.language)
    if len(unknown) == 1 and is_person(store, unknown[0].text, timeout=timeout):
        known = tuple(name for name in names if name.organizations)
        return Reading(intent="via", language=read.language, names=known[:2], person=unknown[0].text)
    return read.with_names(names)


def _with_context(store: Store, said: Answer, timeout: float | None) -> Answer:
    """The answer with what stands beside it: denied claims and parts, or what is known where nothing is recorded."""
    assert said.reading is not None
    if said.verdict == "none":
        ids = {"ids": list(said.reading.ids)}
        rows = store.run(KNOWN, ids, timeout=timeout) if said.reading.names else []
        known = [
            Known(
                name=str(row["name"]), partners=_number(row["partners"]) or 0, documents=_number(row["documents"]) or 0
            )
            for row in rows
        ]
        return replace(said, known=tuple(known))
    if said.reading.intent in ("partners", "count") and said.reading.status is None:
        row = store.run(BESIDE, {"id": said.reading.ids[0]}, timeout=timeout)[0]
        return replace(said, denied=_number(row["denied"]) or 0, parts=_number(row["parts"]) or 0)
    return said


def _look_up(store: Store, question: str, reading: Reading, limit: int, timeout: float | None) -> Answer:
    query = write_query(reading, limit=limit)
    return _said(question, reading, query, store.run(query.cypher, query.parameters, timeout=timeout), limit)


def _said(question: str, reading: Reading, query: Query, rows: Sequence[Row], limit: int) -> Answer:
    complete = len(rows) <= limit
    rows = rows[:limit]
    base = Answer(
        understood_as=describe(reading),
        question=question,
        verdict="answered",
        reading=reading,
        names=reading.names,
        cypher=query.cypher,
        parameters=query.parameters,
        complete=complete,
        limit=limit,
    )
    found, yes, count = _collect(reading, rows)
    nothing = not found and not yes and not count and reading.intent != "belongs"
    dates = [
        date
        for row in found
        for link in row.links
        for quote in link.quotes
        for date in (quote.date or quote.published,)
        if date
    ]
    return replace(
        base,
        rows=found,
        yes=yes,
        count=count,
        verdict="none" if nothing else "answered",
        latest=max(dates, default=None),
    )


def _collect(reading: Reading, rows: Sequence[Row]) -> tuple[tuple[Found, ...], bool | None, int | None]:
    """(rows of the answer, yes or no, count) of an intent."""
    intent = reading.intent
    if intent in ("partners", "count", "having"):
        found = _grouped(rows)
        if intent != "count":
            return found, None, None
        counted = [row for row in found if reading.status or row.status == "active"]
        return found, None, len(counted)
    if intent in ("pair", "how", "since", "status", "why"):
        return _about_pair(reading, rows)
    if intent in ("pairs", "via"):
        return _pairs(rows), None, None
    if intent == "common":
        return tuple(_shared(reading, row) for row in rows), None, None
    if intent == "paths":
        return tuple(_path(row) for row in rows), None, None
    if intent == "rank":
        return _ranked(reading, rows), None, None
    kin = tuple(Found(organizations=(_organization(row),), value=_number(row["level"])) for row in rows)
    return kin, (bool(kin) if intent == "belongs" else None), None


def _about_pair(reading: Reading, rows: Sequence[Row]) -> tuple[tuple[Found, ...], bool | None, int | None]:
    found = _pairs(rows)
    if reading.intent == "why":
        held = tuple(replace(row, links=tuple(link for link in row.links if link.status != "negated")) for row in found)
        return tuple(row for row in held if row.links), None, None
    links = [link for row in found for link in row.links]
    if reading.relations:
        links = [link for link in links if link.kind in reading.relations and _runs_as_asked(reading, link)]
    if reading.intent == "status":
        return found, bool(links) and all(link.status == reading.status for link in links), None
    return found, any(link.status == "active" for link in links), None


def _runs_as_asked(reading: Reading, link: Link) -> bool:
    first = reading.names[0].organizations[0].name
    return reading.side is None or (link.source == first) == (reading.side == "from")


def _organization(row: Row) -> Organization:
    return Organization(id=str(row["id"]), name=str(row["name"]), kind=str(row.get("organization_kind") or ""))


def _number(value: Value) -> int | None:
    return int(value) if isinstance(value, (int, float)) else None


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _link(row: Row) -> Link:
    near, name = str(row["near_name"]), str(row["name"])
    outgoing = row["source"] == row["near"]
    quotes = row["quotes"]
    read = (
        tuple(_quote(quote) for quote in quotes if isinstance(quote, Mapping) and quote.get("evidence"))
        if isinstance(quotes, (list, tuple))
        else ()
    )
    return Link(
        source=near if outgoing else name,
        target=name if outgoing else near,
        kind=str(row["kind"]).lower(),
        status=str(row["status"] or "active"),
        since=_text(row["since"]),
        last=_text(row["last"]),
        reports=_number(row["reports"]) or 0,
        quotes=read,
    )


def _quote(quote: Mapping[str, Value]) -> Quote:
    confidence = quote.get("confidence")
    return Quote(
        evidence=str(quote["evidence"]),
        sentence=_text(quote.get("sentence")),
        document=str(quote.get("document")),
        title=_text(quote.get("title")),
        published=_text(quote.get("published")),
        date=_text(quote.get("date")),
        status=_text(quote.get("status")),
        via=_text(quote.get("via")),
        confidence=float(confidence) if isinstance(confidence, (int, float)) else None,
    )


def _grouped(rows: Sequence[Row]) -> tuple[Found, ...]:
    """One row an organization, with all its links."""
    groups: dict[str, tuple[Organization, list[Link]]] = {}
    for row in rows:
        groups.setdefault(str(row["id"]), (_organization(row), []))[1].append(_link(row))
    return tuple(Found(organizations=(organization,), links=tuple(links)) for organization, links in groups.values())


def _pairs(rows: Sequence[Row]) -> tuple[Found, ...]:
    groups: dict[frozenset[str], tuple[tuple[Organization, ...], list[Link]]] = {}
    for row in rows:
        near = Organization(id=str(row["near"]), name=str(row["near_name"]))
        other = _organization(row)
        groups.setdefault(frozenset((near.id, other.id)), ((near, other), []))[1].append(_link(row))
    return tuple(Found(organizations=pair, links=tuple(links)) for pair, links in groups.values())


def _shared(reading: Reading, row: Row) -> Found:
    """A common partner, with its links to the first and to the second name."""
    partner = _organization(row)
    links = []
    for name, side in zip(reading.names, (row["one"], row["other"]), strict=False):
        for raw in side if isinstance(side, (list, tuple)) else ():
            if isinstance(raw, Mapping):
                other = name.organizations[0].name
                source, target = (partner.name, other) if raw["source"] == partner.id else (other, partner.name)
                links.append(
                    Link(
                        source=source,
                        target=target,
                        kind=str(raw["kind"]).lower(),
                        status=str(raw["status"] or "active"),
                    )
                )
    return Found(organizations=(partner,), links=tuple(links))


def _path(row: Row) -> Found:
    names, ids = row["names"], row["ids"]
    assert isinstance(names, (list, tuple))
    assert isinstance(ids, (list, tuple))
    return Found(
        organizations=tuple(Organization(id=str(i), name=str(n)) for i, n in zip(ids, names, strict=True)),
        value=len(names) - 1,
    )


def _ranked(reading: Reading, rows: Sequence[Row]) -> tuple[Found, ...]:
    """The first ``top`` of a ranking, and those that are level with the last of them."""
    found = [Found(organizations=(_organization(row),), value=_number(row["partners"])) for row in rows]
    if not found:
        return ()
    last = found[min(reading.top, len(found)) - 1].value or 0
    return tuple(row for row in found if (row.value or 0) >= last)
