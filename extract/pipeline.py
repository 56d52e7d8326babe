"""The five steps in order: read → clean → find → resolve → relate."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.find import find_mentions
from extract.read import read_file, read_text
from extract.records import Document, Extraction
from extract.relate import relate
from extract.resolve import resolve_organizations


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read: ``names`` are files of a person's own register, ``model`` a spaCy pipeline by name or path."""

    names: tuple[str, ...] = ()
    model: str | None = None


DEFAULTS = Options()


def extract_document(document: Document, options: Options = DEFAULTS) -> Extraction:
    """What the document says: mentions, organizations, claims with their evidence."""
    mentions = find_mentions(document)
    mentions, organizations = resolve_organizations(document, mentions)
    claims = relate(document, mentions, organizations)
    return Extraction(document=document, mentions=mentions, organizations=organizations, claims=claims)


def extract_text(
    text: str,
    options: Options = DEFAULTS,
    *,
    origin: str | None = None,
    language: str | None = None,
    title: str | None = None,
    published: str | None = None,
) -> Extraction:
    """What one article, given as text, says.

    ``language`` is ``zh`` or ``en``, told from the text unless given; ``published`` an ISO date, against which
    dates such as 今年3月 are read.
    """
    document = read_text(text, origin=origin, language=language, title=title, published=published)
    return extract_document(document, options)


def extract_file(path: str | Path, options: Options = DEFAULTS) -> Iterator[Extraction]:
    """What a file says, one extraction an article.

    Raises:
        ReadError: The file is missing, empty, no text, damaged, or of an unknown format.
    """
    for document in read_file(path):
        yield extract_document(document, options)
