"""What questions are understood as: the tables of tests/cases/ask, asked of a real store."""

import tomllib
from pathlib import Path

import pytest

from graph.ask.answer import answer
from graph.stores import Store

CASES = Path(__file__).parents[2] / "cases" / "ask"


def _cases() -> list[tuple[str, str, str]]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        for group in table["group"]:
            assert group["why"]
            found += [(path.stem, question, wanted.format(**table["names"])) for question, wanted in group["cases"]]
    return found


def _summary(store: Store, question: str) -> str:
    said = answer(store, question)
    if said.reading is None:
        return "not understood"
    for name in said.names:
        if len(name.organizations) != 1:
            return f"{'ambiguous' if name.organizations else 'unknown'} {name.text}"
    return said.reading.summary()


@pytest.mark.parametrize("table", sorted({table for table, _, _ in _cases()}))
def test_questions_are_understood(asked: Store, table: str) -> None:
    """Every question of the tables is understood as they say."""
    wrong = [
        f"{question}: wanted {wanted}, got {got}"
        for name, question, wanted in _cases()
        if name == table and (got := _summary(asked, question)) != wanted
    ]
    assert not wrong, "\n".join(wrong)
