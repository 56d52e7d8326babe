"""What loading costs on both stores, beside one MERGE a triple, and how it grows.

    python -m benchmarks.load                     # 2 % and 10 %, both stores
    python -m benchmarks.load --scale 1 --store embedded
    python -m benchmarks.load --by-batches        # as if the store were not empty
    python -m benchmarks.load --merge 1000000     # mentions → organizations, in memory

Figures are CPU seconds of client and server together; a fact is one piece of evidence.  The naive loaders write one
statement a triple: ``bare`` its two organizations and the relationship alone, ``whole`` its document and evidence too.
"""

import argparse
import itertools
import resource
import statistics
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from benchmarks.documents import make_extractions
from benchmarks.server import neo4j
from extract.ontology import load_ontology
from extract.records import Extraction
from graph.build import BATCH, FACTS, FIRST, seldom_collected
from graph.derive import collaboration_id
from graph.identity import Appearance
from graph.load import FILLING, Loader
from graph.merge import merge_documents
from graph.rows import Article, article
from graph.schema import ensure_schema
from graph.stores import Store, Value, open_store

NAIVE = 2000  # triples of a naive run
WHOLE_RUN = 0.5  # the scale from which a run is done once, and alone
NEVER = 1 << 60  # pieces of evidence
WARM = {
    "embedded": 1,
    "neo4j": 8,
}  # loads of half a per cent before the first that counts: a server compiles as it runs
Clock = Callable[[], float]


@contextmanager
def opened(kind: str) -> Iterator[tuple[Callable[[], Store], Clock]]:
    """What gives an empty store each time it is called, and the clock that counts its CPU seconds with ours."""
    if kind == "embedded":
        with ExitStack() as held:

            def renewed() -> Store:
                held.close()
                store = held.enter_context(open_store(":memory:"))
                ensure_schema(store)
                return store

            yield renewed, time.process_time
    else:
        with neo4j() as server, open_store(server.url, user="neo4j", password=server.password) as store:
            ensure_schema(store)
            yield lambda: emptied(store), server.clock


def emptied(store: Store) -> Store:
    """The store, after everything but the schema was taken out."""
    statement = "MATCH (n) WHERE NOT n:Schema WITH n LIMIT 5000 DETACH DELETE n RETURN count(n) AS gone"
    while store.run(statement, write=True)[0]["gone"]:
        pass
    return store


def batches(extractions: Iterable[Extraction], *, at_once: bool) -> Iterator[list[Article]]:
    """The documents as ``build`` cuts them into transactions; ``at_once``: the first batch fills the store."""
    batch: list[Article] = []
    facts = 0
    for extraction in extractions:
        batch.append(article(extraction))
        facts += len(batch[-1].facts)
        if facts >= FIRST if at_once else (len(batch) >= BATCH or facts >= FACTS):
            yield batch
            batch, facts, at_once = [], 0, False
    if batch:
        yield batch


@seldom_collected()
def load(store: Store, extractions: Iterable[Extraction], clock: Clock, *, at_once: bool = True) -> float:
    """CPU seconds of loading documents: rows, merging, writing; ``at_once`` where the store can be filled."""
    start = clock()
    loader = Loader(store, filling=FILLING if at_once else NEVER)
    for batch in batches(extractions, at_once=at_once and loader.fills):
        loader.add(batch)
    return clock() - start


BARE = """
MERGE (a:Organization {id: $s}) SET a.name = $a MERGE (b:Organization {id: $t}) SET b.name = $b
MERGE (a)-[r:`TYPE` {id: $id}]->(b)
"""
WHOLE = """
MERGE (a:Organization {id: $s}) SET a.name = $a MERGE (b:Organization {id: $t}) SET b.name = $b
MERGE (a)-[r:`TYPE` {id: $id}]->(b)
MERGE (d:Document {id: $doc}) SET d.title = $title MERGE (d)-[:MENTIONS]->(a) MERGE (d)-[:MENTIONS]->(b)
MERGE (e:Evidence {id: $evidence}) SET e += $props
MERGE (e)-[:FROM]->(d) MERGE (e)-[:SOURCE]->(a) MERGE (e)-[:TARGET]->(b)
"""


def naive(store: Store, extractions: Sequence[Extraction], clock: Clock, statement: str, triples: int = NAIVE) -> float:
    """CPU seconds of one statement a triple, rows included."""
    start = clock()
    for query, parameters in itertools.islice(_triples(extractions, statement), triples):
        store.run(query, parameters, write=True)
    return clock() - start


def _triples(extractions: Sequence[Extraction], statement: str) -> Iterator[tuple[str, dict[str, Value]]]:
    for extraction in extractions:
        read, names = article(extraction), {one.id: one.name for one in extraction.organizations}
        for fact in read.facts:
            kind = load_ontology().claim_kind(fact.kind)
            yield (
                statement.replace("TYPE", kind.relationship),
                {
                    "s": fact.source,
                    "t": fact.target,
                    "a": names[fact.source],
                    "b": names[fact.target],
                    "id": collaboration_id(kind, fact.source, fact.target),
                    "doc": read.id,
                    "title": read.properties["title"],
                    "evidence": fact.id,
                    "props": dict(fact.properties),
                },
            )


def elements(store: Store) -> int:
    """Nodes and relationships that the store holds."""
    nodes = store.run("MATCH (n) RETURN count(n) AS n")[0]["n"]
    relationships = store.run("MATCH ()-[r]->() RETURN count(r) AS n")[0]["n"]
    return int(str(nodes)) + int(str(relationships))


def measure(kind: str, scales: Sequence[float], repeats: int, *, at_once: bool) -> None:
    """Print what loading costs on one store."""
    with opened(kind) as (renewed, clock):
        small = list(make_extractions(0.005))
        for _ in range(WARM[kind]):
            load(renewed(), small, clock)
        print(f"{kind} one article into an empty store: {1000 * add_one(renewed, clock, None):.0f} ms", flush=True)
        for scale in scales:
            extractions = list(make_extractions(scale))
            facts = sum(len(extraction.claims) for extraction in extractions)
            costs = []
            for _ in range(repeats if scale < WHOLE_RUN else 1):
                store = renewed()
                costs.append(load(store, extractions, clock, at_once=at_once))
            cost, held = statistics.median(costs), elements(store)
            print(
                f"{kind} {scale:g}: {facts} facts, {held} elements, {cost:.1f} s "
                f"({' '.join(f'{one:.1f}' for one in costs)}), {facts / cost:.0f} facts/s, "
                f"{1000 * cost / facts:.2f} ms a fact, {1000 * cost / held:.3f} ms an element",
                flush=True,
            )
            one = 1000 * add_one(lambda store=store: store, clock, scale)
            print(f"{kind} one article into {scale:g}: {one:.0f} ms", flush=True)
            if scale == scales[0] and scale < WHOLE_RUN:
                for name, statement in (("bare", BARE), ("whole", WHOLE)):
                    costs = []
                    for _ in range(repeats):
                        store = renewed()
                        costs.append(1000 * naive(store, extractions, clock, statement) / NAIVE)
                        held = elements(store)
                    cost = statistics.median(costs)
                    print(
                        f"{kind} naive {name}: {cost:.2f} ms a triple ({' '.join(f'{one:.2f}' for one in costs)}), "
                        f"{cost * NAIVE / held:.3f} ms an element",
                        flush=True,
                    )


def add_one(renewed: Callable[[], Store], clock: Clock, scale: float | None) -> float:
    """CPU seconds of one article more, by a run of its own: median of nine.

    ``renewed`` gives an empty store, or one of that ``scale``; then each article names what is there already.
    """
    fresh = list(itertools.islice(make_extractions(scale or 0.02, seed=8), 9))
    costs = []
    for number, extraction in enumerate(fresh):
        store = renewed()
        read = article(extraction)
        read = Article(id=f"new{number}", properties=read.properties, appearances=read.appearances, facts=read.facts)
        start = clock()
        Loader(store).add([read])
        costs.append(clock() - start)
    return statistics.median(costs)


def merge(mentions: int) -> None:
    """Print what merging so many mentions in memory costs."""
    scale = mentions / 700_000
    said = [
        [Appearance.of(organization, extraction.document.id) for organization in extraction.organizations]
        for extraction in make_extractions(scale)
    ]
    count = sum(map(len, said))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    start = time.process_time()
    merged = merge_documents(said)
    cost = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"merge: {count} mentions → {len(merged)} organizations, {cost:.1f} s, {before} → {peak} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--store", choices=["embedded", "neo4j"], action="append")
    parser.add_argument("--scale", type=float, action="append")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--by-batches", action="store_true", help="do not fill an empty store at once")
    parser.add_argument("--merge", type=int)
    arguments = parser.parse_args()
    if arguments.merge:
        merge(arguments.merge)
    else:
        for kind in arguments.store or ["embedded", "neo4j"]:
            measure(kind, arguments.scale or [0.02, 0.1], arguments.repeats, at_once=not arguments.by_batches)
