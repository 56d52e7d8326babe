"""Words that claim a collaboration: the list of a language, and where its words stand in a text."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.errors import DataError
from extract.ontology import load_ontology

SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
SPACED = ("en",)  # languages that part words by blanks: their cues are whole words, in lower case


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The cue words of a language.

    ``kind_of`` maps each word to its kind; ``pattern`` matches the longest word at a place; ``vague`` words
    claim nothing on their own; ``statuses`` lists the words that make a claim ``planned``, ``ended`` or ``negated``;
    ``spaced`` says that the language parts words by blanks: its cues are whole words in lower case.
    """

    kind_of: Mapping[str, str]
    pattern: re.Pattern[str]
    vague: frozenset[str]
    statuses: Mapping[str, tuple[str, ...]]
    spaced: bool = False


@cache
def has_cues(language: str) -> bool:
    """Whether there are cue words for the language; without them nothing is claimed."""
    return files("extract").joinpath("lang", language, "cues.toml").is_file()


@cache
def load_cues(language: str) -> Cues:
    """The cue words of ``lang/<language>/cues.toml``.

    Raises:
        DataError: The file names a kind that the ontology lacks, or gives a kind no word.
        FileNotFoundError: The language has no such file.
    """
    path = files("extract").joinpath("lang", language, "cues.toml")
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    kinds: Mapping[str, str] = raw["kinds"]
    if set(kinds) != set(load_ontology().collaborations):
        raise DataError(f"lang/{language}/cues.toml: kinds must be those of ontology.toml")
    spaced = language in SPACED
    kind_of: dict[str, str] = {}
    for kind in load_ontology().collaborations:
        words = kinds[kind].split()
        if not words:
            raise DataError(f"lang/{language}/cues.toml: {kind} has no word")
        for word in words:
            kind_of.setdefault(_phrase(word), kind)
    for compound in raw["compound"]:
        for first in compound["first"].split():
            for second in compound["second"].split():
                kind_of.setdefault(_phrase(first + "_" * spaced + second), compound["kind"])
    alternatives = _alternatives(kind_of)
    return Cues(
        kind_of=kind_of,
        pattern=re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)" if spaced else alternatives),
        vague=frozenset(map(_phrase, raw["vague"].split())),
        statuses={status: tuple(map(_phrase, said.split())) for status, said in raw["statuses"].items()},
        spaced=spaced,
    )


def _alternatives(words: Iterable[str]) -> str:
    """A pattern of the longest word at a place, grouped by first character: four times as fast as a plain list."""
    tails: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(tails.items()))


def _phrase(word: str) -> str:
    return word.replace("_", " ")
