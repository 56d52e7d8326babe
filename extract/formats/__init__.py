"""One file an input format: bytes → the articles in them, and what the format knows of each.

``FORMATS`` maps a suffix to the module that reads it; each has ``read_articles(data, name)``.  A module that holds
files of other formats (``archive``, ``mail``) reads them through ``read_articles`` of this package.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType

from extract.errors import ReadError

FORMATS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".jsonl": "records",
    ".ndjson": "records",
    ".csv": "records",
    ".tsv": "records",
    ".zip": "archive",
    ".epub": "epub",
    ".eml": "mail",
}
DEEPEST = 3  # archives within archives
LARGEST = 400_000_000  # bytes of a file, or of an archive unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The raw text of one article and what its format says of it; ``None`` is what it does not say.

    ``place`` tells it from the others of its file: the name within an archive, the number of a row, an address.
    ``pages`` holds the offset in ``text`` at which each page begins; it starts with 0.  ``headers`` are stretches
    ``[start, end)`` of the text that the format knows to be page headers, footers and numbers.
    """

    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    place: str | None = None
    pages: tuple[int, ...] = (0,)
    headers: tuple[tuple[int, int], ...] = ()


def read_articles(
    data: bytes, suffix: str, name: str, *, depth: int = 0, columns: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Article | ReadError]:
    """The articles in ``data``, which came with the suffix ``suffix`` (``.txt``); ``name`` is for messages.

    ``columns`` says for ``text``, ``title``, ``published``, ``outlet`` … which column of a table holds it.  What of an
    archive cannot be read comes as an error in its place, so that nothing else is lost.

    Raises:
        ReadError: No format has the suffix, or the bytes as a whole are not of that format.
    """
    module = FORMATS.get(suffix.lower())
    if module is None:
        known = " ".join(sorted(FORMATS))
        raise ReadError(f"{name}: no format reads {suffix or 'a name without suffix'}; these are read: {known}")
    if depth > DEEPEST:
        raise ReadError(f"{name}: archives within archives are opened {DEEPEST} deep; unpack it first")
    if not data.strip():
        raise ReadError(f"{name}: the file is empty")
    reader = import_module(f"extract.formats.{module}")
    if module in _HOLDERS:
        yield from reader.read_articles(data, name, depth, columns)
    elif module == "records":
        yield from reader.read_articles(data, name, columns)
    else:
        yield from reader.read_articles(data, name)


_HOLDERS = ("archive", "mail")  # formats that hold files of other formats


def with_title(title: str | None, text: str) -> str:
    """The text with its title as the first line, unless it begins with it."""
    title = " ".join(title.split()) if title else ""
    if not title or text.lstrip("#＃ \n").startswith(title):
        return text
    return f"{title}\n{text}"
