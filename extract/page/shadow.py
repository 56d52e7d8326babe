"""Captions printed with a shadow: a dump of the page holds each piece of their text twice."""

from collections import Counter

_LONGEST = 400  # characters of a line that is looked at
_SURE = 8  # characters from which on a doubled line is no chance


def single_copy(text: str, *, least: int = _SURE) -> list[tuple[int, int]] | None:
    """The stretches ``[start, end)`` of a line that hold one copy of its text, or ``None`` where it is not doubled.

    A line is doubled when it is a row of pieces each of which stands there twice; one character in
    sixteen, and any space, may stand alone.  Lines shorter than ``least`` characters are left as they are.

    >>> text = "三地联合抱团三地联合抱团，，"
    >>> [text[start:end] for start, end in single_copy(text)]
    ['三地联合抱团', '，']
    """
    length = len(text)
    spare = length // 16
    if not least <= length <= _LONGEST:
        return None
    if sum(count % 2 for character, count in Counter(text).items() if character != " ") > spare:
        return None
    cost = [length + 1] * (length + 1)  # characters that stand alone, on the best way to each place
    came = [0] * (length + 1)
    cost[0] = 0
    for start in range(length):
        if cost[start] > spare:
            continue
        alone = cost[start] + (text[start] != " ")
        if alone < cost[start + 1]:
            cost[start + 1], came[start + 1] = alone, start
        middle = text.find(text[start], start + 1)
        while 0 <= middle <= (start + length) // 2:
            end = 2 * middle - start
            if cost[start] < cost[end] and text[start:middle] == text[middle:end]:
                cost[end], came[end] = cost[start], start
            middle = text.find(text[start], middle + 1)
    if cost[length] > spare:
        return None
    kept, end = [], length
    while end:
        start = came[end]
        kept.append((start, end if end - start == 1 else (start + end) // 2))
        end = start
    return kept[::-1]
