"""Raw text → clean text, with the map back.

Every clean character is the raw character that the map names, or one of its forms (``clean_forms``): a full-width
digit becomes a digit, a line end within a paragraph a space.  What is left out is reported.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extract.page.articles import split_articles, whole_page
from extract.page.columns import mark_columns
from extract.page.lines import BAD, Line, read_lines
from extract.page.paragraphs import Paragraph, read_paragraphs
from extract.page.roles import mark_repeats, mark_roles
from extract.page.shadow import single_copy
from extract.records import Dropped, Offsets, Run

_SPACES = "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_WIDE = (0xFF0E, *range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))  # ． ０-９ Ａ-Ｚ ａ-ｚ
_RADICALS = (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))  # ⽤ for 用, as fonts of a dump leave them
_BAD = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\uf8ff\ufe00-\ufe0f\ufeff\ufff9-\uffff\U000e0000-\U0010ffff"
)
_FOLDS = {
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_LINE_ENDS, "\n"),
    **{chr(code): chr(code - 0xFEE0) for code in _WIDE},
    **{
        chr(code): folded
        for code in _RADICALS
        if len(folded := unicodedata.normalize("NFKC", chr(code))) == 1 and folded != chr(code)
    },
}
_LIGATURES = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_TABLE = str.maketrans(_FOLDS)
_FOLDED = re.compile(f"[{re.escape(''.join(_FOLDS))}]")
_BADS = re.compile(f"[{_BAD}]+")
_PARTS = re.compile(f"{BAD}+|[{''.join(_LIGATURES)}]")
_HYPHENATED = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_SPACED = re.compile(r"(?:[\u4e00-\u9fff] ){3,}[\u4e00-\u9fff](?![^\s，。、])")
_COMPOUNDING = re.compile("(?i:co|non|long|short|well|high|low|self|multi|semi|anti|post|pre|cross|full|half)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanText:
    """One article, cleaned; ``title``, ``published`` and ``outlet`` are what its page says of it."""

    text: str
    offsets: Offsets
    dropped: tuple[Dropped, ...] = ()
    title: str | None = None
    published: str | None = None
    outlet: str | None = None


def clean_forms(character: str) -> str:
    """The characters that a raw character may be in the clean text; none for one that is left out.

    >>> clean_forms("５"), clean_forms("甲"), clean_forms("ﬁ"), clean_forms("\ufeff")
    ('5', '甲', 'fi', '')
    """
    if _BADS.match(character):
        return ""
    folded = _LIGATURES.get(character) or _FOLDS.get(character, character)
    return "\n " if folded == "\n" else folded


def clean_text(raw: str, *, pages: tuple[int, ...] = (0,)) -> CleanText:
    """The clean text of one article: paragraphs one a line, whatever lines the raw text had.

    ``pages`` are the offsets at which its pages begin.
    """
    return clean_page(raw, pages=pages, split=False)[0]


def clean_page(
    raw: str, *, pages: tuple[int, ...] = (0,), headers: Sequence[tuple[int, int]] = (), split: bool = True
) -> tuple[CleanText, ...]:
    """The clean texts of a page's articles, at least one.

    ``headers`` are stretches that are known to be none of the text; ``split`` is whether to look for several articles.
    """
    folded, dropped = _fold(raw)
    if headers:
        dropped.extend(Dropped(start=start, end=end, reason="header") for start, end in headers)
        folded = _blank(folded, headers)
    lines = read_lines(folded)
    line_starts = (0, *(match.end() for match in re.finditer("\n", folded)))
    if pages == (0,) and "\f" in raw:
        pages = (0, *(match.end() for match in re.finditer("\f", raw)))
    shadowed = _mark_shadows(lines)
    mark_roles(lines)
    if mark_columns(lines) or shadowed:
        mark_repeats(lines)
        paragraphs = read_paragraphs(lines)
    else:
        paragraphs = [Paragraph("text", [line]) for line in lines]
    articles = split_articles(paragraphs) if split else [whole_page(paragraphs)]
    texts = [_Text(folded) for _ in articles]
    for article, text in zip(articles, texts, strict=True):
        for paragraph in article.paragraphs:
            if paragraph.role in ("header", "byline"):
                dropped.extend(
                    Dropped(start=line.start, end=line.end, reason=paragraph.role) for line in paragraph.lines
                )
            else:
                text.add_paragraph(paragraph.lines)
        dropped.extend(text.dropped)
    owners = [min((p.lines[0].start for p in article.paragraphs), default=0) for article in articles]
    owned: list[list[Dropped]] = [[] for _ in articles]
    for part in sorted(dropped, key=lambda part: part.start):
        owned[max(0, bisect_right(owners, part.start) - 1)].append(part)
    return tuple(
        CleanText(
            text="".join(text.pieces),
            offsets=Offsets(runs=tuple(text.runs), lines=line_starts, pages=pages),
            dropped=tuple(parts),
            title=article.title,
            published=article.published,
            outlet=article.outlet,
        )
        for article, text, parts in zip(articles, texts, owned, strict=True)
    )


def _fold(raw: str) -> tuple[str, list[Dropped]]:
    """The raw text with characters folded one to one, ``BAD`` for each that is left out, and those that are."""
    folded = raw.replace("\r\n", " \n") if "\r\n" in raw else raw
    if _FOLDED.search(folded):
        folded = folded.translate(_TABLE)
    dropped: list[Dropped] = []
    if _BADS.search(folded):
        dropped = [
            Dropped(start=match.start(), end=match.end(), reason="bad character") for match in _BADS.finditer(folded)
        ]
        folded = _BADS.sub(lambda match: BAD * len(match.group()), folded)
    return folded, dropped


def _blank(folded: str, stretches: Sequence[tuple[int, int]]) -> str:
    """The text with ``BAD`` in place of each stretch."""
    parts, position = [], 0
    for start, end in sorted(stretches):
        parts += [folded[position:start], BAD * (end - start)]
        position = end
    return "".join([*parts, folded[position:]])


def _mark_shadows(lines: Sequence[Line]) -> bool:
    """Keep one copy of what is printed twice; whether there is any such line."""
    found = False
    for before, line in zip((None, *lines), lines, strict=False):
        beside = before is not None and before.shadow
        copy = single_copy(line.text, least=4) if beside else single_copy(line.text)
        if copy is not None:
            line.shadow = found = True
            line.spans = [(line.start + start, line.start + end) for start, end in copy]
            line.text = "".join(line.text[start:end] for start, end in copy)
    return found


class _Text:
    """The clean text as it grows, with its map; ``dropped`` is what of the added lines was left out."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.pieces: list[str] = []
        self.runs: list[Run] = []
        self.dropped: list[Dropped] = []
        self._length = 0
        self._words: frozenset[str] | None = None

    def add_paragraph(self, lines: Sequence[Line]) -> None:
        """Add lines as one paragraph."""
        before: Line | None = None
        for line, after in zip(lines, (*lines[1:], None), strict=True):
            if before is None and self.pieces:
                self._add("\n", self._line_end(line))
            spans = line.spans
            if before is not None and self._apart(before, line):
                self._add(" ", self._line_end(line))
            if after is not None and self._hyphenated(line, after):
                spans = [*spans[:-1], (spans[-1][0], spans[-1][1] - 1)]
                self.dropped.append(Dropped(start=line.end - 1, end=line.end, reason="hyphen"))
            self._add_spans(spans)
            if line.shadow:
                ends = (*(start for start, _ in spans[1:]), line.end)
                for (_, start), end in zip(spans, ends, strict=True):
                    if start < end:
                        self.dropped.append(Dropped(start=start, end=end, reason="shadow"))
            before = line

    def _add_spans(self, spans: Sequence[tuple[int, int]]) -> None:
        for start, end in spans:
            position = start
            for match in _PARTS.finditer(self.folded, start, end):
                self._add(self.folded[position : match.start()], position)
                position = match.end()
                for character in _LIGATURES.get(match.group(), ""):
                    self._add(character, match.start())
            self._add(self.folded[position:end], position)

    def _add(self, piece: str, raw: int) -> None:
        if piece:
            self.pieces.append(piece)
            self.runs.append(Run(self._length, raw, len(piece)))
            self._length += len(piece)

    def _line_end(self, line: Line) -> int:
        """A line end of the raw text that parts ``line`` from the one before, or where there is none, from the next."""
        at = self.folded.rfind("\n", 0, line.start)
        return at if at >= 0 else self.folded.find("\n", line.end)

    def _apart(self, before: Line, line: Line) -> bool:
        """Whether a space parts the end of one line from the beginning of the next: between Latin words."""
        left, right = before.text[-1], line.text[0]
        if not (left.isascii() and right.isascii()) or (left == "-" and before.text[-2:-1].isalpha()):
            return False
        if left.isdigit() and (right.isdigit() or right in ".,%"):
            return False  # 5.46 broken into 5. and 46
        return not (left in ".,-/" and right.isdigit() and before.text[-2:-1].isdigit())

    def _hyphenated(self, before: Line, line: Line) -> bool:
        """Whether the hyphen at the end of a line only parts a word."""
        text = before.text
        if not (text.endswith("-") and line.text[0].islower() and text[-2:-1].isalpha() and text[-2:-1].isascii()):
            return False
        if self._words is None:
            self._words = frozenset(_HYPHENATED.findall(self.folded))
        left = _HYPHENATED.findall(text[:-1])[-1]
        right = _HYPHENATED.match(line.text)
        if right is None or left + right.group() in self._words:
            return right is not None
        return f"{left}-{right.group()}" not in self._words and not _COMPOUNDING.fullmatch(left.split("-")[-1])
