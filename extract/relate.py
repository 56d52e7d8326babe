"""Sentences and their mentions → claims with evidence."""

from collections.abc import Sequence

from extract.clauses import clause_kind
from extract.cues import load_cues
from extract.discourse import read_discourse
from extract.ontology import load_ontology
from extract.records import Claim, Document, Evidence, Mention, Organization, Span

_WIDEST = 8  # mentions between which a pair is still read


def relate(document: Document, mentions: Sequence[Mention], organizations: Sequence[Organization]) -> tuple[Claim, ...]:
    """What the document claims between its organizations, in order of the text; one claim a pair, kind and sentence.

    ``mentions`` and ``organizations`` are those of ``resolve_organizations``.
    """
    cues = load_cues("zh")
    discourse = read_discourse(document, mentions)
    claims: list[Claim] = []
    seen: set[tuple[int, str, str]] = set()
    for i, j in _neighbours(discourse.at):
        first, second = discourse.mentions[i], discourse.mentions[j]
        if first.organization is None or second.organization is None or first.organization == second.organization:
            continue
        sentence = discourse.sentences[discourse.at[i]]
        middle = discourse.masked(first.span.end, second.span.start)
        left = discourse.masked(sentence.start, first.span.start)
        right = discourse.masked(second.span.end, sentence.end)
        kind = clause_kind(left, middle, right, cues)
        source, target = first, second
        if kind is not None and not load_ontology().claim_kind(kind).directed:
            source, target = sorted((first, second), key=lambda m: m.organization or "")
        key = (
            discourse.at[i],
            min(first.organization, second.organization),
            max(first.organization, second.organization),
        )
        if kind is None or key in seen:
            continue
        seen.add(key)
        trigger = cues.pattern.search(document.text, first.span.end, sentence.end)
        claims.append(
            Claim(
                source=source.organization or "",
                target=target.organization or "",
                kind=kind,
                evidence=Evidence(
                    document=document.id,
                    sentence=sentence,
                    source=source.span,
                    target=target.span,
                    trigger=Span(trigger.start(), trigger.end()) if trigger else None,
                    confidence=0.6,
                    method="clause",
                ),
            )
        )
    return tuple(claims)


def _neighbours(at: Sequence[int]) -> list[tuple[int, int]]:
    return [(i, j) for i in range(len(at)) for j in range(i + 1, min(len(at), i + 1 + _WIDEST)) if at[i] == at[j]]
