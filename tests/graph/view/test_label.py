"""Names that the page shows and finds."""

import pytest

from extract.names import organization_id
from extract.records import Organization
from graph.view.label import pinyin_initials, short_labels

REGIONS = {"310000": {"zh": "上海", "en": "Shanghai"}, "320100": {"zh": "南京", "en": "Nanjing"}}


def organization(name: str, *aliases: str, region: str | None = None, label: str | None = None) -> Organization:
    return Organization(
        id=organization_id(name), name=name, kind="enterprise", aliases=aliases, region=region, label=label
    )


@pytest.mark.parametrize(
    ("name", "aliases", "short"),
    [
        ("苏州云岫能源科技有限公司", ("云岫能源", "云岫能源科技"), "云岫能源"),
        ("云岫（苏州）能源股份有限公司", (), "云岫能源"),
        ("中国科学院合肥声学研究所", ("HIA",), "合肥声学研究所"),
        ("云岫公司", (), "云岫公司"),
        ("Yunxiu Energy Co., Ltd.", (), "Yunxiu Energy"),
    ],
)
def test_short_label(name: str, aliases: tuple[str, ...], short: str) -> None:
    """The shortest Chinese alias of three characters, else the name without legal form, place and academy."""
    assert short_labels([organization(name, *aliases)], {}, "zh") == [short]


def test_shared_labels_are_told_apart() -> None:
    """By region, by the full name, at last by the id: no two labels are alike."""
    same = [
        organization("上海云岫能源有限公司", "云岫能源", region="310000"),
        organization("南京云岫能源有限公司", "云岫能源", region="320100"),
        organization("云岫能源集团有限公司", "云岫能源"),
    ]
    assert short_labels(same, REGIONS, "zh") == ["云岫能源 (上海)", "云岫能源 (南京)", "云岫能源集团有限公司"]
    twins = [organization("云岫能源"), Organization(id="ffff0000", name="云岫能源", kind="institute")]
    assert len(set(short_labels(twins, {}, "zh"))) == 2


def test_shared_latin_labels_are_told_apart_by_the_name() -> None:
    """Two names that are spelled alike in Latin letters show the Chinese ones."""
    same = [
        organization("湖东青能有限公司", label="Hudong Energy"),
        organization("湖东氢能有限公司", label="Hudong Energy"),
    ]
    assert short_labels(same, {}, "en") == ["Hudong Energy (湖东青能)", "Hudong Energy (湖东氢能)"]


def test_english_labels_fall_back_to_the_name() -> None:
    known = organization("合肥声学研究所", label="Hefei Institute of Acoustics, CAS")
    assert short_labels([known, organization("甲乙丙")], {}, "en") == ["Hefei Institute of Acoustics", "甲乙丙"]


@pytest.mark.parametrize(("name", "initials"), [("重庆银行", "cqyh"), ("西安长岭", "xacl"), ("ABC 中心", "abc zx")])
def test_pinyin_initials(name: str, initials: str) -> None:
    assert pinyin_initials(name) == initials
