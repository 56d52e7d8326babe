"""The formats: one article written in each of them reads the same."""

import csv
import io
import json
import textwrap
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest

from extract.errors import ReadError
from extract.pipeline import extract_file
from extract.read import read_each, read_file
from extract.records import Document

TITLE = "碳纤维有了本地造"
PARAGRAPHS = (
    "沙溪镇的产业园里，一座中试车间刚刚封顶。澄湖新材料研究院与娄江智能装备有限公司在这里联合研发高强度碳纤维，"
    "第一批样件已经送到客户手中，反响良好。",
    "研究院院长沈若水说，三年来双方共投入四千六百万元，申请专利五十八件，其中三十一件已经授权。下一步，两家单位"
    "还将把成果送到上海的整车厂验证，并向更多企业开放。",
    "沙溪职业技术学院分别与上述两家单位签订协议，开办复合材料订单班，每年招收学员八十人。",
)
TEXT = "\n".join((TITLE, *PARAGRAPHS))


def html() -> bytes:
    """A web page with menus around the article."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{TITLE}</title>
        <meta property="og:site_name" content="东郊日报"><meta name="pubdate" content="2024-05-08">
        <script>var menu = "首页";</script></head><body>
        <nav><ul><li><a href="/">首页</a></li><li><a href="/a">要闻</a></li><li><a href="/b">版权</a></li></ul></nav>
        <article><h1>{TITLE}</h1>{body}</article><footer>版权所有</footer></body></html>"""
    return page.encode()


def word() -> bytes:
    """A Word file."""
    document, file = docx.Document(), io.BytesIO()
    document.add_heading(TITLE)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    document.save(file)
    return file.getvalue()


def markdown() -> bytes:
    """A Markdown file with front matter, an image, bold type and a link."""
    first = (
        PARAGRAPHS[0].replace("澄湖新材料研究院", "**澄湖新材料研究院**").replace("碳纤维", "[碳纤维](https://x.test)")
    )
    parts = [
        "---",
        f"title: {TITLE}",
        "date: 2024-05-08",
        "---",
        f"# {TITLE}",
        "![照片](a.png)",
        first,
        *PARAGRAPHS[1:],
    ]
    return "\n\n".join(parts).replace("\n\n", "\n", 4).encode()


def lines() -> bytes:
    """Rows of JSON."""
    row = {"标题": TITLE, "正文": "\n".join(PARAGRAPHS), "来源": "东郊日报", "发布日期": "2024/05/08 10:30"}
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()


def table() -> bytes:
    """A CSV table as spreadsheets write it."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["title", "content", "date"], [TITLE, "\n".join(PARAGRAPHS), "2024-05-08"]])
    return file.getvalue().encode("utf-8-sig")


def archive() -> bytes:
    """An archive within an archive."""
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("文章.txt", TEXT)
    with zipfile.ZipFile(outer, "w") as file:
        file.writestr("inner.zip", inner.getvalue())
        file.writestr("__MACOSX/x.txt", "no article")
    return outer.getvalue()


def book() -> bytes:
    """An e-book of a cover and a chapter."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", "application/epub+zip")
        package.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OPS/book.opf"/></rootfiles></container>',
        )
        package.writestr(
            "OPS/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="c" href="cover.xhtml"/>'
            '<item id="a" href="a.xhtml"/></manifest><spine><itemref idref="c"/><itemref idref="a"/></spine></package>',
        )
        package.writestr("OPS/cover.xhtml", "<html><body><img src='x.png'/></body></html>")
        package.writestr("OPS/a.xhtml", html())
    return file.getvalue()


def mail() -> bytes:
    """A mail."""
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = TITLE, "a@x.test", "Wed, 08 May 2024 10:00:00 +0800"
    message.set_content("\n".join(PARAGRAPHS))
    return message.as_bytes()


def pdf(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """A PDF file: on each page texts with left, baseline and size in points."""
    fonts = [
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [2 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /FontDescriptor 3 0 R"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
        " /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ]
    objects = [font.encode() for font in fonts]
    tree = len(objects) + 2 * len(pages) + 1
    for page in pages:
        shown = [f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj" for x, y, size, text in page]
        content = "\n".join(["BT", *shown, "ET"]).encode()
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 1 0 R >> >> >>" % (tree, len(objects))
        )
    kids = " ".join(f"{len(fonts) + 2 * number} 0 R" for number in range(1, len(pages) + 1))
    objects.append(f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode())
    objects.append(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, tree + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + entries + trailer


def set_page(number: int, title: str, paragraphs: tuple[str, ...]) -> list[tuple[float, float, float, str]]:
    """A page with a header, a title over two columns, and a page number."""
    size, width = 11.0, 20
    rows = [("　　" + text)[at : at + width] for text in paragraphs for at in range(0, len(text) + 2, width)]
    half = -(-len(rows) // 2)
    page = [
        (40.0, 812.0, 9.0, "东郊日报　2024年5月8日"),
        (290.0, 25.0, 9.0, str(number)),
        (120.0, 740.0, 22.0, title),
    ]
    for at, row in enumerate(rows):
        text = row.lstrip("　")
        left = 40 + (at // half) * (width * size + 20) + (len(row) - len(text)) * size
        page.append((left, 690 - 16 * (at % half), size, text))
    return page


WRITERS: dict[str, Callable[[], bytes]] = {
    "utf-8.txt": lambda: TEXT.encode(),
    "bom.txt": lambda: TEXT.encode("utf-8-sig"),
    "windows.txt": lambda: TEXT.replace("\n", "\r\n").encode("gb18030"),
    "utf-16.txt": lambda: TEXT.encode("utf-16"),
    "page.html": html,
    "word.docx": word,
    "mark.md": markdown,
    "rows.jsonl": lines,
    "table.csv": table,
    "packed.zip": archive,
    "book.epub": book,
    "mail.eml": mail,
    "paper.pdf": lambda: pdf([set_page(1, TITLE, PARAGRAPHS)]),
}


@pytest.fixture(scope="module")
def expected() -> set[tuple[str, ...]]:
    """What the article says as plain text."""
    return says(TEXT.encode(), "plain.txt", Path("/nowhere"))


def says(data: bytes, name: str, folder: Path) -> set[tuple[str, ...]]:
    """The claims of a file, by names."""
    path = folder / name
    if name == "plain.txt":
        from extract.pipeline import extract_text

        extractions = [extract_text(data.decode())]
    else:
        path.write_bytes(data)
        extractions = list(extract_file(path))
    found = set()
    for extraction in extractions:
        names = {organization.id: organization.name for organization in extraction.organizations}
        found |= {(names[claim.source], claim.kind, names[claim.target]) for claim in extraction.claims}
    return found


@pytest.mark.parametrize("name", WRITERS)
def test_an_article_reads_the_same_in_every_format(name: str, expected: set[tuple[str, ...]], tmp_path: Path) -> None:
    """The clean text is that of the plain file, and so are the claims."""
    path = tmp_path / name
    path.write_bytes(WRITERS[name]())
    (document,) = read_file(path)
    assert document.text == TEXT
    assert document.title == TITLE
    assert says(path.read_bytes(), name, tmp_path) == expected


@pytest.mark.parametrize("name", ["page.html", "mark.md", "rows.jsonl", "table.csv", "mail.eml", "paper.pdf"])
def test_a_format_that_knows_the_date_says_it(name: str, tmp_path: Path) -> None:
    """Date and outlet come from where the format keeps them."""
    (tmp_path / name).write_bytes(WRITERS[name]())
    (document,) = read_file(tmp_path / name)
    assert document.published == "2024-05-08"
    assert document.outlet == ("东郊日报" if name in ("page.html", "rows.jsonl") else None)


def test_columns_may_be_named(tmp_path: Path) -> None:
    """A table whose columns have names of their own is read when one says which is which."""
    path = tmp_path / "a.tsv"
    path.write_text(f"Kopf\tStory\tTag\n{TITLE}\t{PARAGRAPHS[0]}\t2024-05-08\n", encoding="utf-8")
    with pytest.raises(ReadError, match="it has Kopf, Story, Tag: say which with --columns text=NAME"):
        list(read_file(path))
    (document,) = read_file(path, columns={"text": "Story", "title": "Kopf", "published": "Tag"})
    assert (document.text, document.published) == (f"{TITLE}\n{PARAGRAPHS[0]}", "2024-05-08")


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16-le", "utf-16-be", "utf-8"])
def test_traditional_text_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    """An encoding is recognized without a mark."""
    text = "湖東氫能與沙洲理工大學簽訂協議，共同研發高壓閥門。雙方將在三年內投入五千萬元，並在湖邊設立實驗室。" * 3
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    (document,) = read_file(tmp_path / "a.txt")
    assert document.text == text


def test_pages_of_a_pdf_are_kept_and_its_headers_dropped(tmp_path: Path) -> None:
    """Columns are read one after the other, page numbers go with the evidence, headers and numbers are left out."""
    path = tmp_path / "two.pdf"
    path.write_bytes(pdf([set_page(1, TITLE, PARAGRAPHS), set_page(2, "相关报道", PARAGRAPHS[::-1])]))
    (document,) = read_file(path)
    assert document.text.split("\n") == [TITLE, *PARAGRAPHS, "相关报道", *PARAGRAPHS[::-1]]
    assert document.offsets.page(0) == 1
    assert document.offsets.page(document.text.index("相关报道")) == 2
    assert [part.reason for part in document.dropped] == ["header"] * 4


ENGLISH = (
    "Loujiang Robotics and the Chenghu Institute have run a joint laboratory for welding robots and carbon fibre since "
    "2021. Their new plan covers sensors as well, and the budget is 46 million yuan until the end of the decade, the "
    "two partners said on Monday.",
    "The city will give the land for a building in Shaxi, and lend its own testing centre until that stands. Shaxi "
    "College will send thirty students a year to work there.",
)


def test_english_columns_of_a_pdf_are_joined_with_hyphens_undone(tmp_path: Path) -> None:
    """Two columns of lines, words parted at their ends, and a running head on each page."""
    text = [textwrap.wrap(paragraph.replace("laboratory", "labora- tory"), 38) for paragraph in ENGLISH]
    rows = [row.replace("labora- tory", "laboratory") for paragraph in text for row in paragraph]
    half = -(-len(rows) // 2)
    page = [(40.0, 812.0, 9.0, "Lakeside Herald")]
    page += [(40 + at // half * 250, 700 - 16.0 * (at % half), 11.0, row) for at, row in enumerate(rows)]
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf([page, page]))
    (document,) = read_file(path)
    assert document.text.split("\n")[:2] == list(ENGLISH)
    assert "Herald" not in document.text


def test_a_bad_part_of_an_archive_loses_nothing_else(tmp_path: Path) -> None:
    """What cannot be read in an archive is an error in its place; the rest is read."""
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("1.txt", TEXT)
        file.writestr("2.pdf", b"%PDF-1.4 broken")
        file.writestr("3.txt", b"")
        file.writestr("4.txt", TEXT)
    found = list(read_each(path))
    assert [isinstance(part, Document) for part in found] == [True, False, False, True]
    assert "a.zip/2.pdf: the PDF file cannot be opened: it is damaged" in str(found[1])
    with pytest.raises(ReadError, match=r"2\.pdf"):
        list(read_file(path))


def flipped(data: bytes) -> bytes:
    """An archive with bits turned over in the middle of each compressed file."""
    broken = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for member in package.infolist():
            at = member.header_offset + 60 + member.compress_size // 2
            broken[at : at + 40] = bytes(byte ^ 0x55 for byte in broken[at : at + 40])
    return bytes(broken)


BROKEN = {
    "empty.txt": (b"", "the file is empty"),
    "blank.txt": (b" \n\n", "the file is empty"),
    "picture.txt": (bytes(range(256)) * 40, "the bytes are no text"),
    "unknown.xyz": (b"text", "no format reads .xyz"),
    "none": (b"text", "no format reads a name without suffix"),
    "scan.pdf": (pdf([[]]), "it is a scan"),
    "cut.pdf": (pdf([set_page(1, TITLE, PARAGRAPHS)])[:300], "cannot be opened: it is damaged"),
    "cut.docx": (word()[:2000], "the Word file is damaged"),
    "flipped.docx": (flipped(word()), "the Word file is damaged"),
    "cut.zip": (archive()[:60], "the archive is damaged"),
    "book.epub": (archive(), "the e-book is damaged"),
    "nothing.html": (b"<html><body></body></html>", "there is no text in the page"),
    "table.csv": ("甲,乙\n1,2\n".encode(), "no column is named as one that holds the text"),
    "long.txt": ("产业".encode() * 8_400_000, "16,800,000 characters; over 12,000,000 it is no article"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_bad_file_is_said_in_one_sentence(name: str, tmp_path: Path) -> None:
    """Empty, binary, cut off, unknown, scanned or far too long: the message names the file and the reason."""
    data, message = BROKEN[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ReadError) as caught:
        list(read_file(tmp_path / name))
    assert str(tmp_path / name) in str(caught.value)
    assert message in str(caught.value)


def test_a_bomb_stays_packed(tmp_path: Path) -> None:
    """An archive that would unpack to far more than it holds is refused before it is unpacked, also in a Word file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.txt", b"0" * 50_000_000)
    (tmp_path / "bomb.zip").write_bytes(file.getvalue())
    (error,) = read_each(tmp_path / "bomb.zip")
    assert "left packed" in str(error)


def test_entities_of_a_word_file_are_not_expanded(tmp_path: Path) -> None:
    """A Word file whose XML defines entities by entities is read or refused, at once."""
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    file = io.BytesIO(word())
    with zipfile.ZipFile(file) as package:
        parts = {member: package.read(member) for member in package.namelist()}
    body = parts["word/document.xml"].decode().replace(TITLE, "&a11;").split("?>", 1)[1]
    parts["word/document.xml"] = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "甲">{bomb}]>{body}'.encode()
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w") as package:
        for member, data in parts.items():
            package.writestr(member, data)
    try:
        (document,) = read_file(tmp_path / "bomb.docx")
    except ReadError:
        return
    assert len(document.text) < 1000
