import tomllib
from pathlib import Path

import pytest

from extract.labels import find_by_label
from extract.lang import load_language
from extract.romanize import romanize_name

CASES = tomllib.loads((Path(__file__).parent.parent / "cases/zh/romanize.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["full"] for case in CASES])
def test_a_name_gets_its_labels(case: dict[str, str]) -> None:
    """Proper parts are spelled, trade words, heads and places translated, institutes abbreviated."""
    label = romanize_name(case["name"])
    assert label.full == case["full"]
    assert label.short == case.get("short", case["full"])
    assert label.acronym == case.get("acronym")
    assert list(label.others) == case.get("others", [])


def test_every_listed_university_and_company_gets_a_label_without_chinese() -> None:
    """No name is too odd to be read out."""
    zh = load_language("zh")
    names = [row[0] for row in zh.rows("universities", ("name", "province"))[::7]]
    names += [row[0] for row in zh.rows("companies", ("name", "short", "code"))[::7]]
    for name in names:
        label = romanize_name(name)
        assert label.full.isascii() or not any("\u3400" <= letter <= "\u9fff" for letter in label.full), name


LABELS = {
    name: romanize_name(name).forms()
    for name in (
        "苏州佩瓦能源科技有限公司",
        "太仓点石航空动力有限公司",
        "昆山双桥传感器测控技术有限公司",
        "中国科学院上海应用物理研究所",
        "中国科学院上海硅酸盐研究所",
        "清华大学",
        "海德韦尔（太仓）能源科技有限公司",
        "南京禾苗航空科技有限公司",
    )
}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Pewa Energy", ["苏州佩瓦能源科技有限公司"]),
        ("Peiwa Energy", ["苏州佩瓦能源科技有限公司"]),
        ("pei wa energy", ["苏州佩瓦能源科技有限公司"]),
        ("Pewwa Energy Co., Ltd.", ["苏州佩瓦能源科技有限公司"]),
        ("Peiwa Energy Technology", ["苏州佩瓦能源科技有限公司"]),
        ("Dianshi Aviation", ["太仓点石航空动力有限公司"]),
        ("DIANSHI", ["太仓点石航空动力有限公司"]),
        ("Dianshi Avation", ["太仓点石航空动力有限公司"]),
        ("Shuangqiao Sensor", ["昆山双桥传感器测控技术有限公司"]),
        ("Shuang Qiao Sensors", ["昆山双桥传感器测控技术有限公司"]),
        ("SIAP", ["中国科学院上海应用物理研究所"]),
        ("Shanghai Institute of Applied Physics", ["中国科学院上海应用物理研究所"]),
        ("Shanghai Institute", ["中国科学院上海应用物理研究所", "中国科学院上海硅酸盐研究所"]),
        ("Tsinghua", ["清华大学"]),
        ("Qinghua University", []),
        ("Haideweier Energy", ["海德韦尔（太仓）能源科技有限公司"]),
        ("Aviation", ["太仓点石航空动力有限公司", "南京禾苗航空科技有限公司"]),
        ("Pewa Aviation", []),
        ("", []),
    ],
)
def test_a_label_finds_what_it_names(wanted: str, found: list[str]) -> None:
    """One that fits is found, also when spelled a little otherwise; several are candidates; else none."""
    assert list(find_by_label(wanted, LABELS)) == found


def test_a_blank_name_has_no_label() -> None:
    """A blank name is a wrong call."""
    with pytest.raises(ValueError, match="blank"):
        romanize_name("“”")
