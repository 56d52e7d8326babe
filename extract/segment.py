"""The words of a Chinese text, with their part of speech and their place."""

from typing import NamedTuple

from rjieba import tag


class Word(NamedTuple):
    """One word ``[start, end)`` of a text, in code points, and its tag (``ns`` a place, ``v`` a verb …).

    Source:
        The tags are those of jieba's dictionary: ICTCLAS's set.
    """

    start: int
    end: int
    tag: str


def segment(text: str) -> list[Word]:
    """The words of a text from its first to its last character, blanks and punctuation included, without gaps.

    >>> [(word.start, word.end, word.tag) for word in segment("昆山与太仓共建")]
    [(0, 2, 'ns'), (2, 3, 'p'), (3, 5, 'ns'), (5, 7, 'v')]
    """
    words, start = [], 0
    for word, part in tag(text):
        end = start + len(word)
        words.append(Word(start, end, part))
        start = end
    return words
