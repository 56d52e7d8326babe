"""Another library's loader, run by ``benchmarks.peers`` in the environment that has it; not imported by anything.

    python peer.py langchain|graphrag URL PASSWORD DOCUMENTS.json

For each line of standard input, ``FIRST LAST``, it loads those documents and prints its own CPU seconds.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

Documents = Sequence[dict[str, Any]]
"""Rows with ``id``, ``text``, ``organizations`` (name → kind) and ``claims`` (source, target, type, properties)."""


def langchain(url: str, password: str) -> Callable[[Documents], None]:
    """``add_graph_documents`` for all documents, with their sources, and the label whose key is indexed."""
    documents = import_module("langchain_core.documents")
    made = import_module("langchain_neo4j.graphs.graph_document")
    graph = import_module("langchain_neo4j").Neo4jGraph(url, "neo4j", password)

    def load(rows: Documents) -> None:
        everything = []
        for row in rows:
            nodes = {name: made.Node(id=name, type=kind) for name, kind in row["organizations"].items()}
            relationships = [
                made.Relationship(source=nodes[source], target=nodes[target], type=kind, properties=properties)
                for source, target, kind, properties in row["claims"]
            ]
            source = documents.Document(page_content=row["text"], metadata={"id": row["id"]})
            everything.append(
                made.GraphDocument(nodes=list(nodes.values()), relationships=relationships, source=source)
            )
        graph.add_graph_documents(everything, include_source=True, baseEntityLabel=True)

    return load


def graphrag(url: str, password: str) -> Callable[[Documents], None]:
    """``Neo4jWriter`` for one document after another, as its pipeline calls it."""
    types = import_module("neo4j_graphrag.components.types")
    driver = import_module("neo4j").GraphDatabase.driver(url, auth=("neo4j", password))
    writer = import_module("neo4j_graphrag.components.kg_writer").Neo4jWriter(driver)

    async def write(rows: Documents) -> None:
        for row in rows:
            nodes = [
                types.Neo4jNode(id=f"{row['id']}:{name}", label=kind, properties={"name": name})
                for name, kind in row["organizations"].items()
            ]
            relationships = [
                types.Neo4jRelationship(
                    start_node_id=f"{row['id']}:{source}",
                    end_node_id=f"{row['id']}:{target}",
                    type=kind,
                    properties=properties,
                )
                for source, target, kind, properties in row["claims"]
            ]
            await writer.run(types.Neo4jGraph(nodes=nodes, relationships=relationships))

    return lambda rows: asyncio.run(write(rows))


def main() -> None:
    """Load what standard input says."""
    _, peer, url, password, path = sys.argv
    documents = json.loads(Path(path).read_text(encoding="utf-8"))
    load = {"langchain": langchain, "graphrag": graphrag}[peer](url, password)
    print("ready", flush=True)
    for line in sys.stdin:
        first, last = map(int, line.split())
        start = time.process_time()
        load(documents[first:last])
        print(time.process_time() - start, flush=True)


if __name__ == "__main__":
    main()
