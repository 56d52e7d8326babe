"""JSON with the place of each value, so that a message and a piece of evidence can point at it."""

import json
from dataclasses import dataclass
from typing import Any

_BLANK = " \t\r\n"
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """A value and the half-open stretch ``[start, end)`` of the text that writes it.

    ``members`` are the values of an object by key, ``items`` those of an array; one of them or neither is filled.
    """

    value: Any
    start: int
    end: int
    members: "dict[str, Located]"
    items: "tuple[Located, ...]"


def locate(text: str) -> Located:
    """The value that ``text`` writes.

    Raises:
        json.JSONDecodeError: It writes none, or something stands behind it.

    >>> place = locate('{"a": ["b", 1]}').members["a"].items[0]
    >>> place.value, place.start, place.end
    ('b', 7, 10)
    """
    located = _value(text, _skip(text, 0))
    if (rest := _skip(text, located.end)) < len(text):
        raise json.JSONDecodeError("Extra data", text, rest)
    return located


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at


def _value(text: str, at: int) -> Located:
    opening = text[at : at + 1]
    if opening not in ("{", "["):
        value, end = _DECODER.raw_decode(text, at)
        return Located(value=value, start=at, end=end, members={}, items=())
    closing = "}" if opening == "{" else "]"
    members: dict[str, Located] = {}
    items: list[Located] = []
    start, at = at, _skip(text, at + 1)
    while text[at : at + 1] != closing:
        if members or items:
            at = _skip(text, _expect(text, at, ","))
        if opening == "{":
            _expect(text, at, '"')
            key, at = _DECODER.raw_decode(text, at)
            located = _value(text, _skip(text, _expect(text, _skip(text, at), ":")))
            members[key] = located
        else:
            located = _value(text, at)
            items.append(located)
        at = _skip(text, located.end)
    value = {key: member.value for key, member in members.items()} if opening == "{" else [i.value for i in items]
    return Located(value=value, start=start, end=at + 1, members=members, items=tuple(items))


def _expect(text: str, at: int, character: str) -> int:
    if text[at : at + 1] != character:
        raise json.JSONDecodeError(f"Expecting {character!r}", text, at)
    return at + 1
