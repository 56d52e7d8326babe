"""Claims → collaborations: what all that documents say of one pair and kind comes to.

One relationship stands for all claims of one source, kind and target.  A negated claim is evidence only: it
makes no relationship and takes none away, but is counted as a denial.

Status: ``ended`` when an end is the last thing said, by date; else ``active`` when that was ever said; else
``planned``.  So a plan never undoes what is active, and what ended is active again when a later date says so.
A claim's date is its own, or else that of its document; one without either comes before all others, and of one
date an end comes last.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.names import fold_name
from extract.ontology import ClaimKind
from extract.records import Status
from graph.reprints import stories


def collaboration_id(kind: ClaimKind, source: str, target: str) -> str:
    """The id of the relationship of that kind from ``source`` to ``target``; a symmetric kind has one for both ways."""
    source, target = ends(kind, source, target)
    return hashlib.blake2b(f"{source}\x1f{kind.relationship}\x1f{target}".encode(), digest_size=10).hexdigest()


def ends(kind: ClaimKind, source: str, target: str) -> tuple[str, str]:
    """The two organizations as the relationship runs: of a symmetric kind from the smaller id to the larger."""
    return (source, target) if kind.directed or source <= target else (target, source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What one piece of evidence adds: ``date`` as above, ``""`` when unknown; ``sentence`` its text.

    ``story`` is the signature of the document (``graph.reprints``), ``None`` where it has none.
    """

    document: str
    date: str
    status: Status
    confidence: float
    sentence: str
    story: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What the relationship says of all its evidence.

    ``since`` and ``last`` are the first and last date, ``None`` when no claim has one.  ``reports`` counts the
    documents less those that say it in the same words as another, or tell its story with small changes.
    ``confidence`` is 1 - ∏ (1 - c), where c is the best confidence of each report, so that a reprint adds nothing;
    rounded to six digits.
    """

    status: Status
    since: str | None
    last: str | None
    confidence: float
    documents: tuple[str, ...]
    reports: int
    evidence_count: int
    denials: int


def derive(statements: Iterable[Statement]) -> Derived | None:
    """What the statements come to, whatever their order, or ``None`` when all of them are negated."""
    everything = tuple(statements)
    said = [statement for statement in everything if statement.status != "negated"]
    if not said:
        return None
    dates = sorted(statement.date for statement in said if statement.date)
    reports = _reports(said)
    doubt = 1.0
    for confidence in sorted(reports):
        doubt *= 1 - confidence
    return Derived(
        status=_status(said),
        since=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        confidence=round(1 - doubt, 6),
        documents=tuple(sorted({statement.document for statement in said})),
        reports=len(reports),
        evidence_count=len(said),
        denials=len(everything) - len(said),
    )


def _status(said: Sequence[Statement]) -> Status:
    last: dict[Status, str] = {}
    for one in said:
        last[one.status] = max(one.date, last.get(one.status, ""))
    if "ended" in last and last["ended"] >= last.get("active", ""):
        return "ended"
    return "active" if "active" in last else "planned"


def _reports(said: Sequence[Statement]) -> Sequence[float]:
    """The best confidence of each report: documents that share a sentence, or tell one story, are one."""
    if len(said) == 1:
        return (said[0].confidence,)
    documents = dict(stories({statement.document: statement.story for statement in said}))

    def root(document: str) -> str:
        while documents[document] != document:
            document = documents[document]
        return document

    saying: dict[str, str] = {}
    for statement in said:
        words = fold_name(statement.sentence)
        one, other = sorted((root(statement.document), root(saying.setdefault(words, statement.document))))
        documents[other] = one
    best: dict[str, float] = defaultdict(float)
    for statement in said:
        report = root(statement.document)
        best[report] = max(best[report], statement.confidence)
    return tuple(best.values())
