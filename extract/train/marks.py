"""Gold names → their places in the text, for training: gold gives names, not offsets."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from extract.gold import Row
from extract.names import fold_name

_LEFT_OUT = frozenset("“”\"'‘’《》「」()（）[]【】〔〕")
_ASCII_PAIR = re.compile("[a-z0-9]{2}")


def forms_of(organization: Row) -> tuple[str, ...]:
    """The name of a gold organization and its aliases."""
    return (organization["name"], *organization.get("aliases", ()))


def fold_text(text: str) -> tuple[str, list[int]]:
    """The text folded as ``fold_name`` folds names, and where each of its characters stood."""
    folded: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isspace() or character in _LEFT_OUT:
            continue
        for part in unicodedata.normalize("NFKC", character).casefold():
            if not part.isspace() and part not in _LEFT_OUT:
                folded.append(part)
                places.append(place)
    return "".join(folded), places


def mark_names(text: str, names: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """The places ``(start, end, number)`` of folded names, each a key with its number; the longest name wins.

    A Latin name is not found inside a longer Latin word.
    """
    flat, places = fold_text(text)
    used = bytearray(len(flat))
    spans: list[tuple[int, int, int]] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        start = flat.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(used[start:end]) and not (name.isascii() and _inside_word(flat, places, start, end)):
                used[start:end] = b"\1" * (end - start)
                spans.append((places[start], _with_bracket(text, places[start], places[end - 1] + 1), names[name]))
            start = flat.find(name, start + 1)
    return sorted(spans)


def _inside_word(flat: str, places: list[int], start: int, end: int) -> bool:
    before = start > 0 and places[start] - places[start - 1] == 1 and _ASCII_PAIR.match(flat[start - 1 : start + 1])
    after = end < len(flat) and places[end] - places[end - 1] == 1 and _ASCII_PAIR.match(flat[end - 1 : end + 1])
    return bool(before or after)


def _with_bracket(text: str, start: int, end: int) -> int:
    """The end of the name behind the bracket that closes one opened inside it."""
    opened = re.search("[（(][^（()）]*$", text[start:end])
    return end + 1 if opened and text[end : end + 1] in ("）", ")") else end


def mark_row(row: Row) -> list[tuple[int, int, int]]:
    """The places of all gold names of a row, with the number of the organization."""
    forms = {
        fold_name(form): number
        for number, organization in enumerate(row["organizations"])
        for form in forms_of(organization)
        if form.strip()
    }
    return mark_names(row["text"], forms)


def verdicts(row: Row, names: Iterable[str]) -> list[int]:
    """For each name 1 when it is gold, -1 when gold leaves it open, else 0."""
    open_or_gold = {
        fold_name(form): -1 if organization.get("optional") else 1
        for organization in row["organizations"]
        for form in forms_of(organization)
    }
    return [open_or_gold.get(fold_name(name), 0) for name in names]


def mark_english(row: Row) -> list[tuple[int, int, int]]:
    """The places of all gold names of an English row, spelled just so between words, with the organization's number."""
    forms = {
        form: number
        for number, organization in enumerate(row["organizations"])
        for form in forms_of(organization)
        if form.strip()
    }
    text = row["text"]
    used = bytearray(len(text))
    spans: list[tuple[int, int, int]] = []
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        words = r"\s+".join(map(re.escape, form.split()))
        for match in re.finditer(rf"(?<!\w){words}(?!\w)", text):
            start, end = match.span()
            if not any(used[start:end]):
                used[start:end] = b"\1" * (end - start)
                spans.append((start, end, forms[form]))
    return sorted(spans)
