"""tests/cases/en/relate.toml: what small English texts claim, read with the shipped weights."""

import re
import tomllib
from pathlib import Path

import pytest

from extract.finders.candidates import Name
from extract.finders.english import kind_of
from extract.finders.token_features import load_lexicon
from extract.read import read_text
from extract.records import Claim, Document, Mention, Span
from extract.relate import relate
from extract.resolve import resolve_organizations

TABLE = tomllib.loads((Path(__file__).parents[1] / "cases/en/relate.toml").read_text(encoding="utf-8"))["cases"]
CASES = [tuple(part.strip() for part in line.split(" | ")) for line in TABLE.strip().splitlines()]
FLOOR = 0.75  # of the cases; trained readers trade one case for another when they are trained again
DIRECTED = {"invest", "tech_transfer", "tech_service", "supply", "membership"}


def read_claims(marked: str, published: str | None = None) -> tuple[Document, dict[str, str], tuple[Claim, ...]]:
    """The document of a text with brackets, the names of its organizations by id, and its claims."""
    spans, plain = [], ""
    for piece in re.split(r"(\[[^\]]+\])", marked):
        inside = piece[1:-1] if piece.startswith("[") else piece
        if inside != piece:
            spans.append((len(plain), len(plain) + len(inside)))
        plain += inside
    document = read_text(plain, language="en", published=published)
    assert document.text == plain
    found = [
        Mention(
            span=Span(start, end),
            text=plain[start:end],
            kind=kind_of(plain[start:end], Name(plain[start:end]), load_lexicon()),
            finder="gold",
        )
        for start, end in spans
    ]
    mentions, organizations = resolve_organizations(document, found)
    names = {organization.id: organization.name for organization in organizations}
    return document, names, relate(document, mentions, organizations)


def claims_of(marked: str) -> set[str]:
    """The claims of a case's text in the notation of the cases."""
    document, names, claims = read_claims(marked)
    lines = set()
    for claim in claims:
        first, second = names[claim.source], names[claim.target]
        if claim.kind not in DIRECTED:
            first, second = sorted((first, second), key=document.text.index)
        arrow = ">" if claim.kind in DIRECTED else "-"
        lines.add(f"{first} -{claim.kind}{arrow} {second}{'' if claim.status == 'active' else f' {claim.status}'}")
    return lines


def wanted(said: str) -> set[str]:
    """The claims that a case lists."""
    return set() if said == "-" else {claim.strip() for claim in said.split(" ; ")}


def test_share_of_cases() -> None:
    """At least the floor of the cases is read exactly; the message lists the others."""
    wrong = [f"{why}: {sorted(claims_of(text))}" for why, text, said in CASES if claims_of(text) != wanted(said)]
    assert len(wrong) <= (1 - FLOOR) * len(CASES), "\n".join(wrong)


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("On March 5, 2024, [Tarn Optics] signed an agreement with [Velmora].", None, "2024-03-05"),
        ("In May 2021 [Tarn Optics] signed an agreement with [Velmora].", None, "2021-05"),
        ("[Tarn Optics] signed an agreement with [Velmora] in 2019.", None, "2019"),
        ("Last year [Tarn Optics] signed an agreement with [Velmora].", "2024-06-01", "2023"),
        ("[Tarn Optics] signed an agreement with [Velmora] on 8 December 2023.", None, "2023-12-08"),
        ("[Tarn Optics] signed an agreement with [Velmora] yesterday.", "2024-03-01", "2024-02-29"),
        ("On December 8 [Tarn Optics] signed an agreement with [Velmora].", "2024-01-02", "2023-12-08"),
        ("[Tarn Optics] signed an agreement with [Velmora].", "2024-01-02", None),
    ],
)
def test_dates(text: str, published: str | None, expected: str | None) -> None:
    """The date of the event is read against that of the document, or not at all."""
    _, _, claims = read_claims(text, published)
    assert [claim.date for claim in claims] == [expected]


def test_every_claim_quotes_its_document() -> None:
    """Spans lie in the text, and the trigger stands in the sentence."""
    for _, text, _ in CASES:
        document, names, claims = read_claims(text)
        for claim in claims:
            evidence = claim.evidence
            assert claim.source in names
            assert evidence.sentence.end <= len(document.text)
            assert (
                evidence.sentence.start <= evidence.source.start < evidence.sentence.end or evidence.source.start >= 0
            )
            if evidence.trigger is not None:
                assert evidence.sentence.start <= evidence.trigger.start < evidence.trigger.end <= evidence.sentence.end


def test_a_school_is_part_of_its_university() -> None:
    """part_of runs from the child, and is no collaboration."""
    _, names, claims = read_claims("[Oakhaven University School of Law] opened; [Oakhaven University] paid for it.")
    parts = [(names[claim.source], names[claim.target]) for claim in claims if claim.kind == "part_of"]
    assert parts == [("Oakhaven University School of Law", "Oakhaven University")]
