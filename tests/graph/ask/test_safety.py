"""Nothing that a question says reaches the store but as a parameter, and nothing changes there."""

import pytest

from graph.ask.answer import answer
from graph.stores import Store

STATEMENTS = (
    "CREATE (n:Organization {id: 'x', name: '假公司'})",
    "MERGE (n:Organization {id: 'x'}) SET n.name = '假公司'",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) DELETE n",
    "MATCH ()-[r]->() DELETE r",
    "MATCH (n) SET n.name = 'x'",
    "MATCH (n:Organization) SET n += {name: 'x'}",
    "MATCH (n) REMOVE n.name",
    "MATCH (n:Organization) REMOVE n:Organization",
    "MATCH (a), (b) CREATE (a)-[:INVEST]->(b)",
    "UNWIND range(1, 9) AS i CREATE (:X {id: i})",
    "FOREACH (i IN range(1, 9) | CREATE (:X))",
    "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
    "LOAD CSV WITH HEADERS FROM 'http://127.0.0.1:1/x.csv' AS row RETURN row",
    "CALL { MATCH (n) DETACH DELETE n } IN TRANSACTIONS OF 10 ROWS",
    "CALL { CREATE (:X) }",
    "CALL db.labels()",
    "CALL dbms.listConfig()",
    "CALL dbms.killQuery('query-1')",
    "CALL dbms.security.createUser('x', 'secret', false)",
    "CALL db.createLabel('X')",
    "CALL apoc.export.csv.all('/tmp/x.csv', {})",
    "CALL apoc.load.json('http://127.0.0.1:1/')",
    "CALL apoc.cypher.runWrite('MATCH (n) DELETE n', {})",
    "CALL db.index.fulltext.drop('organization_text')",
    "DROP INDEX organization_text",
    "DROP CONSTRAINT organization_id",
    "DROP DATABASE neo4j",
    "CREATE INDEX x FOR (n:Organization) ON (n.name)",
    "CREATE CONSTRAINT x FOR (n:Organization) REQUIRE n.name IS UNIQUE",
    "CREATE USER x SET PASSWORD 'secret'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "ALTER USER neo4j SET PASSWORD 'secret'",
    "SHOW USERS YIELD user RETURN user; MATCH (n) DELETE n",
    "GRANT ROLE admin TO x; CREATE (:X)",
    "'}) DETACH DELETE (n) //",
    "' OR 1 = 1 //",
    "RETURN 1 UNION MATCH (n) DELETE n RETURN 2",
    "EXPLAIN CREATE (:X)",
    "PROFILE MATCH (n) SET n.x = 1",
)
FRAMES = ("{}", "谁和澄湖能源合作？{}", "Who works with {} and Brightfen?", "澄湖能源' {} 的合作伙伴")
COUNT = (
    "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS links, sum(size(keys(n))) AS k"
)


@pytest.mark.parametrize("frame", FRAMES)
def test_statements_in_questions_change_nothing(asked: Store, frame: str) -> None:
    """Forty statements that write or leak, alone and inside questions: never run, never part of a query."""
    before = asked.run(COUNT)
    for statement in STATEMENTS:
        said = answer(asked, frame.format(statement))
        assert said.verdict in ("not_understood", "unknown", "ambiguous"), statement
        assert not said.cypher, statement
    assert asked.run(COUNT) == before
