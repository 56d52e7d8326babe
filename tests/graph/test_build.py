"""Files → a store, by the commands."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.cli import main
from graph.load import FILLING
from graph.stores import open_store


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def facts(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def row(identity: str, source: str, target: str, *, kind: str = "supply", **more: object) -> dict[str, object]:
    aliases = more.pop("aliases", {})
    assert isinstance(aliases, dict)
    return {
        "id": identity,
        "published": more.pop("published", None),
        "organizations": [{"name": name, "aliases": aliases.get(name, [])} for name in (source, target)],
        "collaborations": [{"source": source, "target": target, "kind": kind, **more}],
    }


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, with no decisions in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_building_twice_is_building_once_and_a_bad_line_is_reported(place: Path) -> None:
    """The exit code is 1 when something could not be read; the rest is there."""
    path = facts(
        place / "facts.jsonl", row("d1", "青禾微电子有限公司", "蓝湾大学"), row("d2", "青禾微", "远山集团", kind="x")
    )
    first = run("build", path, "--store", place / "store")
    assert first.exit_code == 1
    assert f"{path}:2:" in first.stderr
    before = run("digest", "--store", place / "store").output
    second = run("build", path, "--store", place / "store")
    assert "0 added, 0 replaced, 2 unchanged" in second.stderr
    assert run("digest", "--store", place / "store").output == before
    assert run("build", place / "missing", "--store", place / "store").exit_code == 2


def test_many_facts_fill_a_new_store(place: Path) -> None:
    """So many are written at once; building again changes nothing, and one more is added."""
    path = facts(place / "facts.jsonl", *(row(f"d{n}", f"青禾{n % 50}号公司", "蓝湾大学") for n in range(FILLING)))
    assert run("build", path, "--store", place / "store").exit_code == 0
    more = facts(place / "more.jsonl", row("more", "青禾1号公司", "蓝湾大学", kind="joint_rd"))
    assert f"1 added, 0 replaced, {FILLING} unchanged" in run("build", path, more, "--store", place / "store").stderr
    with open_store(str(place / "store"), reading=True) as store:
        rows = store.run(
            "MATCH ({name: '青禾1号公司'})-[r]-({name: '蓝湾大学'}) RETURN r.evidence_count AS n ORDER BY n"
        )
    assert rows == [{"n": 1}, {"n": FILLING // 50}]


def test_an_article_is_read_and_a_folder(place: Path) -> None:
    """Articles, facts and tables of a folder all load; evidence quotes the article."""
    (place / "in").mkdir()
    (place / "in" / "a.txt").write_text("青禾微电子有限公司与蓝湾大学联合研发新型传感器。", encoding="utf-8")
    facts(place / "in" / "b.jsonl", row("d1", "远山集团", "蓝湾大学"))
    (place / "in" / "c.csv").write_text("source,kind,target\n远山集团,talent,蓝湾大学\n", encoding="utf-8")
    assert run("build", place / "in", "--store", place / "store").exit_code == 0
    with open_store(str(place / "store"), reading=True) as store:
        rows = store.run("MATCH (e:Evidence)-[:FROM]->(d:Document) RETURN d.origin AS origin, e.method AS method")
    assert {str(one["origin"]).rpartition("/")[2] for one in rows} == {"a.txt", "b.jsonl#1", "c.csv#2"}


def test_a_folder_may_hold_the_store_and_the_report(place: Path) -> None:
    """What a build writes is not read, also when a shell lists it among the articles."""
    (place / "a.txt").write_text("青禾微电子有限公司与蓝湾大学联合研发新型传感器。", encoding="utf-8")
    for paths in ([place], ["."], sorted(place.iterdir())):
        done = run("build", *paths, "--store", "mine/store", "--report", place / "report.jsonl")
        assert (done.exit_code, done.stderr.count("\n")) == (0, 1), done.stderr
    watched = run("watch", place, "--store", "mine/store", "--looks", "2", "--every", "0.1")
    assert "could not be read" not in watched.stderr


def test_a_collaboration_is_derived_from_all_its_claims(place: Path) -> None:
    """Status, dates, reports and confidence follow graph.derive; a denial is evidence and no relationship."""
    a, b = "青禾微电子有限公司", "蓝湾大学"
    path = facts(
        place / "facts.jsonl",
        row("d1", a, b, status="planned", date="2023-01", confidence=0.5),
        row("d2", a, b, published="2024-05-01", confidence=0.5),
        row("d3", a, b, status="negated"),
        row("d4", a, b, kind="invest", status="negated"),
    )
    assert run("build", path, "--store", place / "store").exit_code == 0
    with open_store(str(place / "store"), reading=True) as store:
        found = store.run("MATCH (:Organization)-[r]->(:Organization) RETURN type(r) AS type, properties(r) AS r")
        assert store.run("MATCH (e:Evidence) RETURN count(e) AS n") == [{"n": 4}]
    ((only),) = found
    assert only["type"] == "SUPPLY"
    assert isinstance(only["r"], dict)
    wanted = {
        "status": "active",
        "since": "2023-01",
        "last": "2024-05-01",
        "documents": ["d1", "d2"],
        "reports": 2,
        "evidence_count": 2,
        "denials": 1,
        "confidence": 0.75,
    }
    assert {name: only["r"][name] for name in wanted} == wanted


def test_retract_takes_a_document_out_by_its_origin(place: Path) -> None:
    """What a second document supports stays."""
    one = facts(place / "one.jsonl", row("d1", "青禾微电子有限公司", "蓝湾大学"))
    two = facts(place / "two.jsonl", row("d2", "青禾微电子有限公司", "蓝湾大学"), row("d3", "远山集团", "蓝湾大学"))
    assert run("build", two, "--store", place / "store").exit_code == 0
    before = run("digest", "--store", place / "store").output
    assert run("build", one, "--store", place / "store").exit_code == 0
    assert run("digest", "--store", place / "store").output != before
    assert run("retract", f"{one}#1", "--store", place / "store").exit_code == 0
    assert run("digest", "--store", place / "store").output == before
    assert run("retract", "d9", "--store", place / "store").exit_code == 2


def test_decide_why_and_review(place: Path) -> None:
    """A decision holds at once, is written down, and is replayed by a build into another store."""
    path = facts(
        place / "facts.jsonl",
        row("d1", "青禾微电子有限公司", "蓝湾大学", aliases={"青禾微电子有限公司": ["青禾"]}),
        row("d2", "青禾农业有限公司", "蓝湾大学", aliases={"青禾农业有限公司": ["青禾"]}),
        row("d3", "青禾", "浙大"),
        row("d4", "浙江大学", "蓝湾大学"),
    )
    store = place / "store"
    assert run("build", path, "--store", store).exit_code == 0
    (contested,) = [json.loads(line) for line in run("review", "--store", store).output.splitlines()]
    assert contested == {"form": "青禾", "organizations": ["青禾", "青禾农业有限公司", "青禾微电子有限公司"]}
    assert "one organization" in run("why", "浙大", "浙江大学", "--store", store).output
    assert "university:浙江大学" in run("why", "浙大", "浙江大学", "--store", store).output
    assert "浙江大学 is in 杭州市 (3301): a register has it there" in run("why", "浙大", "--store", store).output
    assert "two organizations" in run("why", "青禾微电子有限公司", "青禾", "--store", store).output
    decided = ("青禾", "青禾农业有限公司", "--author", "li", "--store", store)
    assert run("decide", "same", *decided, "--because", "its seal").exit_code == 0
    told = run("why", "青禾", "青禾农业有限公司", "--store", store).output
    assert "one organization" in told
    assert "li, " in told
    assert "its seal" in told
    assert run("build", path, "--store", place / "other").exit_code == 0
    same = run("diff", store, place / "other")
    assert (same.exit_code, same.output) == (0, "")
    assert run("decide", "different", *decided, "--because", "no").exit_code == 0
    assert "decided to be different" in run("why", "青禾", "青禾农业有限公司", "--store", store).output
    differing = run("diff", store, place / "other")
    assert differing.exit_code == 1
    assert differing.output
