"""Where an organization sits, of all that is known of it, and how it is known."""

import pytest

from extract.lang import load_language
from extract.names import organization_id
from extract.pipeline import extract_text
from extract.records import Organization, RegionGround
from extract.regions import region_of_name
from graph.digest import digest
from graph.explain import seat_ground
from graph.identity import Appearance
from graph.load import Loader
from graph.merge import merge_documents
from graph.rows import article
from graph.schema import ensure_schema
from graph.stores import Store

CASES: list[tuple[list[str], str | None, RegionGround | None, str]] = [
    (["昆山青禾微电子有限公司"], "320583", "name", "the name says it"),
    (["青禾微电子有限公司"], None, None, "nothing says it"),
    (["清华大学"], "11", "register", "the register has it"),
    (["浙大"], "3301", "register", "the register has the full name of a short one"),
    (["浙江大学"], "3301", "register", "the register is more exact than the name"),
    (["北京理工大学珠海学院"], "44", "register", "the register has the branch, the name its mother"),
    (["苏州大学"], "3205", "name", "the name is as exact as the register"),
    (["复旦大学新闻学院"], "31", "register", "a school is in the province of its university"),
    (["复旦大学昆山创新学院"], None, None, "a school with a place of its own need not be"),
    (["复旦大学孔子学院"], None, None, "a Confucius institute is abroad"),
    (["Tsinghua University"], "11", "register", "the register has the English name"),
    (["Kunshan Brightfen Ltd"], "320583", "name", "a name in Latin letters says it"),
    (["青禾微电子有限公司@320585"], "320585", "given", "rows of facts give it"),
    (["昆山青禾微电子有限公司@320585"], "320585", "given", "rows of facts go before the name"),
    (["青禾微电子有限公司@32", "青禾微电子有限公司@3205"], "3205", "given", "the more exact of two rows"),
    (["青禾微电子有限公司", "青禾微电子有限公司:320585"], "320585", "text", "an article says it"),
    (["青禾微电子有限公司:3205", "青禾微电子有限公司:320585"], "320585", "text", "the more exact of two articles"),
    (["青禾微电子有限公司:3205", "青禾微电子有限公司:31"], None, None, "two articles say places apart"),
    (["苏州青禾微电子有限公司:320585"], "320585", "text", "an article is more exact than the name"),
    (["苏州青禾微电子有限公司:31"], "3205", "name", "the name goes before an article"),
    (["清华大学:4403"], "11", "register", "the register goes before an article"),
    (["青禾微电子有限公司@3205", "青禾微电子有限公司:320585"], "3205", "given", "rows of facts go before articles"),
]


@pytest.mark.parametrize(("written", "region", "ground", "why"), CASES, ids=[why for *_, why in CASES])
def test_cases(written: list[str], region: str | None, ground: RegionGround | None, why: str) -> None:
    """Each document says one name, with a region of rows of facts behind ``@``, of its text behind ``:``."""
    documents = []
    for number, one in enumerate(written):
        name, _, place = one.replace(":", "@").partition("@")
        organization = Organization(
            id=organization_id(name),
            name=name,
            kind="enterprise",
            region=place or None,
            region_ground=None if not place else "text" if ":" in one else "given",
        )
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


SAYING = "总部位于昆山的云屏智能科技有限公司昨天与南屿大学签署合作协议。"
ELSEWHERE = "总部位于威海的云屏智能科技有限公司昨天与北屿大学签署合作协议。"
_ORGANIZATION = """
MATCH (d:Document)-[m:MENTIONS]->(o:Organization {name: '云屏智能科技有限公司'})
RETURN o.region AS region, o.region_ground AS ground, m.region_sentence AS sentence ORDER BY sentence
"""


def test_what_articles_say_comes_and_goes_with_them(store: Store) -> None:
    """The sentence is kept with its article; an article that contradicts it takes the region away while it is there."""
    ensure_schema(store)
    saying, elsewhere = article(extract_text(SAYING)), article(extract_text(ELSEWHERE))
    Loader(store).add([saying])
    alone = digest(store)
    assert store.run(_ORGANIZATION) == [{"region": "320583", "ground": "text", "sentence": SAYING}]
    said = seat_ground(store, "云屏智能科技有限公司")
    assert said is not None
    assert said.sentence == "云屏智能科技有限公司 is in 昆山市 (320583): an article says so"
    assert [line.partition(": ")[2] for line in said.documents] == [SAYING]
    Loader(store).add([elsewhere])
    assert seat_ground(store, "云屏智能科技有限公司") is None
    assert [row["region"] for row in store.run(_ORGANIZATION)] == [None, None]
    Loader(store).retract([elsewhere.id])
    assert digest(store) == alone
    Loader(store).add([elsewhere])
    Loader(store).retract([saying.id])
    assert store.run(_ORGANIZATION) == [{"region": "3710", "ground": "text", "sentence": ELSEWHERE}]
