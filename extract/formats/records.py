"""Tables of articles: one JSON object a line, or CSV with a header; columns are known by their names."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from extract.errors import ReadError
from extract.formats import Article, with_title
from extract.formats.text import decode

COLUMNS = {
    "text": ("text", "content", "body", "article", "fulltext", "full_text", "正文", "内容", "全文", "文本", "文章内容"),
    "title": ("title", "headline", "标题", "题名", "题目"),
    "published": (
        "published",
        "date",
        "pubdate",
        "publish_date",
        "publish_time",
        "time",
        "发布日期",
        "发布时间",
        "日期",
        "时间",
    ),
    "outlet": ("outlet", "source", "publisher", "media", "site", "来源", "媒体", "报纸", "刊名"),
    "language": ("language", "lang", "语言"),
    "place": ("url", "link", "id", "链接", "网址", "编号"),
}


Names = Mapping[str, Sequence[str]]


def read_articles(data: bytes, name: str, columns: Mapping[str, str]) -> Iterator[Article | ReadError]:
    """One article a row; a row without text is an error in its place.

    ``columns`` names the column of a field where its name is none of ``COLUMNS``.

    Raises:
        ReadError: No column has a name that says it holds the text.
    """
    names = {field: (columns[field],) if field in columns else known for field, known in COLUMNS.items()}
    text = decode(data, name)
    if text.lstrip()[:1] == "{":
        yield from _read_lines(text, name, names)
    else:
        yield from _read_table(text, name, names)


def _read_lines(text: str, name: str, names: Names) -> Iterator[Article | ReadError]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield ReadError(f"{name}, line {number}: no JSON object: {error}")
            continue
        if not isinstance(row, dict):
            yield ReadError(f"{name}, line {number}: no JSON object")
            continue
        yield _article(row, name, number, names)


def _read_table(text: str, name: str, names: Names) -> Iterator[Article | ReadError]:
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    csv.field_size_limit(100_000_000)
    try:
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
        heads = [column.strip() for column in rows.fieldnames or ()]
        if not _known(heads, names["text"]):
            raise ReadError(
                f"{name}: no column is named as one that holds the text; it has {', '.join(heads[:9])}: "
                "say which with --columns text=NAME"
            )
        rows.fieldnames = heads
        for row in rows:
            yield _article(row, name, rows.line_num, names)
    except csv.Error as error:
        raise ReadError(f"{name}: the table is damaged: {error}") from error


def _known(heads: Iterable[str], names: Sequence[str]) -> str | None:
    lower = {str(head).lower(): head for head in heads}
    return next((lower[name.lower()] for name in names if name.lower() in lower), None)


def _article(row: Mapping[str, Any], name: str, number: int, names: Names) -> Article | ReadError:
    values: dict[str, str] = {}
    for column in COLUMNS:
        key = _known(row, names[column]) if row else None
        value = row[key] if key is not None else None
        values[column] = str(value).strip() if isinstance(value, str | int | float) else ""
    if not values["text"]:
        return ReadError(f"{name}, line {number}: the row has no text")
    return Article(
        text=with_title(values["title"], values["text"]),
        title=values["title"] or None,
        published=values["published"][:10].replace("/", "-") or None,
        outlet=values["outlet"] or None,
        language=values["language"] if values["language"] in ("zh", "en") else None,
        place=values["place"] or str(number),
    )
