"""Training passages with slots."""

from extract.train.passages import load_passages, make_rows


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
