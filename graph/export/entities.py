"""FollowTheMoney entities, one JSON line each, for Aleph and OpenSanctions tools."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.ontology import load_ontology
from extract.regions import region_name
from graph.export.rows import collaborations, organizations
from graph.stores import Store

_SCHEMA = {"enterprise": "Company", "government": "PublicBody"}  # the other kinds are an Organization
_COUNTRY = {"71": "tw", "81": "hk", "82": "mo"}  # as the model counts jurisdictions


def write_entities(store: Store, path: Path) -> Path:
    """Organizations, and each collaboration as the link that says it best.

    An investment is an ``Ownership`` where the investee is a company, a membership a ``Membership``, all else an
    ``UnknownLink`` whose ``role`` is the kind.  Source: the model of followthemoney 4.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for entity in _entities(store):
            file.write(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n")
    return path


def _entities(store: Store) -> Iterator[dict[str, Any]]:
    kinds: dict[str, str] = {}
    for row in organizations(store):
        kinds[row["id"]] = row["kind"]
        properties = {
            "name": [row["name"]],
            "alias": [*row["aliases"], *([row["label"]] if row["label"] else [])],
            "country": [_COUNTRY.get(row["region"][:2], "cn")] if row["region"] else [],
            "notes": [f"in {region_name(row['region'])} ({row['region_ground']})"] if row["region"] else [],
        }
        yield _entity(row["id"], _SCHEMA.get(row["kind"], "Organization"), properties)
    labels = load_ontology()
    for row in collaborations(store):
        ends = row["source"], row["target"]
        if row["kind"] == "invest" and kinds[row["target"]] == "enterprise":
            schema, properties = "Ownership", {"owner": [ends[0]], "asset": [ends[1]]}
        elif row["kind"] == "membership":
            schema, properties = "Membership", {"member": [ends[0]], "organization": [ends[1]]}
        else:
            schema, properties = "UnknownLink", {"subject": [ends[0]], "object": [ends[1]]}
        properties |= {
            "role": [labels.claim_kind(row["kind"]).label["en"]],
            "status": [row["status"]] if row["status"] else [],
            "startDate": [row["since"]] if row["since"] else [],
            "date": [row["last"]] if row["last"] else [],
            "summary": [row["sentence"]] if row["sentence"] else [],
        }
        yield _entity(row["id"], schema, properties)


def _entity(key: str, schema: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    return {"id": key, "schema": schema, "properties": {name: values for name, values in properties.items() if values}}
