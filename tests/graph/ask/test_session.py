"""A conversation: follow-ups, commands, completion."""

from pathlib import Path

import pytest

from graph.ask.session import Session
from graph.stores import Store

TALKS = {
    "a kind, then another": (
        ["澄湖能源科技的合作伙伴", "那高校呢", "那研究所呢？"],
        "partners 苏州澄湖能源科技有限公司 | kinds institute",
    ),
    "a place": (["澄湖能源科技的合作伙伴", "那昆山的呢"], "partners 苏州澄湖能源科技有限公司 | region 昆山"),
    "another organization": (["谁给青岚航空供货", "那澄湖能源呢"], "partners 苏州澄湖能源科技有限公司 | supply into"),
    "a pronoun": (
        ["Who works with HVR?", "And who are its suppliers?"],
        "partners Halvorsen Robotics, Inc. | supply into",
    ),
    "another relation": (["Who invested in HVR?", "and who works with it?"], "partners Halvorsen Robotics, Inc."),
    "how many": (
        ["Who works with Westmarsh?", "how many companies?"],
        "count University of Westmarsh | kinds enterprise",
    ),
    "why": (["云桥机器人和云麓理工什么关系", "依据呢"], "why 深圳市云桥机器人股份有限公司, 云麓理工大学"),
    "on its own": (["谁给青岚航空供货", "望江大学的下属单位"], "parts 望江大学"),
    "with another": (
        ["Who works with Westmarsh?", "and with Brightfen?"],
        "pair University of Westmarsh, Brightfen Therapeutics",
    ),
    "years": (["Who works with Westmarsh?", "and since 2021?"], "partners University of Westmarsh | years 2021-"),
}


@pytest.mark.parametrize(("lines", "wanted"), TALKS.values(), ids=TALKS.keys())
def test_follow_ups(asked: Store, lines: list[str], wanted: str) -> None:
    """A follow-up keeps what it does not say."""
    session = Session(asked)
    for line in lines:
        session.say(line)
    assert session.last is not None
    assert session.last.reading is not None
    assert session.last.reading.summary() == wanted


def test_commands_are_about_the_last_answer(asked: Store) -> None:
    """Commands show the query, all sentences of a row and the page; a wrong one says what there is."""
    opened: list[Path] = []
    session = Session(asked, open_page=opened.append)
    assert session.say(":cypher") == "Nothing was asked yet."
    session.say("澄湖能源科技和望江大学怎么合作")
    assert "MATCH (o:Organization {id: $a})" in session.say(":cypher")
    assert session.say(":evidence 1").startswith("苏州澄湖能源科技有限公司 – 望江大学")
    assert "1 到 1" in session.say(":evidence 7")
    assert ":help" in session.say(":frobnicate")
    assert session.say(":open") == str(opened[0])
    assert "澄湖" in opened[0].read_text(encoding="utf-8")


def test_names_are_completed(asked: Store) -> None:
    """The longest stretch at the end of the line that names begin with is completed."""
    session = Session(asked)
    length, names = session.complete("谁和云麓")
    assert (length, names) == (2, ("云麓理工大学",))
    assert session.complete("Who works with Halv")[1] == ("Halvorsen Robotics, Inc.",)
    assert session.complete("谁") == (0, ())
