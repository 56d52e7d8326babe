"""Training passages made from our own English texts with slots (``en/passages.txt``)."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from random import Random

from extract.errors import DataError
from extract.gold import Row
from extract.ontology import load_ontology
from extract.records import STATUSES
from extract.train.english_swaps import english_name

_SLOT = re.compile(r"\{([A-Z])(s?)\}")
KINDS = {
    **dict.fromkeys("ABC", "enterprise"),
    **dict.fromkeys("UV", "university"),
    "I": "institute",
    "H": "hospital",
    "G": "government",
    "N": "association",
    "P": "platform",
}


@cache
def load_english_passages() -> tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...]:
    """Each text with its claims: source slot, kind, target slot, status.

    Raises:
        DataError: A line has no claims, or one of them names an unknown slot, kind or status.
    """
    passages = []
    lines = files("extract.train").joinpath("en", "passages.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line:
            continue
        text, _, said = line.rpartition(" | ")
        slots = {slot for slot, _ in _SLOT.findall(text)}
        claims = []
        for claim in said.split("; ") if said != "-" else ():
            source, kind, target, *status = claim.split()
            known = kind in load_ontology().collaborations and {source, target} <= slots and {*status} <= {*STATUSES}
            if not known or not text:
                raise DataError(f"train/en/passages.txt, line {number}: {claim}: an unknown slot, kind or status")
            claims.append((source, kind, target, status[0] if status else "active"))
        passages.append((text, tuple(claims)))
    return tuple(passages)


def make_english_rows(*, times: int, seed: int = 0) -> Iterator[Row]:
    """Each passage filled ``times`` times with other names, as labelled rows; the same for the same seed."""
    for number, (text, claims) in enumerate(load_english_passages()):
        for turn in range(times):
            random = Random(f"{seed}/{number}/{turn}")
            names: dict[str, str] = {}
            for slot, _ in _SLOT.findall(text):
                while slot not in names or list(names.values()).count(names[slot]) > 1:
                    names[slot] = english_name(KINDS[slot], random)
            yield {
                "id": f"en-slots-{number}-{turn}",
                "language": "en",
                "source": "slots",
                "text": _SLOT.sub(lambda match, names=names: names[match[1]], text),  # type: ignore[misc]
                "organizations": [
                    {"name": name, "kind": KINDS[slot], "aliases": [], "optional": False}
                    for slot, name in names.items()
                ],
                "collaborations": [
                    {
                        "source": names[source],
                        "target": names[target],
                        "kind": kind,
                        "status": status,
                        "cue": None,
                        "optional": False,
                    }
                    for source, kind, target, status in claims
                ],
                "part_of": [],
            }
