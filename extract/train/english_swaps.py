"""Labelled English passages with other names in them, so that a reader learns the words around names."""

import re
from functools import cache
from random import Random

from extract.gold import Row
from extract.lang import load_language

_LEGAL = re.compile(
    r",? (?:Inc\.?|Corp\.?|Corporation|Ltd\.?|Limited|LLC|LLP|PLC|plc|GmbH|AG|SE|N\.V\.|B\.V\.|AB|A/S|S\.p\.A\.|S\.A\."
    r"|SA|NV|BV|Co\.,? Ltd\.?|Co\.|Company|LP|L\.P\.|Oy|ASA|AS)$",
    re.I,
)
_SYLLABLES = (
    "ar bel cor dan el fen gal hal in jor kel lum mar nex or pra qui ros sol tra ul ver wex xan yor zen bri cal dor"
    " eth fy gra hyd ion jet kin lan mir nov op pel rad syn tec ulo vi wav"
)
_TRADES = (
    "Therapeutics Systems Energy Technologies Capital Robotics Labs Pharma Bio Motors Foods Partners Networks Materials"
    " Health Solutions Group Holdings Ventures Aerospace Semiconductor Analytics Mining Resources Software Marine"
    " Optics"
)


def bare(name: str) -> str:
    """A company's name without its legal form.

    >>> bare("Acme Motors Co., Ltd.")
    'Acme Motors'
    """
    return _LEGAL.sub("", _LEGAL.sub("", name))


@cache
def _pool() -> dict[str, tuple[str, ...]]:
    pool: dict[str, list[str]] = {}
    for name, kind, _ in load_language("en").rows("research_bodies", ("name", "kind", "ror")):
        if name.isascii() and 4 < len(name) < 50 and name[0].isupper() and "(" not in name:
            pool.setdefault(kind, []).append(bare(name) if kind == "enterprise" else name)
    return {kind: tuple(sorted(set(names))) for kind, names in pool.items()}


def _invented(random: Random) -> str:
    word = "".join(random.choice(_SYLLABLES.split()) for _ in range(random.choice((2, 2, 3)))).capitalize()
    draw = random.random()
    if draw < 0.15:
        word = word[:3] + word[3:].capitalize()
    elif draw > 0.9:
        word = word.upper()[:4]
    return f"{word} {random.choice(_TRADES.split())}" if random.random() < 0.55 else word


_FORMS = ("", "", ", Inc.", " Ltd", " Corp.", " AG", " GmbH", " plc", " LLC")


def english_name(kind: str, random: Random) -> str:
    """A name of that organization kind: of the register, or, for a company, also invented."""
    if kind == "enterprise":
        stem = _invented(random) if random.random() < 0.7 else random.choice(_pool()["enterprise"])
        return stem + random.choice(_FORMS)
    if kind == "platform":
        return f"{_invented(random)} {random.choice(('Fund', 'Exchange', 'Science Park', 'Accelerator'))}"
    return random.choice(_pool()[kind])


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def swap_english(row: Row, random: Random, *, share: float = 0.75) -> Row:
    """The row with ``share`` of its organizations named otherwise, in text, gold and claims; short forms follow."""
    renamed: dict[str, str] = {}
    for organization in row["organizations"]:
        if random.random() >= share:
            continue
        name, kind = organization["name"], organization["kind"]
        if kind == "enterprise":
            stem = bare(name)
            new = _invented(random) if random.random() < 0.5 else random.choice(_pool()["enterprise"])
            renamed[name] = new + name[len(stem) :]
            for alias in organization.get("aliases", ()):
                short = bare(alias)
                if alias.isupper() and " " not in alias:
                    renamed[alias] = _initials(new) if len(new.split()) > 1 else new[:4].upper()
                elif short == stem:
                    renamed[alias] = new + alias[len(short) :]
                else:
                    renamed[alias] = new.split()[0] + alias[len(short) :]
        elif kind in _pool():
            new = renamed[name] = random.choice(_pool()[kind])
            for alias in organization.get("aliases", ()):
                acronym = alias.isupper() and " " not in alias
                words = new.split()
                renamed[alias] = _initials(new)[:6] if acronym else " ".join(words[: max(2, len(words) // 2)])
    if not renamed:
        return row
    forms = "|".join(re.escape(form) for form in sorted(renamed, key=len, reverse=True))
    text = re.sub(rf"(?<!\w)(?:{forms})(?!\w)", lambda match: renamed[match[0]], row["text"])

    def new_of(name: str) -> str:
        return renamed.get(name, name)

    return row | {
        "id": row["id"] + "~",
        "text": text,
        "organizations": [
            one | {"name": new_of(one["name"]), "aliases": [new_of(alias) for alias in one.get("aliases", ())]}
            for one in row["organizations"]
        ],
        "collaborations": [
            claim | {"source": new_of(claim["source"]), "target": new_of(claim["target"])}
            for claim in row.get("collaborations", ())
        ],
    }
