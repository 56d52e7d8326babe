import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.errors import DataError
from extract.finders.dumps import read_dump
from extract.finders.own import read_names
from graph.cli import main

ROR_2 = {
    "types": ["education", "funder"],
    "names": [{"value": "Oakhaven University", "types": ["ror_display"]}, {"value": "OHU", "types": ["acronym"]}],
}
ROR_1 = {"types": ["Healthcare"], "name": "Mirefield Clinic", "aliases": ["Clinic of Mirefield"], "labels": []}


def test_a_ror_dump_gives_all_names_with_their_kind(tmp_path: Path) -> None:
    """Both schemas are read; aliases and acronyms are names of their own."""
    path = tmp_path / "ror.json"
    path.write_text(json.dumps([ROR_2, ROR_1]), encoding="utf-8")
    assert list(read_dump(path)) == [
        ("Oakhaven University", "university"),
        ("OHU", "university"),
        ("Mirefield Clinic", "hospital"),
        ("Clinic of Mirefield", "hospital"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "rows"),
    [
        ("a.csv", "name,aliases,kind\nTarn AG,Tarn|TRN,company\n", ["Tarn AG", "Tarn", "TRN"]),
        ("a.tsv", "Name\tKind\n禾沃生物\tenterprise\n禾沃生物\tenterprise\n", ["禾沃生物"]),
        ("b.csv", 'label\n"Voss, Lind & Co"\n', ["Voss, Lind & Co"]),
    ],
)
def test_a_table_gives_its_names_once(tmp_path: Path, name: str, text: str, rows: list[str]) -> None:
    """Column names are found in any case; a name that comes twice is read once."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert [row for row, _ in read_dump(path)] == rows


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.csv", "id,place\n1,Tarn\n", "no column name"),
        ("a.csv", "name,kind\nTarn,castle\n", "row 2: 'castle' is no kind"),
        ("a.json", "{", "no ROR dump"),
    ],
)
def test_what_is_no_register_is_said_in_a_sentence(tmp_path: Path, name: str, text: str, message: str) -> None:
    """The error names the file and what is wrong."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        list(read_dump(path))


def test_the_command_writes_what_the_finder_reads(tmp_path: Path) -> None:
    """``names update`` and ``--names`` fit together."""
    table, names = tmp_path / "t.csv", tmp_path / "names.txt"
    table.write_text("name,kind\nTarn AG,enterprise\nOakhaven Lab,institute\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["names", "update", str(table), "-o", str(names)])
    assert result.exit_code == 0, result.output
    entry = read_names(names).get("Oakhaven Lab")
    assert entry is not None
    assert entry.kind == "institute"


def test_a_missing_register_is_one_sentence_and_exit_code_2(tmp_path: Path) -> None:
    """A user's mistake."""
    result = CliRunner().invoke(main, ["names", "update", str(tmp_path / "no.csv"), "-o", str(tmp_path / "o")])
    assert result.exit_code == 2
    assert "cannot be read" in result.output
