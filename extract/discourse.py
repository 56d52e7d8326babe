"""A document's sentences with the resolved mentions in each."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extract.records import Document, Mention, Span
from extract.sentences import split_sentences

HOLE = "■"


@dataclass(frozen=True, slots=True, kw_only=True)
class Discourse:
    """``sentences`` in order; ``mentions`` with an organization, in order, none inside another; ``at[i]`` is the
    sentence of ``mentions[i]``.
    """

    text: str
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    at: tuple[int, ...]

    def masked(self, start: int, end: int) -> str:
        """The text of ``[start, end)`` with a hole for each mention inside."""
        parts: list[str] = []
        here = start
        first = bisect_right(self.mentions, start - 1, key=lambda m: m.span.start)
        for mention in self.mentions[first:]:
            if mention.span.start >= end:
                break
            if mention.span.end <= end and mention.span.start >= here:
                parts += (self.text[here : mention.span.start], HOLE)
                here = mention.span.end
        parts.append(self.text[here:end])
        return "".join(parts)


def read_discourse(document: Document, mentions: Sequence[Mention]) -> Discourse:
    """The sentences of ``document`` with its resolved mentions; a mention inside another is left out."""
    sentences = split_sentences(document.text, document.language)
    outer: list[Mention] = []
    at: list[int] = []
    for mention in sorted(mentions, key=lambda m: (m.span.start, -m.span.end)):
        if mention.organization is None or (outer and mention.span.start < outer[-1].span.end):
            continue
        outer.append(mention)
        at.append(max(0, bisect_right(sentences, mention.span.start, key=lambda s: s.start) - 1))
    return Discourse(text=document.text, sentences=sentences, mentions=tuple(outer), at=tuple(at))
