"""File or text → documents: format, decoding, cleaning, language, title, date."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from extract.clean import clean_text
from extract.errors import ReadError
from extract.formats import FORMATS, Article, read_articles
from extract.records import Document

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")


def list_files(paths: Iterable[str | Path]) -> Iterator[Path]:
    """The files that ``paths`` name, in order; of a folder all files below it that a format reads, by path.

    Hidden files and folders (``.git``) are passed over.

    Raises:
        ReadError: A path does not exist.
    """
    for path in map(Path, paths):
        if path.is_dir():
            for below in sorted(path.rglob("*")):
                hidden = any(part.startswith(".") for part in below.relative_to(path).parts)
                if not hidden and below.suffix.lower() in FORMATS and below.is_file():
                    yield below
        elif path.exists():
            yield path
        else:
            raise ReadError(f"{path}: there is no such file or folder")


def read_file(path: str | Path) -> Iterator[Document]:
    """The documents of a file: one, or several where it holds several articles.

    Raises:
        ReadError: The file is missing, empty, no text, damaged, or of an unknown format.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror
        raise ReadError(f"{path}: {reason}") from error
    if not data.strip():
        raise ReadError(f"{path}: the file is empty")
    yield from read_bytes(data, suffix=path.suffix, origin=str(path))


def read_bytes(data: bytes, *, suffix: str, origin: str) -> Iterator[Document]:
    """The documents in ``data``, read by the format of ``suffix`` (``.txt``).

    Raises:
        ReadError: The bytes hold no article, are damaged, or the format is unknown.
    """
    documents = [read_article(article, origin=origin) for article in read_articles(data, suffix, origin)]
    documents = [document for document in documents if document.text]
    if not documents:
        raise ReadError(f"{origin}: no text in it")
    yield from documents


def read_text(
    text: str,
    *,
    origin: str | None = None,
    language: str | None = None,
    title: str | None = None,
    published: str | None = None,
) -> Document:
    """One article given as text; its language is told from its letters unless given."""
    return read_article(Article(text=text, language=language, title=title, published=published), origin=origin)


def read_article(article: Article, *, origin: str | None) -> Document:
    """The document of an article: cleaned, with the map back."""
    text, offsets, dropped = clean_text(article.text, pages=article.pages)
    return Document(
        id=document_id(text),
        text=text,
        language=article.language or tell_language(text),
        title=article.title,
        published=article.published,
        outlet=article.outlet,
        origin=origin,
        offsets=offsets,
        dropped=dropped,
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
