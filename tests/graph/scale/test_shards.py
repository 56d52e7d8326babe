"""Articles → shards, in this process and in several, whatever a document does and whenever a run is cut off."""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from extract.errors import DataError, ReadError
from extract.pipeline import Options
from graph.build import build_graph
from graph.cli import main
from graph.digest import digest
from graph.errors import EngineError
from graph.scale.seam import Mapper, processes
from graph.scale.shards import extract_shards
from graph.stores import open_store

HERE = Path(__file__).parent


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def built(*paths: Path) -> tuple[str, int]:
    """The digest of the graph of these paths, and how many problems there were."""
    with open_store(":memory:") as store:
        report = build_graph(paths, store)
        return digest(store), len(report.problems)


def names(out: Path) -> set[str]:
    return {path.name for path in out.iterdir()}


def bytes_of(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


@pytest.fixture
def hazards(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Options:
    """Options with the hazardous model."""
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.setenv("HAZARD_ONCE", str(tmp_path / "once"))
    return Options(model=importlib.import_module("hazards").model)


def test_shards_give_the_graph_of_their_articles(folder: Path, tmp_path: Path) -> None:
    """By map and by processes the shards are the same bytes, and build makes of them what it makes of the articles."""
    one = extract_shards([folder], tmp_path / "one", files=3)
    two = extract_shards([folder], tmp_path / "two", files=3, mapper=processes(2))
    assert one == two
    assert (one.counts.documents, one.counts.failed) == (28, 1)
    assert one.made > 3
    assert one.counts.claims > 20
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")
    assert built(tmp_path / "one") == built(folder)


def test_the_command_makes_shards_and_goes_on(folder: Path, tmp_path: Path) -> None:
    """The exit code and the report tell of what could not be read; a second run makes nothing anew."""
    out, report = tmp_path / "shards", tmp_path / "failed.jsonl"
    first = run("extract", folder, "--out", out, "--jobs", "0", "--shard-files", "4", "--report", report)
    assert first.exit_code == 1
    assert "picture.txt: the bytes are no text" in first.stderr
    assert "28 documents" in first.stderr
    assert [Path(json.loads(line)["origin"]).name for line in report.read_text("utf-8").splitlines()] == ["picture.txt"]
    second = run("extract", folder, "--out", out, "--jobs", "0", "--shard-files", "4")
    assert "(0 made" in second.stderr
    assert second.exit_code == 1
    third = run("build", out, "--store", tmp_path / "store")
    assert "picture.txt: the bytes are no text" in third.stderr
    assert "24 added" in third.stderr
    assert run("extract", folder, "--engine", "spark").exit_code == 2


def test_only_what_changed_is_made_anew(folder: Path, tmp_path: Path) -> None:
    """A file more, less or other changes the shards it is in; other articles are not mixed in."""
    out = tmp_path / "shards"
    first = extract_shards([folder], out, files=3)
    (folder / "a" / "a01-page.txt").unlink()
    (folder / "a" / "table.jsonl").write_text(json.dumps({"text": "青岭公司与白川大学合作。"}), encoding="utf-8")
    second = extract_shards([folder], out, files=3)
    assert 1 <= second.made <= 4
    assert second.kept + second.made == len(names(out))
    assert second.counts.documents == first.counts.documents - 10
    assert built(out) == built(folder)
    with pytest.raises(DataError, match="shards of other articles"):
        extract_shards([folder], out, Options(language="en"), files=3)
    (tmp_path / "empty").mkdir()
    before = names(out)
    with pytest.raises(ReadError, match="no articles"):
        extract_shards([tmp_path / "empty"], out)
    assert names(out) == before


def test_a_shard_of_all_articles_is_made_anew(folder: Path, tmp_path: Path) -> None:
    """Where every shard has changed they are still known as those of these articles, and not of others."""
    out, more = tmp_path / "shards", folder / "a" / "a00.txt"
    extract_shards([folder], out)
    more.write_text("青岭传感器有限公司与白川理工大学签署合作协议。", encoding="utf-8")
    second = extract_shards([folder], out, files=1_000)
    assert (second.kept, second.removed, len(names(out))) == (0, 1, second.made)
    assert built(out) == built(folder)
    with pytest.raises(DataError, match="shards of other articles"):
        extract_shards([folder / "b" / "b02-laboratory.txt"], out)


def test_what_a_killed_run_left_is_gone_on_with(folder: Path, tmp_path: Path) -> None:
    """After ``kill -9`` in the middle, the next run makes the missing shards alone; the outcome is one run's."""
    (folder / "a" / "slow.txt").write_text("青岭公司与白川大学合作，进展迟缓。" * 100, encoding="utf-8")
    out, whole = tmp_path / "out", tmp_path / "whole"
    code = (
        "import sys; from pathlib import Path; from graph.scale.shards import extract_shards\n"
        "extract_shards([sys.argv[1]], sys.argv[2], files=2, on_progress=lambda n, of: print(n, flush=True))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, folder, out], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "3":
                process.kill()
    before = bytes_of(out)
    shards = {name for name in before if not name.startswith(".")}
    times = {name: (out / name).stat().st_mtime_ns for name in shards}
    (out / ".part-torn.jsonl.1.2.part").write_text("half a li")
    report = extract_shards([folder], out, files=2)
    assert report.kept == len(shards) >= 3
    assert {name: (out / name).stat().st_mtime_ns for name in shards} == times
    extract_shards([folder], whole, files=2)
    torn = {name: data for name, data in bytes_of(out).items() if not name.startswith(".")}
    assert torn == bytes_of(whole)


def bad_folder(folder: Path, words: Sequence[str]) -> Path:
    """The folder with a table of six articles of which each third says a bad word."""
    rows = []
    for number in range(6):
        word = words[number // 3 % len(words)] if number % 3 == 1 else ""
        text = f"青岭{number}号传感器有限公司与白川理工大学签署合作协议，联合研发传感器。{word}"
        rows.append(json.dumps({"url": f"bad{number}", "text": text}, ensure_ascii=False))
    (folder / "b" / "bad.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return folder


@pytest.mark.parametrize("mapper", [map, processes(2)], ids=["map", "processes"])
def test_a_document_that_raises_is_a_line(folder: Path, tmp_path: Path, hazards: Options, mapper: Mapper) -> None:
    """Each is named with its id and its reason, and nothing else is lost."""
    report = extract_shards([bad_folder(folder, ["出错"])], tmp_path / "out", hazards, files=3, mapper=mapper)
    assert (report.counts.documents, report.counts.failed) == (28 + 4, 1 + 2)
    said = [failed for failed in report.failed if failed.document]
    assert [failed.origin.rpartition("#")[2] for failed in said] == ["bad1", "bad4"]
    assert all("which is a bug: ValueError: a word" in failed.reason for failed in said)


def test_a_document_that_kills_or_hangs_is_quarantined(folder: Path, tmp_path: Path, hazards: Options) -> None:
    """The shards of the others are kept; the documents before and behind it in its own file are read."""
    report = extract_shards(
        [bad_folder(folder, ["崩溃", "停滞"])],
        tmp_path / "out",
        hazards,
        files=3,
        mapper=processes(2),
        jobs=2,
        seconds=3,
    )
    assert (report.counts.documents, report.counts.failed) == (28 + 4, 1 + 2)
    said = {failed.origin.rpartition("#")[2]: failed.reason for failed in report.failed if failed.document}
    assert said.keys() == {"bad1", "bad4"}
    assert "its reader died (exit code 9)" in said["bad1"]
    assert "it took over 3 seconds" in said["bad4"]
    assert built(tmp_path / "out")[1] == 3


def test_a_worker_that_is_killed_costs_nothing(folder: Path, tmp_path: Path, hazards: Options) -> None:
    """The shard at which it died is made again, and the outcome is that of a run without the death."""
    bad_folder(folder, ["一次"])
    report = extract_shards([folder], tmp_path / "out", hazards, files=3, mapper=processes(2), jobs=2)
    assert (tmp_path / "once").exists()
    again = extract_shards([folder], tmp_path / "again", hazards, files=3)
    assert report == again
    assert bytes_of(tmp_path / "out") == bytes_of(tmp_path / "again")


def test_an_engine_that_cannot_run_is_told(folder: Path, tmp_path: Path) -> None:
    """It fails before a job is begun, so that there is nothing to look into."""

    def broken(work: Callable[[Any], Any], jobs: Sequence[Any], /) -> Iterable[Any]:
        raise EngineError("no machine is left")

    with pytest.raises(EngineError, match="no machine is left"):
        extract_shards([folder], tmp_path / "out", files=3, mapper=broken)
