"""Document → mentions: what the finders of the document's language name."""

from collections.abc import Iterable

from extract.finders.chinese import find_chinese
from extract.finders.english import find_english
from extract.finders.register import Entry, Register
from extract.finders.scripts import other_script
from extract.names import simplify
from extract.records import Document, Mention, Span

THRESHOLD = 0.5
_FINDERS = {"zh": find_chinese, "en": find_english}

__all__ = ["THRESHOLD", "Entry", "Register", "find_mentions"]


def find_mentions(
    document: Document,
    *,
    threshold: float = THRESHOLD,
    names: Register | None = None,
    entities: Iterable[Span] = (),
) -> tuple[Mention, ...]:
    """The organizations that a document names, each place of each name, in order.

    Of overlapping names the surest stays, of equally sure ones the longest, then the first; a name that begins
    a longer one stays beside it, as the parent in a department's name.

    Args:
        document: A Chinese or English document; one in another language has no mentions.
        threshold: Mentions of a lower confidence, in [0, 1], are left out.
        names: A person's own register; its names are sure.
        entities: Spans that another model takes for organizations; they join the candidates.
    """
    find = _FINDERS.get(document.language)
    if find is None:
        return ()
    text = document.text
    searched = simplify(text) if document.language == "zh" else text
    found = find(searched, threshold=threshold, own=names, entities=((span.start, span.end) for span in entities))
    found = sorted([*found, *other_script(text, found)], key=lambda name: (name.start, name.end))
    return tuple(
        Mention(
            span=Span(name.start, name.end),
            text=text[name.start : name.end],
            kind=name.kind,
            finder=name.finder,
            confidence=name.confidence,
        )
        for name in found
    )
