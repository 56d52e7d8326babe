"""The brief: what is new since a date, each line with its sentence."""

import json
from pathlib import Path

from graph.brief import make_brief
from graph.build import build_graph
from graph.stores import Store


def document(number: int, published: str, *claims: tuple[str, str, str, str]) -> str:
    """A line of facts: (source, kind, target, status) each, said by the sentence ``source与target``."""
    names = sorted({end for claim in claims for end in (claim[0], claim[2])})
    row = {
        "id": f"d{number}",
        "title": f"第{number}篇",
        "published": published,
        "text": "。".join(f"{source}与{target}有约{number}" for source, _, target, _ in claims) + "。",
        "organizations": [{"name": name, "kind": "enterprise", "aliases": []} for name in names],
        "collaborations": [
            {"source": source, "kind": kind, "target": target, "status": status}
            for source, kind, target, status in claims
        ],
    }
    return json.dumps(row, ensure_ascii=False)


def test_brief_tells_new_changed_and_first_time(store: Store, tmp_path: Path) -> None:
    """New is what was never said before, changed what came to another status; what is repeated is no news."""
    facts = tmp_path / "facts.jsonl"
    lines = [
        document(
            1, "2024-01-05", ("甲公司", "co_found", "乙公司", "planned"), ("甲公司", "supply", "丙公司", "active")
        ),
        document(2, "2024-05-02", ("甲公司", "co_found", "乙公司", "active"), ("甲公司", "supply", "丙公司", "active")),
        document(
            3, "2024-05-09", ("甲公司", "invest", "丙公司", "active"), ("丁公司", "cooperate", "乙公司", "active")
        ),
        document(4, "2024-05-10", ("丁公司", "supply", "丙公司", "negated")),
    ]
    facts.write_text("\n".join(lines), encoding="utf-8")
    build_graph([facts], store)
    brief = make_brief(store, "2024-05", watch=["丁公司"])
    assert [(item.source, item.kind, item.target, item.change, item.first_time) for item in brief.items] == [
        ("甲公司", "co_found", "乙公司", "planned → active", False),
        *sorted(
            [
                ("甲公司", "invest", "丙公司", "new", False),
                (*sorted_pair(store, "cooperate"), "new", True),
            ]
        ),
    ]
    assert [item.source for item in brief.items if item.watched] or brief.items[-1].target == "丁公司"
    text = brief.to_markdown()
    for item in brief.items:
        assert item.sentence in text
        assert item.title in text
    page = brief.to_html()
    assert page.count("<blockquote>") == text.count("  > ")
    assert make_brief(store, "2025").items == ()


def sorted_pair(store: Store, kind: str) -> tuple[str, str, str]:
    """The symmetric collaboration as it is stored."""
    (row,) = store.run(f"MATCH (a)-[:{kind.upper()}]->(b) RETURN a.name AS a, b.name AS b")
    return str(row["a"]), kind, str(row["b"])
