"""Word files: paragraphs and tables in their order, by python-docx."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from docx import Document
from docx.oxml.exceptions import InvalidXmlError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from extract.errors import ReadError
from extract.formats import LARGEST, Article, with_title

_DAMAGE = (  # what zipfile, lxml and python-docx raise on files that are cut, flipped, encrypted or made up
    *(zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, NotImplementedError, RuntimeError),
    *(etree.Error, InvalidXmlError, KeyError, ValueError, AttributeError, IndexError, TypeError),
)


def read_articles(data: bytes, name: str) -> Iterator[Article]:
    """The one article of a Word file; a table's row is a line, its cells parted by spaces."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(member.file_size for member in package.infolist()) > LARGEST:
                raise ReadError(f"{name}: unpacked it would be over {LARGEST // 1_000_000} MB; it is no article")
        document = Document(io.BytesIO(data))
        lines = list(_lines(document.iter_inner_content()))
        title = document.core_properties.title or None
    except _DAMAGE as error:
        raise ReadError(f"{name}: the Word file is damaged ({type(error).__name__}); save it again in Word") from error
    if title == "Word Document":  # what templates put there
        title = None
    text = "\n".join(lines)
    if not text.strip():
        raise ReadError(f"{name}: there is no text in the Word file")
    yield Article(text=with_title(title, text), title=title)


def _lines(content: Iterator[Paragraph | Table]) -> Iterator[str]:
    for block in content:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            for row in block.rows:
                cells: list[str] = []
                for cell in row.cells:
                    text = " ".join(cell.text.split())
                    if text and (not cells or cells[-1] != text):  # a merged cell comes once a column
                        cells.append(text)
                yield " ".join(cells)
