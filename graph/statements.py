"""The statements that write, and those that read what a write needs.

Each runs unchanged on both stores.  One ``UNWIND`` a statement and keys taken from its row, never from a node bound
before: the embedded engine would scan.  ``KIND``, ``TYPE``, ``END`` … stand for names of the ontology, put in as
checked literals, because neither store takes a type from a parameter.

A row of what is created is a list, in the order of the tuples below, and its properties are named in the statement:
to both stores that is half the work of a mapping set as a whole.

A plan is made once, in whatever state the store is, and kept (``BoltStore.transact``).  So each statement says by which
index it finds a node, and what hangs on that node is named by no label and no key: a Neo4j that holds little would read
all nodes of a label for each row, and go on doing so.
"""

from collections.abc import Sequence
from dataclasses import fields

from graph.derive import Derived

ORGANIZATION = ("id", "name", "kind", "aliases", "label", "region", "region_ground", "identifiers")
NAME = ("id", "counts", "joins")
DOCUMENT = ("id", "title", "published", "outlet", "origin", "language", "story", "extraction")
MENTION = (
    *("key", "name", "kind", "aliases", "label", "region", "region_ground", "identifiers"),
    *("region_sentence", "region_start", "region_end"),
)
EVIDENCE = (
    *("id", "kind", "status", "collaboration", "date", "via", "sentence", "start", "end"),
    *("source_key", "target_key", "spans", "trigger", "line", "page", "method", "confidence"),
)
RELATIONSHIP = ("id", *(each.name for each in fields(Derived)))


def _map(row: str, names: Sequence[str], first: int = 0) -> str:
    """A mapping of the properties that a list holds from its ``first`` on.

    >>> _map("row", ("id", "end"), 1)
    '{`id`: row[1], `end`: row[2]}'
    """
    return "{" + ", ".join(f"`{name}`: {row}[{at}]" for at, name in enumerate(names, first)) + "}"


def find(node: str, value: str, label: str = "Organization", key: str = "id") -> str:
    """A ``MATCH`` of the node with that key, by its index and by nothing else: see the note above on plans.

    >>> find("d", "row.id", "Document")
    'MATCH (d:Document {id: row.id}) USING INDEX SEEK d:Document(id)'
    """
    return f"MATCH ({node}:{label} {{{key}: {value}}}) USING INDEX SEEK {node}:{label}({key})"


# Both stores know the count; one document of many costs the embedded engine more.
COUNT_DOCUMENTS = "MATCH (d:Document) RETURN count(d) AS n"
DOCUMENTS = """
UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id, d.origin AS origin, d.extraction AS extraction
"""
NAMED_DOCUMENTS = """
MATCH (d:Document) WHERE d.id IN $named OR d.origin IN $named RETURN d.id AS id, d.origin AS origin
"""
SAID = f"""
UNWIND $ids AS id {find("d", "id", "Document")} MATCH (d)-[m:MENTIONS]->() RETURN id, properties(m) AS said
"""
EVIDENCE_OF = f"""
UNWIND $ids AS id {find("d", "id", "Document")} MATCH (d)<-[:FROM]-(e)
MATCH (e)-[:SOURCE]->(a) MATCH (e)-[:TARGET]->(b)
RETURN DISTINCT e.kind AS kind, a.id AS source, b.id AS target
"""
TOGETHER = f"""
UNWIND $rows AS row {find("o", "row.few_at")}
MATCH (o)<-[m:MENTIONS]-(d) WHERE m.key = row.few AND NOT d.id IN $gone
MATCH (d)-[n:MENTIONS]->() WHERE n.key = row.many
RETURN DISTINCT row.few AS few, row.many AS many
"""
DROP_EVIDENCE = f"UNWIND $rows AS row {find('d', 'row.id', 'Document')} MATCH (d)<-[:FROM]-(e) DETACH DELETE e"
DROP_DOCUMENT = f"UNWIND $rows AS row {find('d', 'row.id', 'Document')} DETACH DELETE d"
DROP_ORGANIZATION = f"UNWIND $rows AS row {find('o', 'row.id')} DETACH DELETE o"
DECISION = "UNWIND $rows AS row CREATE (d:Decision) SET d = row.props"
CREATE_ORGANIZATION = f"UNWIND $rows AS row CREATE (:Organization:`KIND` {_map('row', ORGANIZATION)})"
SET_ORGANIZATION = f"UNWIND $rows AS row {find('o', 'row.id')} SET o = row.props"
# The embedded engine writes a relabelled node anew: while its id is set, the unique index refuses the copy.
RELABEL = f"""
UNWIND $rows AS row {find("o", "row.id")} REMOVE o.id REMOVE o:`WAS` SET o:`NOW` SET o.id = row.id
"""
CREATE_NAME = f"""
UNWIND $rows AS row {find("o", "row[0]")} CREATE (:Name {_map("row", NAME, 1)})-[:OF]->(o)
"""
SET_NAME = f"UNWIND $rows AS row {find('n', 'row.id', 'Name')} SET n.counts = row.counts, n.joins = row.joins"
LEAVE_HOME = f"UNWIND $rows AS row {find('n', 'row.id', 'Name')} MATCH (n)-[r:OF]->() DELETE r"
FIND_HOME = f"""
UNWIND $rows AS row {find("n", "row.id", "Name")} {find("o", "row.at")} CREATE (n)-[:OF]->(o)
"""
DROP_NAME = f"UNWIND $rows AS row {find('n', 'row.key', 'Name')} DETACH DELETE n"
EVIDENCE_AT = f"""
UNWIND $rows AS row {find("o", "row.was")} MATCH (o)<-[:SOURCE|TARGET]-(e)
WHERE e.source_key = row.key OR e.target_key = row.key
MATCH (e)-[:SOURCE]->(a) MATCH (e)-[:TARGET]->(b)
RETURN DISTINCT e.id AS id, e.kind AS kind, e.source_key AS source_key, e.target_key AS target_key, a.id AS a, b.id AS b
"""
MOVE_MENTIONS = f"""
UNWIND $rows AS row {find("o", "row.was")} MATCH (o)<-[m:MENTIONS]-(d) WHERE m.key = row.key
{find("b", "row.now")} CREATE (d)-[n:MENTIONS]->(b) SET n = properties(m) DELETE m
"""
MOVE_EVIDENCE = f"""
UNWIND $rows AS row {find("o", "row.was")} MATCH (o)<-[r:END]-(e) WHERE e.KEY = row.key
{find("b", "row.now")} CREATE (e)-[:END]->(b) DELETE r
"""
SET_COLLABORATION = f"UNWIND $rows AS row {find('e', 'row.id', 'Evidence')} SET e.collaboration = row.collaboration"
# A claim says the place of its ends among the organizations that its document names, for both stores collect in the
# order of the rows: so no organization is sought twice.
CREATE_DOCUMENT = f"""
UNWIND $rows AS row CREATE (d:Document {_map("row", DOCUMENT, 2)})
WITH d, row UNWIND row[0] AS mention {find("o", "mention[0]")}
CREATE (d)-[:MENTIONS {_map("mention", MENTION, 1)}]->(o)
WITH d, head(collect(row[1])) AS facts, collect(o) AS named
UNWIND facts AS fact WITH d, fact, named[fact[0]] AS a, named[fact[1]] AS b
CREATE (e:Evidence {_map("fact", EVIDENCE, 2)})
CREATE (e)-[:FROM]->(d) CREATE (e)-[:SOURCE]->(a) CREATE (e)-[:TARGET]->(b)
"""
EVIDENCE_FOR = f"""
UNWIND $rows AS row {find("e", "row.id", "Evidence", "collaboration")} MATCH (e)-[:FROM]->(d)
RETURN row.id AS collaboration, e.id AS id, d.id AS document, d.published AS published, d.story AS story,
e.date AS date, e.status AS status, e.confidence AS confidence, e.sentence AS sentence
"""
# Optional: else a hub's relationships would be read through for one, where its other end has the fewer.
DROP_RELATIONSHIP = f"""
UNWIND $rows AS row {find("a", "row.s")} {find("b", "row.t")}
OPTIONAL MATCH (a)-[r:`TYPE` {{id: row.id}}]->(b) DELETE r
"""
CREATE_RELATIONSHIP = f"""
UNWIND $rows AS row {find("a", "row[0]")} {find("b", "row[1]")}
CREATE (a)-[:`TYPE` {_map("row", RELATIONSHIP, 2)}]->(b)
"""
SET_RELATIONSHIP = f"""
UNWIND $rows AS row {find("a", "row[0]")} {find("b", "row[1]")}
OPTIONAL MATCH (a)-[r:`TYPE` {{id: row[2]}}]->(b) SET r = {_map("row", RELATIONSHIP, 2)}
"""
DROP_ALIAS = f"""
UNWIND $rows AS row {find("n", "row.text", "Alias", "text")} MATCH (n)-[r:NAMES]->(o) WHERE o.id = row.at DELETE r
"""
ADD_ALIAS = f"""
UNWIND $rows AS row {find("o", "row.at")} MERGE (n:Alias {{text: row.text}})
CREATE (n)-[:NAMES {{as: row.as}}]->(o)
"""
DROP_ORPHAN = f"UNWIND $rows AS row {find('n', 'row.text', 'Alias', 'text')} WHERE NOT (n)-[:NAMES]->() DELETE n"
FILES = "MATCH (f:File) RETURN f.path AS path, f.digest AS digest, f.documents AS documents"
FILE_DOCUMENTS = "MATCH (d:Document) WHERE d.origin = $path OR d.origin STARTS WITH $within RETURN d.id AS id"
ORIGINS = "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN d.origin AS origin"
NOTE_FILES = """
UNWIND $rows AS row MERGE (f:File {path: row.path}) SET f.digest = row.digest, f.documents = row.documents
"""
FORGET_FILES = "UNWIND $rows AS row MATCH (f:File {path: row.path}) DELETE f"
