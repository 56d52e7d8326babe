"""Where an organization sits, of all that is known of it, and how it is known."""

import pytest

from extract.lang import load_language
from extract.names import organization_id
from extract.records import Organization, RegionGround
from extract.regions import region_of_name
from graph.identity import Appearance
from graph.merge import merge_documents

CASES: list[tuple[list[str], str | None, RegionGround | None, str]] = [
    (["昆山青禾微电子有限公司"], "320583", "name", "the name says it"),
    (["青禾微电子有限公司"], None, None, "nothing says it"),
    (["清华大学"], "11", "register", "the register has it"),
    (["浙大"], "3301", "register", "the register has the full name of a short one"),
    (["浙江大学"], "3301", "register", "the register is more exact than the name"),
    (["北京理工大学珠海学院"], "44", "register", "the register has the branch, the name its mother"),
    (["苏州大学"], "3205", "name", "the name is as exact as the register"),
    (["Tsinghua University"], "11", "register", "the register has the English name"),
    (["Kunshan Brightfen Ltd"], "320583", "name", "a name in Latin letters says it"),
    (["青禾微电子有限公司@320585"], "320585", "given", "rows of facts give it"),
    (["昆山青禾微电子有限公司@320585"], "320585", "given", "rows of facts go before the name"),
    (["青禾微电子有限公司@32", "青禾微电子有限公司@3205"], "3205", "given", "the more exact of two rows"),
]


@pytest.mark.parametrize(("written", "region", "ground", "why"), CASES, ids=[why for *_, why in CASES])
def test_cases(written: list[str], region: str | None, ground: RegionGround | None, why: str) -> None:
    """Each document says one name, with a region behind ``@`` where rows of facts give it."""
    documents = []
    for number, one in enumerate(written):
        name, _, given = one.partition("@")
        organization = Organization(id=organization_id(name), name=name, kind="enterprise", region=given or None)
        documents.append([Appearance.of(organization, f"d{number}")])
    (merged,) = merge_documents(documents)
    assert (merged.organization.region, merged.organization.region_ground) == (region, ground), why


def test_every_university_of_the_register_has_its_province() -> None:
    """No name leads a university to another province than the register's."""
    provinces = dict(load_language("zh").rows("universities", ("name", "province")))
    documents = [
        [Appearance.of(Organization(id=organization_id(name), name=name, kind="university"), f"d{number}")]
        for number, name in enumerate(provinces)
    ]
    for one in merge_documents(documents):
        province = region_of_name(provinces[one.organization.name])
        assert province is not None
        assert (one.organization.region or "").startswith(province.code), one.organization.name


def test_the_places_of_research_bodies_are_divisions() -> None:
    """Each is a code of the register of divisions, or of a region beyond it."""
    codes = {code for code, _ in load_language("zh").rows("divisions", ("code", "name"))} | {"71", "81", "82"}
    assert {division for _, division in load_language("zh").rows("research_places", ("ror", "division"))} <= codes
