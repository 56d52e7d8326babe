"""PDF files, by PDFium: text in reading order, column by column, with the pages, headers and footers marked."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pypdfium2
from pypdfium2 import raw as pdfium

from extract.errors import ReadError
from extract.formats import Article
from extract.formats.layout import Piece, reading_order
from extract.page.articles import find_date
from extract.page.roles import load_marks

_MOST_PAGES = 3000
_MARGIN = 0.1  # of the height of a page, at its top and bottom, where headers stand
_NUMBER = re.compile(r"[-—–·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／]\s*\d{1,4})?[-—–·\s]*|[Pp]age \d+( of \d+)?")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


def read_articles(data: bytes, name: str) -> Iterator[Article]:
    """The text of a PDF file as one article, its pages marked.

    Raises:
        ReadError: The file is damaged or locked, or holds pictures of text (a scan).
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = "it is locked with a password" if "assword" in str(error) else "it is damaged"
        raise ReadError(f"{name}: the PDF file cannot be opened: {reason}") from error
    try:
        count = len(document)
        if count > _MOST_PAGES:
            raise ReadError(f"{name}: it has {count:,} pages; over {_MOST_PAGES:,} it is no article, split it")
        pages = [_read_page(document, number) for number in range(count)]
        title = document.get_metadata_dict(skip_empty=True).get("Title")
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{name}: the PDF file is damaged: {error}") from error
    finally:
        document.close()
    if not any(piece.text.strip() for lines, _ in pages for piece in lines):
        raise ReadError(f"{name}: the PDF file holds no text: it is a scan; run a text recognition on it first")
    yield _join(pages, title)


def _read_page(document: pypdfium2.PdfDocument, number: int) -> tuple[list[Piece], float]:
    """The pieces of lines of a page in reading order, and its height."""
    page = document[number]
    text = page.get_textpage()
    try:
        return reading_order(_pieces(text.raw)), float(page.get_height())
    finally:
        text.close()
        page.close()


def _pieces(text: object) -> list[Piece]:
    """The characters of a page as pieces of lines: a piece ends where the line does, or where a column's gap is."""
    rectangle = pdfium.FS_RECTF()
    pieces: list[Piece] = []
    characters: list[str] = []
    box = [0.0, 0.0, 0.0, 0.0]  # left, bottom, right, top
    space = False

    def close() -> None:
        if characters:
            pieces.append(Piece("".join(characters), box[0], box[1], box[2], box[3]))
            characters.clear()

    for index in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if code in (0, 0xFFFE, 2):
            code = 0x2D  # PDFium's sign for the hyphen at the end of a line
        character = chr(code) if not 0xD800 <= code <= 0xDFFF and code < 0x110000 else "\ufffd"
        if character in "\r\n":
            continue
        if character.isspace():
            space = True
            continue
        if not pdfium.FPDFText_GetLooseCharBox(text, index, rectangle):
            continue
        x0, x1, y0, y1 = rectangle.left, rectangle.right, rectangle.bottom, rectangle.top
        size = max(y1 - y0, 1.0)
        middle = (y0 + y1) / 2
        same_line = characters and box[1] - 0.1 * size <= middle <= box[3] + 0.1 * size
        gap = x0 - box[2]
        if not same_line or gap > 1.6 * size or gap < -1.5 * size:
            close()
            box = [x0, y0, x1, y1]
        else:
            wide = _HAN.match(character) and _HAN.match(characters[-1])
            if gap > 0.7 * size or (space and not wide) or (gap > 0.25 * size and not wide):
                characters.append(" ")
            box = [min(box[0], x0), min(box[1], y0), max(box[2], x1), max(box[3], y1)]
        characters.append(character)
        space = False
    close()
    return pieces


def _join(pages: Sequence[tuple[Sequence[Piece], float]], title: str | None) -> Article:
    repeated, known = _repeated(pages), load_marks().header
    parts: list[str] = []
    starts: list[int] = []
    headers: list[tuple[int, int]] = []
    position = 0
    for pieces, height in pages:
        starts.append(position)
        for piece in pieces:
            if piece.text and _in_margin(piece, height):
                start = position + len(piece.lead)
                if _digitless(piece.text) in repeated or _NUMBER.fullmatch(piece.text) or known.fullmatch(piece.text):
                    headers.append((start, start + len(piece.text)))
            line = f"{piece.lead}{piece.text}\n"
            parts.append(line)
            position += len(line)
    text = "".join(parts)
    published = find_date("\n".join(text[start:end] for start, end in headers))
    return Article(text=text, title=title, published=published, pages=tuple(starts), headers=tuple(headers))


def _repeated(pages: Sequence[tuple[Sequence[Piece], float]]) -> frozenset[str]:
    """What stands in the margin of at least two pages, and of a third of all, whatever its numbers."""
    seen = Counter(
        text
        for pieces, height in pages
        for text in {_digitless(piece.text) for piece in pieces if piece.text and _in_margin(piece, height)}
    )
    return frozenset(text for text, count in seen.items() if count >= max(2, len(pages) / 3))


def _in_margin(piece: Piece, height: float) -> bool:
    return piece.bottom > (1 - _MARGIN) * height or piece.top < _MARGIN * height


def _digitless(text: str) -> str:
    return re.sub(r"\d+", "0", text)
