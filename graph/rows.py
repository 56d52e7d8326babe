"""A document's values as rows of the store's statements."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.errors import DataError
from extract.jsonl import to_line
from extract.ontology import load_ontology
from extract.records import Claim, Document, Extraction, Offsets
from graph.identity import Appearance
from graph.reprints import signature
from graph.stores import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One piece of evidence: ``source`` and ``target`` are keys of names, ``properties`` those of its node."""

    id: str
    kind: str
    source: str
    target: str
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A document as it is stored: its properties, what it says of organizations (by key), and its evidence."""

    id: str
    properties: Mapping[str, Value]
    appearances: Mapping[str, Appearance]
    facts: tuple[Fact, ...]

    @property
    def origin(self) -> str:
        """Where it came from, ``""`` when unknown."""
        return str(self.properties.get("origin") or "")


def article(extraction: Extraction, lines: Sequence[int] | None = None) -> Article:
    """The rows of an extraction; of claims that agree in all but confidence the surest is kept.

    ``lines`` are those on which each claim stands in a file of facts, instead of where its text says it.

    Raises:
        DataError: A kind is none of the ontology, an offset lies outside the text, or a claim is about an
            organization that the extraction does not list.
    """
    document = extraction.document
    keys, appearances = _appearances(extraction)
    facts: dict[str, Fact] = {}
    for at, claim in enumerate(extraction.claims):
        fact = _fact(document, claim, keys, lines[at] if lines else None)
        held = facts.get(fact.id)
        if held is None or _confidence(held) < _confidence(fact):
            facts[fact.id] = fact
    properties: dict[str, Value] = {
        "title": document.title,
        "published": document.published,
        "outlet": document.outlet,
        "origin": document.origin,
        "language": document.language,
        "story": signature(document.text) if lines is None else None,  # a row of facts is no story
        "extraction": hashlib.blake2b(to_line(extraction).encode(), digest_size=10).hexdigest(),
    }
    return Article(
        id=document.id,
        properties=properties,
        appearances=appearances,
        facts=tuple(facts[key] for key in sorted(facts)),
    )


def _confidence(fact: Fact) -> float:
    confidence = fact.properties["confidence"]
    assert isinstance(confidence, float)
    return confidence


def _appearances(extraction: Extraction) -> tuple[Mapping[str, str], Mapping[str, Appearance]]:
    keys: dict[str, str] = {}
    found: dict[str, Appearance] = {}
    for organization in extraction.organizations:
        if organization.kind not in load_ontology().organizations:
            raise DataError(
                f"{extraction.document.id}: {organization.name} is of no known kind ({organization.kind!r})"
            )
        appearance = Appearance.of(organization, extraction.document.id, extraction.document.text)
        keys[organization.id] = appearance.key
        held = found.get(appearance.key)
        found[appearance.key] = appearance if held is None else Appearance.both(held, appearance)
    return keys, found


def _fact(document: Document, claim: Claim, keys: Mapping[str, str], given: int | None) -> Fact:
    ontology, evidence = load_ontology(), claim.evidence
    where = f"{document.id}, claim at {evidence.sentence.start}"
    if claim.kind not in ontology.collaborations and claim.kind not in ontology.structures:
        raise DataError(f"{where}: {claim.kind!r} is no kind of collaboration")
    if claim.source not in keys or claim.target not in keys:
        raise DataError(f"{where}: it is about an organization that the document does not list")
    trigger = evidence.trigger
    last = max(evidence.sentence.end, evidence.source.end, evidence.target.end, trigger.end if trigger else 0)
    if last > len(document.text):
        raise DataError(f"{where}: an offset lies beyond the text's {len(document.text)} characters")
    source, target = keys[claim.source], keys[claim.target]
    line, page = _place(document.offsets, evidence.sentence.start)
    line = given or line
    spans = [end for span in (evidence.source, evidence.target, trigger) if span for end in (span.start, span.end)]
    properties: dict[str, Value] = {
        "kind": claim.kind,
        "status": claim.status,
        "date": claim.date,
        "via": claim.via,
        "sentence": evidence.sentence.of(document.text),
        "start": evidence.sentence.start,
        "end": evidence.sentence.end,
        "source_key": source,
        "target_key": target,
        "spans": spans,
        "trigger": trigger.of(document.text) if trigger else None,
        "line": line,
        "page": page,
        "method": evidence.method,
        "confidence": round(float(evidence.confidence), 6),
    }
    what = _WHAT % (
        *(claim.kind, claim.status, claim.date, claim.via, evidence.sentence.start, evidence.sentence.end),
        *(source, *spans[:2], target, *spans[2:4], *(spans[4:] or (None, None))),
        *(line, page, evidence.method),
    )
    identity = hashlib.blake2b(f"{document.id}\x1f{what}".encode(), digest_size=10).hexdigest()
    return Fact(id=identity, kind=claim.kind, source=source, target=target, properties=properties)


_TELLING = (
    *("kind", "status", "date", "via", "start", "end", "source_key", "source_start", "source_end"),
    *("target_key", "target_start", "target_end", "trigger_start", "trigger_end", "line", "page", "method"),
)
_WHAT = "\x1f".join(f"{name}=%s" for name in _TELLING)  # of which the id of evidence is the digest


def _place(offsets: Offsets, position: int) -> tuple[int | None, int | None]:
    try:
        return offsets.line(position), offsets.page(position)
    except IndexError:
        return None, None
