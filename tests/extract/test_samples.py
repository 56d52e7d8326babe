"""The sample articles and their gold."""

from pathlib import Path

import pytest

from extract.gold import read_rows
from extract.names import fold_name, organization_id
from extract.ontology import load_ontology
from extract.pipeline import extract_file
from extract.read import read_file

DATA = Path(__file__).parents[2] / "data"
ROWS = read_rows(DATA / "gold.jsonl")


def test_each_article_has_gold() -> None:
    """Articles and rows of gold belong together by name."""
    assert sorted(path.stem for path in (DATA / "articles").iterdir()) == sorted(ROWS)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_gold_stands_in_the_article(name: str) -> None:
    """Names, cues and persons of a row stand in the clean text, and its kinds in the ontology."""
    row, ontology = ROWS[name], load_ontology()
    (document,) = read_file(DATA / "articles" / f"{name}.txt")
    text = fold_name(document.text)
    assert document.language == row["language"]
    known = set()
    for organization in row["organizations"]:
        assert organization["kind"] in ontology.organizations
        for form in (organization["name"], *organization["aliases"]):
            assert fold_name(form) in text, form
            known.add(form)
    for claim in row["collaborations"]:
        assert {claim["source"], claim["target"]} <= known
        assert claim["kind"] in ontology.collaborations
        assert fold_name(claim["cue"]) in text, claim["cue"]
        assert claim["via"] is None or claim["via"] in text


def test_the_page_dump_is_read_in_whole_sentences() -> None:
    """The dump with all its faults gives the sentences of the page, its date and outlet, and says what it dropped."""
    (page,) = read_file(DATA / "articles/01-page.txt")
    assert (page.published, page.outlet) == ("2024-05-08", "东郊区报")
    assert page.title == "澄湖渡口，架起科创“人字桥”"
    paragraphs = page.text.split("\n")
    assert (
        "依托上述院所提供的循环测试和失效分析，这家公司三个月内改了七版配方，把首次效率提高了12.5个百分点。"
        in paragraphs[6]
    )
    assert paragraphs[4].endswith("图为沙溪中试基地·二号厂房。")
    assert all(paragraph[-1] in "。”" for paragraph in paragraphs[4:-1])
    assert {part.reason for part in page.dropped} == {"header", "shadow", "bad character"}


def test_date_and_outlet_are_read_where_they_stand() -> None:
    """An ordinary article keeps its lines, and its head says outlet and date."""
    (document,) = read_file(DATA / "articles/02-laboratory.txt")
    assert (document.published, document.outlet) == ("2024-05-09", "东郊日报")
    assert document.title == "娄江智能与沙洲理工大学共建焊接机器人联合实验室"


def test_a_name_in_both_scripts_goes_by_that_of_the_document() -> None:
    """An organization that an article gives a Latin name too is called as in the articles that do not."""
    found = []
    for name in ("02-laboratory", "03-funding"):
        (extraction,) = extract_file(DATA / "articles" / f"{name}.txt")
        found.append([one.id for one in extraction.organizations if "娄江智能" in (one.name, *one.aliases)])
    assert found[0] == found[1] == [organization_id("娄江智能装备（苏州）有限公司")]
