import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest

from extract.board import read_labelled, score_labelled
from extract.gold import Row
from extract.score import VIEWS, score_documents

DATA = Path(__file__).parents[3] / "shared/data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the labelled data is not beside the checkout")

GOLD: Row = {
    "id": "one",
    "language": "zh",
    "text": "甲公司与乙大学共建实验室。丙集团投资甲公司。",
    "organizations": [
        {"name": "甲公司", "kind": "enterprise", "aliases": ["甲"]},
        {"name": "乙大学", "kind": "university", "aliases": []},
        {"name": "丙集团", "kind": "enterprise", "aliases": []},
    ],
    "collaborations": [
        {"source": "甲公司", "target": "乙大学", "kind": "joint_rd", "status": "active", "cue": "共建"},
        {"source": "丙集团", "target": "甲公司", "kind": "invest", "status": "active", "cue": "投资"},
    ],
    "part_of": [],
}


def organizations(*names: str) -> list[Row]:
    return [{"name": name, "kind": "enterprise", "aliases": []} for name in names]


def claim(source: str, target: str, kind: str, status: str = "active") -> Row:
    return {"source": source, "target": target, "kind": kind, "status": status}


@pytest.mark.parametrize(
    ("names", "claims", "cause"),
    [
        (["甲公司", "乙大学"], [], ("organization", "missed: never proposed")),
        (["丙集团公司"], [], ("organization", "missed: edge wrong")),
        (["丁学会"], [], ("organization", "wrong: no organization")),
        (["甲", "甲公司"], [], ("organization", "alias not joined")),
        (["甲公司", "乙大学"], [], ("pair", "missed: not claimed")),
        (["甲公司"], [], ("pair", "missed: name missed")),
        (["乙大学", "丙集团"], [claim("乙大学", "丙集团", "cooperate")], ("pair", "wrong: other sentence")),
        (["甲公司", "乙大学"], [claim("甲公司", "乙大学", "co_found")], ("typed", "wrong: kind")),
        (["甲公司", "丙集团"], [claim("甲公司", "丙集团", "invest")], ("directed", "wrong: direction")),
        (["甲公司", "丙集团"], [claim("丙集团", "甲公司", "invest", "planned")], ("status", "wrong: status")),
    ],
)
def test_an_error_has_its_cause(names: list[str], claims: list[Row], cause: tuple[str, str]) -> None:
    """Each kind of error is counted under what caused it."""
    found = {"one": {"id": "one", "organizations": organizations(*names), "collaborations": claims}}
    assert score_documents({"one": GOLD}, found, candidates={"one": names}).causes[cause]


def test_gold_against_itself_is_all_right() -> None:
    """What equals gold scores 1 in every view, and has no causes."""
    scores = score_documents({"one": GOLD}, {"one": GOLD})
    assert {scores.views[view].f1 for view in VIEWS} == {1.0}
    assert not scores.causes


def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference_score", DATA / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@needs_data
def test_the_figures_are_those_of_the_reference() -> None:
    """On found rows that lack, blur and invent names and claims, each tally equals that of ../shared/data/score.py."""
    chance = random.Random(1)
    gold: dict[str, Row] = {}
    for labelled in read_labelled(DATA, part="dev"):
        gold |= labelled.rows
    found = {}
    for identity, row in gold.items():
        names = [chance.choice([o["name"], *o["aliases"]]) for o in row["organizations"] if chance.random() < 0.8]
        names += [f"{name}总部" for name in names if chance.random() < 0.2]
        claims = [claim(*chance.sample(names, 2), "invest") for _ in range(3) if len(names) > 1]
        claims += [c for c in row["collaborations"] if chance.random() < 0.6]
        found[identity] = {"id": identity, "organizations": organizations(*names), "collaborations": claims}
    expected, _ = reference().score(gold, found, sorted(gold))
    tallies = score_documents(gold, found).views
    assert {view: [t.right, t.wrong, t.missed] for view, t in tallies.items()} == expected


@needs_data
@pytest.mark.parametrize(
    ("source", "names", "pairs", "typed"),
    [("xwlb", 0.87, 0.59, 0.50), ("fincuge", 0.88, 0.63, 0.545), ("own", 0.895, 0.60, 0.43)],
)
def test_chinese_does_not_get_worse(source: str, names: float, pairs: float, typed: float) -> None:
    """F1 of each source that is measured, not trained on, stays over its floors."""
    labelled = next(item for item in read_labelled(DATA, part="eval", language="zh") if item.source == source)
    views = score_labelled(labelled).views
    assert views["organization"].f1 > names
    assert views["pair"].f1 > pairs
    assert views["typed"].f1 > typed
