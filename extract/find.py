"""Document → mentions: runs the finders, longest wins."""

from collections.abc import Iterable

from extract.finders.grammar import load_grammar
from extract.finders.register import Entry, Register, load_register
from extract.records import Document, Mention, Span
from extract.segment import segment

THRESHOLD = 0.5


def find_mentions(
    document: Document,
    *,
    threshold: float = THRESHOLD,
    names: Register | None = None,
    entities: Iterable[Span] = (),
) -> tuple[Mention, ...]:
    """The organizations that a document names, each place of each name, in order.

    Args:
        document: A document in a language that has a folder in ``extract.lang``.
        threshold: Mentions of a lower confidence, in [0, 1], are left out.
        names: A person's own register; its names are sure wherever no longer name hides them.
        entities: Spans that another model takes for organizations; they join the candidates.

    Raises:
        DataError: There are no lists for the document's language.
    """
    text = document.text
    found: list[tuple[Span, str, str, float]] = []
    for hit in names.hits(text) if names else ():
        found.append((Span(hit.start, hit.end), hit.entry.kind, "own", 1.0))
    for hit in load_register(document.language).hits(text):
        found.append((Span(hit.start, hit.end), hit.entry.kind, "register", 0.9))
    for shape in load_grammar(document.language).shapes(text, segment(text)):
        found.append((Span(shape.start, shape.end), shape.kind, "grammar", 0.6))
    for span in entities:
        found.append((span, "enterprise", "model", 0.6))
    return tuple(
        Mention(span=span, text=span.of(text), kind=kind, finder=finder, confidence=confidence)
        for span, kind, finder, confidence in _longest(found)
        if confidence >= threshold
    )


def _longest(
    found: Iterable[tuple[Span, str, str, float]],
) -> list[tuple[Span, str, str, float]]:
    """Of overlapping finds the longest; of equally long ones the first in the text, then the first found."""
    chosen: list[tuple[Span, str, str, float]] = []
    for item in sorted(found, key=lambda item: (item[0].start - item[0].end, item[0].start)):
        if not any(item[0].overlaps(other[0]) for other in chosen):
            chosen.append(item)
    return sorted(chosen, key=lambda item: item[0])


__all__ = ["THRESHOLD", "Entry", "Register", "find_mentions"]
