"""What a question costs on a graph of the size of a country's press, beside the bare statement of its answer.

    python -m benchmarks.ask FOLDER            # fills the store in FOLDER once, then measures
    python -m benchmarks.ask FOLDER --scale 0.1

Prints, for each sort of question: CPU time of understanding; wall and CPU time of the store's part (linking names,
answering, what stands beside); the same for the statement of the answer alone, run bare.  Medians and 95th percentiles
in milliseconds.  The embedded store runs in this process, so its CPU is counted; that of a Neo4j is not.
"""

import argparse
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence

from extract.names import fold_name, organization_id
from extract.ontology import load_ontology
from graph.ask.answer import answer
from graph.ask.understand import understand
from graph.schema import ensure_schema
from graph.stores import Row, Store, open_store

ORGANIZATIONS, DOCUMENTS, COLLABORATIONS = 44_000, 40_000, 294_000
REPEATS = 5
_PLACES = ("苏州", "南京", "杭州", "合肥", "无锡", "宁波", "常州", "武汉", "深圳", "青岛", "成都", "西安")
_FIRST, _SECOND = "佩云宏铂思华长恒迈海先科蓝智", "川岫岚瑞澜芯屿砺峤沃澈翎臻禾"
_TRADES = ("能源", "航空", "传感器", "半导体", "生物医药", "新材料", "激光", "机器人")
_BODIES = (
    ("enterprise", "{place}{stem}{trade}科技有限公司", 60),
    ("institute", "{place}{stem}{trade}研究院", 15),
    ("university", "{place}{stem}大学", 12),
    ("government", "{place}市{stem}局", 8),
    ("hospital", "{place}{stem}医院", 5),
)


def main() -> None:
    """Fill the store unless it is filled, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", help="a folder, or bolt://host:7687")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    with open_store(options.store, user=options.user, password=options.password) as store:
        names = _organizations(options.scale)
        ensure_schema(store)
        if not store.run("MATCH (d:Document) RETURN d.id AS id LIMIT 1"):
            _fill(store, names, options.scale)
        _measure(store, names)


def _organizations(scale: float) -> list[Row]:
    rng = random.Random(7)
    made: dict[str, Row] = {}
    while len(made) < int(ORGANIZATIONS * scale):
        kind, form, _ = rng.choices(_BODIES, [body[2] for body in _BODIES])[0]
        stem = rng.choice(_FIRST) + rng.choice(_SECOND) + rng.choice(_FIRST) + rng.choice(_SECOND)
        place, trade = rng.choice(_PLACES), rng.choice(_TRADES)
        name = form.format(place=place, stem=stem, trade=trade)
        alias = stem + trade if kind == "enterprise" else ""
        made[name] = {"id": organization_id(name), "name": name, "kind": kind, "aliases": [alias] if alias else []}
    return list(made.values())


def _fill(store: Store, organizations: list[Row], scale: float) -> None:
    """Write the graph straight into the store, in the form that ``graph.load`` gives it."""
    rng = random.Random(8)
    kinds = load_ontology().collaborations
    documents = [f"d{number}" for number in range(int(DOCUMENTS * scale))]
    for kind in {str(row["kind"]) for row in organizations}:
        rows = [row for row in organizations if row["kind"] == kind]
        _write(store, f"UNWIND $rows AS row CREATE (o:Organization:{kind.title()} {{id: row.id}}) SET o = row", rows)
    aliases: dict[str, set[str]] = {}
    for row in organizations:
        forms = row["aliases"]
        assert isinstance(forms, list)
        for form in (str(row["name"]), *map(str, forms)):
            aliases.setdefault(fold_name(form), set()).add(str(row["id"]))
    pairs: list[Row] = [{"text": text, "at": at} for text, owners in aliases.items() for at in sorted(owners)]
    _write(store, "UNWIND $rows AS row MATCH (o:Organization {id: row.at}) MERGE (n:Alias {text: row.text}) "
           "CREATE (n)-[:NAMES]->(o)", pairs)  # fmt: skip
    dates = [f"{rng.randint(2014, 2025)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}" for _ in documents]
    rows = [
        {"id": document, "title": document, "published": date} for document, date in zip(documents, dates, strict=True)
    ]
    _write(store, "UNWIND $rows AS row CREATE (d:Document {id: row.id}) SET d = row", rows)
    count = len(organizations)

    def pick() -> Row:
        return organizations[min(int(count * rng.random() ** 2.2), count - 1)]

    by_kind: dict[str, list[Row]] = {kind: [] for kind in kinds}
    evidence: list[Row] = []
    seen: set[tuple[str, str, str]] = set()
    while len(seen) < int(COLLABORATIONS * scale):
        one, other, kind = pick(), pick(), rng.choice(list(kinds))
        key = (str(one["id"]), str(other["id"]), kind)
        if one is other or key in seen:
            continue
        seen.add(key)
        identity = f"c{len(seen)}"
        status = rng.choices(("active", "planned", "ended"), (85, 12, 3))[0]
        own = rng.sample(range(len(documents)), rng.choices((1, 2, 3), (77, 16, 7))[0])
        by_kind[kind].append({"s": key[0], "t": key[1], "props": {
            "id": identity, "status": status, "documents": [documents[at] for at in own], "reports": len(own),
            "since": min(dates[at] for at in own), "last": max(dates[at] for at in own),
            "evidence_count": len(own), "confidence": 0.8,
        }})  # fmt: skip
        for at in own:
            said = f"据介绍，{one['name']}与{other['name']}围绕关键零部件展开合作，首批成果预计年内落地。"
            evidence.append({"s": key[0], "t": key[1], "doc": documents[at], "props": {
                "id": f"{identity}-{at}", "kind": kind, "collaboration": identity, "status": status, "sentence": said,
                "confidence": round(rng.uniform(0.5, 1), 3), "method": "synthetic",
            }})  # fmt: skip
    for kind, rows in by_kind.items():
        _write(store, "UNWIND $rows AS row MATCH (a:Organization {id: row.s}) MATCH (b:Organization {id: row.t}) "
               f"CREATE (a)-[r:{kind.upper()}]->(b) SET r = row.props", rows)  # fmt: skip
    _write(store, "UNWIND $rows AS row MATCH (d:Document {id: row.doc}) MATCH (a:Organization {id: row.s}) "
           "MATCH (b:Organization {id: row.t}) CREATE (e:Evidence {id: row.props.id}) SET e = row.props "
           "CREATE (e)-[:FROM]->(d) CREATE (e)-[:SOURCE]->(a) CREATE (e)-[:TARGET]->(b)", evidence)  # fmt: skip


def _write(store: Store, statement: str, rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), 4000):
        store.run(statement, {"rows": list(rows[start : start + 4000])}, write=True)
    print(f"{len(rows):>8} rows: {statement[:60]}…", file=sys.stderr)


class _Counted:
    """A store that adds up what its reads take, in seconds: by the clock, and of this process's CPU."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.url = store.url
        self.wall = self.cpu = 0.0

    def run(self, query: str, parameters: object = None, **options: object) -> list[Row]:
        wall, cpu = time.perf_counter(), time.process_time()
        rows = self.store.run(query, parameters, **options)  # type: ignore[arg-type]
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu
        return rows


def _questions(organizations: list[Row], rng: random.Random) -> Iterator[tuple[str, str]]:
    """(sort, question) of every sort, for hubs and for the tail."""

    def name(*kinds: str) -> str:
        while True:
            row = organizations[min(int(len(organizations) * rng.random() ** 2.2), len(organizations) - 1)]
            if not kinds or row["kind"] in kinds:
                return str(row["name"])

    hubs = [str(row["name"]) for row in organizations[:5]]
    for number in range(12):
        yield "partners", f"谁和{name()}合作？"
        yield "partners of a hub", f"Who works with {hubs[number % 5]}?"
        yield "short name", f"{name('enterprise')[2:-6]}的合作伙伴"
        yield "misspelt name", f"谁和{_misspelt(name('enterprise'))}合作"
        yield "of a kind", f"{name()}合作的高校有哪些"
        yield "relation", f"谁给{name()}供货"
        yield "pair", f"{name()}和{name()}是什么关系"
        yield "why", f"{hubs[0]}和{hubs[1 + number % 4]}合作的依据"
        yield "common", f"{name()}和{name()}有哪些共同的合作伙伴"
        yield "paths", f"{name()}怎么联系到{name()}"
        yield "count", f"{name()}一共有几家合作伙伴"
        yield "unknown", "谁和北极星重工合作"
    for question in ("合作伙伴最多的三家企业", "Which university has the most partners?", "谁投资的企业最多"):
        yield "ranking", question
    for question in ("列出所有投资关系", "哪些合作还在计划中", "企业和医院之间的合作"):
        yield "all of a kind", question


def _misspelt(name: str) -> str:
    return name[:4] + {"川": "传", "岚": "兰", "瑞": "锐"}.get(name[3], name[3]) + name[4:]


def _percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _measure(store: Store, organizations: list[Row]) -> None:
    """Ask every question, then run the statement of its answer alone."""
    table: dict[str, list[tuple[float, ...]]] = {}
    asked = list(_questions(organizations, random.Random(9)))
    for _, question in asked[:20]:
        answer(store, question)  # warm
    for sort, question in asked:
        began = time.process_time()
        for _ in range(REPEATS):
            understand(question)
        understood = (time.process_time() - began) / REPEATS
        whole, bare = _Counted(store), _Counted(store)
        said = answer(whole, question)  # type: ignore[arg-type]
        if said.cypher:
            bare.run(said.cypher, said.parameters)
        table.setdefault(sort, []).append((understood, whole.wall, whole.cpu, bare.wall, bare.cpu))
    heads = ("store wall", "store CPU", "bare wall", "bare CPU")
    print(f"{'':20}{'n':>5}{'understand':>12}" + "".join(f"{head:>12}{'p95':>8}" for head in heads) + "   ms")
    everything = [row for rows in table.values() for row in rows]
    for sort, rows in [*table.items(), ("all", everything)]:
        columns = [[row[at] * 1000 for row in rows] for at in range(5)]
        figures = "".join(
            f"{statistics.median(column):12.1f}{_percentile(column, 0.95):8.1f}" for column in columns[1:]
        )
        print(f"{sort:20}{len(rows):5}{statistics.median(columns[0]):12.2f}{figures}")


if __name__ == "__main__":
    main()
