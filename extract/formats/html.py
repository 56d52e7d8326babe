"""Web pages: the article's text without menus, with title, date and outlet, by trafilatura."""

import logging
import re
from collections.abc import Iterator

from lxml import etree
from trafilatura import bare_extraction, html2txt

from extract.errors import ReadError
from extract.formats import Article, with_title
from extract.formats.text import decode

_CHARSET = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?([\w-]{2,20})""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_SHORTEST = 20  # characters below which the reader of articles has missed the article

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it reports each page that holds no article
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read_articles(data: bytes, name: str) -> Iterator[Article]:
    """The one article of a web page."""
    yield article_of(_decode(data, name), name)


def article_of(page: str, name: str) -> Article:
    """The article of a page given as text.

    Raises:
        ReadError: There is no text in it.
    """
    page = _DECLARATION.sub("", page.replace("\x00", ""))
    try:
        found = bare_extraction(page, with_metadata=True, include_comments=False, include_tables=True, url=None)
        text = (found.text or "") if found is not None and not isinstance(found, dict) else ""
        if len(text) < _SHORTEST:
            text = html2txt(page) or text
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, etree.Error, RecursionError) as error:
        raise ReadError(f"{name}: the page is damaged: {error}") from error
    if not text.strip():
        raise ReadError(f"{name}: there is no text in the page")
    title = published = outlet = None
    if found is not None and not isinstance(found, dict):
        title, published, outlet = found.title, found.date, found.sitename
    return Article(text=with_title(title, text), title=title, published=published, outlet=outlet)


def _decode(data: bytes, name: str) -> str:
    if match := _CHARSET.search(data[:4096]):
        encoding = match[1].decode("ascii").lower()
        encoding = "gb18030" if encoding in ("gb2312", "gbk", "gb_2312-80") else encoding
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            pass  # pages lie about their encoding
    return decode(data, name)
