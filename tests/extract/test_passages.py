"""Training passages with slots, and such that are written out."""

import pytest

from extract.errors import DataError
from extract.train.passages import load_passages, make_rows
from extract.train.written import load_written, read_passages


def test_rows_are_the_same_for_the_same_seed() -> None:
    """Filling draws from its seed alone; another seed gives other names."""
    first = list(make_rows("zh", times=2, seed=1))
    assert first == list(make_rows("zh", times=2, seed=1))
    assert first != list(make_rows("zh", times=2, seed=2))
    assert len(first) == 2 * len(load_passages("zh"))


def test_every_name_and_cue_stands_in_its_text() -> None:
    """Each organization is named in the text, by its name or an alias, unless it is only the parent of one that is."""
    for row in make_rows("zh", times=1):
        assert "{" not in row["text"]
        parents = {part["parent"] for part in row["part_of"]}
        for organization in row["organizations"]:
            forms = [organization["name"], *organization["aliases"]]
            assert organization["name"] in parents or any(form in row["text"] for form in forms)
        assert all(claim["cue"] in row["text"] for claim in row["collaborations"])


WRITTEN = """# a comment
广陵禾穗种业有限公司（以下简称“禾穗种业”）将与
雁回大学联合选育水稻。
@ enterprise 广陵禾穗种业有限公司 = 禾穗种业
@? university 雁回大学
+ 禾穗种业 > joint_rd > 雁回大学 > planned | 联合选育

一段没有机构的话。
"""


def test_written_passages_are_labelled_rows() -> None:
    """A claim may name an organization by any form; a line broken inside a name changes nothing."""
    first, second = read_passages(WRITTEN.splitlines(), "zh", "sample.txt")
    assert [(one["name"], one["aliases"], one["optional"]) for one in first["organizations"]] == [
        ("广陵禾穗种业有限公司", ["禾穗种业"], False),
        ("雁回大学", [], True),
    ]
    (claim,) = first["collaborations"]
    assert (claim["source"], claim["kind"], claim["target"]) == ("广陵禾穗种业有限公司", "joint_rd", "雁回大学")
    assert (claim["status"], claim["optional"]) == ("planned", False)
    assert (second["text"], second["organizations"]) == ("一段没有机构的话。", [])


@pytest.mark.parametrize(
    ("label", "why"),
    [
        ("@ company 雁回大学", "an unknown kind of organization"),
        ("@ university 雁回学院", "the text lacks 雁回学院"),
        ("+ 禾穗种业 > joint_rd > 沙洲大学 | 联合选育", "no two organizations"),
        ("+ 禾穗种业 > marry > 雁回大学 | 联合选育", "an unknown kind or status"),
        ("+ 禾穗种业 > joint_rd > 雁回大学 | 共同选育", "the text lacks 共同选育"),
        ("< 雁回大学 > 沙洲大学", "no two organizations"),
        ("+ 禾穗种业 joint_rd 雁回大学", "no label"),
    ],
)
def test_a_wrong_label_is_named_with_its_line(label: str, why: str) -> None:
    """Whoever writes passages is told what is wrong, and where."""
    lines = WRITTEN.replace("\n\n", f"\n{label}\n\n", 1).splitlines()
    with pytest.raises(DataError, match=f"sample.txt:2: line 7: {why}"):
        list(read_passages(lines, "zh", "sample.txt"))


@pytest.mark.parametrize("code", ["zh", "en"])
def test_the_passages_that_ship_are_well_formed(code: str) -> None:
    """Every label of every file is known and stands in its text, and no text is there twice."""
    rows = load_written(code)
    assert rows
    assert len({row["text"] for row in rows}) == len(rows)
