"""No claim without an exact quote, whatever the article looks like."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.ontology import load_ontology
from extract.pipeline import extract_text

ARTICLES = Path(__file__).parents[2] / "data/articles"
LINES = sorted(
    {line for path in ARTICLES.glob("*.txt") for line in path.read_text(encoding="utf-8").splitlines() if line.strip()}
)
DAMAGE = (*"\n \u3000\u200b\ufeff\x00\u202e（）“，。A\U0001f600", "公司", "双方")


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Lines of the samples in any order, with marks, blanks and odd characters put in at any place."""
    text = "\n".join(draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=6)))
    for place, mark in draw(st.lists(st.tuples(st.integers(0, len(text)), st.sampled_from(DAMAGE)), max_size=8)):
        text = text[:place] + mark + text[place:]
    return text


@given(articles(), st.sampled_from([None, "zh", "en"]))
@settings(max_examples=60, deadline=None)
def test_every_claim_quotes_the_text(text: str, language: str | None) -> None:
    """Both names and the trigger of a claim stand in the text at their offsets, the source's in the sentence said."""
    extraction = extract_text(text, language=language)
    read, known = extraction.document.text, {one.id: one for one in extraction.organizations}
    mentioned = {(mention.span, mention.organization) for mention in extraction.mentions}
    for mention in extraction.mentions:
        assert mention.span.of(read) == mention.text
    for claim in extraction.claims:
        evidence = claim.evidence
        assert {claim.source, claim.target} <= known.keys()
        assert claim.source != claim.target
        assert claim.kind == "part_of" or claim.kind in load_ontology().collaborations
        assert 0 < evidence.confidence <= 1
        for span in (evidence.sentence, evidence.source, evidence.target, evidence.trigger):
            assert span is None or (span.end <= len(read) and span.of(read).strip())
        assert {(evidence.source, claim.source), (evidence.target, claim.target)} <= mentioned
