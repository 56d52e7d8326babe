"""Documents and organizations → the nodes and relationships of the graph, as files for a Neo4j's bulk import.

They are those that ``Loader`` writes into a store, so that the digest is that of the store.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any, cast

import numpy as np

from graph.decisions import pair_key
from graph.derive import Statement, derive
from graph.digest import edge_line, node_line, sum_of
from graph.export.whole import Loose, write_files
from graph.scale.gather import read_articles
from graph.scale.seam import whole
from graph.scale.spread import Spread, bucket_of, read_spread
from graph.scale.steps import Place, Step, Tally
from graph.stores import Value
from graph.transfer import Edge, Node
from graph.write import Key, evidence, key_of, related, stated


class Writer:
    """The nodes and relationships of one job: the files of its part, what it adds to the digest, and its counts."""

    def __init__(self, place: Place, kind: str, number: int) -> None:
        self._nodes: list[Node] = []
        self._loose: list[Loose] = []
        self._place = place
        self._part = f"-{kind}-{number:05d}"

    def add(self, node: Node) -> None:
        """Add a node with the relationships that leave it."""
        self._nodes.append(node)

    def connect(self, label: str, key: str, edge: Edge) -> None:
        """Add a relationship that leaves a node which another job adds."""
        self._loose.append((label, key, edge))

    def count(self, label: str) -> int:
        """How many nodes of a label there are."""
        return sum(node.label == label for node in self._nodes)

    def close(self, tally: Tally, target: str) -> None:
        """Write the files, and then ``target``, which says their names and what was counted."""
        names = write_files(lambda: iter(self._nodes), Path(self._place.out), self._loose, part=self._part)
        tally += Tally(digest=sum_of(self._lines()))
        with whole(target) as file:
            json.dump({"files": names, "tally": asdict(tally)}, file)

    def _lines(self) -> Iterator[str]:
        for node in self._nodes:
            yield node_line(node.labels, node.properties)
            for edge in node.edges:
                yield edge_line(node.label, node.key, edge.type, edge.properties, edge.key)
        for label, key, edge in self._loose:
            yield edge_line(label, key, edge.type, edge.properties, edge.key)


def emit_documents(place: Place, step: Step) -> None:
    """Documents → their nodes, what they name, and their evidence; what they state, by collaboration."""
    writer, spread, homes = Writer(place, "documents", step.number), Spread(place.buckets), _Homes(place)
    for article in read_articles(place, step.number):
        mentions = tuple(
            Edge(type="MENTIONS", label="Organization", key=homes[key], properties=appearance.properties())
            for key, appearance in article.appearances.items()
        )
        properties = {**article.properties, "id": article.id}
        writer.add(Node(label="Document", key=article.id, labels=("Document",), properties=properties, edges=mentions))
        for fact in article.facts:
            source, target = homes[fact.source], homes[fact.target]
            key = key_of(fact.kind, source, target)
            edges = tuple(
                Edge(type=kind, label=label, key=end, properties={})
                for kind, label, end in (
                    ("FROM", "Document", article.id),
                    ("SOURCE", "Organization", source),
                    ("TARGET", "Organization", target),
                )
            )
            said = evidence(fact, key)
            writer.add(Node(label="Evidence", key=fact.id, labels=("Evidence",), properties=said, edges=edges))
            statement = asdict(stated(article, fact))
            spread.add(bucket_of(key.id, place.buckets), [astuple(key), statement])
    spread.write(place.file("stated", step.number))
    writer.close(Tally(documents=writer.count("Document"), evidence=writer.count("Evidence")), step.target)


def emit_relationships(place: Place, step: Step) -> None:
    """What is stated → collaborations; forms that lead to organizations → aliases."""
    writer = Writer(place, "relationships", step.number)
    statements: dict[Key, list[Statement]] = defaultdict(list)
    for key, statement in read_spread(place.files("stated"), step.number):
        statements[Key(*key)].append(Statement(**statement))
    made = 0
    for key, said in statements.items():
        derived = derive(said) if key.source != key.target else None
        if derived is not None:
            made += 1
            edge = Edge(type=key.kind.upper(), label="Organization", key=key.target, properties=related(key, derived))
            writer.connect("Organization", key.source, edge)
    leading: dict[str, list[Edge]] = defaultdict(list)
    for text, what, organization in read_spread(place.files("aliases"), step.number):
        leading[text].append(Edge(type="NAMES", label="Organization", key=organization, properties={"as": what}))
    for text, edges in leading.items():
        properties: Mapping[str, Value] = {"text": text}
        writer.add(Node(label="Alias", key=text, labels=("Alias",), properties=properties, edges=tuple(edges)))
    writer.close(Tally(collaborations=made), step.target)


def emit_decisions(place: Place) -> None:
    """The decisions, as nodes."""
    writer = Writer(place, "decisions", 0)
    for decision in place.decisions:
        properties: dict[str, Value] = {**asdict(decision), "pair": pair_key(*decision.pair)}
        key = pair_key(*decision.pair)
        writer.add(Node(label="Decision", key=key, labels=("Decision",), properties=properties, edges=()))
    writer.close(Tally(), str(place.file("decided", 0)))


def read_emitted(path: Path) -> tuple[list[str], Tally]:
    """The names of the files that a job wrote, and what it counted."""
    said = json.loads(path.read_text())
    return said["files"], Tally(**said["tally"])


def alias_row(text: str, what: str, organization: str) -> Any:
    """A form that leads to an organization, as a row for the job that makes its node."""
    return [text, what, organization]


class _Homes:
    """The id of the organization of each name, by key: that of the name, but where the table says another."""

    def __init__(self, place: Place) -> None:
        table = np.load(place.file("home", 0))
        self._keys, self._homes = table[:, 0].copy(), table[:, 1].copy()

    def __getitem__(self, key: str) -> str:
        at = int(np.searchsorted(self._keys, key.encode()))
        if at < len(self._keys) and self._keys[at] == key.encode():
            return cast(bytes, self._homes[at]).decode()
        return key
