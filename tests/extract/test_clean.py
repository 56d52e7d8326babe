"""Clean text and its map back to the raw text."""

from hypothesis import given
from hypothesis import strategies as st

from extract.clean import clean_text, fold_character
from extract.records import Dropped, Offsets

LETTERS = st.sampled_from("甲乙丙研究院有限公司，。、“”（）１２Ａ12ab \u3000\n\n\r\t\ufeff\u200b\x00\ufffd■…-ﬁ")
RAW = st.one_of(st.text(), st.text(LETTERS, max_size=400), st.lists(st.text(LETTERS, max_size=18)).map("\n\n".join))


def check_map(raw: str, text: str, offsets: Offsets, dropped: tuple[Dropped, ...]) -> None:
    """Fail unless the map is gapless, true to the raw characters, and apart from what was dropped."""
    clean = 0
    for run in offsets.runs:
        assert run.clean == clean, "runs cover the clean text without gaps"
        assert run.length > 0
        clean += run.length
    assert clean == len(text)
    for at, character in enumerate(text):
        assert character in fold_character(raw[offsets.raw(at)])
    used = {offsets.raw(at) for at in range(len(text))}
    for part in dropped:
        assert 0 <= part.start < part.end <= len(raw)
        assert not used & set(range(part.start, part.end)), "what is reported as dropped is not in the text"


@given(RAW)
def test_each_clean_character_is_its_raw_character_or_a_fold_of_it(raw: str) -> None:
    """The map holds for any text whatever: gapless, true to the raw characters, nothing dropped twice."""
    text, offsets, dropped = clean_text(raw)
    check_map(raw, text, offsets, dropped)
