"""The values that the page is made from: a plain graph, apart from any store."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from extract.records import Organization, Status

Stretch = tuple[int, int]
"""A half-open stretch of a sentence, in code points from the start of that sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A document as the page cites it; ``published`` is an ISO date, month or year."""

    id: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One piece of evidence: what an article says of two organizations, and where.

    ``source``, ``target`` and ``trigger`` lie in ``text``; any is ``None`` where it lies in another sentence.
    ``date`` is the date of the event, else ``None``; ``confidence`` is in [0, 1]; ``line`` and ``page`` count from 1.
    """

    collaboration: str
    article: str
    text: str
    source: Stretch | None = None
    target: Stretch | None = None
    trigger: Stretch | None = None
    status: Status = "active"
    date: str | None = None
    via: str | None = None
    confidence: float = 1.0
    method: str | None = None
    line: int | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatSentence:
    """What an article says of where an organization sits."""

    article: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Collaboration:
    """Two organizations, a kind of collaboration or structure, and what all articles together say of it.

    ``source`` and ``target`` are ``Organization.id``; ``reports`` counts independent reports, and is ``None``
    where nobody has counted them.  A ``negated`` one is what articles deny: it is shown, and is no edge.
    """

    id: str
    source: str
    target: str
    kind: str
    status: Status = "active"
    since: str | None = None
    last: str | None = None
    confidence: float = 1.0
    reports: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """All that the page shows; ``regions`` maps a region code to its name by language code.

    ``forms`` maps an ``Organization.id`` to the further forms that mean it, folded, with their ground: ``alias``,
    ``short``, ``label`` or ``identifier``; ``seats`` maps it to what articles say of its region, where that is its
    ground.  ``beyond`` counts the organizations and the collaborations that there
    are besides, and that the page leaves out.
    """

    organizations: tuple[Organization, ...] = ()
    collaborations: tuple[Collaboration, ...] = ()
    structures: tuple[Collaboration, ...] = ()
    denials: tuple[Collaboration, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    articles: tuple[Article, ...] = ()
    regions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    seats: Mapping[str, tuple[SeatSentence, ...]] = field(default_factory=dict)
    beyond: tuple[int, int] = (0, 0)
