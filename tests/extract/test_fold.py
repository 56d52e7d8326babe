"""Folding: the short way that most names take comes to what the long way of all names comes to."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extract.names import fold_name, simplify

DROPPED = str.maketrans("", "", "“”\"'‘’《》「」()[]【】〔〕")
TRICKY = "ＡａÉé̂́ẛ̣ᾳᾼﬁ①ｶﾞ가각臺国＂“（）［］《　 \t"


@given(st.text(min_size=1) | st.text(alphabet=TRICKY, min_size=1))
def test_folding_is_normal_form_case_and_what_is_dropped_in_this_order(name: str) -> None:
    folded = simplify(unicodedata.normalize("NFKC", name).casefold()).translate(DROPPED)
    folded = unicodedata.normalize("NFKC", "".join(folded.split()))
    assume(folded)
    assert fold_name(name) == folded
    assert fold_name(folded) == folded


@pytest.mark.parametrize("blank", ["", "　", "（）", "《“”》"])
def test_what_is_nothing_but_brackets_is_no_name(blank: str) -> None:
    with pytest.raises(ValueError, match="blank"):
        fold_name(blank)
