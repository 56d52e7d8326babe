"""File or text → documents: format, decoding, cleaning, language, title, date."""

import hashlib
import logging
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from extract.clean import CleanText, clean_page, clean_text
from extract.errors import ReadError
from extract.formats import FORMATS, LARGEST, Article, read_articles
from extract.records import Document

log = logging.getLogger(__name__)

NO_COLUMNS: Mapping[str, str] = MappingProxyType({})
LONGEST = 12_000_000  # characters of one article
_STORE = "collabgraph.json"  # lies in each folder that is a store
_REPORT = re.compile(rb'\{"origin": "[^\n]*", "outcome": "(?:read|failed|unchanged)", "reason": ')  # a run's report

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")


def list_files(paths: Iterable[str | Path], *, leave_out: Iterable[Path] = ()) -> Iterator[Path]:
    """The files that ``paths`` name, in order; of a folder all files below it that a format reads, by path.

    Below a folder, hidden files and folders (``.git``), stores and reports are passed over.  ``leave_out`` are files
    and folders that are never read, such as what a run writes itself.

    Raises:
        ReadError: A path does not exist, or is a store.
    """
    left_out = {path.resolve() for path in leave_out}
    for path in map(Path, paths):
        if left_out and path.resolve() in left_out:
            continue
        if path.is_dir():
            if (path / _STORE).exists():
                raise ReadError(f"{path}: this is a store; give articles, or copy a store with collabgraph push")
            folder = path.resolve()
            within = {str(path / other.relative_to(folder)) for other in left_out if other.is_relative_to(folder)}
            yield from _files_below(path, within)
        elif not path.exists():
            raise ReadError(f"{path}: there is no such file or folder")
        elif _is_report(path):
            log.warning("passed over %s: it is the report of a run", path)
        else:
            yield path


def _files_below(folder: Path, left_out: Collection[str]) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        log.warning("passed over %s: %s", folder, error.strerror)
        return
    if any(entry.name == _STORE for entry in entries):
        return
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith(".") or (left_out and str(path) in left_out):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files_below(path, left_out)
        elif path.suffix.lower() in FORMATS and entry.is_file() and not _is_report(path):
            yield path


def _is_report(path: Path) -> bool:
    if path.suffix.lower() != ".jsonl":
        return False
    try:
        with path.open("rb") as file:
            return _REPORT.match(file.readline(10_000)) is not None
    except OSError:
        return False  # reading it says why


def read_file(path: str | Path, *, columns: Mapping[str, str] = NO_COLUMNS) -> Iterator[Document]:
    """The documents of a file: one, or several where it holds several articles.

    Raises:
        ReadError: The file is missing, empty, no text, damaged, or of an unknown format; of an archive or table the
            first part that could not be read, after all documents that could.
    """
    failed: ReadError | None = None
    for document in read_each(path, columns=columns):
        if isinstance(document, ReadError):
            failed = failed or document
        else:
            yield document
    if failed is not None:
        raise failed


def read_each(
    path: str | Path, *, columns: Mapping[str, str] = NO_COLUMNS, origin: str | None = None
) -> Iterator[Document | ReadError]:
    """The documents of a file, and in its place an error for each part of an archive or table that is unreadable.

    ``columns`` says for ``text``, ``title``, ``published``, ``outlet`` … which column of a table holds it.  ``origin``
    is what the file is called in documents and errors, where that is not its path.

    Raises:
        ReadError: The file as a whole cannot be read.
    """
    path, origin = Path(path), origin or str(path)
    yield from read_bytes(load_file(path, origin=origin), suffix=path.suffix, origin=origin, columns=columns)


def load_file(path: Path, *, origin: str) -> bytes:
    """The bytes of a file that is called ``origin`` in errors.

    Raises:
        ReadError: The file is missing, too large, or may not be read.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ReadError(f"{origin}: the file is over {LARGEST // 1_000_000} MB; split it")
        return path.read_bytes()
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
        raise ReadError(f"{origin}: {reason}") from error


def read_bytes(
    data: bytes, *, suffix: str, origin: str, columns: Mapping[str, str] = NO_COLUMNS
) -> Iterator[Document | ReadError]:
    """The documents in ``data``, read by the format of ``suffix`` (``.txt``); errors as ``read_each`` gives them.

    Raises:
        ReadError: The bytes hold no article, are damaged, or the format is unknown.
    """
    origin = origin.encode("utf-8", "replace").decode()  # a file name need not be text
    found = False
    for article in read_articles(data, suffix, origin, columns=columns):
        if isinstance(article, ReadError):
            found = True
            yield article
            continue
        place = f"{origin}#{article.place}" if article.place else origin
        if len(article.text) > LONGEST:
            found = True
            yield ReadError(f"{place}: {len(article.text):,} characters; over {LONGEST:,} it is no article, split it")
            continue
        cleaned = clean_page(article.text, pages=article.pages, headers=article.headers)
        texts = [text for text in cleaned if text.text]
        for number, text in enumerate(texts, 1):
            found = True
            where = place if len(texts) == 1 else f"{place}{':' if article.place else '#'}{number}"
            yield _make_document(article, text, where)
    if not found:
        raise ReadError(f"{origin}: there is no text in it")


def read_text(
    text: str,
    *,
    origin: str | None = None,
    language: str | None = None,
    title: str | None = None,
    published: str | None = None,
) -> Document:
    """One article given as text; its language is told from its letters unless given."""
    article = Article(text=text, language=language, title=title, published=published)
    return _make_document(article, clean_text(text), origin)


def _make_document(article: Article, clean: CleanText, origin: str | None) -> Document:
    """The document of a cleaned article; what the format says of it goes before what the page says."""
    return Document(
        id=document_id(clean.text),
        text=clean.text,
        language=article.language or tell_language(clean.text),
        title=article.title or clean.title,
        published=article.published or clean.published,
        outlet=article.outlet or clean.outlet,
        origin=origin,
        offsets=clean.offsets,
        dropped=clean.dropped,
    )


def document_id(text: str) -> str:
    """The id of the document whose clean text is ``text``: 20 hexadecimal digits."""
    return hashlib.blake2b(text.encode("utf-8", errors="surrogatepass"), digest_size=10).hexdigest()


def tell_language(text: str) -> str:
    """``zh`` or ``en``, whichever has more: Chinese characters, or Latin words counted double.

    >>> tell_language("昆山的 Acme Robotics 公司"), tell_language("Acme Robotics (昆山)")
    ('zh', 'en')
    """
    sample = text[:20_000]
    return "zh" if len(_HAN.findall(sample)) > 2 * len(_LATIN.findall(sample)) else "en"
