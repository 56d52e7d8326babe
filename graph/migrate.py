"""A store of an earlier version of the model → the present one, in place."""

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
    for start in range(0, len(rows), ROWS):
        store.run(_SET, {"rows": rows[start : start + ROWS]}, write=True)
    store.run("MATCH (f:File) DELETE f", write=True)
