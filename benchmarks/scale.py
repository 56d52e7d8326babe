"""Many generated articles by each engine: one digest, whatever is killed in the middle, and what it costs.

    python -m benchmarks.scale make articles/ --documents 20000
    python -m benchmarks.scale map articles/ shards-map/
    python -m benchmarks.scale processes articles/ shards-pool/ --kill worker
    python -m benchmarks.scale spark articles/ shards-spark/ --master 'local-cluster[2,1,1024]' --kill executor

    python -m benchmarks.scale processes shards-map/ import/ --assemble     # beside: collabgraph build, digest
    python -m benchmarks.scale edges --edges 5000000

    python -m benchmarks.scale make lines/ --documents 8000 --lines 500     # what an engine costs beside the work
    python -m benchmarks.scale make small/ --documents 2000 --lines 500
    python -m benchmarks.scale table lines/ shards-table/ --files 1 --before small/ [--light]

The digest is that of all shards, by name; of an assembly it is that of the graph.  Seconds are those of the whole
process tree, user and system; those called warm begin when the articles of ``--before`` were read by the same engine.
``table`` is Spark's other door, articles in a DataFrame.  With ``--light`` the extractor is left out: of a document its
first two names become a fact, padded to so many bytes, and all the rest is what it is.
"""

import argparse
import contextlib
import hashlib
import json
import os
import random
import re
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from extract.records import Document
from graph.scale import shards
from graph.scale.assemble import assemble
from graph.scale.seam import Mapper, processes
from graph.scale.shards import Counts, Failed, Report, extract_shards

PLACES = re.findall("..", "昆山太仓常熟江阴宜兴海门如皋靖江溧阳金坛义乌慈溪余姚诸暨海宁桐乡晋江石狮龙海福清")
FIRST = re.findall("..", "沧澜云岫铂瑞思澜宏岚青岭白川远棠星垣鹿鸣朗溪岚汐栖霖泊远璟和衡岳沐川启棠瀚屿镜湖")
SECOND = re.findall(".", "华新瑞达恒宏智科立盛航和安泰元博维景凯佳")
FIELDS = ["微电子", "新材料", "生物医药", "智能装备", "新能源", "传感器", "航空科技", "环保", "半导体", "精密机械"]
BODIES = ("有限公司", "股份有限公司", "研究院", "科技有限公司")
SENTENCES = (
    "{a}与{b}日前在{place}签署战略合作协议，双方将围绕{field}开展全面合作。",
    "{a}联合{b}研发的新一代{field}产品通过验收，项目历时三年。",
    "{a}与{b}共建的{field}联合实验室昨日揭牌。",
    "{a}宣布完成新一轮融资，由{b}领投，资金将用于{field}产线建设。",
    "{a}向{b}供应{field}核心部件，首批产品已经交付。",
    "{a}（以下简称“{short}”）是当地的{field}骨干企业，{short}去年新增专利三十余项。",
    "会上，{a}、{b}等单位的代表围绕{field}的发展作了交流。",
    "近年来，{place}把{field}作为主导产业，企业数量逐年增加，配套日益完善。",
    "当地负责人介绍，园区将进一步优化营商环境，为企业提供全流程服务。",
    "业内人士认为，{field}的市场空间广阔，但是核心技术仍待突破。",
)


def names(chance: random.Random, count: int) -> list[tuple[str, str]]:
    """Invented organizations: (name, short name)."""
    made: dict[str, str] = {}
    while len(made) < count:
        stem, field = chance.choice(FIRST) + chance.choice(SECOND), chance.choice(FIELDS)
        if chance.random() < 0.2:
            made[f"{stem}{chance.choice(('理工', '师范', '工业', ''))}大学"] = f"{stem[:2]}大"
        else:
            made[f"{chance.choice(PLACES)}{stem}{field}{chance.choice(BODIES)}"] = stem + field
    return list(made.items())


def make(folder: Path, documents: int, seed: int = 11) -> None:
    """Write articles of five sentences, some 200 characters, as text files in folders of a thousand."""
    chance = random.Random(seed)
    organizations = names(chance, max(20, documents // 5))
    for number in range(documents):
        place, lines = chance.choice(PLACES), []
        for sentence in chance.sample(SENTENCES, 5):
            (a, short), (b, _) = chance.sample(organizations, 2)
            lines.append(sentence.format(a=a, b=b, short=short, place=place, field=chance.choice(FIELDS)))
        path = folder / f"{number // 1000:04d}" / f"{number:07d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{place}{number}号简报\n" + "".join(lines) + "\n", encoding="utf-8")


def make_lines(folder: Path, documents: int, lines: int, seed: int = 12) -> None:
    """Write articles as JSON lines, so many a file: those of ``make``, or where there are over 100,000 one sentence."""
    chance = random.Random(seed)
    organizations = names(chance, max(20, documents // 5))
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, documents, lines):
        with (folder / f"{start // lines:05d}.jsonl").open("w", encoding="utf-8") as file:
            for number in range(start, min(start + lines, documents)):
                place, text = chance.choice(PLACES), ""
                for sentence in SENTENCES[:1] if documents >= 100_000 else chance.sample(SENTENCES, 5):
                    (a, short), (b, other) = chance.sample(organizations, 2)
                    b = other if chance.random() < 0.1 else b
                    text += sentence.format(a=a, b=b, short=short, place=place, field=chance.choice(FIELDS))
                row = {"url": f"https://example.com/{number}", "title": f"{place}{number}号简报", "text": text}
                file.write(json.dumps(row, ensure_ascii=False) + "\n")


def light_outcome(pad: int, found: Document | Failed, *_: object) -> tuple[str, Counts] | Failed:
    """In the place of ``shards.outcome``: a fact of the names before and behind the first 与."""
    if isinstance(found, Failed):
        return found
    one, _, other = found.text.partition("与")
    one, other = one[-30:], other.partition("日前")[0][:30] or "无名"
    organizations = [{"name": one}, {"name": other}]
    claims = [{"source": one, "target": other, "kind": "joint_rd"}]
    row = {"id": found.id, "organizations": organizations, "collaborations": claims}
    line = json.dumps(row, ensure_ascii=False).ljust(pad)
    return line, Counts(documents=1, claims=1, characters=len(found.text))


def light_shard(pad: int, shard: shards.Shard) -> Counts:
    """``extract_shard`` without the extractor."""
    shards.outcome = partial(light_outcome, pad)  # type: ignore[assignment]
    return shards.extract_shard(shard, options=shards.DEFAULTS, seconds=60)


def light_frames(pad: int, columns: list[str], frames: Iterator[Any]) -> Iterator[Any]:
    """What ``on_spark.claims`` maps, without the extractor."""
    from graph.scale import on_spark

    on_spark.outcome = partial(light_outcome, pad)  # type: ignore[assignment]
    yield from on_spark._claims(frames, columns=columns, options=shards.DEFAULTS, name="table", seconds=60)


def reader(kind: str, mapper: Mapper, jobs: int, files: int, pad: int | None) -> Callable[[Path, Path], Report]:
    """What reads a folder of articles into a folder of shards; ``pad`` is given where the extractor is left out."""

    def by_shards(articles: Path, out: Path) -> Report:
        if pad is None:
            return extract_shards([articles], out, mapper=mapper, jobs=jobs, files=files)
        light = partial(light_shard, pad)
        return extract_shards([articles], out, mapper=lambda _, each: mapper(light, each), jobs=jobs, files=files)

    def by_table(articles: Path, out: Path) -> Report:
        from pyspark.sql import SparkSession

        from graph.scale import on_spark

        session = SparkSession.getActiveSession()
        assert session is not None
        table = session.read.json(str(articles))
        if pad is None:
            rows = on_spark.claims(table)
        else:
            rows = table.mapInPandas(partial(light_frames, pad, table.columns), on_spark.CLAIMS)
        on_spark.write_lines(rows, out)
        parts = list(out.glob("part-*"))
        counts = sum(map(shards.read_counts, parts), Counts())
        return Report(counts=counts, made=len(parts), kept=0, removed=0, failed=())

    return by_table if kind == "table" else by_shards


def killer(kind: str, out: Path) -> threading.Thread:
    """A thread that kills a worker, when three shards are done."""

    def kill() -> None:
        while len(list(out.glob("part-*"))) < 3:
            time.sleep(0.05)
        mark = b"CoarseGrainedExecutorBackend" if kind == "executor" else b"pyspark.daemon"
        if kind == "worker" and "pyspark" not in sys.modules:
            mark = b"multiprocessing.spawn"
        found = [number for number, words in relatives() if mark in words]
        os.kill(max(found), signal.SIGKILL)
        print(f"killed one of {len(found)} {kind} processes", flush=True)

    thread = threading.Thread(target=kill, daemon=True)
    thread.start()
    return thread


def relatives() -> Iterator[tuple[int, bytes]]:
    """The descendants of this process, with their command lines."""
    parents, words = {}, {}
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            parents[int(path.name)] = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
            words[int(path.name)] = (path / "cmdline").read_bytes()
    for number in words:
        above = number
        while above in parents and above != os.getpid():
            above = parents[above]
        if above == os.getpid() and number != above:
            yield number, words[number]


@contextlib.contextmanager
def engine(kind: str, jobs: int, master: str | None) -> Iterator[Mapper]:
    """The engine of that name; a Spark is waited for at the end, so that its seconds count."""
    if kind == "map":
        yield map
    elif kind == "processes":
        yield processes(jobs)
    else:
        from pyspark import SparkContext

        from graph.scale.on_spark import opened_spark

        with opened_spark(master, jobs) as mapper:
            yield mapper
        gateway = SparkContext._gateway
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()


def label_edges(count: int) -> None:
    """Print what labelling so many random edges of two thirds as many names costs."""
    import numpy as np

    from graph.scale.components import Links, label

    random = np.random.default_rng(5)
    texts = np.unique(random.integers(0, 2**63, count * 5 // 8, dtype=np.uint64))
    ends = np.stack([random.choice(texts, count), random.choice(texts, count)], axis=1)
    near = random.random(count) < 0.9  # most names are connected with few
    at = random.integers(0, len(texts) - 8, count)
    ends[near] = np.stack([texts[at], texts[at + random.integers(1, 8, count)]], axis=1)[near]
    links = Links(texts=texts, forms=ends, entries=np.empty((0, 2), dtype=np.uint64))
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, time.process_time()
    (found,), edges = label([links], [])
    cost, peak = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    said = {"names": len(texts), "edges": edges, "groups": len(np.unique(found)), "cpu_s": round(cost, 1)}
    print(json.dumps({**said, "mb_before": before, "peak_mb": peak}))


def digest(out: Path) -> str:
    """One digest of all shards, by name."""
    found = hashlib.blake2b(digest_size=16)
    for path in sorted(out.iterdir()):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def seconds() -> float:
    """CPU seconds of this process and of the children that ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def seconds_now() -> tuple[float, float]:
    """CPU seconds of this process, of all its descendants, and of those of them that ended; those of Java alone."""
    ticks = java = 0
    for number, words in relatives():
        with contextlib.suppress(OSError):
            spent = list(map(int, Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[11:15]))
            ticks += sum(spent)
            java += sum(spent[:2]) if words.split(b"\0")[0].endswith(b"java") else 0
    return seconds() + ticks / os.sysconf("SC_CLK_TCK"), java / os.sysconf("SC_CLK_TCK")


def peaks() -> dict[str, int]:
    """The peak MB of the program that asked, and that of the largest of its children that ended."""
    each = {"peak_mb": resource.RUSAGE_SELF, "peak_mb_child": resource.RUSAGE_CHILDREN}
    return {name: resource.getrusage(who).ru_maxrss // 1024 for name, who in each.items()}


def main() -> None:
    """Make articles, or shards of them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["make", "map", "processes", "spark", "table", "edges"])
    parser.add_argument("articles", type=Path, nargs="?")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=1_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--master")
    parser.add_argument("--kill", choices=["worker", "executor"])
    parser.add_argument("--assemble", action="store_true", help="shards → the files of a graph")
    parser.add_argument("--lines", type=int, help="make: JSON lines, so many articles a file")
    parser.add_argument("--before", type=Path, help="articles that are read first, to warm the engine")
    parser.add_argument("--light", action="store_true", help="leave the extractor out")
    parser.add_argument("--pad", type=int, default=0, help="bytes of a line of --light, at least")
    parser.add_argument("--edges", type=int, default=5_000_000)
    given = parser.parse_args()
    if given.kind == "edges":
        label_edges(given.edges)
        return
    if given.kind == "make":
        if given.lines:
            make_lines(given.articles, given.documents, given.lines)
        else:
            make(given.articles, given.documents)
        return
    if given.kill:
        killer(given.kill, given.out)
    start = time.monotonic()
    if given.assemble:
        with engine(given.kind, given.jobs, given.master) as mapper:
            made = assemble([given.articles], given.out, mapper=mapper)
            (spent, _), busy = seconds_now(), time.monotonic() - start
        size = sum(path.stat().st_size for path in given.out.glob("*.csv"))
        counted = {name: value for name, value in asdict(made.tally).items() if name != "digest"}
        costs = {"edges": made.edges, "cpu_s": round(max(spent, seconds()), 1), "wall_s": round(busy, 1), "bytes": size}
        print(json.dumps({**counted, **costs, **peaks(), "digest": made.digest}))
        return
    with engine(given.kind, given.jobs, given.master) as mapper:
        read = reader(given.kind, mapper, given.jobs, given.files, given.pad if given.light else None)
        if given.before:
            read(given.before, given.out.with_name(given.out.name + "-before"))
        (warm_cpu, warm_java), warm = seconds_now(), time.monotonic()
        report = read(given.articles, given.out)
        spent, java = seconds_now()  # by Spark's Python workers too, which are killed with it
        warm_cpu, warm_java, warm = spent - warm_cpu, java - warm_java, time.monotonic() - warm
        busy = time.monotonic() - start
    size = sum(path.stat().st_size for path in given.out.iterdir())
    cpu, counts = max(spent, seconds()), report.counts
    said = {
        "shards": report.made,
        "documents": counts.documents,
        "failed": counts.failed,
        "claims": counts.claims,
        "characters": counts.characters,
        "cpu_s": round(cpu, 1),
        "wall_s": round(busy, 1),
        "warm_cpu_s": round(warm_cpu, 2),
        "warm_java_s": round(warm_java, 2),
        "warm_wall_s": round(warm, 2),
        "documents_per_cpu_s": round(counts.documents / cpu, 1),
        "characters_per_cpu_s": round(counts.characters / cpu),
        "shard_bytes": size,
        "bytes_a_document": round(size / max(1, counts.documents)),
        **peaks(),
        "digest": digest(given.out),
    }
    print(json.dumps(said, ensure_ascii=False))


if __name__ == "__main__":
    main()
