"""A text → its sentences, as spans."""

import re

from extract.records import Span

# A sentence end takes the closing quotes and brackets behind it along; a line end always ends a sentence.
_ENDS = {
    "zh": re.compile(r"[。！？!?]+[”’」』）)\]]*|\n+"),
    "en": re.compile(
        r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\bInc)(?<!\bLtd)(?<!\bCorp)[.!?]+[”’\"')\]]*(?=\s+[“\"'(]?[A-Z0-9])|\n+"
    ),
}
_LONGEST = 600
_CUTS = re.compile(r"[，,；;、\s]")


def split_sentences(text: str, language: str = "zh") -> tuple[Span, ...]:
    """The sentences of ``text`` from left to right, without the white space around them; none is blank.

    A stretch of over 600 characters without an end is cut at its last comma or space before that, so that
    what works sentence by sentence stays linear on a text without punctuation.

    >>> [span.of("甲与乙签约。丙没有。") for span in split_sentences("甲与乙签约。丙没有。")]
    ['甲与乙签约。', '丙没有。']
    """
    ends = _ENDS.get(language, _ENDS["en"])
    spans: list[Span] = []
    start = 0
    for end in [match.end() for match in ends.finditer(text)] + [len(text)]:
        while end - start > _LONGEST:
            cuts = [match.end() for match in _CUTS.finditer(text, start + 1, start + _LONGEST)]
            cut = cuts[-1] if cuts else start + _LONGEST
            _add(spans, text, start, cut)
            start = cut
        _add(spans, text, start, end)
        start = end
    return tuple(spans)


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))
