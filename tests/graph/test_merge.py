"""Which names across documents are one organization."""

import tomllib
from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from extract.lang import load_language
from extract.names import organization_id
from extract.records import Organization
from graph.decisions import Decision
from graph.identity import Appearance
from graph.merge import NAMES, Merged, merge_documents

CASES: list[dict[str, Any]] = [
    case
    for path in sorted(Path(__file__).parents[1].joinpath("cases").glob("*/merge.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def appearance(written: str, document: str) -> Appearance:
    """The appearance that ``name = alias, alias @region`` writes."""
    rest, _, region = written.partition("@")
    name, _, aliases = rest.partition("=")
    organization = Organization(
        id=organization_id(name),
        name=name.strip(),
        kind="enterprise",
        aliases=tuple(alias.strip() for alias in aliases.split(",") if alias.strip()),
        region=region.strip() or None,
    )
    return Appearance.of(organization, document)


def merged(documents: Sequence[Sequence[str]], decisions: Sequence[Decision] = ()) -> tuple[Merged, ...]:
    read = [[appearance(written, f"{document}") for written in document] for document in documents]
    return merge_documents(read, decisions=decisions)


def shown(organizations: Sequence[Merged], names: dict[str, str]) -> list[list[str]]:
    return sorted([one.organization.name, *sorted(names[key] for key in one.members)] for one in organizations)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    """The names of each case are one or apart as it says, in every order of its documents."""
    numbered = [[(written, f"{number}") for written in document] for number, document in enumerate(case["documents"])]
    names = {appearance(*one).key: appearance(*one).name for document in numbered for one in document}
    wanted = sorted(
        [parts[0], *sorted(parts)]
        for parts in ([part.strip() for part in line.split("<")] for line in case["organizations"])
    )
    for order in permutations(numbered):
        found = merge_documents([[appearance(*one) for one in document] for document in order])
        assert shown(found, names) == wanted, case["why"]


def test_no_two_universities_are_one() -> None:
    """All names of the register, each with what it may be called, stay as many organizations."""
    universities = [name for name, _ in load_language("zh").rows("universities", ("name", "province"))]
    shorts = [
        short for short, name in load_language("zh").rows("short_names", ("short", "name")) if name in universities
    ]
    found = merged([[name] for name in universities] + [[short] for short in shorts])
    names = {one.organization.name for one in found}
    assert names >= set(universities)
    assert not names & set(shorts)


def decision(verdict: str, a: str, b: str, date: str = "2024-05-01") -> Decision:
    return Decision(verdict=verdict, a=a, b=b, because="its seal", author="reader", date=date)  # type: ignore[arg-type]


def test_a_person_decides() -> None:
    """``same`` joins what no rule does and what one forbids; ``different`` keeps apart; the later decision holds."""
    documents = [["青禾微电子有限公司 = 青禾微"], ["青禾微"], ["蓝湾大学"], ["蓝湾大学材料学院"]]
    same, different = (
        decision("same", "蓝湾大学", "蓝湾大学材料学院"),
        decision("different", "青禾微", "青禾微电子有限公司"),
    )
    assert len(merged(documents)) == 3
    assert len(merged(documents, [same])) == 2
    assert len(merged(documents, [different])) == 4


def test_an_organization_gets_no_end_of_names_but_by_a_decision() -> None:
    """Beyond a number of names a form joins no more, whatever came first; a person still does."""
    aliases = ["".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{at:03d}") + "华瑞" for at in range(NAMES + 9)]
    documents = [[f"华瑞科技集团有限公司 = {', '.join(aliases)}"], *([alias] for alias in aliases)]
    found = merged(documents)
    assert sorted(len(one.members) for one in found) == [*[1] * 10, NAMES]
    assert merged(documents[::-1]) == found
    alone = next(one.organization.name for one in found if len(one.members) == 1)
    more = merged(documents, [decision("same", alone, "华瑞科技集团有限公司")])
    assert sorted(len(one.members) for one in more) == [*[1] * 10, NAMES]
    assert next(one for one in more if len(one.members) > 1).members.keys() >= {organization_id(alone)}


def test_former_ids_lead_to_the_organization() -> None:
    """Each name keeps its key, which was the id of its organization while it was the longest."""
    (one,) = merged([["青禾微"], ["青禾微电子有限公司 = 青禾微"]])
    assert set(one.members) == {organization_id("青禾微"), organization_id("青禾微电子有限公司")}
    (join,) = one.members[organization_id("青禾微")]
    assert (join.ground, join.form, join.other) == ("alias", "青禾微", one.organization.id)
