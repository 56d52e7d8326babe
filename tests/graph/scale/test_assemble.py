"""Shards → the whole graph without a store: by its digest that of a build, however the work is cut."""

import json
import random
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from neo4j import GraphDatabase

from extract.records import Extraction
from graph.build import build_graph
from graph.cli import main
from graph.decisions import Decision
from graph.digest import digest
from graph.errors import EngineError
from graph.facts.lines import read_row
from graph.identity import Appearance, Name
from graph.merge import Index
from graph.scale.assemble import assemble
from graph.scale.components import label, links_of
from graph.scale.seam import processes
from graph.scale.shards import extract_shards
from graph.stores import open_store

STEMS = [f"{place}{word}" for place in ("昆山", "太仓", "") for word in ("远山", "青禾", "蓝湾", "沧澜")]
TAILS = ("", "科技", "科技有限公司", "大学", "大学材料学院", "集团", "（集团）有限公司", "分公司")
FIXED = (
    "市科技局",
    "第一人民医院",
    "浙大",
    "浙江大学",
    "Lanwan University",
    "大连化物所",
    "中国科学院大连化学物理研究所",
)


def rows(count: int, seed: int) -> list[dict[str, Any]]:
    """Facts whose names join, rename and forbid one another; some documents come twice."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        stem = chance.choice(STEMS)
        one = chance.choice(FIXED) if chance.random() < 0.2 else stem + chance.choice(TAILS)
        other = chance.choice(STEMS) + chance.choice(TAILS)
        third = chance.choice(STEMS) + chance.choice(TAILS)
        organizations: list[dict[str, Any]] = [
            {"name": one, "aliases": [stem, stem + "科技"][: chance.randrange(3)]},
            {"name": other, "region": chance.choice([None, "3205", "320583"])},
        ]
        if third not in (one, other):
            organizations.append({"name": third})
        if one == other:
            continue
        claim = {"source": one, "target": other, "kind": chance.choice(["supply", "joint_rd", "invest"])}
        claim["status"] = chance.choice(["active", "planned", "ended", "negated"])
        claim["date"] = chance.choice([None, "2023", "2024-05"])
        identity = f"d{number if chance.random() < 0.9 else number // 2}"
        made.append({"id": identity, "organizations": organizations, "collaborations": [claim]})
    return made


def decisions(seed: int) -> list[Decision]:
    """What a person decided about some of the names."""
    chance = random.Random(seed)
    found = []
    for verdict in ("same", "different", "same"):
        a, b = chance.sample(STEMS, 2)
        for tail in ("", "科技"):
            found.append(Decision(verdict=verdict, a=a + tail, b=b + tail, because="x", author="li", date="2024-05-01"))
    return found


def extraction_of(row: dict[str, Any]) -> Extraction:
    line = json.dumps(row, ensure_ascii=False)
    return read_row(line, lambda problem: None, path=Path("facts.jsonl"), number=1).extraction


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Nine files of facts."""
    folder = tmp_path / "facts"
    folder.mkdir()
    made = rows(400, 3)
    for number in range(9):
        lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in made[number::9])
        (folder / f"f{number}.jsonl").write_text("".join(lines), encoding="utf-8")
    return folder


def built(path: Path, decided: list[Decision]) -> str:
    with open_store(":memory:") as store:
        build_graph([path], store, decisions=decided)
        return digest(store)


@pytest.mark.parametrize("buckets", [1, 4])
def test_the_graph_of_facts_is_that_of_a_build(facts: Path, tmp_path: Path, buckets: int) -> None:
    """Names that share forms, registers, places and decisions, and a document that is there twice."""
    decided = decisions(20)
    made = assemble([facts], tmp_path / "out", decisions=decided, buckets=buckets)
    assert made.digest == built(facts, decided)
    assert made.edges > 20
    assert not list((tmp_path / "out").glob(".work*"))


def test_the_graph_of_shards_is_that_of_their_articles(folder: Path, tmp_path: Path) -> None:
    """From articles over shards to files, and what failed is counted."""
    extract_shards([folder], tmp_path / "shards", files=3)
    made = assemble([tmp_path / "shards"], tmp_path / "out", buckets=3)
    assert made.digest == built(folder, [])
    assert made.tally.failed == 1
    assert made.tally.documents == 24


def test_processes_and_a_second_try_make_the_same(facts: Path, tmp_path: Path) -> None:
    """An assembly that fails in the middle goes on from its files, by another engine, to the same digest."""
    steps = 0

    def failing(work: Callable[[Any], Any], jobs: Sequence[Any], /) -> Iterable[Any]:
        nonlocal steps
        for job in jobs:
            steps += 1
            if steps == 23:
                raise EngineError("a machine is gone")
            yield work(job)

    with pytest.raises(EngineError, match="a machine is gone"):
        assemble([facts], tmp_path / "out", mapper=failing, buckets=4)
    (work,) = (tmp_path / "out").glob(".work*")
    before = {path: path.stat().st_mtime_ns for path in work.glob("documents/*")}
    assert len(before) == 4
    made = assemble([facts], tmp_path / "out", mapper=processes(2), buckets=4)
    assert made == assemble([facts], tmp_path / "map", buckets=4)


def test_a_neo4j_imports_every_file(
    facts: Path, tmp_path: Path, import_neo4j: Callable[[Path], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command's files, in parts, and its script make a Neo4j of the digest that it prints: that of a build."""
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["assemble", str(facts), "-o", "import", "--jobs", "0"])
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == built(facts, [])
    server = import_neo4j(tmp_path / "import")
    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver, driver.session() as session:
        for statement in (tmp_path / "import" / "schema.cypher").read_text(encoding="utf-8").splitlines():
            session.run(statement.removesuffix(";")).consume()
    with open_store(server.url, user=server.user, password=server.password) as store:
        assert digest(store) == done.stdout.strip()


def test_components_are_the_groups_of_merging() -> None:
    """Labelled from hashes, in any order and cut, names fall into the groups that an index walks to."""
    said = [
        Appearance.of(organization, extraction.document.id)
        for extraction in map(extraction_of, rows(300, 8))
        for organization in extraction.organizations
    ]
    names: dict[str, Name] = {}
    for appearance in said:
        names.setdefault(appearance.key, Name(key=appearance.key)).add(appearance)
    decided = decisions(2)
    index = Index(names.values(), decided)
    wanted = {frozenset(index.group(key)) for key in names}
    same = [one.pair for one in decided if one.verdict == "same"]
    for seed in range(3):
        listed = list(names.values())
        random.Random(seed).shuffle(listed)
        parts = [listed[:50], listed[50:51], listed[51:]]
        labels, _ = label([links_of(part) for part in parts], same)
        found: dict[int, set[str]] = {}
        for part, groups in zip(parts, labels, strict=True):
            for name, group in zip(part, groups.tolist(), strict=True):
                found.setdefault(group, set()).add(name.key)
        assert set(map(frozenset, found.values())) == wanted
    assert 2 < max(map(len, wanted)) < len(names)
