import pytest

from extract.errors import DataError
from extract.lang import load_language, read_rows
from extract.ontology import load_ontology

HEADER = "# Words.\n# fields: word, kind\n# source: ours\n# licence: MIT\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# Words.\n# fields: word, kind\n# source: ours\n公司\tenterprise\n", "says no licence"),
        (HEADER.replace("word, kind", "word"), "has the fields"),
        (HEADER + "公司\tenterprise\n公司\tuniversity\n", "line 6: 公司 comes twice"),
        (HEADER + "公司\tenterprise\tstrong\n", "line 5: 3 fields"),
        (HEADER + "公司\tenterprise\n\n集团\tenterprise\n", "line 6: 1 fields"),
    ],
)
def test_a_list_that_breaks_its_rules_is_named(text: str, message: str) -> None:
    """Bad data files stop the program with file and line."""
    with pytest.raises(DataError, match=message):
        read_rows(text, ("word", "kind"), where="here")


def test_a_field_left_out_at_the_end_is_empty() -> None:
    """A row may leave out what it does not know."""
    assert read_rows(HEADER + "公司\n", ("word", "kind"), where="here") == (("公司", ""),)


def test_an_unknown_language_says_which_there_are() -> None:
    """The error is one sentence with what to do next."""
    with pytest.raises(DataError, match=r"'xx'; there are .*zh"):
        load_language("xx")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("heads", ("word", "kind", "strength")),
        ("tails", ("tail", "kind", "within")),
        ("state_bodies", ("name", "kind")),
        ("world_bodies", ("name", "kind")),
        ("well_known", ("name", "kind")),
        ("media", ("name", "kind")),
        ("research_bodies", ("name", "kind", "ror")),
    ],
)
def test_the_kinds_of_a_list_are_those_of_the_ontology(name: str, fields: tuple[str, ...]) -> None:
    """Whatever is added to a list says a kind that there is."""
    kinds = {row[1] for row in load_language("zh").rows(name, fields)}
    assert kinds <= set(load_ontology().organizations)
