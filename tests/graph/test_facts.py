"""Ready-made facts: rows of the gold form, and tables."""

import json
from pathlib import Path

import pytest

from extract.errors import DataError
from graph.facts import Imported, Problem
from graph.facts.lines import read_lines
from graph.facts.tables import read_table

ROW = {
    "id": "d1",
    "organizations": [
        {"name": "青禾微电子有限公司", "kind": "enterprise", "aliases": ["青禾微"]},
        {"name": "蓝湾大学", "kind": "university", "aliases": []},
    ],
    "collaborations": [
        {
            "source": "青禾微电子有限公司",
            "target": "蓝湾大学",
            "kind": "joint_rd",
            "status": "planned",
            "cue": "联合研发",
        }
    ],
    "part_of": [{"child": "蓝湾大学材料学院", "parent": "蓝湾大学"}],
}


def read(tmp_path: Path, name: str, text: str) -> tuple[list[Imported], list[Problem]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    reader = read_table if name.endswith(".csv") else read_lines
    return list(reader(path, problems.append)), problems


def test_a_row_without_text_is_its_own_evidence(tmp_path: Path) -> None:
    """Each offset of a claim quotes the row; the line is that of the file; an unlisted name is added with its kind."""
    (found,), problems = read(tmp_path, "facts.jsonl", "\n" + json.dumps(ROW, ensure_ascii=False) + "\n")
    assert not problems
    assert found.lines == (2, 2)
    extraction = found.extraction
    text, names = extraction.document.text, {each.id: each.name for each in extraction.organizations}
    assert {each.name: each.kind for each in extraction.organizations}["蓝湾大学材料学院"] == "university"
    for claim in extraction.claims:
        assert claim.evidence.source.of(text) == names[claim.source]
        assert claim.evidence.target.of(text) == names[claim.target]
        assert claim.evidence.method == "imported"
    trigger = extraction.claims[0].evidence.trigger
    assert trigger is not None
    assert trigger.of(text) == "联合研发"


def test_text_beside_the_file_is_where_the_evidence_is(tmp_path: Path) -> None:
    """The sentence with the cue is quoted, with the nearest form of each organization, also over a line's end."""
    text = "蓝湾大学昨日开学。\n青禾\n微将与蓝湾大学联合研发新型芯片。"
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "d1.txt").write_text(text, encoding="utf-8")
    (found,), problems = read(tmp_path, "facts.jsonl", json.dumps(ROW, ensure_ascii=False))
    assert not problems
    assert found.lines is None
    assert found.extraction.document.origin == str(tmp_path / "texts" / "d1.txt")
    evidence = found.extraction.claims[0].evidence
    assert {evidence.source.of(text), evidence.target.of(text)} == {"青禾\n微", "蓝湾大学"}
    assert evidence.sentence.of(text) == "微将与蓝湾大学联合研发新型芯片。"


def test_bad_rows_are_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    """The report has line and column; what is right in a row with a fault is kept."""
    bad = {**ROW, "collaborations": [{**ROW["collaborations"][0], "kind": "marriage"}]}  # type: ignore[dict-item]
    lines = ["{", json.dumps(bad, ensure_ascii=False), "[]", json.dumps(ROW, ensure_ascii=False)]
    found, problems = read(tmp_path, "facts.jsonl", "\n".join(lines))
    assert [len(each.extraction.claims) for each in found] == [1, 2]
    assert [problem.line for problem in problems] == [1, 2, 3]
    assert problems[1].column == lines[1].index('"marriage"') + 1
    assert "marriage" in problems[1].message
    assert "joint_rd" in problems[1].message


def test_a_table_row_is_a_document(tmp_path: Path) -> None:
    """Rows of one ``document`` are one; others stand for themselves; a bad value is reported by line and column."""
    table = (
        "source,kind,target,status,document,source_aliases\n"
        "青禾微电子有限公司,supply,蓝湾大学,active,甲报,青禾微|青禾\n"
        "蓝湾大学,marriage,青禾微电子有限公司,,,\n"
        "蓝湾大学,talent,青禾微,,甲报,\n"
        '"蓝湾, 大学",talent,山海集团,,,\n'
    )
    found, problems = read(tmp_path, "facts.csv", table)
    assert [(problem.line, problem.column) for problem in problems] == [(3, 2)]
    assert [each.lines for each in found] == [(2, 4), (5,)]
    document = found[0].extraction.document
    assert document.id == "甲报"
    for each in found[0].extraction.claims:
        assert each.evidence.source.of(document.text) in ("青禾微电子有限公司", "蓝湾大学", "青禾微")


@pytest.mark.parametrize("header", ["source,target\n", "source,kind,target,colour\n"])
def test_a_wrong_header_is_refused(tmp_path: Path, header: str) -> None:
    """The message names the column."""
    with pytest.raises(DataError, match=r"'kind'|'colour'"):
        read(tmp_path, "facts.csv", header)
