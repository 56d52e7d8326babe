"""Reprints are kept as evidence and counted once."""

from pathlib import Path

from graph.build import build_graph
from graph.reprints import ALIKE, likeness, signature, stories
from graph.stores import open_store

STORY = (
    "青禾微电子有限公司与蓝湾大学联合研发新型传感器。双方自三年前开始合作，先后解决了封装、温漂和标定三道难题，"
    "首批样品已经装进两家车企的试验车。项目负责人说，下一步将在远山镇建设中试线，预计明年夏天投产。"
)
REPRINT = (
    "据晨报消息，青禾微电子有限公司与蓝湾大学联合研发了新型传感器。双方自三年前开始合作，先后解决封装、温漂和标定三道"
    "难题，首批样品已装进两家车企的试验车。项目负责人表示，下一步将在远山镇建设中试线，预计明年夏天投产。"
)
OTHER = (
    "蓝湾大学校长昨天走进青禾微电子有限公司，为新设立的奖学金揭牌。青禾微电子有限公司与蓝湾大学联合研发的第二代芯片"
    "也在当天亮相，功耗只有上一代的一半。校长说，学校今年还会派二十名研究生到企业实习，时间是半年。"
)


def test_a_reprint_is_told_from_other_news() -> None:
    """Small changes leave the signatures alike; another story about the same two organizations does not."""
    story, reprint, other = (signature(text) or "" for text in (STORY, REPRINT, OTHER))
    assert likeness(story, reprint) > ALIKE + 0.1
    assert likeness(story, other) < ALIKE - 0.2
    assert signature(STORY[:30]) is None
    assert signature(STORY.replace("，", " ， ")) == story


def test_stories_are_found_among_many_as_among_few() -> None:
    """Above a number of documents that are compared each with each, bands find the same pairs."""
    copies = {f"{letter}{number:03}": f"{STORY}{number}号" if letter == "s" else str(number) * 80
              for number in range(60) for letter in "so"}  # fmt: skip
    found = stories({name: signature(text) for name, text in copies.items()})
    assert {found[name] for name in copies if name[0] == "s"} == {"s000"}


def test_three_articles_are_one_report(tmp_path: Path) -> None:
    """Reprints add documents and evidence, and neither reports nor confidence; another story adds a report."""
    folder = tmp_path / "in"
    folder.mkdir()
    texts = {"a": STORY, "b": REPRINT, "c": "本网讯 " + REPRINT}
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    query = (
        "MATCH (a:Organization)-[r:JOINT_RD]-(b:Organization) "
        "WHERE a.name = '青禾微电子有限公司' AND b.name = '蓝湾大学' "
        "RETURN size(r.documents) AS documents, r.reports AS reports, r.evidence_count AS evidence"
    )
    with open_store(str(tmp_path / "store")) as store:
        build_graph([folder], store)
        assert store.run(query) == [{"documents": 3, "reports": 1, "evidence": 3}]
        (folder / "d.txt").write_text(OTHER, encoding="utf-8")
        build_graph([folder], store)
        assert store.run(query) == [{"documents": 4, "reports": 2, "evidence": 4}]
