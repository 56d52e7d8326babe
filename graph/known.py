"""The part of a store's names that a run has in memory: fetched when a form is asked for, kept up to date."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from graph.decisions import Decision
from graph.identity import Join, Name, fold_cached
from graph.merge import Index, Merged, chinese, describe, labels_of
from graph.registers import names_of
from graph.stores import Store

As = Literal["name", "alias", "short", "label", "identifier"]
"""What a form is to the organization that it names: the strongest of what applies, in this order."""

_FORMS = """
UNWIND $forms AS form MATCH (:Alias {text: form})-[r:NAMES]->(o:Organization) RETURN form, r.as AS as, o.id AS id
"""
_NAMES = """
UNWIND $ids AS id MATCH (o:Organization {id: id})<-[:OF]-(n:Name)
RETURN id, n.id AS key, n.counts AS counts, n.joins AS joins
"""
_DECISIONS = """
MATCH (d:Decision) RETURN d.verdict AS verdict, d.a AS a, d.b AS b, d.because AS because, d.author AS author,
d.date AS date
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An organization as the store holds it; ``texts`` are the forms that lead to it."""

    merged: Merged
    texts: Mapping[str, As]


def texts_of(merged: Merged, names: Mapping[str, Name], index: Index) -> Mapping[str, As]:
    """The folded forms that lead to an organization, and what each is to it."""
    texts: dict[str, As] = {}
    for key in merged.members:
        name = names[key]
        found: dict[str, As] = {fold_cached(identifier): "identifier" for identifier in name.identifiers}
        found |= dict.fromkeys(index.labels(key) or map(fold_cached, name.labels), "label")
        found |= {form: "alias" if ground == "alias" else "short" for form, ground in index.forms(key).items()}
        found[name.text] = "name"
        for text, what in found.items():
            if text not in texts or _RANK[what] < _RANK[texts[text]]:
                texts[text] = what
    return texts


_RANK: Mapping[As, int] = {"name": 0, "alias": 1, "short": 2, "label": 3, "identifier": 4}


class Known:
    """What is known of a store's names.  ``whole``: the store was empty when the run began, so all is known."""

    def __init__(self, store: Store, *, whole: bool) -> None:
        self.whole = whole
        self.index = Index()
        self.home: dict[str, str] = {}  # key → id of the organization it is a name of
        self.held: dict[str, Held] = {}
        self.decisions: tuple[Decision, ...] = ()
        self._deciding: dict[str, list[Decision]] = defaultdict(list)
        self._store = store
        self._collaborations: set[str] = set()  # of a whole: ids for which there may be evidence
        self._asked: set[tuple[str, As]] = set()
        rows = store.run(_DECISIONS)
        self.set_decisions([Decision(**cast(dict[str, str], row)) for row in rows])  # type: ignore[arg-type]

    def set_decisions(self, decisions: Sequence[Decision]) -> None:
        """Take these as the decisions that hold, one a pair."""
        self.decisions = tuple(decisions)
        self.index.decide(decisions)
        self._deciding.clear()
        for decision in decisions:
            for text in decision.pair:
                self._deciding[text].append(decision)

    def may_hold(self, collaboration: str) -> bool:
        """Whether the store may have evidence for a relationship of that id."""
        return not self.whole or collaboration in self._collaborations

    def note(self, collaborations: Iterable[str]) -> None:
        """Take down that there may be evidence for these from now on."""
        if self.whole:
            self._collaborations.update(collaborations)

    def deciding(self, keys: Iterable[str]) -> tuple[Decision, ...]:
        """The decisions about the names of ``keys``, in the order of their pairs."""
        texts = {self.index.names[key].text for key in keys}
        found = {decision.pair: decision for text in texts for decision in self._deciding.get(text, ())}
        return tuple(found[pair] for pair in sorted(found))

    def fetch(self, names: Iterable[Name]) -> None:
        """Read from the store what these names might be joined with, over any number of steps."""
        if self.whole:
            return
        ahead = list(names)
        while ahead:
            asked = {question for name in ahead for question in self._questions(name)} - self._asked
            self._asked |= asked
            rows = self._store.run(_FORMS, {"forms": sorted({form for form, _ in asked})}) if asked else []
            wanted = {
                str(row["id"])
                for row in rows
                for what in ("name", "alias", "label", "identifier")
                if (row["form"], what) in asked and _answers(what, cast(As, row["as"]))
            }
            ahead = self._read(sorted(wanted - self.held.keys()))

    def fetch_texts(self, texts: Iterable[str]) -> None:
        """Read the organizations that bear one of these folded names, and what they might be joined with."""
        if not self.whole:
            rows = self._store.run(_FORMS, {"forms": sorted(texts)})
            found = sorted({str(row["id"]) for row in rows if row["as"] == "name"} - self.held.keys())
            self.fetch(self._read(found))

    def _questions(self, name: Name) -> Iterable[tuple[str, As]]:
        yield name.text, "name"
        for form in self.index.forms_of(name):
            yield form, "alias"
        for identifier in name.identifiers:
            yield fold_cached(identifier), "identifier"
        for entry in name.entries:
            for other in names_of(entry):
                yield other, "alias"
        for other in (*self.index.decided.get(name.text, ()), *labels_of(name)):
            yield other, "alias"
        if not chinese(name.text):
            yield name.text, "label"

    def _read(self, ids: Sequence[str]) -> list[Name]:
        members: dict[str, dict[str, tuple[Join, ...]]] = defaultdict(dict)
        read: dict[str, Name] = {}
        for row in self._store.run(_NAMES, {"ids": ids}) if ids else []:
            name = Name.from_counts(str(row["key"]), str(row["counts"]))
            read[name.key] = name
            self.index.put(name)
            self.home[name.key] = str(row["id"])
            joins = cast(Sequence[str], row["joins"] or ())
            members[str(row["id"])][name.key] = tuple(Join.from_line(join) for join in joins)
        for organization, joins_of in members.items():
            described = describe([read[key] for key in sorted(joins_of)], organization)
            merged = Merged(organization=described, members=dict(sorted(joins_of.items())))
            self.hold(Held(merged=merged, texts=texts_of(merged, self.index.names, self.index)))
        return list(read.values())

    def hold(self, held: Held) -> None:
        """Keep an organization as what the store holds; its names are entered already."""
        self.held[held.merged.organization.id] = held
        for key in held.merged.members:
            self.home[key] = held.merged.organization.id


def _answers(asked: str, what: As) -> bool:
    """Whether an organization to which the form is ``what`` matters to a name to which it is ``asked``.

    Two organizations that share an alias are no candidates: one must be called what the other is also called.
    """
    if asked == "name":
        return what in ("name", "alias", "short")
    return what == (asked if asked in ("identifier", "label") else "name")
