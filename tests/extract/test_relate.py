"""Claims of small texts whose organizations are marked."""

from extract.names import organization_id
from extract.records import Document, Mention, Offsets, Span
from extract.relate import relate
from extract.resolve import resolve_organizations
from extract.sentences import split_sentences


def test_sentences_cover_the_text_and_are_bounded() -> None:
    """A line of any length without punctuation is cut; nothing but white space is lost."""
    text = "甲" * 5000 + "，乙。\n\n丙"
    spans = split_sentences(text)
    assert max(span.end - span.start for span in spans) <= 600
    assert "".join(span.of(text) for span in spans) == text.replace("\n", "")


def test_a_claim_quotes_its_document() -> None:
    """The spans of a claim are those of the mentions and of the word that says it."""
    text = "昨日，青禾电机与北湖大学签署协议。"
    document = Document(id="d", text=text, language="zh", offsets=Offsets.identity(text))
    found = [
        Mention(span=Span(at, at + 4), text=text[at : at + 4], kind="enterprise", finder="test")
        for at in (text.index("青禾电机"), text.index("北湖大学"))
    ]
    mentions, organizations = resolve_organizations(document, found)
    (claim,) = relate(document, mentions, organizations)
    assert {claim.source, claim.target} == {organization_id("青禾电机"), organization_id("北湖大学")}
    assert claim.kind == "agreement"
    assert {claim.evidence.source.of(text), claim.evidence.target.of(text)} == {"青禾电机", "北湖大学"}
    assert claim.evidence.trigger is not None
    assert claim.evidence.trigger.of(text) == "签署协议"
