"""tests/cases/<language>/seats.toml: where small texts say that organizations sit."""

import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.jsonl import from_line, to_line
from extract.pipeline import extract_text
from extract.resolve import resolve_organizations
from extract.seats import state_seats

sys.path.insert(0, str(Path(__file__).parent))
from marks import read_case

CASES: list[tuple[str, dict[str, Any]]] = [
    (path.parent.name, case)
    for path in sorted(Path(__file__).parents[1].joinpath("cases").glob("*/seats.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize(("language", "case"), CASES, ids=[f"{language}: {case['why']}" for language, case in CASES])
def test_cases(language: str, case: dict[str, Any]) -> None:
    """The text says the seats of the case and no other, each in a sentence that holds its words."""
    document, mentions = read_case(case["text"])
    document = replace(document, language=language)
    resolved, organizations = resolve_organizations(document, mentions)
    stated = state_seats(document, resolved, organizations)
    assert sorted(f"{one.name} {one.region}" for one in stated if one.region) == sorted(case["says"]), case["why"]
    for one in stated:
        assert (one.region is None) == (one.region_ground is None) == (one.region_sentence is None)
        assert one.region_sentence is None or one.region_sentence.of(document.text) in document.text


def test_an_extraction_says_it_and_keeps_it_on_its_line() -> None:
    """From a text to a line and back: the division, its ground and the sentence that says it."""
    extraction = extract_text("昨天，总部位于昆山的云屏智能科技有限公司与南屿大学签署合作协议。会后双方合影。")
    (seated,) = [one for one in extraction.organizations if one.region]
    assert (seated.name, seated.region, seated.region_ground) == ("云屏智能科技有限公司", "320583", "text")
    assert seated.region_sentence is not None
    assert seated.region_sentence.of(extraction.document.text).startswith("昨天，总部位于昆山的")
    assert from_line(to_line(extraction)) == extraction
