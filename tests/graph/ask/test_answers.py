"""Answers on the invented graph: lists, yes and no, counts, chains, and the three different no's."""

from typing import Any

import pytest

from graph.ask.answer import Answer, answer
from graph.ask.batch import as_test
from graph.ask.queries import relationship_types, write_paths
from graph.ask.reading import Name, Organization, Reading
from graph.ask.render import render, render_query
from graph.stores import Store

CHENGHU, WANGJIANG, LUDAO = "苏州澄湖能源科技有限公司", "望江大学", "昆山鹭岛传感器有限公司"


def _said(store: Store, question: str) -> dict[str, Any]:
    row = as_test("q", answer(store, question))
    return {key: value for key, value in row.items() if key != "id"}


ANSWERS = {
    "investors": ("谁投资了澄湖能源", {"type": "organizations", "organizations": ["北辰动力集团", "远山投资"]}),
    "companies only": (
        "Which companies work with Westmarsh?",
        {"type": "organizations", "organizations": ["Brightfen Therapeutics", "Halvorsen Robotics, Inc."]},
    ),
    "a pair": ("Do HVR and Brightfen work together?", {"type": "none"}),
    "how": ("云桥机器人和云麓理工怎么合作", {"type": "yes_no", "yes": True, "kinds": ["talent"]}),
    "denied": ("栖霞云和北辰动力合作吗", {"type": "yes_no", "yes": False}),
    "only planned": ("云桥机器人和澄湖新区管委会合作吗", {"type": "yes_no", "yes": False}),
    "ended": ("北辰动力和太湖湾科创园的合作结束了吗", {"type": "yes_no", "yes": True, "kinds": ["agreement"]}),
    "count": ("望江大学附属第一医院有几家合作方", {"type": "count", "count": 1}),
    "documents": ("Brightfen和Westmarsh合作的出处", {"type": "documents", "documents": ["d06"]}),
    "chain": (
        "远山投资怎么联系到江南新材料研究院",
        {"type": "path", "length": 2, "paths": [["远山投资", CHENGHU, "江南新材料研究院"]]},
    ),
    "common": ("望江大学和江南新材料研究院共同的合作方", {"type": "organizations", "organizations": [CHENGHU]}),
    "person": (
        "Mara Oduya brought about which collaborations?",
        {"type": "pairs", "pairs": [["Halvorsen Robotics, Inc.", "University of Westmarsh"]], "via": ["Mara Oduya"]},
    ),
    "parts": (
        "望江大学的下属单位",
        {"type": "organizations", "organizations": ["望江大学材料学院", "望江大学附属第一医院"]},
    ),
    "not a part": ("霞浦激光实验室属于望江大学吗", {"type": "yes_no", "yes": False}),
    "parts left out": ("望江大学和霞浦激光实验室合作吗", {"type": "none"}),
    "parts taken in": (
        "望江大学连同下属单位合作的研究所",
        {"type": "organizations", "organizations": ["澄湖联合电池实验室", "霞浦激光实验室"]},
    ),
    "unknown": ("谁和北极星重工合作", {"type": "unknown"}),
    "not understood": ("明天下雨吗", {"type": "not_understood"}),
}


@pytest.mark.parametrize(("question", "wanted"), ANSWERS.values(), ids=ANSWERS.keys())
def test_answers(both: Store, question: str, wanted: dict[str, Any]) -> None:
    """The answer holds what the graph holds, whole, and nothing else."""
    assert _said(both, question) == wanted


def test_limit_is_stated(both: Store) -> None:
    """An answer that the limit cut says so."""
    cut = answer(both, "澄湖能源的合作伙伴", limit=2)
    whole = answer(both, "澄湖能源的合作伙伴")
    assert not cut.complete
    assert "只列出前 2 条" in render(cut)
    assert whole.complete
    assert len(whole.rows) > 2


def test_counts_pass_the_limit(both: Store) -> None:
    """A limit cuts what is listed, never what is counted."""
    for question in (
        "澄湖能源有几家合作伙伴",
        "How many companies invested in Chenghu Energy?",
        "望江大学连同下属单位有多少合作伙伴",
    ):
        assert answer(both, question, limit=1).count == answer(both, question).count
        assert answer(both, question).count
    assert render(answer(both, "澄湖能源有几家合作伙伴", limit=1)).splitlines()[-1].startswith("7 家；多于 1 条")


def test_answer_shows_its_sentences(both: Store) -> None:
    """Each row carries kind, status and the sentence behind it, and the totals say what is only planned."""
    said = answer(both, "Who works with Chenghu Energy?")
    assert all(link.quotes and link.kind and link.status for row in said.rows for link in row.links)
    text = render(said)
    assert text.startswith("understood as: organizations that 苏州澄湖能源科技有限公司 collaborates with")
    assert "1 only planned" in text


def test_no_says_what_is_known(both: Store) -> None:
    """Nothing recorded, a name that is not there and one that fits several are three different answers."""
    assert "已知：白鹭制药有 3 家合作伙伴" in render(answer(both, "白鹭制药和松陵银行合作吗"))
    assert "Halvorsen Robotics, Inc." in render(answer(both, "Who works with Halverston Robot Works?"))
    several = answer(both, "望江的合作伙伴")
    assert several.verdict == "ambiguous"
    assert "望江大学材料学院" in render(several)


def test_query_is_shown_and_runs(both: Store) -> None:
    """The Cypher of an answer, run with its parameters, gives its rows; the question is in neither."""
    said: Answer = answer(both, "鹭岛传感给谁供货")
    rows = both.run(said.cypher, said.parameters)
    assert {row["name"] for row in rows} == {
        organization.name for row in said.rows for organization in row.organizations
    }
    assert "鹭岛" not in said.cypher
    assert ":param id => " in render_query(said)


@pytest.mark.parametrize(
    "question",
    [
        "MATCH (n) DETACH DELETE n",
        "谁和澄湖能源合作'}) SET o.name='x' //",
        "删除澄湖能源",
        "Who works with HVR; DROP INDEX x",
        "把望江大学改名为清江大学",
    ],
)
def test_orders_change_nothing(both: Store, question: str) -> None:
    """A question cannot change the graph, and an order is refused."""
    count = "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS links"
    before = both.run(count)
    assert answer(both, question).verdict == "not_understood"
    assert both.run(count) == before


def test_chains_are_all_the_shortest(both: Store) -> None:
    """Meeting in the middle finds the very chains that allShortestPaths finds, at every distance."""
    types = relationship_types()
    pairs = both.run("MATCH (a:Organization), (b:Organization) WHERE a.id < b.id RETURN a.id AS a, b.id AS b")
    seen = set()
    for row in pairs[::7]:
        slow = both.run(
            "MATCH (a:Organization {id: $a}), (b:Organization {id: $b}) "
            f"MATCH path = allShortestPaths((a)-[:{types}*..8]-(b)) RETURN DISTINCT [n IN nodes(path) | n.id] AS ids",
            row,
        )
        if not slow:
            continue
        ends = tuple(Name(text="", organizations=(Organization(id=str(row[end]), name=""),)) for end in ("a", "b"))
        steps = len(slow[0]["ids"]) - 1
        seen.add(steps)
        query = write_paths(Reading(intent="paths", names=ends), steps, limit=1000)
        fast = both.run(query.cypher, query.parameters)
        assert sorted(map(str, (found["ids"] for found in fast))) == sorted(map(str, (found["ids"] for found in slow)))
    assert {1, 2, 3, 4} <= seen
