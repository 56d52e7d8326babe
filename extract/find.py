"""Document → mentions."""

from extract.records import Document, Mention


def find_mentions(document: Document) -> tuple[Mention, ...]:
    """The mentions of organizations in the document."""
    return ()
