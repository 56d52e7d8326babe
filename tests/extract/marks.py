"""Cases whose organizations stand in brackets → documents and mentions."""

import re

from extract.records import Document, Mention, Offsets, Span

_KINDS = (
    ("university", "大学|学院$"),
    ("hospital", "医院"),
    ("institute", "所$|研究院|实验室|科学院|中心$"),
    ("government", "政府|局$|厅$|委$|管委会|省$|市$|县$|区$"),
    ("association", "联盟|协会|学会|商会"),
    ("platform", "园$|基地|平台|孵化器|基金$"),
)


def kind_of(name: str) -> str:
    """The kind of an invented name by its head word."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, name)), "enterprise")


def read_case(marked: str, published: str | None = None) -> tuple[Document, tuple[Mention, ...]]:
    """The document of a text with names in square brackets, and a mention for each."""
    parts: list[str] = []
    spans: list[Span] = []
    size = 0
    for piece in re.split(r"(\[[^\]]+\])", marked):
        text = piece[1:-1] if piece.startswith("[") else piece
        if piece.startswith("["):
            spans.append(Span(size, size + len(text)))
        parts.append(text)
        size += len(text)
    text = "".join(parts)
    document = Document(id="case", text=text, language="zh", published=published, offsets=Offsets.identity(text))
    mentions = tuple(
        Mention(span=span, text=span.of(text), kind=kind_of("".join(span.of(text).split())), finder="case")
        for span in spans
    )
    return document, mentions
