"""The rows of a statement → what an answer lists: organizations, pairs, chains, with collaborations and quotes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.ontology import load_ontology
from graph.ask.reading import Organization, Reading
from graph.stores import Row, Value


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


def organization_of(row: Row) -> Organization:
    """The organization of a row."""
    return Organization(id=str(row["id"]), name=str(row["name"]), kind=str(row.get("organization_kind") or ""))


def number_of(value: Value) -> int | None:
    """A whole number of a row, or ``None``."""
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
    read = tuple(sorted(read, key=lambda quote: (-(quote.confidence or 0.0), quote.document)))
    return Link(
        source=near if outgoing else name,
        target=name if outgoing else near,
        kind=str(row["kind"]).lower(),
        status=str(row["status"] or "active"),
        since=_text(row["since"]),
        last=_text(row["last"]),
        reports=number_of(row["reports"]) or 0,
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


def by_organization(rows: Sequence[Row]) -> tuple[Found, ...]:
    """One row an organization, with all its links."""
    groups: dict[str, tuple[Organization, list[Link]]] = {}
    for row in rows:
        groups.setdefault(str(row["id"]), (organization_of(row), []))[1].append(_link(row))
    found = [Found(organizations=(organization,), links=_sorted(links)) for organization, links in groups.values()]
    return tuple(sorted(found, key=lambda row: row.organizations[0].name))


def _sorted(links: Sequence[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: (load_ontology().claim_kind(link.kind).rank, link.source, link.target)))


def by_pair(rows: Sequence[Row]) -> tuple[Found, ...]:
    """One row a pair of organizations, by their names, with all its links."""
    groups: dict[frozenset[str], tuple[tuple[Organization, ...], list[Link]]] = {}
    for row in rows:
        near = Organization(id=str(row["near"]), name=str(row["near_name"]))
        other = organization_of(row)
        groups.setdefault(frozenset((near.id, other.id)), ((near, other), []))[1].append(_link(row))
    found = [Found(organizations=pair, links=_sorted(links)) for pair, links in groups.values()]
    return tuple(sorted(found, key=lambda row: [organization.name for organization in row.organizations]))


def shared_partner(reading: Reading, row: Row) -> Found:
    """A common partner, with its links to the first and to the second name."""
    partner = organization_of(row)
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


def path_of(row: Row) -> Found:
    """A chain of organizations; ``value`` is its number of steps."""
    names, ids = row["names"], row["ids"]
    assert isinstance(names, (list, tuple))
    assert isinstance(ids, (list, tuple))
    return Found(
        organizations=tuple(Organization(id=str(i), name=str(n)) for i, n in zip(ids, names, strict=True)),
        value=len(names) - 1,
    )


def first_ranked(reading: Reading, rows: Sequence[Row]) -> tuple[Found, ...]:
    """The first ``top`` of a ranking, and those that are level with the last of them."""
    found = [
        Found(organizations=(organization_of(row),), value=number_of(row["partners"]))
        for row in rows
        if row["partners"]
    ]
    if not found:
        return ()
    last = found[min(reading.top, len(found)) - 1].value or 0
    return tuple(row for row in found if (row.value or 0) >= last)
