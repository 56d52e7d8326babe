"""What documents say under one name: the unit that merging joins into organizations."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, Self, cast

from extract.latin_regions import region_of_latin_name
from extract.names import fold_name, organization_id
from extract.records import Organization
from extract.regions import region_of_name
from graph.forbid import relative
from graph.registers import entries_of
from graph.stores import Value
from graph.told import Told

Ground = Literal["decision", "place", "register", "alias", "short", "translation"]
"""Why two names are one organization: a person said so; one name in one place; one register entry; a document
defines the one as alias of the other; the one is the lawful short form of the other; a translation that something
else supports."""

Count = dict[str, int]
"""How many documents give each value."""

fold_cached = lru_cache(maxsize=200_000)(fold_name)
"""``fold_name``, which keeps what it folded."""


@lru_cache(maxsize=100_000)
def own_region(name: str) -> str | None:
    """The code of the region that a name says, as ``region_of_name``."""
    region = region_of_name(name)
    return region.code if region else None


@lru_cache(maxsize=100_000)
def latin_region(name: str) -> str | None:
    """The code of the region that a name in Latin letters says; it tells no namesakes apart."""
    region = region_of_latin_name(name) if name[:1].isascii() else None
    return region.code if region else None


@lru_cache(maxsize=200_000)
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
        return None if own_region(name) == region else region
    return f"document {document}" if relative(fold_cached(name)) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """What one document says of one organization; ``key`` is ``name_key`` of its name and place there.

    ``region`` is what rows of facts give, which tells namesakes apart; ``told`` is what the text says, which does not.
    """

    key: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    label: str | None = None
    region: str | None = None
    told: Told | None = None
    identifiers: tuple[str, ...] = ()

    @classmethod
    def of(cls, organization: Organization, document: str, text: str = "") -> Self:
        """The appearance of an organization of the extraction of ``document``, whose text is ``text``."""
        own = fold_cached(organization.name)
        told = Told.of(organization, text)
        region = None if told else organization.region
        return cls(
            key=name_key(organization.name, place_of(organization.name, region, document)),
            name=organization.name,
            kind=organization.kind,
            aliases=tuple(
                sorted({alias for alias in organization.aliases if alias.strip() and fold_cached(alias) != own})
            ),
            label=organization.label,
            region=region,
            told=told,
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
            **(self.told.properties() if self.told else {}),
        }

    @classmethod
    def from_properties(cls, properties: Mapping[str, Value]) -> Self:
        """The appearance whose ``properties`` are given."""
        values, told = cast(dict[str, str | None], properties), Told.from_properties(properties)
        return cls(
            key=values["key"] or "",
            name=values["name"] or "",
            kind=values["kind"] or "",
            aliases=tuple(values.get("aliases") or ()),
            label=values.get("label"),
            region=None if told else values.get("region"),
            told=told,
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
            told=Told.both(first.told, second.told),
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

    ``regions`` are those that rows of facts give, ``told`` those that texts say.

    The counts are numbers of documents; what is not said any more is not kept.
    """

    key: str
    documents: int = 0
    names: Count = field(default_factory=dict)
    kinds: Count = field(default_factory=dict)
    aliases: Count = field(default_factory=dict)
    labels: Count = field(default_factory=dict)
    regions: Count = field(default_factory=dict)
    told: Count = field(default_factory=dict)
    identifiers: Count = field(default_factory=dict)

    def add(self, appearance: Appearance, times: int = 1) -> None:
        """Count what one document says; ``times`` is -1 where it is taken back."""
        self.documents += times
        _count(self.names, appearance.name, times)
        _count(self.kinds, appearance.kind, times)
        for alias in appearance.aliases:
            _count(self.aliases, alias, times)
        if appearance.label is not None:
            _count(self.labels, appearance.label, times)
        if appearance.region is not None:
            _count(self.regions, appearance.region, times)
        if appearance.told is not None:
            _count(self.told, appearance.told.region, times)
        for identifier in appearance.identifiers:
            _count(self.identifiers, identifier, times)

    def absorb(self, other: "Name") -> None:
        """Count what other documents say under the same name too."""
        self.documents += other.documents
        for counter, values in other._counters():
            mine = getattr(self, counter)
            for value, times in values.items():
                mine[value] = mine.get(value, 0) + times

    def copy(self) -> "Name":
        """A name of the same counts, to be counted further."""
        return Name(
            key=self.key,
            documents=self.documents,
            names=self.names.copy(),
            kinds=self.kinds.copy(),
            aliases=self.aliases.copy(),
            labels=self.labels.copy(),
            regions=self.regions.copy(),
            told=self.told.copy(),
            identifiers=self.identifiers.copy(),
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

    def bears_as(self, other: "Name") -> bool:
        """Whether both have the same of all that decides which names they are joined with; the counts do not."""
        return (
            self.names.keys() == other.names.keys()
            and self.regions.keys() == other.regions.keys()
            and self.identifiers.keys() == other.identifiers.keys()
            and self.labels.keys() == other.labels.keys()
            and (self.aliases.keys() == other.aliases.keys() or self.forms == other.forms)
        )

    def tells_as(self, other: "Name") -> bool:
        """Whether all that an organization of this name alone is described by is the same, and no count decides it."""
        return (
            self.bears_as(other)
            and self.kinds.keys() == other.kinds.keys()
            and self.told.keys() == other.told.keys()
            and self.aliases.keys() == other.aliases.keys()
            and max(map(len, (self.names, self.kinds, self.labels, self.regions, self.told))) == 1
            and (len(self.aliases) < 2 or len(self.forms) == len(self.aliases))
        )

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

    def _counters(self) -> Iterator[tuple[str, Count]]:
        for counter in ("names", "kinds", "aliases", "labels", "regions", "told", "identifiers"):
            yield counter, getattr(self, counter)


def _count(count: Count, value: str, times: int) -> None:
    left = count.get(value, 0) + times
    if left > 0:
        count[value] = left
    else:
        del count[value]


def total(counts: Iterable[Count]) -> Count:
    """All counts as one."""
    added: Count = {}
    for count in counts:
        for value, times in count.items():
            added[value] = added.get(value, 0) + times
    return added


def most(count: Count) -> str | None:
    """The value that most documents give; of several the first in order.

    >>> most({"b": 2, "a": 2, "c": 1})
    'a'
    """
    if len(count) < 2:
        return next(iter(count), None)
    return min(count, key=lambda value: (-count[value], value))
