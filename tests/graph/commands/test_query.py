"""``collabgraph query`` as a user types it."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.cli import main
from graph.stores import open_store

PAIRS = "MATCH (a)-[r]->(b) RETURN a.name, type(r) AS kind, r AS relation, b.founded ORDER BY b.id"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with one organization that supplies two others."""
    folder = str(tmp_path_factory.mktemp("query") / "graph")
    with open_store(folder) as store:
        store.run(
            """CREATE (a:Organization {id: 'a', name: '青禾微电子, "北"'})
            CREATE (a)-[:SUPPLY {id: 'r1', documents: ['d1']}]->(:Organization {id: 'b', founded: 1999})
            CREATE (a)-[:SUPPLY {id: 'r2'}]->(:Organization {id: 'c'})""",
            write=True,
        )
    return folder


def query(folder: str, *arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["query", *arguments, "--store", folder], input=stdin)


def test_rows_are_json_lines_when_piped(folder: str) -> None:
    """One object a row, with text as it is, numbers as numbers and null for nothing."""
    done = query(folder, PAIRS)
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {
            "a.name": '青禾微电子, "北"',
            "kind": "SUPPLY",
            "relation": {"id": "r1", "documents": ["d1"]},
            "b.founded": 1999,
        },
        {"a.name": '青禾微电子, "北"', "kind": "SUPPLY", "relation": {"id": "r2"}, "b.founded": None},
    ]
    assert "青禾" in done.stdout


def test_csv_keeps_every_cell(folder: str) -> None:
    """Commas and quotes in a cell survive; a list or a map is JSON in its cell."""
    rows = list(csv.reader(io.StringIO(query(folder, PAIRS, "--format", "csv").stdout)))
    assert rows[0] == ["a.name", "kind", "relation", "b.founded"]
    assert rows[1][0] == '青禾微电子, "北"'
    assert json.loads(rows[1][2]) == {"id": "r1", "documents": ["d1"]}
    assert rows[2][3] == ""


def test_a_table_is_for_eyes(folder: str) -> None:
    """Every cell is in the table, and the number of rows beside it."""
    done = query(folder, PAIRS, "--format", "table")
    assert "青禾微电子" in done.stdout
    assert "2 rows" in done.stderr
    assert "no rows" in query(folder, "MATCH (n:Nothing) RETURN n", "--format", "table").stderr


@pytest.mark.parametrize(
    ("given", "value"),
    [("x=7", 7), ("x=青禾", "青禾"), ('x="7"', "7"), ("x=[1,null]", [1, None]), ("x=a=b", "a=b"), ("x=", "")],
)
def test_parameters_are_json_or_text(folder: str, given: str, value: object) -> None:
    """A value that is JSON is taken as that, any other as text."""
    assert json.loads(query(folder, "RETURN $x AS x", "-p", given).stdout) == {"x": value}


def test_a_statement_comes_from_a_file_or_standard_input(folder: str, tmp_path: Path) -> None:
    """A file or ``-`` does as well as the argument; a semicolon at the end is fine."""
    file = tmp_path / "count.cypher"
    file.write_text("// 三个\nMATCH (o:Organization)\nRETURN count(o) AS n;\n", "utf-8")
    assert json.loads(query(folder, "-f", str(file)).stdout) == {"n": 3}
    assert json.loads(query(folder, "-", stdin=file.read_text("utf-8")).stdout) == {"n": 3}


def test_a_limit_says_that_there_is_more(folder: str) -> None:
    """So many rows and no more; that others were left out is said, and only then."""
    assert "more than these 1 rows" in (done := query(folder, PAIRS, "--limit", "1")).stderr
    assert len(done.stdout.splitlines()) == 1
    assert not query(folder, PAIRS, "--limit", "2").stderr


def test_a_plan_is_printed(folder: str) -> None:
    """``--explain`` shows the plan and runs nothing."""
    assert "Organization" in query(folder, "MATCH (o:Organization) RETURN o.name", "--explain").stdout


def test_writing_needs_the_flag_and_a_yes(folder: str) -> None:
    """Without the flag a write is refused; with it the user is asked, and a no changes nothing."""
    statement = "MERGE (n:Note {id: 'n'}) RETURN n.id AS id"
    count = "MATCH (n:Note) RETURN count(n) AS n"
    assert query(folder, statement).exit_code == 2
    assert query(folder, statement, "--write", stdin="n\n").exit_code == 1
    assert json.loads(query(folder, count).stdout) == {"n": 0}
    done = query(folder, statement, "--write", stdin="y\n")
    assert json.loads(done.stdout) == {"id": "n"}
    assert folder in done.stderr
    assert json.loads(query(folder, count).stdout) == {"n": 1}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give one statement"),
        (["RETURN 1", "-f", __file__], "give one statement"),
        (["   "], "is empty"),
        (["-", "--write"], "standard input"),
        (["RETURN 1", "-p", "x"], "NAME=VALUE"),
        (["RETURN $x"], "x"),
        (["MATCH (n RETURN n"], "line 1"),
        (["UNWIND range(1,9000) AS a UNWIND range(1,9000) AS b RETURN sum(a*b)", "--timeout", "0.1"], "--timeout"),
    ],
)
def test_mistakes_are_one_sentence(folder: str, arguments: list[str], says: str) -> None:
    """A mistake is told on stderr with exit code 2, and prints no rows."""
    done = query(folder, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Reading makes no store; the command that would is named."""
    done = query(str(tmp_path / "typo"), "RETURN 1")
    assert done.exit_code == 2
    assert "collabgraph build" in done.stderr
    assert not (tmp_path / "typo").exists()


def test_a_binary_file_is_told(folder: str, tmp_path: Path) -> None:
    """A file that is no text is said so."""
    (tmp_path / "page.pdf").write_bytes(b"%PDF\xff\xfe")
    done = query(folder, "-f", str(tmp_path / "page.pdf"))
    assert done.exit_code == 2
    assert "UTF-8" in done.stderr
