import pytest

from extract.pipeline import Options, extract_text


@pytest.mark.parametrize(
    ("language", "text", "forms"),
    [
        ("zh", "Schaeffler（舍弗勒）与南京大学签署合作协议。舍弗勒将提供设备。", {"Schaeffler", "舍弗勒"}),
        (
            "zh",
            "上海海事大学（Shanghai Maritime University）与南京大学合作。",
            {"上海海事大学", "Shanghai Maritime University"},
        ),
        (
            "en",
            "Dianshi Aviation (点石航空) signed an agreement with Tarn Optics on Monday.",
            {"Dianshi Aviation", "点石航空"},
        ),
        ("zh", "國立臺灣大學與南京大學聯合研發電池。", {"國立臺灣大學"}),
    ],
)
def test_a_form_in_the_other_script_joins_its_name(language: str, text: str, forms: set[str]) -> None:
    """A name in brackets behind a name in the other script is a form of it; traditional characters are read."""
    found = [{one.name, *one.aliases} for one in extract_text(text, language=language).organizations]
    assert forms in found


def test_latin_names_stand_in_chinese_text() -> None:
    """与MIT联合: a Latin name touches Chinese characters; full-width letters are read."""
    extraction = extract_text("南京大学与MIT联合研发电池。", language="zh")
    assert {one.name for one in extraction.organizations} == {"南京大学", "MIT"}
    assert "ABB集团" in {one.name for one in extract_text("ＡＢＢ集团与南京大学合作。", language="zh").organizations}


def test_the_language_can_be_forced() -> None:
    """A text of two languages is read in the one that is asked for."""
    text = "Tarn Optics (Tarn) has partnered with Oakhaven University. 南京大学与东南大学签署合作协议。"
    forced = extract_text(text, Options(language="zh"))
    assert forced.document.language == "zh"
    assert "南京大学" in {one.name for one in forced.organizations}
    assert extract_text(text).document.language == "en"
