"""Clean text and its map back to the raw text."""

from hypothesis import given
from hypothesis import strategies as st

from extract.clean import CleanText, clean_forms, clean_page

LETTERS = st.sampled_from("甲乙丙研究院有限公司，。、“”（）１２Ａ12ab \u3000\n\n\r\t\ufeff\u200b\x00\ufffd■…-ﬁ")
RAW = st.one_of(st.text(), st.text(LETTERS, max_size=400), st.lists(st.text(LETTERS, max_size=18)).map("\n\n".join))


def check_map(raw: str, clean: CleanText) -> None:
    """Fail unless the map is gapless, true to the raw characters, and apart from what was dropped."""
    position = 0
    for run in clean.offsets.runs:
        assert run.clean == position, "runs cover the clean text without gaps"
        assert run.length > 0
        position += run.length
    assert position == len(clean.text)
    for at, character in enumerate(clean.text):
        assert character in clean_forms(raw[clean.offsets.raw(at)])
    used = {clean.offsets.raw(at) for at in range(len(clean.text)) if clean.text[at] not in " \n"}
    for part in clean.dropped:
        assert 0 <= part.start < part.end <= len(raw)
        assert not used & set(range(part.start, part.end)), "what is reported as dropped is not in the text"


@given(RAW)
def test_each_clean_character_is_its_raw_character_or_a_form_of_it(raw: str) -> None:
    """The map holds for any text whatever: gapless, true to the raw characters, apart from what was dropped."""
    for clean in clean_page(raw):
        check_map(raw, clean)
