"""``collabgraph ask`` as a person calls it: exit codes, JSON, the query, a batch, the prompt."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from graph.build import build_graph
from graph.cli import main
from graph.stores import open_store

CASES = Path(__file__).parents[2] / "cases" / "ask"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store on disk that holds the invented graph."""
    path = str(tmp_path_factory.mktemp("ask") / "store")
    with open_store(path) as store:
        build_graph([CASES / "graph.jsonl"], store)
    return path


def _run(*arguments: str, said: str | None = None) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["ask", *arguments], input=said)
    return result.exit_code, result.output


def test_exit_codes_tell_the_answers_apart(folder: str) -> None:
    """Answered, several fit, unknown, nothing recorded, not understood."""
    codes = {
        "谁和澄湖能源合作": 0,
        "望江的合作伙伴": 3,
        "谁和北极星重工合作": 4,
        "白鹭制药和松陵银行合作吗": 5,
        "讲个笑话": 6,
    }
    assert {question: _run(question, "--store", folder)[0] for question in codes} == codes


def test_json_and_query(folder: str) -> None:
    """``--json`` gives the answer as it is, with its evidence; ``--cypher`` shows what was run."""
    code, text = _run("Who supplies HVR?", "--json", "--store", folder)
    said = json.loads(text)
    assert code == 0
    assert said["complete"] is True
    assert [row["organizations"][0]["name"] for row in said["rows"]] == ["Tarnwick Motors"]
    assert said["evidence"][0]["document"] == "d07"
    assert said["understood_as"].startswith("organizations that Halvorsen Robotics, Inc.")
    shown = _run("Who supplies HVR?", "--cypher", "--store", folder)[1]
    assert "MATCH (o)<-[r:SUPPLY]-(p:Organization)" in shown
    assert ":param id => '" in shown


def test_batch_answers_each_line(folder: str, tmp_path: Path) -> None:
    """A file of questions gives one line each, in its order; a wrong line is a user's mistake."""
    file = tmp_path / "questions.jsonl"
    file.write_text(
        '{"id": "a", "question": "澄湖能源有几家投资方"}\n\n{"id": "b", "question": "你好"}\n', encoding="utf-8"
    )
    code, text = _run("--batch", str(file), "--store", folder)
    rows = [json.loads(line) for line in text.splitlines()]
    assert code == 0
    assert rows == [{"id": "a", "type": "count", "count": 1}, {"id": "b", "type": "not_understood"}]
    file.write_text('{"id": "a"}\n', encoding="utf-8")
    code, text = _run("--batch", str(file), "--store", folder)
    assert code == 2
    assert "line 1" in text


def test_prompt_reads_to_the_end(folder: str) -> None:
    """Without a question it answers line after line, follow-ups too, and leaves at ``:quit``."""
    code, text = _run("--store", folder, said="谁和Westmarsh合作\n那企业呢\n:cypher\n:quit\n谁和HVR合作\n")
    assert code == 0
    assert "与University of Westmarsh合作的企业" in text
    assert ":param kinds => ['enterprise'];" in text
    assert "Tarnwick" not in text
