"""Loading a Neo4j side by side with other libraries' loaders, and with one statement a triple.

    python -m benchmarks.peers --python PEERS/bin/python --apoc APOC

PEERS is an environment with langchain-neo4j and neo4j-graphrag; APOC a folder with the jars of apoc-core, apoc-common
and what they need, which both libraries ask for.  All load the same documents into one server in turn; the first
rounds only let it compile.  Figures are CPU seconds of client and server together.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.documents import make_extractions
from benchmarks.load import BARE, WHOLE, emptied, load, naive
from benchmarks.server import Server, neo4j
from extract.records import Extraction
from graph.schema import ensure_schema
from graph.stores import Store, open_store

PER_DOCUMENT = 100  # documents of the loader that takes one at a time
TRIPLES = 1000  # of a naive run
WARM, ROUNDS = 1, 3
PEER = Path(__file__).with_name("peer.py")


def rows_of(extraction: Extraction) -> dict[str, object]:
    """A document as ``peer.py`` takes it."""
    names = {one.id: one.name for one in extraction.organizations}
    return {
        "id": extraction.document.id,
        "text": extraction.document.text,
        "organizations": {one.name: one.kind.capitalize() for one in extraction.organizations},
        "claims": [
            (
                names[claim.source],
                names[claim.target],
                claim.kind.upper(),
                {
                    "status": claim.status,
                    "sentence": claim.evidence.sentence.of(extraction.document.text),
                    "confidence": claim.evidence.confidence,
                },
            )
            for claim in extraction.claims
        ],
    }


@contextmanager
def peer(python: str, name: str, server: Server, documents: Path) -> Iterator[Callable[[int], float]]:
    """Loads so many documents with a library; returns the CPU seconds of both sides."""
    command = [python, str(PEER), name, server.url, server.password, str(documents)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        to, back = process.stdin, process.stdout
        if back.readline() != "ready\n":
            raise RuntimeError(f"{name} did not start")

        def run(count: int) -> float:
            before = server.cpu()
            print(f"0 {count}", file=to, flush=True)
            client = float(back.readline())
            return client + server.cpu() - before

        yield run


def measure(python: str, apoc: Path, scale: float) -> None:
    """Print what each loader costs."""
    extractions = list(make_extractions(scale))
    facts = sum(len(extraction.claims) for extraction in extractions)
    part = sum(len(extraction.claims) for extraction in extractions[:PER_DOCUMENT])
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        documents = folder / "documents.json"
        documents.write_text(json.dumps([rows_of(extraction) for extraction in extractions]), encoding="utf-8")
        server = held.enter_context(neo4j(plugins=apoc))
        store = held.enter_context(open_store(server.url, user="neo4j", password=server.password))
        ensure_schema(store)
        langchain = held.enter_context(peer(python, "langchain", server, documents))
        graphrag = held.enter_context(peer(python, "graphrag", server, documents))
        loaders: Sequence[tuple[str, int, Callable[[], float]]] = (
            ("ours", facts, lambda: load(store, extractions, server.clock)),
            ("langchain-neo4j", facts, lambda: langchain(len(extractions))),
            ("neo4j-graphrag, a document at a time", part, lambda: graphrag(PER_DOCUMENT)),
            ("one MERGE a triple, bare", TRIPLES, lambda: naive(store, extractions, server.clock, BARE, TRIPLES)),
            ("one MERGE a triple, whole", TRIPLES, lambda: naive(store, extractions, server.clock, WHOLE, TRIPLES)),
        )
        costs = _in_turn(store, loaders)
    ours = statistics.median(costs["ours"])
    for name, _, _ in loaders:
        cost = statistics.median(costs[name])
        every = " ".join(f"{one:.2f}" for one in costs[name])
        print(
            f"{name}: {cost:.2f} ms a fact ({every}), {1000 / cost:.0f} facts/s, ours is {cost / ours:.1f} times that"
        )


def _in_turn(store: Store, loaders: Sequence[tuple[str, int, Callable[[], float]]]) -> dict[str, list[float]]:
    """Milliseconds a fact of each round that counts."""
    costs: dict[str, list[float]] = defaultdict(list)
    for number in range(WARM + ROUNDS):
        for name, facts, run in loaders:
            emptied(store)
            cost = 1000 * run() / facts
            print(f"round {number}, {name}: {cost:.2f} ms a fact", flush=True)
            if number >= WARM:
                costs[name].append(cost)
    return costs


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--python", required=True)
    parser.add_argument("--apoc", required=True, type=Path)
    parser.add_argument("--scale", type=float, default=0.02)
    arguments = parser.parse_args()
    measure(arguments.python, arguments.apoc, arguments.scale)
