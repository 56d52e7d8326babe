"""Training passages made from our own texts with slots (``<code>/passages.txt``) and lists of fillers.

A passage is filled many times with names of registers and with invented ones, so that a reader learns the
words around a name instead of the name.  The rows have the form of the labelled passages they join: text,
organizations, collaborations, part_of.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, get_args

from extract.errors import DataError
from extract.gold import claim_row
from extract.lang import load_language
from extract.ontology import load_ontology
from extract.records import Status

_SLOT = re.compile(r"\{([A-Z]\d?[ps]?)\}")
_CLAIM = re.compile(r"([+?]) (\w+) (\w+) (\w+)(?: (\w+))? \| (.+)")
_PART = re.compile(r"< (\w+) (\w+)")

KINDS = {  # the letter of a slot: the kind of organization that fills it
    "E": "enterprise",
    "B": "enterprise",
    "K": "enterprise",
    "U": "university",
    "D": "university",
    "I": "institute",
    "C": "institute",
    "L": "institute",
    "H": "hospital",
    "G": "government",
    "R": "government",
    "P": "platform",
    "F": "platform",
    "T": "association",
    "M": "university",
    "W": "association",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text with slots, and what it claims between them: claims as (sure, source, kind, target, status, cue)."""

    text: str
    claims: tuple[tuple[bool, str, str, str, str, str], ...]
    parts: tuple[tuple[str, str], ...]


@cache
def load_passages(code: str) -> tuple[Passage, ...]:
    """The passages of a language.

    Raises:
        DataError: A claim is misspelt, names a slot that the text lacks, or has an unknown kind or status.
    """
    lines = files("extract.train").joinpath(code, "passages.txt").read_text(encoding="utf-8").splitlines()
    passages, text = [], list[str]()
    claims, parts = list[tuple[bool, str, str, str, str, str]](), list[tuple[str, str]]()
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("#"):
            continue
        if not line:
            if text:
                passages.append(Passage(text="\n".join(text), claims=tuple(claims), parts=tuple(parts)))
            text, claims, parts = [], [], []
            continue
        slots = {slot.rstrip("s") for slot in _SLOT.findall("\n".join(text))}
        slots |= {slot + "p" for slot in slots if slot.startswith("D")}
        if claim := _CLAIM.fullmatch(line):
            sign, source, kind, target, status, cue = claim.groups(default="active")
            known = kind in load_ontology().collaborations and status in get_args(Status)
            if not known or not {source, target} <= slots or cue not in "\n".join(text):
                raise DataError(f"train/{code}/passages.txt, line {number}: {line}: an unknown slot, kind or cue")
            claims.append((sign == "+", source, kind, target, status, cue))
        elif part := _PART.fullmatch(line):
            if not set(part.groups()) <= slots:
                raise DataError(f"train/{code}/passages.txt, line {number}: {line}: an unknown slot")
            parts.append((part[1], part[2]))
        else:
            text.append(line)
    return tuple(passages)


@cache
def _fillers(code: str) -> Mapping[str, tuple[str, ...]]:
    text = files("extract.train").joinpath(code, "fillers.toml").read_text(encoding="utf-8")
    return {key: tuple(value.split()) for key, value in tomllib.loads(text).items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Fills the slots of Chinese passages, drawing from one random source."""

    random: Random

    def word(self, key: str) -> str:
        """One of the words under ``key`` of fillers.toml."""
        return self.random.choice(_fillers("zh")[key])

    def place(self, *, bare: bool = True) -> str:
        """A division by its name, or without its last character (市, 县, 区)."""
        while True:
            _, name = self.random.choice(load_language("zh").rows("divisions", ("code", "name")))
            if len(name) <= 4 and name[-1] in "市县区省":
                return name[:-1] if bare and len(name) > 2 else name

    def enterprise(self) -> tuple[str, str]:
        """A company's full and short name, from the register or invented."""
        if self.random.random() < 0.3:
            full, short, _ = self.random.choice(load_language("zh").rows("companies", ("name", "short", "code")))
            return full, short.lstrip("*ST").replace(" ", "")
        stem, trade = self.word("stems"), self.word("trades")
        place = self.place() if self.random.random() < 0.7 else ""
        form = self.word("forms")
        if place and self.random.random() < 0.2:
            return f"{stem}{trade}（{place}）{form}", stem + trade
        return f"{place}{stem}{trade}{form}", stem + (trade if self.random.random() < 0.5 else "")

    def brand(self) -> str:
        """A company by the name that the press uses, known or invented."""
        draw = self.random.random()
        if draw < 0.4:
            _, short, _ = self.random.choice(load_language("zh").rows("companies", ("name", "short", "code")))
            return short.lstrip("*ST").replace(" ", "")
        if draw < 0.55:
            return self.word("latin")
        if draw < 0.7:
            return self.word("foreign") + self.random.choice(("", "", "公司", "集团"))
        tail = self.random.choice(("股份", "科技", "集团", "医药", "能源", "智能", "汽车", "控股", "", "", ""))
        return self.word("stems") + tail

    def university(self) -> str:
        """A university of the register."""
        return self.random.choice(load_language("zh").rows("universities", ("name", "province")))[0]

    def name(self, letter: str) -> tuple[str, ...]:
        """A name for the slot, and its short name (enterprise) or parent (department) behind it."""
        place = self.place()
        match letter:
            case "E":
                return self.enterprise()
            case "B":
                return (self.brand(),)
            case "K":
                return (self.word("banks"),)
            case "U":
                return (self.university(),)
            case "D":
                parent = self.university()
                return parent + self.word("departments"), parent
            case "I":
                return (
                    self.place(bare=False) + self.random.choice(("", "", self.word("fields"))) + self.word("research"),
                )
            case "C":
                return (self.word("academies") + self.random.choice(("", place)) + self.word("institutes"),)
            case "L":
                return (self.random.choice((place, self.word("stems"), "")) + self.word("fields") + self.word("labs"),)
            case "H":
                return (place + "市"[: self.random.randrange(2)] + self.word("hospitals"),)
            case "G":
                if self.random.random() < 0.4:
                    return (self.word("bodies"),)
                return (self.place(bare=False) + self.word("offices"),)
            case "R":
                return (place,)
            case "P":
                return (place + self.random.choice(("", self.word("stems"))) + self.word("parks"),)
            case "F":
                return (self.word("stems") + self.word("funds"),)
            case "T":
                return (
                    self.random.choice(("中国", place + "市", "长三角")) + self.word("fields") + self.word("unions"),
                )
            case "M":
                return (self.word("abroad"),)
            case "W":
                return (self.word("world"),)
        raise ValueError(f"no filler for the slot {letter}")

    def passing(self, letter: str) -> str:
        """What fills a slot that is no organization: place, field, product, person."""
        match letter:
            case "Z":
                return self.place()
            case "Y":
                return self.word("fields")
            case "V":
                return self.word("products")
            case "N":
                return self.word("surnames") + self.word("given")
        raise ValueError(f"no filler for the slot {letter}")


def make_rows(code: str, *, times: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Each passage filled ``times`` times, as rows of the labelled form; the same rows for the same seed."""
    for number, passage in enumerate(load_passages(code)):
        for turn in range(times):
            yield _filled(passage, Filler(random=Random(f"{seed}/{number}/{turn}")), f"{code}-slots-{number}-{turn}")


def _filled(passage: Passage, filler: Filler, row_id: str) -> dict[str, Any]:
    names: dict[str, str] = {}
    aliases: dict[str, str] = {}
    for slot in _SLOT.findall(passage.text):
        key = slot[:2]
        if key in names:
            continue
        if slot[0] not in KINDS:
            names[key] = filler.passing(slot[0])
            continue
        while (filled := filler.name(slot[0]))[0] in names.values():
            pass
        names[key] = filled[0]
        if slot[0] == "E":
            aliases[key] = filled[1]
        if slot[0] == "D":
            names[key + "p"] = filled[1]
    used = set(_SLOT.findall(passage.text))

    def fill(match: re.Match[str]) -> str:
        slot = match[1]
        return aliases[slot[:2]] if slot.endswith("s") else names[slot]

    return {
        "id": row_id,
        "language": "zh",
        "source": "slots",
        "text": _SLOT.sub(fill, passage.text),
        "organizations": [
            {
                "name": name,
                "kind": KINDS[slot[0]],
                "aliases": [aliases[slot]] if slot + "s" in used else [],
                "optional": False,
            }
            for slot, name in names.items()
            if slot[0] in KINDS
        ],
        "collaborations": [
            claim_row(names[source], names[target], kind, status, cue=cue, optional=not sure)
            for sure, source, kind, target, status, cue in passage.claims
        ],
        "part_of": [
            {"child": names[child], "parent": names[parent], "optional": False} for child, parent in passage.parts
        ],
    }
