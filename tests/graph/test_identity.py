"""Names, and what more documents that say the same change: their counts alone."""

from hypothesis import event, given, settings
from hypothesis import strategies as st

from graph.identity import Appearance, Name
from graph.merge import Index, describe, forms_of, labels_of
from graph.told import Told

APPEARANCES = st.builds(
    Appearance,
    key=st.just("k"),
    name=st.sampled_from(["青禾微电子有限公司", "青禾微电子 有限公司"]),
    kind=st.sampled_from(["enterprise", "institute"]),
    aliases=st.lists(st.sampled_from(["青禾", "青 禾", "QH"]), max_size=2, unique=True).map(tuple),
    label=st.sampled_from([None, None, "Qinghe", "QINGHE"]),
    region=st.sampled_from([None, None, "320583", "310114"]),
    told=st.none() | st.builds(Told, region=st.sampled_from(["320583", "320585"]), sentence=st.just("在昆山。")),
    identifiers=st.sampled_from([(), (), ("ror:05a",)]),
)


def counted(appearances: list[Appearance]) -> Name:
    name = Name(key="k")
    for appearance in appearances:
        name.add(appearance)
    return name


@settings(deadline=None, max_examples=300)
@given(st.lists(APPEARANCES, min_size=1, max_size=3), st.lists(APPEARANCES, max_size=3))
def test_what_is_said_again_changes_no_description(said: list[Appearance], again: list[Appearance]) -> None:
    """A name that tells as before is described as before, and one that bears as before is joined by the same forms."""
    before, after = counted(said), counted(said + again)
    if after.bears_as(before):
        event("bears as before")
        index = Index([before])
        index.put(after)
        assert (index.names["k"], index.forms("k"), index.labels("k")) == (after, forms_of(after), labels_of(after))
    if after.tells_as(before):
        event("tells as before")
        assert after.bears_as(before)
        assert describe([after], "k") == describe([before], "k")
