"""The region that an organization's name says."""

import pytest

from extract.latin_regions import read_latin_division, region_of_latin_name
from extract.regions import region_of_name

CASES = [  # name, code or None, why
    ("昆山双桥传感器测控技术有限公司", "320583", "a county-level city by its bare name"),
    ("上海市嘉定区市场监管局", "310114", "followed down from the province"),
    ("上海嘉定工业区", "310114", "bare names followed down"),
    ("海德韦尔（太仓）能源科技有限公司", "320585", "a place in brackets"),
    ("中国科学院上海应用物理研究所", "31", "a place behind a national body"),
    ("苏州大学", "3205", "a prefecture by its bare name"),
    ("江苏省人民政府", "32", "a province"),
    ("内蒙古农业大学", "15", "an autonomous region by its bare name"),
    ("东莞市科技局", "4419", "a prefecture that is its own only county"),
    ("香港科技大学", "81", "a region beyond the register"),
    ("南京市鼓楼区教育局", "320106", "a shared district name below its city"),
    ("鼓楼区教育局", None, "four cities have a 鼓楼区"),
    ("东方航空股份有限公司", None, "东方市 exists, and 东方 is an everyday word"),
    ("平安银行", None, "an everyday word"),
    ("中国移动", None, "no place at all"),
    ("华为技术有限公司", None, "no place at all"),
    ("嘉定电子有限公司", None, "a district by its bare name alone could be a brand"),
    ("清华大学", None, "no place at all"),
    ("香港中文大学（深圳）", "4403", "a campus is where its bracket says"),
    ("恩施州中心医院", "4228", "an autonomous prefecture by its bare name"),
    ("海南神农科技股份有限公司", "46", "a prefecture of that name lies in another province"),
    ("阿里云梯科技有限公司", None, "阿里 is a prefecture of Tibet, and a firm that everybody knows"),
    ("吉林大学", "22", "province and prefecture share the name: the larger"),
]


@pytest.mark.parametrize(("name", "code", "why"), CASES, ids=[why for _, _, why in CASES])
def test_region_of_name(name: str, code: str | None, why: str) -> None:
    """The division a name says, followed down; none rather than a guess."""
    region = region_of_name(name)
    assert (region.code if region else None) == code, why
    if region:
        assert region.ground in name


LATIN = [  # name, code or None, why
    ("Kunshan Brightfen Sensors Co., Ltd.", "320583", "a county-level city at the start"),
    ("Brightfen (Shanghai) Instruments Co., Ltd.", "31", "a place in brackets"),
    ("China Jiangsu Brightfen Group", "32", "behind the country"),
    ("Institute of Quiet Motors, Xi’an", "6101", "behind the last comma, with a curly apostrophe"),
    ("Hong Kong Brightfen Laboratory", "81", "a region beyond the register"),
    ("Suzhou Brightfen Ltd", "3205", "English texts mean the larger of two cities spelled so"),
    ("Taizhou Brightfen Ltd", None, "two cities are spelled so"),
    ("Zhongshan Hospital", None, "a city, and a person's name"),
    ("Brightfen Suzhou Holdings", None, "a place inside says whatever it likes"),
    ("Halvorsen Robotics ASA", None, "no place at all"),
]


@pytest.mark.parametrize(("name", "code", "why"), LATIN, ids=[why for _, _, why in LATIN])
def test_region_of_latin_name(name: str, code: str | None, why: str) -> None:
    """The division a name in Latin letters says; none rather than a guess."""
    region = region_of_latin_name(name)
    assert (region.code if region else None) == code, why
    if region:
        assert region.ground in name


ADDRESSES = [  # text, code, words read, why
    (
        "Kunshan, Jiangsu Province, China, is",
        "320583",
        "Kunshan, Jiangsu Province, China",
        "followed up",
    ),
    ("Taizhou, Zhejiang", "3310", "Taizhou, Zhejiang", "the province tells two cities apart"),
    ("Jiading District, Shanghai", "310114", "Jiading District, Shanghai", "a district with its city"),
    ("Shanghai, Halvorsen said", "31", "Shanghai", "no place behind the comma"),
    ("Inner Mongolia Autonomous Region", "15", "Inner Mongolia Autonomous Region", "a name of four words"),
    ("Munich, Germany", None, "", "a place elsewhere"),
    ("China", None, "", "the country alone"),
]


@pytest.mark.parametrize(("text", "code", "words", "why"), ADDRESSES, ids=[why for *_, why in ADDRESSES])
def test_read_latin_division(text: str, code: str | None, words: str, why: str) -> None:
    """An address in Latin letters is followed up to what it lies in."""
    found = read_latin_division(text, 0)
    assert (found[0] if found else None, text[: found[1]] if found else "") == (code, words), why
