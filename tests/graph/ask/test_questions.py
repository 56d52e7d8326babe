"""The open questions about the annotated documents: a floor under the share of exact answers."""

import json
import sys
from importlib import util
from pathlib import Path
from types import ModuleType

import pytest

from graph.ask.answer import answer
from graph.ask.batch import as_test
from graph.build import build_graph
from graph.stores import open_store

SHARED = Path(__file__).parents[4] / "shared" / "data"
FLOOR = 0.97
REFUSED = ("injection", "none_known", "not_understood", "unknown_org")


def _module(name: str) -> ModuleType:
    spec = util.spec_from_file_location(name, SHARED / "questions" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def test_open_questions(request: pytest.FixtureRequest) -> None:
    """Exact answers stay above the floor, and no refusal is wrong."""
    if not SHARED.is_dir():
        pytest.skip(f"no questions here: {SHARED} is missing")
    request.addfinalizer(lambda: [sys.modules.pop(name, None) for name in ("merge", "score")])
    merge = _module("merge")
    judge = _module("score").Judge
    gold = [SHARED / folder / "gold.jsonl" for folder in ("seed", "dev")]
    judged = judge(merge.Graph(merge.merge(merge.read(gold))))
    lines = (SHARED / "questions" / "open.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    right, wrong = 0, []
    with open_store(":memory:") as store:
        build_graph(gold, store)
        for question in questions:
            said = as_test(question["id"], answer(store, question["question"]))
            exact, _, why = judged.judge(question["expect"], said)
            right += exact
            if not exact:
                wrong.append(f"{question['id']} [{question['intent']}] {question['question']}: {why}")
    assert right / len(questions) >= FLOOR, "\n".join(wrong)
    assert not [line for line in wrong if any(f"[{intent}]" in line for intent in REFUSED)], "\n".join(wrong)
