"""JSON-LD in the vocabulary of schema.org: organizations, what they are part of, and what they do together."""

import json
from pathlib import Path
from typing import Any

from extract.ontology import load_ontology
from extract.regions import region_name
from graph.export.rows import collaborations, organizations
from graph.stores import Store

_TYPE = {
    "enterprise": "Corporation",
    "institute": "ResearchOrganization",
    "university": "CollegeOrUniversity",
    "hospital": "Hospital",
    "government": "GovernmentOrganization",
    "association": "Consortium",
    "platform": "Organization",
}
_STATUS = {"planned": "PotentialActionStatus", "active": "ActiveActionStatus", "ended": "CompletedActionStatus"}


def write_jsonld(store: Store, path: Path) -> Path:
    """One ``@graph``: each organization, and each collaboration as an ``Action`` of its source with its target.

    Source: schema.org 28; a ROR id becomes ``sameAs``, the region a ``location`` that says how it is known.
    """
    nodes = {row["id"]: _organization(row) for row in organizations(store)}
    actions = []
    for row in collaborations(store):
        if row["kind"] == "part_of":
            nodes[row["source"]].setdefault("parentOrganization", []).append({"@id": _id(row["target"])})
        else:
            actions.append(_action(row))
    document = {"@context": "https://schema.org", "@graph": [*nodes.values(), *actions]}
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path


def _id(key: str) -> str:
    return f"urn:collabgraph:{key}"


def _organization(row: dict[str, Any]) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": _id(row["id"]), "@type": _TYPE[row["kind"]], "name": row["name"]}
    if names := [*row["aliases"], *([row["label"]] if row["label"] else [])]:
        node["alternateName"] = names
    if same := [f"https://ror.org/{key[4:]}" for key in row["identifiers"] if key.startswith("ror:")]:
        node["sameAs"] = same
    if row["region"]:
        place = {"name": region_name(row["region"]), "identifier": row["region"], "description": row["region_ground"]}
        node["location"] = {"@type": "AdministrativeArea", **place}
    return node


def _action(row: dict[str, Any]) -> dict[str, Any]:
    kind = load_ontology().collaborations[row["kind"]]
    action = {
        "@id": _id(row["id"]),
        "@type": "Action",
        "name": kind.label["en"],
        "additionalType": kind.name,
        "agent": {"@id": _id(row["source"])},
        "participant": {"@id": _id(row["target"])},
        "actionStatus": _STATUS.get(row["status"]),
        "startTime": row["since"],
        "endTime": row["last"] if row["status"] == "ended" else None,
        "description": row["sentence"],
    }
    return {name: value for name, value in action.items() if value is not None}
