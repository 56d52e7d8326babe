from hypothesis import given
from hypothesis import strategies as st

from extract.segment import segment


@given(st.text())
def test_words_cover_the_text_without_gaps(text: str) -> None:
    """Every character lies in exactly one word."""
    at = 0
    for word in segment(text):
        assert word.start == at < word.end
        at = word.end
    assert at == len(text)
