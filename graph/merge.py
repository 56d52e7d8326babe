"""Names across documents → organizations: which names are one, on what ground, and what they are called.

The outcome depends on what is said alone, never on the order in which it came: names fall into groups that
share a form, and each group is joined by the same steps in the same order.

1. What a person decided (``same``), then one name in places that lie within each other.
2. One entry of a register.
3. A name that is a form (defined alias, lawful short form) of exactly one other organization.  A form of two
   organizations joins neither.  Forms are tried in their order, from the first again after each join.
4. A Latin name that translates exactly one Chinese name, if both also share another form, such as an acronym.

No step joins what ``Apart`` forbids: what a person decided (``different``), what one document lists side by side,
and the pairs of names of ``graph.forbid``.  An organization that has ``NAMES`` names gets no more but by a decision.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.latin_regions import region_of_latin_name
from extract.ontology import load_ontology
from extract.records import Organization
from extract.regions import region_of_name
from extract.romanize import romanize_name
from graph.decisions import Decision
from graph.forbid import forbids, relative
from graph.identity import Appearance, Count, Ground, Join, Name, fold_cached, most, name_key, total
from graph.registers import Entry, conflicting
from graph.seat import seat_of
from graph.short import short_forms

NAMES = 300  # of one organization: more are a form that misled, and each costs a look at all the others

Apart = Callable[[str, str], bool]
"""Whether some document lists the organizations of two keys side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One organization; ``members`` says for the key of each of its names why it is here (nothing for the first)."""

    organization: Organization
    members: Mapping[str, tuple[Join, ...]]


def forms_of(name: Name) -> Mapping[str, Ground]:
    """The folded forms, other than the name, under which others may mean it, each with its strongest ground."""
    forms: dict[str, Ground] = dict.fromkeys(short_forms(name.text), "short")
    forms |= dict.fromkeys(name.forms, "alias")
    return forms


def labels_of(name: Name) -> frozenset[str]:
    """The folded Latin labels of a Chinese name: those that documents give, and those that spelling it out gives."""
    if not chinese(name.text):
        return frozenset()
    return frozenset(map(fold_cached, (*name.labels, *romanize_name(name.text).forms()))) - {name.text}


def merge_names(names: Mapping[str, Name], *, apart: Apart, decisions: Sequence[Decision] = ()) -> tuple[Merged, ...]:
    """The organizations that ``names`` (by key) stand for, in the order of their ids."""
    index = Index(names.values(), decisions)
    merged: list[Merged] = []
    seen: set[str] = set()
    for key in sorted(names):
        if key not in seen:
            group = index.group(key)
            seen |= group
            merged += merge_group([names[member] for member in group], apart=apart, decisions=decisions)
    return tuple(sorted(merged, key=lambda one: one.organization.id))


def merge_documents(
    documents: Iterable[Iterable[Appearance]], *, decisions: Sequence[Decision] = ()
) -> tuple[Merged, ...]:
    """The organizations of many documents, each given by what it says of its organizations."""
    names: dict[str, Name] = {}
    listing: dict[str, set[int]] = defaultdict(set)
    for number, appearances in enumerate(documents):
        for appearance in appearances:
            if appearance.key not in names:
                names[appearance.key] = Name(key=appearance.key)
            names[appearance.key].add(appearance)
            listing[appearance.key].add(number)
    return merge_names(names, apart=lambda one, other: not listing[one].isdisjoint(listing[other]), decisions=decisions)


class Index:
    """Who bears and who owns a form: what connects names that may be one."""

    def __init__(self, names: Iterable[Name] = (), decisions: Iterable[Decision] = ()) -> None:
        self.names: dict[str, Name] = {}
        self.bearers: dict[str, set[str]] = defaultdict(set)  # folded name → keys
        self.owners: dict[str, set[str]] = defaultdict(set)  # folded form → keys that have it as another form
        self.registered: dict[str, set[str]] = defaultdict(set)  # register entry → keys
        self.labelled: dict[str, set[str]] = defaultdict(set)  # folded Latin label → keys
        self.decided: dict[str, set[str]] = defaultdict(set)  # folded name → folded names decided to be the same
        self._entered: dict[str, tuple[str, Mapping[str, Ground], frozenset[Entry], frozenset[str]]] = {}
        for name in names:
            self.put(name)
        self.decide(decisions)

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Take these as the decisions that hold."""
        self.decided.clear()
        for decision in decisions:
            if decision.verdict == "same":
                self.decided[decision.pair[0]].add(decision.pair[1])
                self.decided[decision.pair[1]].add(decision.pair[0])

    def put(self, name: Name) -> None:
        """Enter a name, in place of what was entered under its key."""
        held = self.names.get(name.key)
        if held is not None and held is not name and held.bears_as(name):
            self.names[name.key] = name
            return
        self.drop(name.key)
        text, forms, entries, labels = name.text, forms_of(name), name.entries, labels_of(name)
        self.names[name.key] = name
        self._entered[name.key] = text, forms, entries, labels
        self.bearers[text].add(name.key)
        for form in forms:
            self.owners[form].add(name.key)
        for entry in entries:
            self.registered[entry].add(name.key)
        for label in labels:
            self.labelled[label].add(name.key)

    def drop(self, key: str) -> None:
        """Take a name out, if it is there."""
        if key not in self._entered:
            return
        text, forms, entries, labels = self._entered.pop(key)
        del self.names[key]
        self.bearers[text].discard(key)
        for form in forms:
            self.owners[form].discard(key)
        for entry in entries:
            self.registered[entry].discard(key)
        for label in labels:
            self.labelled[label].discard(key)

    def forms(self, key: str) -> Mapping[str, Ground]:
        """The forms of an entered name, as ``forms_of``."""
        return self._entered[key][1]

    def labels(self, key: str) -> frozenset[str]:
        """The labels of an entered name, as ``labels_of``."""
        return self._entered[key][3]

    def forms_of(self, name: Name) -> Mapping[str, Ground]:
        """``forms_of`` of a name that need not be entered."""
        return self.forms(name.key) if self.names.get(name.key) is name else forms_of(name)

    def group(self, *keys: str) -> set[str]:
        """The keys that one of ``keys`` might be joined with, over any number of steps.

        Of many names with one text, form or entry, only the first is asked who else has it.
        """
        found, ahead = set(keys), list(keys)
        borne: set[str] = set()  # texts and forms whose bearers are found
        owned: set[str] = set()  # texts whose owners are
        entered: set[Entry] = set()
        while ahead:
            text, forms, entries, labels = self._entered[ahead.pop()]
            near: list[Collection[str]] = []
            for other in {text, *forms, *labels, *self.decided.get(text, ())} - borne:
                borne.add(other)
                near.append(self.bearers.get(other, ()))
            if text not in owned:
                owned.add(text)
                near += [self.owners.get(text, ()), self.labelled.get(text, ())]
            for entry in entries - entered:
                entered.add(entry)
                near.append(self.registered[entry])
            fresh = set().union(*near) - found
            found |= fresh
            ahead += fresh
        return found


def merge_group(names: Iterable[Name], *, apart: Apart, decisions: Sequence[Decision] = ()) -> Sequence[Merged]:
    """The organizations that the names of one group (``Index.group``) stand for."""
    group = {name.key: name for name in sorted(names, key=lambda name: name.key)}
    if len(group) == 1:
        (name,) = group.values()
        return (Merged(organization=describe([name], _identity(name, alone=True)), members={name.key: ()}),)
    clusters = _Clusters(group, apart, decisions)
    clusters.join_decided()
    clusters.join_places()
    clusters.join_registered()
    clusters.join_forms()
    clusters.join_translations()
    return tuple(clusters.merged())


class _Clusters:
    """The names of one group and what has been joined so far."""

    def __init__(self, names: Mapping[str, Name], apart: Apart, decisions: Sequence[Decision]) -> None:
        self.names = names
        self.apart = apart
        texts = {name.text for name in names.values()}
        self.decisions = [one for one in decisions if not texts.isdisjoint(one.pair)]
        self.different = {one.pair for one in self.decisions if one.verdict == "different"}
        self.index = Index(names.values(), self.decisions)
        self.cluster = {key: key for key in names}  # key → the least key of its cluster
        self.members = {key: [key] for key in names}
        self.joins: dict[str, list[Join]] = {key: [] for key in names}

    def allowed(self, one: str, other: str) -> bool:
        """Whether nothing forbids the two clusters to be one organization."""
        if len(self.members[one]) + len(self.members[other]) > NAMES:
            return False
        pairs = [(a, b) for a in self.members[one] for b in self.members[other]]
        for a, b in pairs:
            texts = (min(self.names[a].text, self.names[b].text), max(self.names[a].text, self.names[b].text))
            if texts in self.different or forbids(self.names[a].spelling, self.names[b].spelling):
                return False
            if conflicting(self.names[a].entries, self.names[b].entries):
                return False
        return not any(self.apart(a, b) for a, b in pairs)

    def join(self, key: str, other: str, ground: Ground, form: str) -> bool:
        """Make the clusters of two keys one, unless that is forbidden; says whether they were two and now are one."""
        one, two = sorted((self.cluster[key], self.cluster[other]))
        if one == two or not (ground == "decision" or self.allowed(one, two)):
            return False
        for member in self.members[two]:
            self.cluster[member] = one
        self.members[one] += self.members.pop(two)
        self.joins[key].append(Join(ground=ground, form=form, other=other))
        return True

    def join_decided(self) -> None:
        """Join what a person decided to be the same; a later ``different`` on the same pair was dropped with it."""
        for decision in self.decisions:
            if decision.verdict == "same":
                for key in self.index.bearers.get(decision.pair[0], ()):
                    for other in self.index.bearers.get(decision.pair[1], ()):
                        self.join(key, other, "decision", decision.pair[0])

    def join_places(self) -> None:
        """Join one name in places of which each lies in the next; a name without a place is in any of them.

        Not so a relative name (市科技局), which without a place stays that of its document.
        """
        for text, bearers in sorted(self.index.bearers.items()):
            keys = {key for key in bearers if self.names[key].regions or not relative(text)}
            regions = sorted({region.rstrip("0") for key in keys for region in self.names[key].regions})
            if all(longer.startswith(shorter) for shorter, longer in pairwise(regions)):
                ordered = sorted(keys)
                for other in ordered[1:]:
                    self.join(other, ordered[0], "place", text)

    def join_registered(self) -> None:
        """Join the names of one register entry."""
        for entry, keys in sorted(self.index.registered.items()):
            ordered = sorted(keys)
            for other in ordered[1:]:
                self.join(other, ordered[0], "register", entry)

    def join_forms(self) -> None:
        """Join each name that is a form of exactly one other organization; tried anew after each join."""
        candidates = {form for form in self.index.owners if self.index.bearers.get(form) and not relative(form)}
        ahead, waiting = sorted(candidates), set(candidates)
        while ahead:
            form = heapq.heappop(ahead)
            waiting.discard(form)
            bearer, owner = self._sole(self.index.bearers[form]), self._sole(self.index.owners[form])
            if bearer is None or owner is None or bearer == owner:
                continue
            key, other = min(self.index.bearers[form]), min(self.index.owners[form])
            if self.join(key, other, self.index.forms(other)[form], form):
                for member in self.members[self.cluster[key]]:
                    for touched in (self.names[member].text, *self.index.forms(member)):
                        if touched in candidates and touched not in waiting:
                            waiting.add(touched)
                            heapq.heappush(ahead, touched)

    def join_translations(self) -> None:
        """Join a Latin name with the one Chinese name that it translates.

        They must share another form (an acronym), or lie in one place by both names: Institute of Physics may be any.
        """
        for text, bearers in sorted(self.index.bearers.items()):
            owners = self.index.labelled.get(text, set())
            if self._sole(owners) is None or self._sole(bearers) is None:
                continue
            key, other = min(bearers), min(owners)
            shared = (self._called(key) & self._called(other)) - {text}
            if shared or _in_one_place(self.names[key].spelling, self.names[other].spelling):
                self.join(key, other, "translation", text)

    def _sole(self, keys: Iterable[str]) -> str | None:
        """The one cluster of all these keys; where thousands have a form, two tell that it is of several."""
        sole = None
        for key in keys:
            if self.cluster[key] != (sole := sole or self.cluster[key]):
                return None
        return sole

    def _called(self, key: str) -> set[str]:
        """All forms and labels of the organization of a name."""
        members = self.members[self.cluster[key]]
        return {form for member in members for form in (*self.index.forms(member), *self.index.labels(member))}

    def merged(self) -> Iterable[Merged]:
        """The organizations of the group."""
        canonical = {one: _canonical([self.names[key] for key in keys]) for one, keys in self.members.items()}
        called = Counter(name.text for name in canonical.values())
        for one, keys in self.members.items():
            name = canonical[one]
            yield Merged(
                organization=describe([self.names[key] for key in keys], _identity(name, alone=called[name.text] == 1)),
                members={key: tuple(sorted(self.joins[key])) for key in sorted(keys)},
            )


def _in_one_place(latin: str, name: str) -> bool:
    """Whether both names say where they are, and one place lies in the other."""
    one, two = region_of_latin_name(latin), region_of_name(name)
    if one is None or two is None:
        return False
    inner, outer = sorted((one.code.rstrip("0"), two.code.rstrip("0")), key=len, reverse=True)
    return inner.startswith(outer)


def _canonical(names: Sequence[Name]) -> Name:
    """The name an organization is called by: the longest, in Chinese characters where there is one."""
    return max(names, key=lambda name: (chinese(name.text), len(name.text), name.text, name.key))


def _identity(canonical: Name, *, alone: bool) -> str:
    """The id of an organization: that of its name, unless the name is of several in several places."""
    return name_key(canonical.text) if alone and not relative(canonical.text) else canonical.key


def chinese(text: str) -> bool:
    """Whether a name has Chinese characters."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def describe(names: Sequence[Name], identity: str) -> Organization:
    """The organization with the id ``identity`` that has these names."""
    canonical = _canonical(names)
    shown = most(canonical.names) or canonical.text
    spelled: dict[str, list[Count]] = defaultdict(list)
    for name in names:
        for spelling, documents in (*name.names.items(), *name.aliases.items()):
            spelled[fold_cached(spelling)].append({spelling: documents})
    spelled.pop(canonical.text)
    kinds = total(name.kinds for name in names)
    rank = {kind: at for at, kind in enumerate(load_ontology().organizations)}
    seat = seat_of(shown, names)
    return Organization(
        id=identity,
        name=shown,
        kind=min(kinds, key=lambda kind: (-kinds[kind], rank.get(kind, len(rank)))),
        aliases=tuple(sorted(most(total(spellings)) or "" for spellings in spelled.values())),
        label=most(canonical.labels) or (romanize_name(shown).short if chinese(shown) else None),
        region=seat.region if seat else None,
        region_ground=seat.ground if seat else None,
        identifiers=tuple(sorted({identifier for name in names for identifier in name.identifiers})),
    )
