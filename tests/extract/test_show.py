"""How an extraction looks in a notebook."""

import re

from extract.records import Claim, Document, Evidence, Extraction, Mention, Offsets, Organization, Span

TEXT = "甲公司与乙大学<b>联合研发</b>。"


def test_organizations_and_triggers_are_marked_and_nothing_is_markup() -> None:
    """Both names and the trigger are marked, the claim stands in the table, and the text's own markup is text."""
    first, second = Span(0, 3), Span(4, 7)
    extraction = Extraction(
        document=Document(id="d", text=TEXT, language="zh", offsets=Offsets.identity(TEXT)),
        mentions=(
            Mention(span=first, text="甲公司", kind="enterprise", organization="a", finder="test"),
            Mention(span=second, text="乙大学", kind="university", organization="b", finder="test"),
        ),
        organizations=(
            Organization(id="a", name="甲公司", kind="enterprise"),
            Organization(id="b", name="乙大学", kind="university"),
        ),
        claims=(
            Claim(
                source="a",
                target="b",
                kind="joint_rd",
                evidence=Evidence(
                    document="d",
                    sentence=Span(0, len(TEXT)),
                    source=first,
                    target=second,
                    trigger=Span(10, 14),
                    method="t",
                ),
            ),
        ),
    )
    page = extraction._repr_html_()
    assert len(re.findall("<mark", page)) == 3
    assert "<b>" not in page
    assert "<td>联合研发</td>" in page
