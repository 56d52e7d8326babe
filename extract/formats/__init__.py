"""One file an input format: bytes → the articles in them, and what the format knows of each.

``FORMATS`` maps a suffix to the module that reads it; each has ``read_articles(data, name)``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from extract.errors import ReadError

FORMATS = {
    ".txt": "text",
    ".text": "text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The raw text of one article and what its format says of it; ``None`` is what it does not say.

    ``pages`` holds the offset in ``text`` at which each page begins; it starts with 0.
    ``wrapped`` is whether the lines may be those of a printed page, to be joined into paragraphs.
    """

    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    pages: tuple[int, ...] = (0,)
    wrapped: bool = True


def read_articles(data: bytes, suffix: str, name: str) -> Iterator[Article]:
    """The articles in ``data``, which came with the suffix ``suffix`` (``.txt``); ``name`` is for messages.

    Raises:
        ReadError: No format has the suffix, or the bytes are not of that format.
    """
    module = FORMATS.get(suffix.lower())
    if module is None:
        known = " ".join(sorted(FORMATS))
        raise ReadError(f"{name}: no format reads {suffix or 'a name without suffix'}; these are read: {known}")
    articles: Iterator[Article] = import_module(f"extract.formats.{module}").read_articles(data, name)
    yield from articles
