"""The words of a question: a text and what the lists of ``extract/lang/<code>/questions.toml`` make of it.

Of all ways to cover the text with known words and names, the one that leaves least uncovered wins, then the one
with fewest words, then the one with the longest first word.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import opencc

from extract.lang import load_language

LANGUAGES = ("zh", "en")
_TABLES = {
    "zh": ("words", "kinds", "relations", "status", "digits", "names"),
    "en": ("words", "kinds", "relations", "status", "digits", "names", "irregular"),
}
_ATOM = re.compile(r"[a-z0-9]+(?:[.&’']?[a-z0-9]+)*|\s+|.", re.DOTALL)
_SUFFIX = re.compile(r"(?<=[a-z0-9])(?:['’]s\b|['’](?![a-z0-9]))")
_LONGEST = 12  # characters of a Chinese phrase, words of an English one


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """The stretch ``[start, end)`` of a question and what it can stand for.

    ``tags`` are ``who``, ``kind:university``, ``relation:invest:does``, ``status:planned`` …; ``name`` for the name of
    an organization, ``unknown`` for what no list holds, ``number`` and ``year`` with their ``value``, ``mark``.
    """

    start: int
    end: int
    text: str
    tags: frozenset[str]
    value: int | None = None
    organizations: tuple[Any, ...] = ()

    def has(self, *tags: str) -> bool:
        """Whether the word can stand for one of the tags."""
        return not self.tags.isdisjoint(tags)

    def values(self, prefix: str) -> tuple[str, ...]:
        """What stands behind ``prefix`` in the tags: ``kind:`` gives the kinds."""
        return tuple(sorted(tag[len(prefix) :] for tag in self.tags if tag.startswith(prefix)))


@cache
def name_words(code: str) -> Mapping[str, tuple[str, ...]]:
    """The words of names of organizations in a language: ``heads``, ``firms``, ``general``, ``short``."""
    table = load_language(code).table("questions", _TABLES[code])["names"]
    return {key: tuple(words) for key, words in table.items()}


@cache
def _simplifier() -> Any:
    return opencc.OpenCC("t2s")


def normalize(question: str) -> str:
    """The question with the width of letters and digits folded and traditional characters simplified.

    >>> normalize("與ＨＶＲ合作")
    '与HVR合作'
    """
    text = unicodedata.normalize("NFKC", question)
    text = "".join(
        " " if unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp") else character for character in text
    )
    simple: str = _simplifier().convert(text)
    return simple.strip()


@cache
def stem(word: str) -> str:
    """The base of a regular English form, the same for all forms of a word; not always a word itself.

    >>> stem("invested"), stem("companies"), stem("provides"), stem("planning")
    ('invest', 'company', 'provide', 'plan')
    """
    base = _irregular().get(word)
    if base is not None:
        return base
    if len(word) > 4 and word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith("es") and word[:-2].endswith(("s", "x", "ch", "sh", "z")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return stem(word[:-1]) if word.endswith("ings") else word[:-1]
    cut = 3 if len(word) > 5 and word.endswith("ing") else 2 if len(word) > 4 and word.endswith("ed") else 0
    if not cut:
        return word
    rest = word[:-cut]
    forms = (rest, rest + "e", rest[:-1] if rest[-1] == rest[-2] else rest)
    return next((form for form in forms if form in _vocabulary()), rest)


@cache
def _vocabulary() -> frozenset[str]:
    """The English words of the lists as they are written there."""
    table = load_language("en").table("questions", _TABLES["en"])
    groups = [*table["words"].values(), *table["kinds"].values(), *table["status"].values()]
    groups += [phrases for forms in table["relations"].values() for phrases in forms.values()]
    return frozenset(atom for phrases in groups for phrase in phrases for atom in phrase.split())


@cache
def _irregular() -> Mapping[str, str]:
    table = load_language("en").table("questions", _TABLES["en"])["irregular"]
    return {form: base for base, forms in table.items() for form in forms}


@cache
def _phrases() -> Mapping[tuple[str, ...], frozenset[str]]:
    """All phrases, as atoms, with their tags: a Chinese one by character, an English one by stem."""
    found: dict[tuple[str, ...], set[str]] = {}
    for code in LANGUAGES:
        table = load_language(code).table("questions", _TABLES[code])
        groups = [(tag, phrases) for tag, phrases in table["words"].items()]
        groups += [(f"kind:{kind}", phrases) for kind, phrases in table["kinds"].items()]
        groups += [(f"status:{status}", phrases) for status, phrases in table["status"].items()]
        for kind, forms in table["relations"].items():
            groups += [(f"relation:{kind}:{form}", phrases) for form, phrases in forms.items()]
        groups += [(f"number={value}", (word,)) for word, value in table["digits"]["numbers"].items()]
        groups += [("unit", table["digits"]["units"])]
        for tag, phrases in groups:
            for phrase in phrases:
                key = tuple(stem(atom) for atom in _ATOM.findall(phrase.lower()) if not atom.isspace())
                found.setdefault(key, set()).add(tag)
    return {key: frozenset(tags) for key, tags in found.items()}


@cache
def _stems() -> Mapping[int, tuple[str, ...]]:
    """The stems of long English words in the lists, by length: what a misspelt word is compared with."""
    stems: dict[int, set[str]] = {}
    for key in _phrases():
        for atom in key:
            if atom.isascii() and len(atom) >= 6:
                stems.setdefault(len(atom), set()).add(atom)
    return {length: tuple(sorted(group)) for length, group in stems.items()}


def is_plain_word(text: str) -> bool:
    """Whether a stretch is a listed phrase about kinds or collaborations, and no capital says that it is a name."""
    if any(map(str.isupper, text)):
        return False
    key = tuple(stem(atom) for atom in _ATOM.findall(text) if not atom.isspace())
    tags = _phrases().get(key, frozenset())
    return any(tag.startswith(("kind:", "relation:")) or tag in ("cooperation", "partner") for tag in tags)


def _one_edit(one: str, other: str) -> bool:
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, more = one[at:], other[at:]
    return (
        rest[1:] == more[1:]
        or rest[1:] == more
        or rest == more[1:]
        or (rest[:2] == more[1::-1] and rest[2:] == more[2:])
    )


@cache
def spelt(word: str) -> str:
    """The stem of an English word, or that of the one listed word that it is a small misspelling of."""
    base = stem(word)
    if (base,) in _phrases() or len(base) < 6 or not base.isalpha():
        return base
    near = {
        other
        for length in range(len(base) - 1, len(base) + 2)
        for other in _stems().get(length, ())
        if base[0] == other[0] and _one_edit(base, other)
    }
    return near.pop() if len(near) == 1 else base


@dataclass(frozen=True, slots=True)
class Atom:
    """A character of a Chinese text, a word of an English one, or a mark."""

    start: int
    end: int
    key: str


def split_atoms(text: str) -> tuple[Atom, ...]:
    """The atoms of a normalized text, blanks left out; an English possessive ending is one of its own."""
    atoms = []
    lowered = text.lower()
    for found in _ATOM.finditer(_SUFFIX.sub(lambda match: "\ue000" * len(match[0]), lowered)):
        piece = found[0]
        if piece.isspace():
            continue
        if piece == "\ue000":
            if lowered[found.start()] in "'’":
                atoms.append(Atom(found.start(), found.start() + 2, "'s"))
            continue
        atoms.append(Atom(found.start(), found.end(), piece))
    return tuple(atoms)


def _tags(tags: Iterable[str]) -> tuple[frozenset[str], int | None]:
    value = next((int(tag[7:]) for tag in tags if tag.startswith("number=")), None)
    kept = frozenset("number" if tag.startswith("number=") else tag for tag in tags)
    return kept, value


def _known(text: str, atoms: tuple[Atom, ...], keys: list[str], at: int) -> Iterable[tuple[int, Word]]:
    """The listed words that begin at an atom, each with the atom behind it."""
    key = atoms[at].key
    start = atoms[at].start
    if key.isdigit():
        tag = "year" if len(key) == 4 and 1900 <= int(key) < 2100 else "number"
        yield at + 1, Word(start=start, end=atoms[at].end, text=key, tags=frozenset({tag}), value=int(key))
    elif key == "'s":
        yield at + 1, Word(start=start, end=atoms[at].end, text=key, tags=frozenset({"de"}))
    phrases = _phrases()
    for length in range(1, min(_LONGEST, len(atoms) - at) + 1):
        tags = phrases.get(tuple(keys[at : at + length]))
        if tags:
            end = atoms[at + length - 1].end
            kept, value = _tags(tags)
            yield at + length, Word(start=start, end=end, text=text[start:end], tags=kept, value=value)
    if len(key) == 1 and not key.isalnum():
        yield at + 1, Word(start=start, end=atoms[at].end, text=key, tags=frozenset({"mark"}))


def _key(text: str, atom: Atom) -> str:
    """The stem of a word, its spelling put right unless a capital says that it is a name."""
    return stem(atom.key) if atom.start and text[atom.start].isupper() else spelt(atom.key)


def split_words(text: str, names: Iterable[Word] = ()) -> tuple[Word, ...]:
    """The words of a normalized question.

    ``names`` are the stretches that may be names of organizations; of overlapping ones, and of a name and a word, the
    better cover wins.  Neighbouring atoms that nothing covers come as one word tagged ``unknown``.
    """
    atoms = split_atoms(text)
    keys = [atom.key if not atom.key.isascii() else _key(text, atom) for atom in atoms]
    begin = {atom.start: at for at, atom in enumerate(atoms)}
    behind = {atom.end: at + 1 for at, atom in enumerate(atoms)}
    named: dict[int, list[tuple[int, Word]]] = {}
    for name in names:
        if name.start in begin and name.end in behind:
            named.setdefault(begin[name.start], []).append((behind[name.end], name))
    best: list[tuple[float, Word | None, int]] = [(0.0, None, 0)] * (len(atoms) + 1)
    for at in range(len(atoms) - 1, -1, -1):
        atom = atoms[at]
        unknown = Word(start=atom.start, end=atom.end, text=text[atom.start : atom.end], tags=frozenset({"unknown"}))
        options = [(best[at + 1][0] + (4.0 if len(atom.key) > 1 else 3.0), unknown, at + 1)]
        for after, word in _known(text, atoms, keys, at):
            cost = 0.2 if "mark" in word.tags else 1.0
            options.append((best[after][0] + cost, word, after))
        for after, word in named.get(at, ()):
            options.append((best[after][0] + 0.9, word, after))
        best[at] = min(options, key=lambda option: (option[0], -option[2]))
    words: list[Word] = []
    at = 0
    while at < len(atoms):
        _, chosen, after = best[at]
        assert chosen is not None
        word = chosen
        last = words[-1] if words else None
        if last and "unknown" in last.tags and "unknown" in word.tags:
            words[-1] = Word(start=last.start, end=word.end, text=text[last.start : word.end], tags=word.tags)
        else:
            words.append(word)
        at = after
    return tuple(words)
