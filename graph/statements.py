"""The statements that write, and those that read what a write needs.

Each runs unchanged on both stores.  One ``UNWIND`` a statement and keys taken from its row, never from a node bound
before: the embedded engine would scan.  ``KIND``, ``TYPE``, ``END`` … stand for names of the ontology, put in as
checked literals, because neither store takes a type from a parameter.

A row of what is created is a list, in the order of the tuples below, and its properties are named in the statement:
to both stores that is half the work of a mapping set as a whole.
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


# Both stores know the count; one document of many costs the embedded engine more.
COUNT_DOCUMENTS = "MATCH (d:Document) RETURN count(d) AS n"
DOCUMENTS = """
UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN id, d.origin AS origin, d.extraction AS extraction
"""
NAMED_DOCUMENTS = """
MATCH (d:Document) WHERE d.id IN $named OR d.origin IN $named RETURN d.id AS id, d.origin AS origin
"""
SAID = """
UNWIND $ids AS id MATCH (:Document {id: id})-[m:MENTIONS]->(:Organization) RETURN id, properties(m) AS said
"""
EVIDENCE_OF = """
UNWIND $ids AS id MATCH (:Document {id: id})<-[:FROM]-(e:Evidence)
MATCH (e)-[:SOURCE]->(a:Organization) MATCH (e)-[:TARGET]->(b:Organization)
RETURN DISTINCT e.kind AS kind, a.id AS source, b.id AS target
"""
TOGETHER = """
UNWIND $rows AS row
MATCH (:Organization {id: row.few_at})<-[m:MENTIONS]-(d:Document) WHERE m.key = row.few AND NOT d.id IN $gone
MATCH (d)-[n:MENTIONS]->(:Organization) WHERE n.key = row.many
RETURN DISTINCT row.few AS few, row.many AS many
"""
DROP_EVIDENCE = "UNWIND $rows AS row MATCH (:Document {id: row.id})<-[:FROM]-(e:Evidence) DETACH DELETE e"
DROP_DOCUMENT = "UNWIND $rows AS row MATCH (d:Document {id: row.id}) DETACH DELETE d"
DROP_ORGANIZATION = "UNWIND $rows AS row MATCH (o:Organization {id: row.id}) DETACH DELETE o"
DECISION = "UNWIND $rows AS row CREATE (d:Decision) SET d = row.props"
CREATE_ORGANIZATION = f"UNWIND $rows AS row CREATE (:Organization:`KIND` {_map('row', ORGANIZATION)})"
SET_ORGANIZATION = "UNWIND $rows AS row MATCH (o:Organization {id: row.id}) SET o = row.props"
# The embedded engine writes a relabelled node anew: while its id is set, the unique index refuses the copy.
RELABEL = """
UNWIND $rows AS row MATCH (o:Organization {id: row.id}) REMOVE o.id REMOVE o:`WAS` SET o:`NOW` SET o.id = row.id
"""
CREATE_NAME = f"""
UNWIND $rows AS row MATCH (o:Organization {{id: row[0]}}) CREATE (:Name {_map("row", NAME, 1)})-[:OF]->(o)
"""
SET_NAME = "UNWIND $rows AS row MATCH (n:Name {id: row.id}) SET n.counts = row.counts, n.joins = row.joins"
LEAVE_HOME = "UNWIND $rows AS row MATCH (:Name {id: row.id})-[r:OF]->(:Organization) DELETE r"
FIND_HOME = """
UNWIND $rows AS row MATCH (n:Name {id: row.id}) MATCH (o:Organization {id: row.at}) CREATE (n)-[:OF]->(o)
"""
DROP_NAME = "UNWIND $rows AS row MATCH (n:Name {id: row.key}) DETACH DELETE n"
EVIDENCE_AT = """
UNWIND $rows AS row MATCH (:Organization {id: row.was})<-[:SOURCE|TARGET]-(e:Evidence)
WHERE e.source_key = row.key OR e.target_key = row.key
MATCH (e)-[:SOURCE]->(a:Organization) MATCH (e)-[:TARGET]->(b:Organization)
RETURN DISTINCT e.id AS id, e.kind AS kind, e.source_key AS source_key, e.target_key AS target_key, a.id AS a, b.id AS b
"""
MOVE_MENTIONS = """
UNWIND $rows AS row MATCH (:Organization {id: row.was})<-[m:MENTIONS]-(d:Document) WHERE m.key = row.key
MATCH (b:Organization {id: row.now}) CREATE (d)-[n:MENTIONS]->(b) SET n = properties(m) DELETE m
"""
MOVE_EVIDENCE = """
UNWIND $rows AS row MATCH (:Organization {id: row.was})<-[r:END]-(e:Evidence) WHERE e.KEY = row.key
MATCH (b:Organization {id: row.now}) CREATE (e)-[:END]->(b) DELETE r
"""
SET_COLLABORATION = "UNWIND $rows AS row MATCH (e:Evidence {id: row.id}) SET e.collaboration = row.collaboration"
# A claim says the place of its ends among the organizations that its document names, for both stores collect in the
# order of the rows: so no organization is sought twice.
CREATE_DOCUMENT = f"""
UNWIND $rows AS row CREATE (d:Document {_map("row", DOCUMENT, 2)})
WITH d, row UNWIND row[0] AS mention MATCH (o:Organization {{id: mention[0]}})
CREATE (d)-[:MENTIONS {_map("mention", MENTION, 1)}]->(o)
WITH d, head(collect(row[1])) AS facts, collect(o) AS named
UNWIND facts AS fact WITH d, fact, named[fact[0]] AS a, named[fact[1]] AS b
CREATE (e:Evidence {_map("fact", EVIDENCE, 2)})
CREATE (e)-[:FROM]->(d) CREATE (e)-[:SOURCE]->(a) CREATE (e)-[:TARGET]->(b)
"""
# Without the hint a Neo4j was seen to read all evidence for each row, by a plan made while there was little.
EVIDENCE_FOR = """
UNWIND $rows AS row MATCH (e:Evidence {collaboration: row.id})-[:FROM]->(d:Document)
USING INDEX e:Evidence(collaboration)
RETURN row.id AS collaboration, e.id AS id, d.id AS document, d.published AS published, d.story AS story,
e.date AS date, e.status AS status, e.confidence AS confidence, e.sentence AS sentence
"""
DROP_RELATIONSHIP = """
UNWIND $rows AS row MATCH (:Organization {id: row.s})-[r:`TYPE` {id: row.id}]->(:Organization {id: row.t}) DELETE r
"""
CREATE_RELATIONSHIP = f"""
UNWIND $rows AS row MATCH (a:Organization {{id: row[0]}}) MATCH (b:Organization {{id: row[1]}})
CREATE (a)-[:`TYPE` {_map("row", RELATIONSHIP, 2)}]->(b)
"""
SET_RELATIONSHIP = f"""
UNWIND $rows AS row MATCH (a:Organization {{id: row[0]}})-[r:`TYPE` {{id: row[2]}}]->(b:Organization {{id: row[1]}})
SET r = {_map("row", RELATIONSHIP, 2)}
"""
DROP_ALIAS = """
UNWIND $rows AS row MATCH (:Alias {text: row.text})-[r:NAMES]->(:Organization {id: row.at}) DELETE r
"""
ADD_ALIAS = """
UNWIND $rows AS row MATCH (o:Organization {id: row.at}) MERGE (n:Alias {text: row.text})
CREATE (n)-[:NAMES {as: row.as}]->(o)
"""
DROP_ORPHAN = "UNWIND $rows AS row MATCH (n:Alias {text: row.text}) WHERE NOT (n)-[:NAMES]->() DELETE n"
FILES = "MATCH (f:File) RETURN f.path AS path, f.digest AS digest, f.documents AS documents"
FILE_DOCUMENTS = "MATCH (d:Document) WHERE d.origin = $path OR d.origin STARTS WITH $within RETURN d.id AS id"
ORIGINS = "UNWIND $ids AS id MATCH (d:Document {id: id}) RETURN d.origin AS origin"
NOTE_FILES = """
UNWIND $rows AS row MERGE (f:File {path: row.path}) SET f.digest = row.digest, f.documents = row.documents
"""
FORGET_FILES = "UNWIND $rows AS row MATCH (f:File {path: row.path}) DELETE f"
