"""Gold and what was found, in one form: one JSON object a document, names instead of ids, no offsets.

``{"id", "language", "source"?, "text"?, "organizations": [{"name", "kind", "aliases", "optional"?}],
"collaborations": [{"source", "target", "kind", "status", "cue"?, "optional"?}], "part_of": [{"child", "parent"}],
"required_pairs"?}``.  In what was found, an organization and a collaboration also have a ``confidence``.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extract.errors import DataError
from extract.ontology import load_ontology
from extract.records import Extraction

Row = dict[str, Any]


def read_rows(path: str | Path) -> dict[str, Row]:
    """The rows of a file by their id, in the order of the file.

    Raises:
        DataError: The file is missing, or a line is no such row; names file and line.
    """
    path = Path(path)
    if not path.is_file():
        raise DataError(f"{path} is missing; give a file of gold rows, one JSON object a line")
    rows: dict[str, Row] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            rows[row["id"]] = row
            _ = row["organizations"]
        except (ValueError, TypeError, KeyError) as error:
            raise DataError(f"{path}, line {number}: no gold row (id, organizations, collaborations)") from error
    return rows


def claim_row(source: str, target: str, kind: str, status: str, *, cue: str, optional: bool) -> Row:
    """A labelled collaboration, by the names of its two organizations."""
    return {
        "source": source,
        "target": target,
        "kind": kind,
        "status": status,
        "via": None,
        "cue": cue,
        "optional": optional,
    }


def gold_row(identity: str, extractions: Iterable[Extraction]) -> Row:
    """The extractions of one file in the form of gold."""
    collaborations = load_ontology().collaborations
    row: Row = {"id": identity, "language": None, "organizations": [], "collaborations": [], "part_of": []}
    for extraction in extractions:
        row["language"] = row["language"] or extraction.document.language
        names = {organization.id: organization.name for organization in extraction.organizations}
        sure: dict[str | None, float] = {}
        for mention in extraction.mentions:
            if mention.form != "reference":
                sure[mention.organization] = max(mention.confidence, sure.get(mention.organization, 0.0))
        for organization in extraction.organizations:
            row["organizations"].append(
                {
                    "name": organization.name,
                    "kind": organization.kind,
                    "aliases": list(organization.aliases),
                    "confidence": sure.get(organization.id, 1.0),
                }
            )
        for claim in extraction.claims:
            source, target = names[claim.source], names[claim.target]
            if claim.kind not in collaborations:
                row[claim.kind].append({"child": source, "parent": target})
                continue
            trigger = claim.evidence.trigger
            row["collaborations"].append(
                {
                    "source": source,
                    "target": target,
                    "kind": claim.kind,
                    "status": claim.status,
                    "via": claim.via,
                    "cue": trigger.of(extraction.document.text) if trigger else None,
                    "confidence": claim.evidence.confidence,
                }
            )
    return row
