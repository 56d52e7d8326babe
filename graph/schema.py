"""The graph's own rules in a store: unique keys, indexes, full text, and the version of the model.

The same names on both stores, so that the same Cypher finds them.  A node ``(:Schema {id: "schema", version})``
says which version of the model the store holds; it is written last, so that a store that has it has all the rest.
"""

import tomllib
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from graph.errors import StoreError
from graph.migrate import CHANGES
from graph.stores import Store

VERSION = 3
TEXT_INDEX = "organization_text"
"""Full text over the name and the Latin label of organizations: ``CALL db.index.fulltext.queryNodes``."""

CONSTRAINTS = {
    "organization_id": ("Organization", "id"),
    "alias_text": ("Alias", "text"),
    "document_id": ("Document", "id"),
    "evidence_id": ("Evidence", "id"),
    "name_id": ("Name", "id"),
    "schema_id": ("Schema", "id"),
    "writer_id": ("Writer", "id"),
    "file_path": ("File", "path"),
}
"""Name of a constraint: the label and the property that is unique in it."""

INDEXES = {
    "evidence_collaboration": ("Evidence", "collaboration"),
    "evidence_via": ("Evidence", "via"),
}
"""Name of an index: its label and property."""


def ensure_schema(store: Store) -> None:
    """Make the constraints and indexes of the model, once a store; quick where they are there already.

    A store of an earlier version, from the first on, is made one of this version in place.

    Raises:
        StoreError: The store holds a later version of the model, or one that is too old.
    """
    version = schema_version(store)
    if version == VERSION:
        return
    if version is not None and version > VERSION:
        raise StoreError(f"{store.url}: written by a later version of collabgraph; update collabgraph")
    if version is not None and version in CHANGES:
        for earlier in range(version, VERSION):
            CHANGES[earlier](store)
            store.run(_SET_VERSION, {"version": earlier + 1}, write=True)
        return
    if version is not None:
        raise StoreError(
            f"{store.url}: it holds version {version} of the model, which this collabgraph does not write; "
            "build it anew in another place: collabgraph build PATHS --store NEW"
        )
    for name, (label, key) in CONSTRAINTS.items():
        store.run(f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE", write=True)
    for name, (label, key) in INDEXES.items():
        store.run(f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON (n.{key})", write=True)
    store.index_text(TEXT_INDEX, "Organization", ("name", "label"))
    store.run(_SET_VERSION, {"version": VERSION}, write=True)


_SET_VERSION = "MERGE (s:Schema {id: 'schema'}) SET s.version = $version"


def schema_version(store: Store) -> int | None:
    """The version of the model that a store holds, or ``None`` for a store without one."""
    rows = store.run("MATCH (s:Schema) RETURN s.version AS version")
    version = rows[0]["version"] if rows else None
    return version if isinstance(version, int) else None


def refuse_earlier(store: Store) -> None:
    """Check that what is read is of this version of the model; a store that no build has begun is.

    Raises:
        StoreError: The store is of an earlier version.
    """
    version = schema_version(store)
    if version is not None and version < VERSION:
        raise StoreError(
            f"{store.url}: it holds version {version} of the model; the next build makes it one of version {VERSION}: "
            f"collabgraph build PATHS --store {store.url}"
        )


NOTE_CHANGE = "MATCH (s:Schema) SET s.changed = $now"
"""Notes in the store that its graph was written ``current_time()``; part of each transaction that writes it."""


def current_time() -> str:
    """The present moment, as ISO time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@cache
def describe_schema() -> dict[str, Any]:
    """schema.toml: labels, relationships, their properties, and example queries."""
    return tomllib.loads(files("graph").joinpath("schema.toml").read_text(encoding="utf-8"))
