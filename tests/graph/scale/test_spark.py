"""The same shards by Spark, in a process that has it: each version that ``tests/setup.sh`` fetched."""

import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extract.pipeline import Options
from graph.build import build_graph
from graph.digest import digest
from graph.scale.assemble import assemble
from graph.scale.shards import extract_shards
from graph.stores import open_store

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "collabgraph")
SPARK = "3.5.9"
VERSIONS = sorted({SPARK, *(path.name.removeprefix("spark-") for path in CACHE.glob("spark-[0-9]*[0-9]"))})


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    """A version of Spark that is there."""
    if shutil.which("java") is None or not (CACHE / f"spark-{request.param}").is_dir():
        pytest.skip(f"no Java, or no Spark in {CACHE}/spark-{request.param}; run sh tests/setup.sh")
    return str(request.param)


def on_spark(version: str, step: str, master: str, folder: Path, out: Path) -> Any:
    """What ``spark_child.py`` says of a step."""
    places = (CACHE / f"spark-{version}", HERE, ROOT)
    done = subprocess.run(
        [sys.executable, HERE / "spark_child.py", step, master, folder, out],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, places)),
            "PYSPARK_PYTHON": sys.executable,
            "SPARK_LOCAL_IP": "127.0.0.1",
            "HAZARD_ONCE": str(out.parent / "once"),
            "JDK_JAVA_OPTIONS": "-XX:TieredStopAtLevel=1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def shards_of(folder: Path, out: Path) -> dict[str, bytes]:
    """The shards that ``map`` makes in this process, by name."""
    sys.path.append(str(HERE))
    try:
        options = Options(model=importlib.import_module("hazards").model)
    finally:
        sys.path.remove(str(HERE))
    extract_shards([folder], out, options, files=3)
    return bytes_of(out)


def bytes_of(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def built(path: Path) -> str:
    with open_store(":memory:") as store:
        assert not build_graph([path], store).problems
        return digest(store)


def test_spark_makes_the_same_shards(
    version: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that dies once costs nothing; what kills all is named; a table gives the claims of its file."""
    (folder / "b" / "once.txt").write_text("青岭一次传感器有限公司与白川理工大学合作。", encoding="utf-8")
    said = on_spark(version, "doors", "local[2,4]", folder, tmp_path / "spark")
    assert (tmp_path / "once").exists()
    quarantined = {failed["origin"].rpartition("#")[2]: failed["reason"] for failed in said["dies"]["failed"]}
    assert "its reader died" in quarantined["bad崩溃"]
    assert "which is a bug: ValueError" in quarantined["bad出错"]
    assert said["dies"]["counts"]["documents"] == said["once"]["counts"]["documents"] + 2
    (folder / "b" / "bad.jsonl").unlink()
    monkeypatch.setenv("HAZARD_ONCE", str(tmp_path / "once"))
    assert bytes_of(tmp_path / "spark" / "once") == shards_of(folder, tmp_path / "map")
    assert said["digest"] == assemble([tmp_path / "map"], tmp_path / "graph").digest
    assert built(tmp_path / "spark" / "table") == built(folder / "a" / "table.jsonl")


def test_a_killed_executor_costs_nothing(version: str, folder: Path, tmp_path: Path) -> None:
    """``kill -9`` of the Java process of an executor in the middle: the shards are those of ``map``."""
    for path in folder.rglob("*.txt"):
        slow = path.read_bytes() + "其他单位进展迟缓。".encode()
        path.write_bytes(slow)
    report = on_spark(version, "kill", "local-cluster[2,1,1024]", folder, tmp_path / "spark")
    assert report["counts"]["failed"] == 1
    assert bytes_of(tmp_path / "spark") == shards_of(folder, tmp_path / "map")
