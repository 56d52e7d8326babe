import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.english_forms import core, join_forms
from extract.find import find_mentions
from extract.finders.tokens import heading, tokenize
from extract.read import read_text

CASES = tomllib.loads((Path(__file__).parent.parent / "cases/en/names.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_a_sentence_names_its_organizations(case: dict[str, Any]) -> None:
    """Each organization is found as it is written, and nothing else is."""
    mentions = find_mentions(read_text(case["text"], language="en"))
    assert sorted({mention.text for mention in mentions}) == sorted(case["names"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Duke’s Law School", ["Duke", "’s", "Law", "School"]),
        ("Acme Inc. said no.", ["Acme", "Inc.", "said", "no", "."]),
        ("J. P. Morgan of the U.S.", ["J.", "P.", "Morgan", "of", "the", "U.S."]),
        ("Contact DetailsAcme by Acme, Details", ["Contact", "Details", "Acme", "by", "Acme", ",", "Details"]),
        ("it didn't", ["it", "did", "n't"]),
    ],
)
def test_words_are_parted(text: str, words: list[str]) -> None:
    """Dotted forms stay whole, possessives are apart, words that lost their blank are parted."""
    tokens = tokenize(text)
    assert [token.text for token in tokens] == words
    assert all(text[token.start : token.end] == token.text for token in tokens)


def test_headings_are_told_by_their_capitals() -> None:
    """Title case and capitals are no sign of a name there."""
    assert heading(["Acme", "Partners", "With", "Beta", "University"]) == "title"
    assert heading(["ACME", "PARTNERS", "WITH", "BETA"]) == "capitals"
    assert heading(["The", "plant", "makes", "paint", "for", "ships", "."]) == ""


@pytest.mark.parametrize(
    ("text", "forms", "joined"),
    [
        ("Acme Motors, Inc. and Acme Motors", ["Acme Motors, Inc.", "Acme Motors"], True),
        ("The Voss Fund of Voss Fund", ["The Voss Fund", "Voss Fund"], True),
        ("Solvane Technologies Corp. or Solvane", ["Solvane Technologies Corp.", "Solvane"], True),
        ("Baltic Institute of Marine Acoustics; BIMA", ["Baltic Institute of Marine Acoustics", "BIMA"], True),
        ("Harbour Authority of Mirefield (“the Port”) the Port", ["Harbour Authority of Mirefield", "Port"], True),
        ("Siemens and Siemens Energy", ["Siemens Energy", "Siemens"], False),
        ("University of Oakhaven, University of Tarn", ["University of Oakhaven", "University of Tarn"], False),
        ("Mirefield University, Mirefield", ["Mirefield University", "Oakhaven"], False),
    ],
)
def test_forms_of_one_name_join(text: str, forms: list[str], joined: bool) -> None:
    """Legal forms, articles, initials, definitions and shortened names join; another house does not."""
    of = join_forms(
        text, {form: [text.index(form) + len(form)] for form in forms if form in text} | {forms[0]: [len(forms[0])]}
    )
    assert (len(set(of.values())) == 1 and len(of) == 2) == joined


def test_the_core_of_a_name_has_no_legal_form() -> None:
    """What tells names apart is left."""
    assert core("The Acme Motors Co., Ltd.") == "Acme Motors"
    assert core("Kestrel Marine B.V.") == "Kestrel Marine"
