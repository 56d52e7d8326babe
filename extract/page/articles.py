"""Paragraphs of a page → its articles, each with title, date and outlet where they stand."""

import re
from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass

from extract.page.columns import ends_sentence
from extract.page.paragraphs import Paragraph
from extract.page.roles import load_marks

_LONGEST_TITLE = 45  # characters
_SHORTEST_ARTICLE = 40  # characters below its title
_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[年./-]\s?(\d{1,2})\s?[月./-]\s?(\d{1,2})(?:\s?日|(?!\d))")
_MONTHS = tuple(month_name)[1:]
_ENGLISH_DATE = re.compile(
    r"\b(?:(?P<month>{0})\s+(?P<day>\d{{1,2}}),?|(?P<first_day>\d{{1,2}})\s+(?P<second_month>{0}))"
    r"\s+(?P<year>(?:19|20)\d\d)\b".format("|".join(_MONTHS))
)
_OUTLET = re.compile(r"(?:来源|稿源|文章来源|出处|Source)\s?[:：]\s?([^\s，。|｜]{2,30})")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageArticle:
    """The paragraphs of one article; ``title``, ``published`` (ISO date) and ``outlet`` are ``None`` if not there."""

    paragraphs: tuple[Paragraph, ...]
    title: str | None
    published: str | None
    outlet: str | None


def split_articles(paragraphs: Sequence[Paragraph]) -> list[PageArticle]:
    """The articles of a page in order.

    An article begins at the headings before a by-line or before an opening such as 本报讯; the first also without.
    What stands before the first belongs to it.
    """
    starts = {start for start in _starts(paragraphs) if start}
    sizes = [_size(paragraph) for paragraph in paragraphs] if starts else []
    groups: list[list[Paragraph]] = [[]]
    size, rest = 0, sum(sizes)
    for at, paragraph in enumerate(paragraphs):
        if at in starts and min(size, rest) >= _SHORTEST_ARTICLE:
            groups.append([])
            size = 0
        groups[-1].append(paragraph)
        if starts:
            size, rest = size + sizes[at], rest - sizes[at]
    return _describe(groups)


def whole_page(paragraphs: Sequence[Paragraph]) -> PageArticle:
    """All paragraphs as one article."""
    return _describe([paragraphs])[0]


def _describe(groups: Sequence[Sequence[Paragraph]]) -> list[PageArticle]:
    """The articles with title, date and outlet; the date and outlet of a page hold for all that follows on it."""
    published = outlet = None
    articles = []
    for group in groups:
        around = "\n".join(line.text for paragraph in group if paragraph.role != "text" for line in paragraph.lines)
        own_date, own_outlet = find_date(_head(group)) or find_date(around), find_outlet(_head(group), group)
        published, outlet = own_date or published, own_outlet or outlet
        articles.append(PageArticle(paragraphs=tuple(group), title=_title(group), published=published, outlet=outlet))
    return articles


def find_date(text: str) -> str | None:
    """The first whole date in ``text`` as an ISO date.

    >>> find_date("2024年5月1日 星期三"), find_date("May 1, 2024"), find_date("5月1日")
    ('2024-05-01', '2024-05-01', None)
    """
    if match := _DATE.search(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _ENGLISH_DATE.search(text):
        year = int(match["year"])
        month = _MONTHS.index(match["month"] or match["second_month"]) + 1
        day = int(match["day"] or match["first_day"])
    else:
        return None
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def find_outlet(head: str, group: Sequence[Paragraph] = ()) -> str | None:
    """The outlet that an article's head names (来源：…), or the newspaper whose name stands on the page."""
    if match := _OUTLET.search(head):
        return match[1]
    paper = load_marks().paper
    for paragraph in group:
        if paragraph.role == "header":
            for line in paragraph.lines:
                if paper.fullmatch(line.text):
                    return line.text
    return None


def is_title(text: str) -> bool:
    """Whether a line can be a title: short, and no sentence."""
    return 2 <= len(text) <= _LONGEST_TITLE and not ends_sentence(text) and text[-1] not in "，、：,:"


def text_of(paragraph: Paragraph) -> str:
    """The characters of a paragraph, its lines put together."""
    return "".join(line.text for line in paragraph.lines)


def _starts(paragraphs: Sequence[Paragraph]) -> list[int]:
    marks = load_marks()
    starts = []
    for at, paragraph in enumerate(paragraphs):
        opens = paragraph.role == "byline" or (
            paragraph.role == "text" and marks.article.match(paragraph.lines[0].text)
        )
        first = at
        while opens and first and _is_heading(paragraphs[first - 1]):
            first -= 1
        if first < at:
            starts.append(first)
        elif paragraph.role == "byline" and at + 1 < len(paragraphs) and _is_heading(paragraphs[at + 1]):
            starts.append(at + 1)  # the by-line ends the article before
    return starts


def _is_heading(paragraph: Paragraph) -> bool:
    return paragraph.role in ("heading", "header") or (paragraph.role == "text" and is_title(text_of(paragraph)))


def _size(paragraph: Paragraph) -> int:
    return 0 if _is_heading(paragraph) else len(text_of(paragraph))


def _head(group: Sequence[Paragraph]) -> str:
    """The first lines, among which date and outlet stand as a line of their own."""
    source = load_marks().source
    return "\n".join(line.text for paragraph in group[:6] for line in paragraph.lines[:1] if source.match(line.text))


def _title(group: Sequence[Paragraph]) -> str | None:
    for paragraph in group:
        if paragraph.role in ("header", "byline", "caption"):
            continue
        text = text_of(paragraph).lstrip("# ").strip()
        return text if is_title(text) else None
    return None
