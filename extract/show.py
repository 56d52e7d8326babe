"""An extraction as HTML: the text with its organizations and the words that claim, and a table of the claims."""

import html
from collections.abc import Iterator
from typing import Any

from extract.ontology import load_ontology
from extract.records import Extraction

_COLOURS = {
    "enterprise": "#cfe2ff",
    "institute": "#d1f0e0",
    "university": "#e4dcff",
    "hospital": "#ffdede",
    "government": "#fff0c2",
    "association": "#ffe1c7",
    "platform": "#d9eef5",
}
_CUE = "#ffd966"


def to_html(extraction: Extraction) -> str:
    """The text as spaCy's displacy marks it (organizations by kind, triggers by claim), and the claims as a table."""
    from spacy import displacy

    ontology = load_ontology()
    text = extraction.document.text
    marks = list(_apart(_marks(extraction)))
    kinds = {f"{kind.label['zh']} {kind.label['en']}": _COLOURS[name] for name, kind in ontology.organizations.items()}
    cues = {mark["label"]: _CUE for mark in marks if mark["label"] not in kinds}
    marked = displacy.render(
        {"text": text, "ents": marks, "title": extraction.document.title},
        style="ent",
        manual=True,
        jupyter=False,
        options={"colors": kinds | cues},
    )
    names = {organization.id: organization.name for organization in extraction.organizations}
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{html.escape(cell)}</td>"
            for cell in (
                names[claim.source],
                ontology.claim_kind(claim.kind).label["zh"],
                names[claim.target],
                claim.status,
                claim.date or "",
                f"{claim.evidence.confidence:.2f}",
                claim.evidence.sentence.of(text),
            )
        )
        + "</tr>"
        for claim in extraction.claims
    )
    heads = "".join(
        f"<th>{head}</th>" for head in ("source", "kind", "target", "status", "date", "confidence", "sentence")
    )
    return f"{marked}<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _marks(extraction: Extraction) -> Iterator[dict[str, Any]]:
    ontology = load_ontology()
    for mention in extraction.mentions:
        label = ontology.organizations[mention.kind].label
        yield {"start": mention.span.start, "end": mention.span.end, "label": f"{label['zh']} {label['en']}"}
    for claim in extraction.claims:
        if trigger := claim.evidence.trigger:
            label = ontology.claim_kind(claim.kind).label
            yield {"start": trigger.start, "end": trigger.end, "label": f"{label['zh']} {label['en']}"}


def _apart(marks: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The marks in order of the text, without those that begin inside another: displacy draws no nested ones."""
    end = 0
    for mark in sorted(marks, key=lambda mark: (mark["start"], -mark["end"])):
        if mark["start"] >= end:
            yield mark
            end = mark["end"]
