"""A store of an earlier version of the model → the present one, in place, one version after another."""

from collections.abc import Callable, Mapping
from itertools import groupby

from graph.identity import Name
from graph.merge import describe
from graph.stores import Row, Store

ROWS = 2000  # of one transaction

_NAMES = """
MATCH (n:Name)-[:OF]->(o:Organization) RETURN o.id AS id, n.id AS key, n.counts AS counts ORDER BY id, key
"""
_SET = """
UNWIND $rows AS row MATCH (o:Organization {id: row.id}) SET o.region = row.region, o.region_ground = row.ground
"""


def state_grounds(store: Store) -> None:
    """Version 1 → 2: say of each region how it is known, and let articles be read again for what they say of it."""
    rows: list[Row] = []
    for identity, several in groupby(store.stream(_NAMES), key=lambda row: str(row["id"])):
        names = [Name.from_counts(str(row["key"]), str(row["counts"])) for row in several]
        organization = describe(names, identity)
        if organization.region:
            rows.append({"id": identity, "region": organization.region, "ground": organization.region_ground})
    _run(store, _SET, rows)
    store.run("MATCH (f:File) DELETE f", write=True)


_ENDS = ("source_start", "source_end", "target_start", "target_end", "trigger_start", "trigger_end")
_SPANS = f"""
MATCH (e:Evidence) WHERE e.source_start IS NOT NULL RETURN e.id AS id, {", ".join(f"e.{end} AS {end}" for end in _ENDS)}
"""
_SET_SPANS = f"""
UNWIND $rows AS row MATCH (e:Evidence {{id: row.id}}) SET e.spans = row.spans
REMOVE {", ".join(f"e.{end}" for end in _ENDS)}
"""


def list_spans(store: Store) -> None:
    """Version 2 → 3: the spans of a piece of evidence are one list, where each of their ends was a property."""
    rows: list[Row] = [
        {"id": row["id"], "spans": [row[end] for end in _ENDS if row[end] is not None]} for row in store.stream(_SPANS)
    ]
    _run(store, _SET_SPANS, rows)


def _run(store: Store, statement: str, rows: list[Row]) -> None:
    for start in range(0, len(rows), ROWS):
        store.run(statement, {"rows": rows[start : start + ROWS]}, write=True)


CHANGES: Mapping[int, Callable[[Store], None]] = {1: state_grounds, 2: list_spans}
"""What makes of a store of that version one of the next."""
