"""E-books: each chapter as an article, in reading order."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from extract.errors import ReadError
from extract.formats import LARGEST, Article
from extract.formats.archive import read_member
from extract.formats.html import read_articles as read_page

_CONTAINER = "META-INF/container.xml"


def read_articles(data: bytes, name: str) -> Iterator[Article | ReadError]:
    """One article a chapter; its place is the chapter's file.

    Raises:
        ReadError: The file is no whole e-book.
    """
    try:
        book = zipfile.ZipFile(io.BytesIO(data))
        if sum(member.file_size for member in book.infolist()) > LARGEST:
            raise ReadError(f"{name}: unpacked it would be over {LARGEST // 1_000_000} MB")
        chapters = list(_chapters(book, name))
    except (zipfile.BadZipFile, LookupError, ValueError, TypeError, OSError, NotImplementedError, etree.Error) as error:
        raise ReadError(f"{name}: the e-book is damaged ({type(error).__name__}: {error})") from error
    for member in chapters:
        where = f"{name}/{member.filename}"
        try:
            for article in read_page(read_member(book, member, where), where):
                yield replace(article, place=member.filename)
        except ReadError as error:
            if "no text" not in str(error):  # covers and dividers hold none
                yield error


def _chapters(book: zipfile.ZipFile, name: str) -> Iterator[zipfile.ZipInfo]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)

    def parse(path: str) -> etree._Element:
        return etree.fromstring(read_member(book, book.getinfo(path), f"{name}/{path}"), parser)

    (root, *_) = parse(_CONTAINER).iterfind(".//{*}rootfile")
    package_path = root.get("full-path") or ""
    package = parse(package_path)
    files = {item.get("id"): item.get("href") or "" for item in package.iterfind(".//{*}manifest/{*}item")}
    for reference in package.iterfind(".//{*}spine/{*}itemref"):
        href = unquote(files[reference.get("idref")])
        yield book.getinfo(posixpath.normpath(posixpath.join(posixpath.dirname(package_path), href)))
