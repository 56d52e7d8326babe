"""Markdown: its text without the marks, and title and date of its front matter."""

import re
from collections.abc import Iterator

from extract.formats import Article, with_title
from extract.formats.text import decode

_FRONT = re.compile(r"\A---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FIELD = re.compile(r"^(\w+)[ \t]*:[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(```|~~~).*?^[ \t]*\1[`~]*[ \t]*$", re.DOTALL | re.MULTILINE)
_MARKS = (
    (re.compile(r"<!--.*?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), ""),
    (re.compile(r"\[([^\]\n]+)\]\([^)\n]*\)"), r"\1"),
    (re.compile(r"\[([^\]\n]+)\]\[[^\]\n]*\]"), r"\1"),
    (re.compile(r"^\[[^\]\n]+\]:[^\n]*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t#]*$", re.MULTILINE), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,8}[-*+][ \t]+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*([-*_=][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*\|?([ \t]*:?-+:?[ \t]*\|)+[ \t]*:?-*:?[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"(\*\*\*|\*\*|__|~~|`)(?=\S)([^\n]*?\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]*?\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>"), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!])"), r"\1"),
)


def read_articles(data: bytes, name: str) -> Iterator[Article]:
    """The one article of a Markdown file."""
    text = decode(data, name).replace("\r\n", "\n")
    fields: dict[str, str] = {}
    if front := _FRONT.match(text):
        fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(front[1])}
        text = text[front.end() :]
    text = _FENCE.sub("", text)
    for pattern, kept in _MARKS:
        text = pattern.sub(kept, text)
    title = fields.get("title")
    yield Article(
        text=with_title(title, text),
        title=title or None,
        published=fields.get("date", "")[:10] or None,
        outlet=fields.get("source") or fields.get("outlet") or None,
    )
