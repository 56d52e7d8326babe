"""A question → an answer: link its names, understand it, look it up once, and say what was found.

``answer`` never guesses: a name that fits several organizations comes back as a choice, an unknown one with the
nearest names, a question that is not understood with examples.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from graph.ask.describe import describe
from graph.ask.follow import follow_up
from graph.ask.found import (
    Found,
    Link,
    Quote,
    by_organization,
    by_pair,
    first_ranked,
    number_of,
    organization_of,
    path_of,
    shared_partner,
)
from graph.ask.link import find_names, find_similar, is_person
from graph.ask.queries import BESIDE, KNOWN, Query, write_count, write_paths, write_query
from graph.ask.reading import Name, Reading, Refusal, otherwise
from graph.ask.understand import understand
from graph.ask.words import normalize
from graph.stores import Row, Store, Value

if TYPE_CHECKING:
    from graph.view import Page

LIMIT = 1000
"""Rows of an answer, unless the caller says otherwise."""

Verdict = Literal["answered", "none", "unknown", "ambiguous", "not_understood"]


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

    def view(self, store: Store) -> "Page":
        """The page of the organizations that the answer speaks of, opened on the one asked about.

        In a notebook it shows itself; ``answer.view(store).write(path)`` keeps it.  Where nothing was found it is the
        page around the organization asked about, or of the whole graph.
        """
        from graph.view import make_view

        asked = [name.organizations[0].id for name in self.names if len(name.organizations) == 1]
        found = {organization.id for row in self.rows for organization in row.organizations}
        focus = asked[0] if asked else None
        if not found:
            return make_view(store, focus=focus)
        return make_view(store, focus=focus, hops=9, among=found | set(asked))


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
    if read.bare and len(names) == 1 and not names[0].exact and (unknown or read.kinds or read.intent == "parts"):
        return Refusal(reason="words", language=read.language)  # companies in Shanghai
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
                name=str(row["name"]),
                partners=number_of(row["partners"]) or 0,
                documents=number_of(row["documents"]) or 0,
            )
            for row in rows
        ]
        return replace(said, known=tuple(known))
    if said.reading.intent in ("partners", "count") and said.reading.status is None:
        row = store.run(BESIDE, {"id": said.reading.ids[0]}, timeout=timeout)[0]
        return replace(said, denied=number_of(row["denied"]) or 0, parts=number_of(row["parts"]) or 0)
    return said


def _look_up(store: Store, question: str, reading: Reading, limit: int, timeout: float | None) -> Answer:
    if reading.intent == "rank":
        return _look_up_rank(store, question, reading, timeout)
    query = write_query(reading, limit=limit)
    if reading.intent == "paths":
        apart = store.run(query.cypher, query.parameters, timeout=timeout)
        if not apart:
            return _said(question, reading, query, [], limit)
        query = write_paths(reading, number_of(apart[0]["steps"]) or 0, limit=limit)
    said = _said(question, reading, query, store.run(query.cypher, query.parameters, timeout=timeout), limit)
    if reading.intent == "count" and not said.complete and reading.status != "negated":
        whole = write_count(reading)
        rows = store.run(whole.cypher, whole.parameters, timeout=timeout)
        return replace(said, cypher=whole.cypher, parameters=whole.parameters, count=number_of(rows[0]["partners"]))
    return said


def _look_up_rank(store: Store, question: str, reading: Reading, timeout: float | None) -> Answer:
    """Count the partners of those with most links, of ever more until none of the rest can be among the first."""
    limit = max(30, 5 * reading.top)
    while True:
        query = write_query(reading, limit=limit)
        rows = store.run(query.cypher, query.parameters, timeout=timeout)
        counts = [number_of(row["partners"]) or 0 for row in rows]
        fewest = min((number_of(row["links"]) or 0 for row in rows), default=0)
        if len(rows) < limit or (len(counts) >= reading.top and counts[reading.top - 1] > fewest):
            return _said(question, reading, query, rows, limit)
        limit *= 10


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
        found = by_organization(rows)
        if intent != "count":
            return found, None, None
        counted = [row for row in found if reading.status or row.status == "active"]
        return found, None, len(counted)
    if intent in ("pair", "how", "since", "status", "why"):
        return _about_pair(reading, rows)
    if intent in ("pairs", "via"):
        return by_pair(rows), None, None
    if intent == "common":
        return tuple(shared_partner(reading, row) for row in rows), None, None
    if intent == "paths":
        return tuple(path_of(row) for row in rows), None, None
    if intent == "rank":
        return first_ranked(reading, rows), None, None
    kin = tuple(Found(organizations=(organization_of(row),), value=number_of(row["level"])) for row in rows)
    return kin, (bool(kin) if intent == "belongs" else None), None


def _about_pair(reading: Reading, rows: Sequence[Row]) -> tuple[tuple[Found, ...], bool | None, int | None]:
    found = by_pair(rows)
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
