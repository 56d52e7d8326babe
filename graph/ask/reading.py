"""What a question is understood as: the value between the words of a question and the Cypher that answers it."""

from dataclasses import dataclass, replace
from typing import Literal

Intent = Literal[
    "partners",  # who works with X, under conditions
    "pair",  # do X and Y work together, and is it so-and-so
    "how",  # in what ways do X and Y work together
    "since",  # from when on
    "status",  # is the collaboration of X and Y planned, ended, denied
    "why",  # the documents and sentences behind it
    "paths",  # the shortest ways from X to Y
    "common",  # the partners that X and Y share
    "count",  # how many partners X has
    "rank",  # who has the most partners
    "pairs",  # all collaborations of a kind or a status
    "having",  # the organizations of a kind that work with a kind
    "via",  # through which person, or what goes through a person
    "parts",  # what belongs to X
    "parents",  # what X belongs to
    "belongs",  # does X belong to Y
]

Side = Literal["from", "into"]
"""``from``: the first name of the question is the source of the relation; ``into``: it is the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """An organization of the graph, as far as a question needs it."""

    id: str
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A stretch of a question that names organizations: one, several that fit, or none that is known.

    ``nearest`` are known organizations of similar names, where none fits.  ``exact`` is false where the name was found
    by its sound, a small misspelling or as a part of a longer name.
    """

    text: str
    organizations: tuple[Organization, ...] = ()
    exact: bool = True
    nearest: tuple[Organization, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A question understood: an intent, the names in their order, and conditions.

    ``relations`` are collaboration kinds, any of which fits; ``side`` is the part that the first name plays in a
    directed one.  ``kinds`` are those of the organizations asked for, ``among`` those of what is ranked or listed.
    ``years`` is first and last year, both included, ``None`` for open.  ``bare``: the question consists of names alone.
    ``connected``: a connection over others will do where there is no direct one.  ``passed_over`` are words that were
    not understood and that the answer does not turn on.
    """

    intent: Intent
    language: str = "zh"
    names: tuple[Name, ...] = ()
    kinds: tuple[str, ...] = ()
    among: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    side: Side | None = None
    status: str | None = None
    years: tuple[int | None, int | None] | None = None
    region: str | None = None
    person: str | None = None
    top: int = 1
    with_parts: bool = False
    connected: bool = False
    bare: bool = False
    passed_over: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the named organizations; for a settled reading, in which each name fits one."""
        return tuple(name.organizations[0].id for name in self.names)

    def summary(self) -> str:
        """The reading in one line of fixed form: intent, names, conditions behind bars."""
        shown = [name.organizations[0].name if len(name.organizations) == 1 else f"?{name.text}" for name in self.names]
        head = self.intent + (f" {self.top}" if self.intent == "rank" else "")
        parts = [f"{head} {', '.join(shown)}".strip()]
        if self.among:
            parts.append("among " + ", ".join(self.among))
        if self.kinds:
            parts.append(("between " if self.intent == "pairs" else "kinds ") + ", ".join(self.kinds))
        if self.relations:
            relation = ", ".join(self.relations)
            if self.side and len(shown) == 2 and self.intent in ("pair", "status"):
                ends = shown if self.side == "from" else shown[::-1]
                parts.append(f"{relation} {ends[0]} to {ends[1]}")
            else:
                parts.append(f"{relation} {self.side}" if self.side else relation)
        if self.status:
            parts.append(f"status {self.status}")
        if self.years:
            parts.append("years " + "-".join("" if year is None else str(year) for year in self.years))
        if self.region:
            parts.append(f"region {self.region}")
        if self.person:
            parts.append(f"person {self.person}")
        if self.with_parts:
            parts.append("with parts")
        return " | ".join(parts)

    def with_names(self, names: tuple[Name, ...]) -> "Reading":
        """The same reading with other names in the places of its own."""
        return replace(self, names=names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a question is not looked up.

    ``order``: it wants something changed; ``scope``: the graph holds nothing of the kind; ``words``: no way to read it.
    """

    reason: Literal["order", "scope", "words"]
    language: str = "zh"
    word: str | None = None


def otherwise(reading: Reading) -> Reading | None:
    """What a question about two organizations asks where nothing joins them directly, or ``None``."""
    if reading.connected and reading.intent in ("how", "pair", "via") and len(reading.names) == 2:
        return replace(reading, intent="paths", relations=(), side=None, status=None)
    return None
