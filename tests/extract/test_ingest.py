"""Many files in one run: reports, bad files among good ones, going on where a run stopped."""

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from extract.errors import ReadError
from extract.ingest import ingest
from extract.pipeline import _warnings
from extract.read import list_files, read_text
from extract.records import Organization
from graph.commands.extract import command

ROOT = Path(__file__).parents[2]
ARTICLES = ROOT / "data/articles"


def run(*arguments: str | Path, stdin: bytes = b"") -> Result:
    """``collabgraph extract`` with those arguments, which reads in this process."""
    return CliRunner().invoke(command, ["--jobs", "0", *map(str, arguments)], input=stdin)


def origins(lines: bytes) -> list[str]:
    """The file names of the documents of lines of claims."""
    return [Path(json.loads(line)["document"]["origin"]).name for line in lines.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Ten articles, one of which is a picture."""
    path = tmp_path / "articles"
    path.mkdir()
    for name in sorted(ARTICLES.glob("0[1-9]*.txt")):
        shutil.copy(name, path)
    (path / "05-picture.txt").write_bytes(bytes(range(256)) * 10)
    return path


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Children that Ctrl-C stops, also where this process ignores it, as a job in the background does."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_one_bad_file_among_ten_loses_nothing(folder: Path) -> None:
    """Nine are printed in order, the bad one is said with its name, and the exit code is 1."""
    done = run(folder)
    assert done.exit_code == 1
    assert origins(done.stdout_bytes) == sorted(path.name for path in ARTICLES.glob("0[1-9]*.txt"))
    messages = done.stderr.splitlines()
    assert [line for line in messages if "05-picture.txt: the bytes are no text" in line]
    assert messages[-1].startswith("collabgraph: 9 documents read")
    assert messages[-1].endswith("1 could not be read")


def test_a_missing_path_is_a_mistake_of_the_user(tmp_path: Path) -> None:
    """One sentence, exit code 2, and nothing is printed."""
    done = run(ARTICLES, tmp_path / "nowhere")
    assert done.exit_code == 2
    assert done.stdout_bytes == b""
    assert done.stderr == f"collabgraph: {tmp_path / 'nowhere'}: there is no such file or folder\n"


def test_standard_input_may_have_any_encoding() -> None:
    """- reads text, here in GB18030, and - alone is no file name."""
    text = "昆山白桦涂料有限公司与沙洲理工大学联合研发涂层。"
    done = run("-", stdin=text.encode("gb18030"))
    assert done.exit_code == 0
    assert json.loads(done.stdout_bytes)["document"]["text"] == text


def test_every_document_is_reported(folder: Path, tmp_path: Path) -> None:
    """The report has a line a document: what was read, what was left out and why, what failed."""
    done = run(folder, "--report", tmp_path / "report.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [Path(row["file"]).name for row in rows] == sorted(path.name for path in folder.iterdir())
    by_name = {Path(row["file"]).stem: row for row in rows}
    assert by_name["01-page"]["dropped"].keys() == {"header", "shadow", "bad character"}
    assert by_name["02-laboratory"]["claims"] > 0
    assert by_name["05-picture"]["outcome"] == "failed"
    assert sum(row["claims"] for row in rows) == sum(
        len(json.loads(line)["claims"]) for line in done.stdout_bytes.splitlines()
    )


def test_a_second_run_goes_on_where_the_first_stopped(folder: Path, tmp_path: Path) -> None:
    """After a run cut off in the middle of a line, and a change to one file, the claims are those of one run."""
    (folder / "05-picture.txt").unlink()
    out, report = tmp_path / "claims.jsonl", tmp_path / "claims.jsonl.report.jsonl"
    assert run(folder, "-o", out).exit_code == 0
    lines = out.read_bytes().splitlines(keepends=True)
    out.write_bytes(b"".join(lines[:6]) + lines[6][:200])
    report.write_bytes(b"".join(report.read_bytes().splitlines(keepends=True)[:5]) + b'{"origin"')
    with (folder / "02-laboratory.txt").open("a", encoding="utf-8") as file:
        file.write("沙溪职业技术学院与娄江智能装备（苏州）有限公司签订合作协议。\n")
    done = run(folder, "-o", out)
    assert done.exit_code == 0
    assert "5 documents read" in done.stderr
    assert "4 files unchanged" in done.stderr
    assert sorted(out.read_bytes().splitlines()) == sorted(run(folder).stdout_bytes.splitlines())
    assert "9 files unchanged" in run(folder, "-o", out).stderr


def test_a_run_does_not_read_what_it_writes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Claims, report and shards may lie among the articles, also when a shell lists them all."""
    (folder / "05-picture.txt").unlink()
    monkeypatch.chdir(tmp_path)
    arguments = [Path("articles"), "-o", folder / "claims.jsonl", "--report", "articles/what.jsonl"]
    assert "9 documents read" in run(*arguments).stderr
    again = run(*arguments, *sorted(folder.iterdir()))
    assert (again.exit_code, "could not be read" in again.stderr) == (0, False)
    (folder / "what.jsonl").unlink()
    (folder / "claims.jsonl").unlink()
    for _ in range(2):
        assert "9 documents," in run(folder, "--out", folder / "below/shards").stderr


@pytest.mark.usefixtures("interruptible")
def test_a_run_that_is_stopped_says_how_far_it_came(folder: Path) -> None:
    """Ctrl-C is one sentence and exit code 130; what was printed are whole lines."""
    for number in range(60):  # together more than a pipe holds, so that the run cannot end before it is stopped
        shutil.copy(folder / "02-laboratory.txt", folder / f"more-{number:02d}.txt")
    command = [sys.executable, "-m", "graph", "extract", folder, "--jobs", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, said = process.communicate()
    assert process.returncode == 130, said.decode()
    assert "Traceback" not in said.decode()
    assert said.decode().splitlines()[-1] == "collabgraph: stopped"
    assert len(origins(first + rest)) < 60


def test_a_folder_is_listed_by_path(tmp_path: Path) -> None:
    """Names in order, folders in their place; no hidden file, store, report or other format."""
    names = ["b.txt", "a/2.md", "a/1.TXT", "a.txt", "c/d/3.pdf"]
    others = [".git/x.txt", "a/.x.txt", "x.py", "s/collabgraph.json", "s/log/x.jsonl"]
    for name in (*names, *others):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert run(ARTICLES / "02-laboratory.txt", "--report", tmp_path / "what.jsonl").exit_code == 0
    found = [path.relative_to(tmp_path).as_posix() for path in list_files([tmp_path])]
    assert found == ["a/1.TXT", "a/2.md", "a.txt", "b.txt", "c/d/3.pdf"]
    assert list(list_files([tmp_path], leave_out=[tmp_path / "a", tmp_path / "c/d/3.pdf"])) == [
        tmp_path / "a.txt",
        tmp_path / "b.txt",
    ]
    with pytest.raises(ReadError, match="this is a store"):
        list(list_files([tmp_path / "s"]))


def test_a_second_run_that_reads_in_another_way_reads_again(folder: Path, tmp_path: Path) -> None:
    """Claims that were read in one language are not kept by a run that forces another."""
    (folder / "05-picture.txt").unlink()
    out = tmp_path / "claims.jsonl"
    assert run(folder, "-o", out).exit_code == 0
    assert "9 documents read" in run(folder, "-o", out, "--language", "en").stderr


def test_the_same_bytes_with_any_number_of_workers(folder: Path) -> None:
    """The lines of a run do not depend on how many processes read."""
    files = list(list_files([folder]))
    runs = [[(item.extraction, item.report.reason) for item in ingest(files, jobs=jobs)] for jobs in (0, 2)]
    assert runs[0] == runs[1]


def test_cues_without_a_claim_are_a_warning() -> None:
    """An article that names organizations and speaks of working together, and gives no claim, is worth a look."""
    document = read_text("共建不易。澄湖新材料研究院成立于去年，昆山白桦涂料有限公司成立于前年。")
    organizations = [Organization(id=str(at), name=str(at), kind="enterprise") for at in range(2)]
    assert _warnings(document, organizations, ()) == ("no claim, although it names 2 organizations and says 共建",)
    assert _warnings(document, organizations[:1], ()) == ()
