"""tests/cases/zh/resolve.toml, case by case."""

import sys
import tomllib
from pathlib import Path

import pytest

from extract.resolve import resolve_organizations

sys.path.insert(0, str(Path(__file__).parent))
from marks import read_case

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/zh/resolve.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_forms_and_references(case: dict[str, object]) -> None:
    """Forms are joined, names kept apart and references read as the case says."""
    document, found = read_case(str(case["text"]))
    mentions, organizations = resolve_organizations(document, found)
    owner = {mention.text: mention.organization for mention in mentions if mention.form != "reference"}
    names = {organization.id: organization.name for organization in organizations}
    for line in case.get("same", ()):
        assert len({owner[form] for form in line.split(" = ")}) == 1
    apart = case.get("apart", ())
    assert len({owner[name] for name in apart}) == len(apart)
    for line in case.get("refers", ()):
        word, _, expected = line.partition(":")
        starts = [m.span.start for m in mentions if m.form == "reference" and m.text == word]
        first = min(starts, default=-1)
        read = [names[m.organization or ""] for m in mentions if m.form == "reference" and m.span.start == first]
        assert (read if starts else []) == expected.split()
