"""What a batch changes in names and organizations, worked out before anything is written."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.identity import Appearance, Join, Name
from graph.known import Held, Known, texts_of
from graph.merge import Merged, describe, merge_group

Said = Mapping[str, Mapping[str, Appearance]]
"""What documents say of organizations: document id → key → appearance."""

Pair = tuple[str, str]
Together = Callable[[Sequence[Pair]], Collection[Pair]]
"""Of pairs of keys those that some document lists side by side, other than the documents that are taken out."""


@dataclass(slots=True, kw_only=True)
class Plan:
    """The changes that a batch brings; keys are those of ``Name``.

    ``before`` and ``after`` hold, by id, the organizations that change as they are and as they will be.
    ``named`` are the names that change, with their ``joins``; ``new`` those that the store does not have;
    ``vanished`` those that no document says any more; ``home`` where each name of ``after`` is; ``moved`` the names
    that had another organization: (key, its id before, its id after).
    """

    before: dict[str, Held] = field(default_factory=dict)
    after: dict[str, Held] = field(default_factory=dict)
    named: dict[str, Name] = field(default_factory=dict)
    joins: dict[str, tuple[Join, ...]] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    vanished: set[str] = field(default_factory=set)
    home: dict[str, str] = field(default_factory=dict)
    moved: list[tuple[str, str, str]] = field(default_factory=list)


def plan_names(known: Known, added: Said, taken: Said, together: Together, *, reconsider: Iterable[str] = ()) -> Plan:
    """The changes that the documents ``added`` bring, and those ``taken`` out; their counts are entered into ``known``.

    ``reconsider`` names keys whose joins are worked out anew though nothing more is said of them.  If the plan is
    not carried out, ``known`` is of no further use.
    """
    plan = Plan()
    if not known.whole:
        known.fetch([*_names(taken).values(), *_names(added).values()])
    counted = _count(known, added, taken)
    plan.new = {key for key in counted if key not in known.index.names}
    anew = {key for key in reconsider if key in known.index.names} | set(_unsettled(known, counted, added, taken))
    groups = known.index.group(*(key for key in anew if key in known.index.names))
    steady = {
        key for key, name in counted.items() if key in known.index.names and name.tells_as(known.index.names[key])
    }
    for key, name in counted.items():
        if name.documents:
            known.index.put(name)
        else:
            known.index.drop(key)
            plan.vanished.add(key)
    parts = _groups(known, (anew | groups) - plan.vanished)
    _settle(known, plan, _merge(known, parts, _Apart(known, parts, added), together))
    settled = {key for part in parts for key in part} | plan.vanished
    for organization in {known.home[key] for key in counted if key not in settled}:
        members = known.held[organization].merged.members
        if len(members) == 1 and members.keys() <= steady:
            plan.after[organization] = known.held[organization]
            continue
        described = describe([known.index.names[key] for key in members], organization)
        _settle(known, plan, [Merged(organization=described, members=members)])
    for key in settled | counted.keys():
        if key in known.home:
            plan.before[known.home[key]] = known.held[known.home[key]]
    _compare(known, plan, counted)
    return plan


def carry_out(known: Known, plan: Plan) -> None:
    """Take the plan's outcome as what the store holds."""
    for key in plan.vanished:
        known.home.pop(key, None)
    for organization in plan.before:
        known.held.pop(organization, None)
    for held in plan.after.values():
        known.hold(held)


def _names(said: Said) -> dict[str, Name]:
    names: dict[str, Name] = {}
    for appearances in said.values():
        for key, appearance in appearances.items():
            names.setdefault(key, Name(key=key)).add(appearance)
    return names


def _count(known: Known, added: Said, taken: Said) -> dict[str, Name]:
    counted: dict[str, Name] = {}
    for said, times in ((added, 1), (taken, -1)):
        for appearances in said.values():
            for key, appearance in appearances.items():
                if key not in counted:
                    held = known.index.names.get(key)
                    counted[key] = Name(key=key) if held is None else held.copy()
                counted[key].add(appearance, times)
    return counted


def _unsettled(known: Known, counted: Mapping[str, Name], added: Said, taken: Said) -> Iterable[str]:
    """The keys whose joins may change: new, gone or bearing other forms, or side by side with one of their own."""
    for key, name in counted.items():
        held = known.index.names.get(key)
        if held is None or not name.documents or not held.bears_as(name):
            yield key
    for appearances in taken.values():
        yield from appearances
    for appearances in added.values():
        homes: dict[str, list[str]] = defaultdict(list)
        for key in appearances:
            if key in known.home:
                homes[known.home[key]].append(key)
        for keys in homes.values():
            if len(keys) > 1:
                yield from keys


def _groups(known: Known, keys: Iterable[str]) -> list[list[str]]:
    parts: list[list[str]] = []
    seen: set[str] = set()
    for key in sorted(keys):
        if key not in seen:
            part = known.index.group(key)
            seen |= part
            parts.append(sorted(part))
    return parts


class _Apart:
    """Whether two keys of one part stand side by side in a document, as far as that is known.

    What the store must be asked is taken for no, and kept in ``open``: of a part's pairs few are ever asked for.
    """

    def __init__(self, known: Known, parts: Sequence[Sequence[str]], added: Said) -> None:
        self._home = known.home
        self._documents: dict[str, set[str]] = defaultdict(set)
        self._stored: dict[Pair, bool] = {}
        self.open: set[Pair] = set()
        wanted = {key for part in parts if len(part) > 1 for key in part}
        for document, appearances in added.items():
            for key in wanted & appearances.keys():
                self._documents[key].add(document)

    def __call__(self, one: str, other: str) -> bool:
        """Whether they do."""
        if not self._documents[one].isdisjoint(self._documents[other]):
            return True
        pair = (one, other) if one < other else (other, one)
        if pair not in self._stored and one in self._home and other in self._home:
            self.open.add(pair)
        return self._stored.get(pair, False)

    def ask(self, together: Together) -> set[str]:
        """Ask for the open pairs; gives back the keys of those that do."""
        found = set(together(sorted(self.open))) if self.open else set()
        self._stored |= {pair: pair in found for pair in self.open}
        self.open.clear()
        return {key for pair in found for key in pair}


def _merge(known: Known, parts: Sequence[Sequence[str]], apart: _Apart, together: Together) -> Iterable[Merged]:
    """The organizations of all parts; those of a part that takes a wrong answer for granted are worked out again."""
    left = list(parts)
    while left:
        merged = [
            merge_group([known.index.names[key] for key in part], apart=apart, decisions=known.deciding(part))
            for part in left
        ]
        wrong = apart.ask(together)
        for part, organizations in zip(left, merged, strict=True):
            if wrong.isdisjoint(part):
                yield from organizations
        left = [part for part in left if not wrong.isdisjoint(part)]


def _settle(known: Known, plan: Plan, merged: Iterable[Merged]) -> None:
    for one in merged:
        plan.after[one.organization.id] = Held(merged=one, texts=texts_of(one, known.index.names, known.index))
        for key in one.members:
            plan.home[key] = one.organization.id


def _compare(known: Known, plan: Plan, counted: Mapping[str, Name]) -> None:
    """Drop what stays as it is; list the names that change."""
    for organization, held in plan.after.items():
        old = plan.before.get(organization)
        for key, joins in held.merged.members.items():
            at = known.home.get(key)
            if at is not None and at != organization:
                plan.moved.append((key, at, organization))
            if key in counted or at != organization or old is None or old.merged.members.get(key) != joins:
                plan.named[key], plan.joins[key] = known.index.names[key], joins
    plan.moved.sort()
    same = [organization for organization, held in plan.after.items() if plan.before.get(organization) == held]
    for organization in same:
        del plan.after[organization], plan.before[organization]
