"""What documents say under one name: the unit that merging joins into organizations."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, Self, cast

from extract.names import fold_name, organization_id
from extract.records import Organization
from extract.regions import region_of_name
from graph.forbid import relative
from graph.registers import entries_of
from graph.stores import Value

Ground = Literal["decision", "place", "register", "alias", "short", "translation"]
"""Why two names are one organization: a person said so; one name in one place; one register entry; a document
defines the one as alias of the other; the one is the lawful short form of the other; a translation that something
else supports."""

fold_cached = lru_cache(maxsize=200_000)(fold_name)
"""``fold_name``, which keeps what it folded."""


def name_key(name: str, place: str | None = None) -> str:
    """The key of what is said under ``name`` in ``place``; without one it is ``organization_id``.

    >>> name_key("第一人民医院", "320585") == name_key("第一人民医院", "320583")
    False
    """
    if place is None:
        return organization_id(name)
    return hashlib.blake2b(f"{fold_name(name)}\x1f{place}".encode(), digest_size=10).hexdigest()


def place_of(name: str, region: str | None, document: str) -> str | None:
    """What tells a name of a document from the same name elsewhere, ``None`` where nothing need.

    It is the region that the document gives, unless the name says so itself.  A relative name (市科技局) without
    one is that of its document alone.
    """
    if region is not None:
        own = region_of_name(name)
        return None if own is not None and own.code == region else region
    return f"document {document}" if relative(fold_cached(name)) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """What one document says of one organization; ``key`` is ``name_key`` of its name and place there."""

    key: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    label: str | None = None
    region: str | None = None
    identifiers: tuple[str, ...] = ()

    @classmethod
    def of(cls, organization: Organization, document: str) -> Self:
        """The appearance of an organization of the extraction of ``document``."""
        own = fold_cached(organization.name)
        return cls(
            key=name_key(organization.name, place_of(organization.name, organization.region, document)),
            name=organization.name,
            kind=organization.kind,
            aliases=tuple(
                sorted({alias for alias in organization.aliases if alias.strip() and fold_cached(alias) != own})
            ),
            label=organization.label,
            region=organization.region,
            identifiers=tuple(sorted(set(organization.identifiers))),
        )

    def properties(self) -> dict[str, Value]:
        """The appearance as properties of a relationship; what is empty is left out."""
        return {
            "key": self.key,
            "name": self.name,
            "kind": self.kind,
            "aliases": list(self.aliases) or None,
            "label": self.label,
            "region": self.region,
            "identifiers": list(self.identifiers) or None,
        }

    @classmethod
    def from_properties(cls, properties: Mapping[str, Value]) -> Self:
        """The appearance whose ``properties`` are given."""
        values = cast(dict[str, str | None], properties)
        return cls(
            key=values["key"] or "",
            name=values["name"] or "",
            kind=values["kind"] or "",
            aliases=tuple(values.get("aliases") or ()),
            label=values.get("label"),
            region=values.get("region"),
            identifiers=tuple(values.get("identifiers") or ()),
        )

    @classmethod
    def both(cls, one: Self, other: Self) -> Self:
        """What a document says of an organization that it lists twice under one name."""
        first, second = sorted((one, other), key=lambda each: (each.name, each.kind))
        return cls(
            key=one.key,
            name=first.name,
            kind=first.kind,
            aliases=tuple(sorted({*one.aliases, *other.aliases})),
            label=first.label or second.label,
            region=first.region,
            identifiers=tuple(sorted({*one.identifiers, *other.identifiers})),
        )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Join:
    """Why the name ``key`` is the organization of the name ``other``; ``form`` is the folded form they share."""

    ground: Ground
    form: str
    other: str

    def line(self) -> str:
        """The join as text, for a list in the store."""
        return f"{self.ground}\t{self.form}\t{self.other}"

    @classmethod
    def from_line(cls, line: str) -> Self:
        """The join that ``line`` wrote."""
        ground, form, other = line.split("\t")
        return cls(ground=cast(Ground, ground), form=form, other=other)


@dataclass(slots=True, kw_only=True)
class Name:
    """What all documents together say under one name: how many spell it so, call it that kind, give that alias.

    The counts are numbers of documents; what is not said any more is not kept.
    """

    key: str
    documents: int = 0
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    aliases: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    regions: Counter[str] = field(default_factory=Counter)
    identifiers: Counter[str] = field(default_factory=Counter)

    def add(self, appearance: Appearance, times: int = 1) -> None:
        """Count what one document says; ``times`` is -1 where it is taken back."""
        self.documents += times
        _count(self.names, (appearance.name,), times)
        _count(self.kinds, (appearance.kind,), times)
        _count(self.aliases, appearance.aliases, times)
        _count(self.labels, () if appearance.label is None else (appearance.label,), times)
        _count(self.regions, () if appearance.region is None else (appearance.region,), times)
        _count(self.identifiers, appearance.identifiers, times)

    def copy(self) -> "Name":
        """A name of the same counts, to be counted further."""
        return Name(
            key=self.key, documents=self.documents, **{name: Counter(counter) for name, counter in self._counters()}
        )

    @property
    def text(self) -> str:
        """The folded name."""
        return fold_cached(next(iter(self.names)))

    @property
    def forms(self) -> frozenset[str]:
        """The folded aliases that documents define."""
        return frozenset(fold_cached(alias) for alias in self.aliases)

    @property
    def spelling(self) -> str:
        """One spelling of the name, the same however often each is used."""
        return min(self.names)

    @property
    def entries(self) -> frozenset[str]:
        """The register entries of the name, and those that documents give it."""
        return entries_of(self.text) | frozenset(self.identifiers)

    @property
    def bearing(self) -> tuple[frozenset[str], ...]:
        """All that decides which names it is joined with; the counts do not."""
        return frozenset(self.names), self.forms, frozenset(self.regions), frozenset(self.identifiers)

    def counts(self) -> str:
        """The counts as one line of JSON; equal counts give equal lines."""
        return json.dumps(
            {name: dict(sorted(counter.items())) for name, counter in self._counters() if counter}
            | {"documents": self.documents},
            ensure_ascii=False,
            sort_keys=True,
        )

    @classmethod
    def from_counts(cls, key: str, counts: str) -> Self:
        """The name whose ``counts`` are given."""
        raw = json.loads(counts)
        name = cls(key=key, documents=raw.pop("documents"))
        for counter, values in raw.items():
            getattr(name, counter).update(values)
        return name

    def _counters(self) -> Iterator[tuple[str, Counter[str]]]:
        for counter in ("names", "kinds", "aliases", "labels", "regions", "identifiers"):
            yield counter, getattr(self, counter)


def _count(counter: Counter[str], values: Sequence[str], times: int) -> None:
    for value in values:
        counter[value] += times
        if counter[value] <= 0:
            del counter[value]


def most(counter: Counter[str]) -> str | None:
    """The value that most documents give; of several the first in order.

    >>> most(Counter({"b": 2, "a": 2, "c": 1}))
    'a'
    """
    return min(counter, key=lambda value: (-counter[value], value)) if counter else None
