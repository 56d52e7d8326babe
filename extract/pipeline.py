"""The five steps in order: read → clean → find → resolve → relate."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extract.cues import load_cues
from extract.find import THRESHOLD, Register, find_mentions
from extract.read import read_file, read_text
from extract.records import Claim, Document, Extraction, Organization, Span
from extract.relate import relate
from extract.resolve import resolve_organizations
from extract.seats import state_seats


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to read.

    ``threshold`` is the confidence, in [0, 1], that a mention must have; ``claim_threshold`` that of a claim, ``None``
    for that of the document's language.  ``names`` is a person's own register
    (``extract.finders.own.read_names``); ``model`` gives the spans of a text that another model takes for
    organizations (``extract.component.load_model``).  ``columns`` are pairs of a field (``text``, ``title``,
    ``published``, ``outlet``, ``language``) and the column of a table that holds it, where its name does not say so.
    ``language`` is that of all documents (``zh``, ``en``), told from each text unless given.
    """

    threshold: float = THRESHOLD
    claim_threshold: float | None = None
    names: Register | None = None
    model: Callable[[str], Sequence[Span]] | None = None
    columns: tuple[tuple[str, str], ...] = ()
    language: str | None = None


DEFAULTS = Options()


def extract_document(document: Document, options: Options = DEFAULTS) -> Extraction:
    """What the document says: mentions, organizations, claims with their evidence."""
    if options.language is not None:
        document = replace(document, language=options.language)
    entities = options.model(document.text) if options.model else ()
    mentions = find_mentions(document, threshold=options.threshold, names=options.names, entities=entities)
    mentions, organizations = resolve_organizations(document, mentions)
    claims = relate(document, mentions, organizations, threshold=options.claim_threshold)
    return Extraction(
        document=document,
        mentions=mentions,
        organizations=state_seats(document, mentions, organizations),
        claims=claims,
        warnings=_warnings(document, organizations, claims),
    )


def _warnings(document: Document, organizations: Sequence[Organization], claims: Sequence[Claim]) -> tuple[str, ...]:
    """What a person should look at: two organizations and a word of working together, and no claim."""
    if claims or len(organizations) < 2:
        return ()
    cue = load_cues(document.language).pattern.search(document.text)
    return (f"no claim, although it names {len(organizations)} organizations and says {cue[0]}",) if cue else ()


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
    for document in read_file(path, columns=dict(options.columns)):
        yield extract_document(document, options)
