"""What the tests ask of Spark, in a process that has it: ``spark_child.py STEP MASTER FOLDER OUT``, prints JSON."""

import json
import os
import signal
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

import hazards
from pyspark.sql import SparkSession

from extract.pipeline import Options
from graph.scale.assemble import assemble
from graph.scale.on_spark import claims, opened_spark, write_lines
from graph.scale.shards import extract_shards

OPTIONS = Options(model=hazards.model)
BAD = "".join(
    json.dumps({"url": f"bad{word}", "text": f"青岭传感器有限公司与白川理工大学联合研发传感器。{word}"}) + "\n"
    for word in ("首先", "崩溃", "出错", "最后")
)


def executors() -> list[int]:
    """The processes that are executors of this application, in a ``local-cluster``."""
    application = SparkSession.getActiveSession().sparkContext.applicationId
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:
            continue
        if application.encode() in words and any(b"CoarseGrainedExecutorBackend" in word for word in words):
            found.append(int(path.parent.name))
    return found


def kill_executor(out: Path) -> None:
    """When a shard is done, kill one of the executors."""
    while not list(out.glob("part-*")):
        time.sleep(0.02)
    os.kill(min(executors()), signal.SIGKILL)


def main(step: str, master: str, folder: Path, out: Path) -> dict[str, object]:
    """Run one step."""
    with opened_spark(master) as engine:
        if step == "kill":
            killer = threading.Thread(target=kill_executor, args=(out,))
            killer.start()
            report = extract_shards([folder], out, OPTIONS, files=3, mapper=engine)
            killer.join()
            return asdict(report)
        once = extract_shards([folder], out / "once", OPTIONS, files=3, mapper=engine)
        (folder / "b" / "bad.jsonl").write_text(BAD, encoding="utf-8")
        dies = extract_shards([folder], out / "dies", OPTIONS, files=3, mapper=engine, jobs=2)
        session = SparkSession.getActiveSession()
        table = folder / "a" / "table.jsonl"
        write_lines(claims(session.read.json(str(table)).coalesce(1), OPTIONS, name=str(table)), out / "table")
        graph = assemble([out / "once"], out / "graph", mapper=engine, buckets=2)
        return {"once": asdict(once), "dies": asdict(dies), "digest": graph.digest}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))) + "\n")
