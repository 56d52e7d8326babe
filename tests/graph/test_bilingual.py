import pytest

from extract.names import fold_name, simplify
from graph.registers import entries_of


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("上海海事大学", "Shanghai Maritime University"),
        ("南京审计学院", "Nanjing Audit University"),
        ("天津财经大学", "Tianjin University of Finance and Economics"),
        ("山东理工大学", "Shandong University of Technology"),
    ],
)
def test_an_english_name_is_the_register_entry_of_the_chinese_one(chinese: str, english: str) -> None:
    """One entry of the register of research organizations joins the two languages."""
    assert entries_of(fold_name(chinese)) & entries_of(fold_name(english))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中国石油大学(北京)", "China University of Petroleum, East China"),
        ("山东大学", "Shandong University of Technology"),
    ],
)
def test_siblings_share_no_entry(one: str, other: str) -> None:
    """Sibling universities stay apart."""
    assert not entries_of(fold_name(one)) & entries_of(fold_name(other))


def test_traditional_names_fold_to_simplified_ones() -> None:
    """臺灣大學 and 台湾大学 are one name; nothing else of the text changes, and its length stays."""
    assert fold_name("國立臺灣大學") == fold_name("国立台湾大学")
    assert simplify("與MIT（麻省理工學院）聯合") == "与MIT（麻省理工学院）联合"
