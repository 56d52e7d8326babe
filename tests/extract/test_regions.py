"""The region that an organization's name says."""

import pytest

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
    ("吉林大学", "22", "province and prefecture share the name: the larger"),
]


@pytest.mark.parametrize(("name", "code", "why"), CASES, ids=[why for _, _, why in CASES])
def test_region_of_name(name: str, code: str | None, why: str) -> None:
    """The division a name says, followed down; none rather than a guess."""
    region = region_of_name(name)
    assert (region.code if region else None) == code, why
    if region:
        assert region.ground in name
