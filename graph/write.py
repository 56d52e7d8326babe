"""The statements of one batch, in order: what ``graph.load`` runs as one transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from typing import cast

import graph.statements as cypher
from extract.ontology import load_ontology
from extract.records import Organization, Status
from graph.decisions import Decision, pair_key
from graph.derive import Derived, Statement, collaboration_id, derive, ends
from graph.identity import Join, Name
from graph.known import Known
from graph.plan import Plan
from graph.rows import Article, Fact
from graph.schema import NOTE_CHANGE, current_time
from graph.stores import Row, Transaction, Value

ROWS = 2000  # rows of one statement: more is no faster, and a server's memory is not ours
FEW = 100  # documents of one statement, with all that they name or say: a server clears large messages away at a cost


@dataclass(frozen=True, slots=True)
class Key:
    """What a relationship stands for: its kind and the organizations at its ends, by id."""

    kind: str
    source: str
    target: str
    id: str


def key_of(kind: str, source: str, target: str) -> Key:
    """The key of the relationship that a claim is for."""
    claim_kind = load_ontology().claim_kind(kind)
    return Key(kind, *ends(claim_kind, source, target), collaboration_id(claim_kind, source, target))


Said = dict[str, dict[str, Statement]]
"""What is said for relationships: relationship id → evidence id → statement."""


class Batch:
    """What one batch writes; ``write`` may run again after it was undone.

    ``gone`` are the documents to take out, and ``touched`` what their evidence is for.
    """

    def __init__(
        self,
        plan: Plan,
        known: Known,
        fresh: Sequence[Article],
        gone: Sequence[str],
        touched: Iterable[Key],
        decisions: Sequence[Decision] | None,
    ) -> None:
        self.plan = plan
        self.known = known
        self.home = {**known.home, **plan.home}
        self.fresh = fresh
        self.gone = gone
        self.decisions = decisions
        self.keys = {key.id: key for key in touched}
        self.stated: Said = defaultdict(dict)
        self.facts: dict[str, list[tuple[Fact, Key]]] = {}
        for article in fresh:
            self.facts[article.id] = [(fact, self._key(fact)) for fact in article.facts]
            for fact, key in self.facts[article.id]:
                self.keys[key.id] = key
                self.stated[key.id][fact.id] = stated(article, fact)

    def _key(self, fact: Fact) -> Key:
        return key_of(fact.kind, self.home[fact.source], self.home[fact.target])

    def write(self, run: Transaction) -> None:
        """Run all statements of the batch."""
        before, after = self.read(run)
        each(run, cypher.DROP_EVIDENCE, [{"id": document} for document in self.gone])
        each(run, cypher.DROP_DOCUMENT, [{"id": document} for document in self.gone])
        self.write_organizations(run)
        self.write_names(run)
        self.move(run)
        self.write_documents(run)
        self.write_relationships(run, before, after)
        self.write_aliases(run)
        removed = sorted(self.plan.before.keys() - self.plan.after.keys())
        each(run, cypher.DROP_ORGANIZATION, [{"id": organization} for organization in removed])
        if self.decisions is not None:
            run("MATCH (d:Decision) DELETE d", {})
            rows: list[Row] = [{"props": {**asdict(one), "pair": pair_key(*one.pair)}} for one in self.decisions]
            each(run, cypher.DECISION, rows)
        run(NOTE_CHANGE, {"now": current_time()})

    def read(self, run: Transaction) -> tuple[Said, Said]:
        """What is said for the relationships that the batch touches, before it and after it."""
        moving: list[tuple[str, Key, Key]] = []
        for row in each(run, cypher.EVIDENCE_AT, self._moved()):
            kind, names = str(row["kind"]), (str(row["source_key"]), str(row["target_key"]))
            ends_before = str(row["a"]), str(row["b"])
            ends_after = [self.home.get(name, at) for name, at in zip(names, ends_before, strict=True)]
            moving.append((str(row["id"]), key_of(kind, *ends_before), key_of(kind, *ends_after)))
        for _, old, new in moving:
            self.keys |= {old.id: old, new.id: new}
        asked = sorted(key for key in self.keys if self.known.may_hold(key))
        before: Said = defaultdict(dict)
        gone = set(self.gone)
        after: Said = defaultdict(dict)
        for row in each(run, cypher.EVIDENCE_FOR, [{"id": key} for key in asked]):
            statement = Statement(
                document=str(row["document"]),
                date=str(row["date"] or row["published"] or ""),
                status=cast(Status, row["status"]),
                confidence=cast(float, row["confidence"]),
                sentence=str(row["sentence"]),
                story=cast(str | None, row["story"]),
            )
            before[str(row["collaboration"])][str(row["id"])] = statement
            if statement.document not in gone:
                after[str(row["collaboration"])][str(row["id"])] = statement
        self.moving = [(evidence, new) for evidence, old, new in moving if evidence in after[old.id]]
        for evidence, old, new in moving:
            if evidence in after[old.id]:
                after[new.id][evidence] = after[old.id].pop(evidence)
        for key, stated in self.stated.items():
            after[key].update(stated)
        return before, after

    def _moved(self) -> list[Row]:
        return [{"key": key, "was": was, "now": now} for key, was, now in self.plan.moved]

    def write_organizations(self, run: Transaction) -> None:
        """Make the new organizations, with their final labels; set what changes of the others."""
        created: dict[str, list[Value]] = defaultdict(list)
        changed: list[Value] = []
        relabelled: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for organization_id, held in sorted(self.plan.after.items()):
            organization, old = held.merged.organization, self.plan.before.get(organization_id)
            if old is None:
                created[organization.kind].append(values(properties(organization), cypher.ORGANIZATION))
            elif old.merged.organization != organization:
                row: Row = {"id": organization.id, "props": properties(organization)}
                changed.append(row)
                if old.merged.organization.kind != organization.kind:
                    relabelled[old.merged.organization.kind, organization.kind].append(row)
        for kind, rows in sorted(created.items()):
            each(run, cypher.CREATE_ORGANIZATION.replace("KIND", label(kind)), rows)
        each(run, cypher.SET_ORGANIZATION, changed)
        for (was, now), several in sorted(relabelled.items()):
            each(run, cypher.RELABEL.replace("WAS", label(was)).replace("NOW", label(now)), several)

    def write_names(self, run: Transaction) -> None:
        """Store the names that change, each at its organization."""
        moved = {key for key, _, _ in self.plan.moved}
        new: list[Value] = []
        old: list[Row] = []
        homes: list[Row] = []
        for key in sorted(self.plan.named):
            row = named(self.plan.named[key], self.plan.joins[key])
            if key in self.plan.new:
                new.append([self.home[key], *values(row, cypher.NAME)])
            else:
                old.append(row)
            if key in moved:
                homes.append({"id": key, "at": self.home[key]})
        each(run, cypher.CREATE_NAME, new)
        each(run, cypher.SET_NAME, old)
        each(run, cypher.LEAVE_HOME, homes)
        each(run, cypher.FIND_HOME, homes)
        each(run, cypher.DROP_NAME, [{"key": key} for key in sorted(self.plan.vanished)])

    def move(self, run: Transaction) -> None:
        """Take what hangs on the moved names along."""
        rows = self._moved()
        each(run, cypher.MOVE_MENTIONS, rows)
        each(run, cypher.MOVE_EVIDENCE.replace("END", "SOURCE").replace("KEY", "source_key"), rows)
        each(run, cypher.MOVE_EVIDENCE.replace("END", "TARGET").replace("KEY", "target_key"), rows)
        again: list[Row] = [{"id": evidence, "collaboration": key.id} for evidence, key in self.moving]
        each(run, cypher.SET_COLLABORATION, again)

    def write_documents(self, run: Transaction) -> None:
        """Store the documents, what they name and what they say."""
        documents: list[Value] = []
        for article in self.fresh:
            place = {key: at for at, key in enumerate(article.appearances)}
            mentions: list[Value] = [
                [self.home[key], *values(appearance.properties(), cypher.MENTION)]
                for key, appearance in article.appearances.items()
            ]
            facts: list[Value] = [
                [place[fact.source], place[fact.target], *values(evidence(fact, key), cypher.EVIDENCE)]
                for fact, key in self.facts[article.id]
            ]
            documents.append([mentions, facts, *values({**article.properties, "id": article.id}, cypher.DOCUMENT)])
        each(run, cypher.CREATE_DOCUMENT, documents, FEW)

    def write_relationships(self, run: Transaction, before: Said, after: Said) -> None:
        """Derive the touched relationships anew from all their evidence; one without any is removed."""
        rows: dict[tuple[str, str], list[Value]] = defaultdict(list)
        for key in sorted(self.keys.values(), key=attrgetter("kind", "source", "target")):
            if key.source == key.target:
                continue
            was = any(statement.status != "negated" for statement in before.get(key.id, {}).values())
            derived = derive(after.get(key.id, {}).values())
            if derived is not None:
                row = [key.source, key.target, *values(related(key, derived), cypher.RELATIONSHIP)]
                rows[key.kind, cypher.SET_RELATIONSHIP if was else cypher.CREATE_RELATIONSHIP].append(row)
            elif was:
                rows[key.kind, cypher.DROP_RELATIONSHIP].append({"id": key.id, "s": key.source, "t": key.target})
        for (kind, query), several in sorted(rows.items()):
            each(run, query.replace("TYPE", kind.upper()), several)

    def write_aliases(self, run: Transaction) -> None:
        """Let the forms of the changed organizations lead to them, and to nothing else."""
        before = {(text, key): what for key, held in self.plan.before.items() for text, what in held.texts.items()}
        after = {(text, key): what for key, held in self.plan.after.items() for text, what in held.texts.items()}
        lost = [{"text": text, "at": key} for text, key in sorted(k for k in before if before[k] != after.get(k))]
        won: list[Row] = [
            {"text": text, "at": key, "as": after[text, key]}
            for text, key in sorted(k for k in after if after[k] != before.get(k))
        ]
        each(run, cypher.DROP_ALIAS, cast(list[Row], lost))
        each(run, cypher.ADD_ALIAS, won)
        texts = sorted({str(row["text"]) for row in lost} - {str(row["text"]) for row in won})
        each(run, cypher.DROP_ORPHAN, [{"text": text} for text in texts])


_derived = attrgetter(*cypher.RELATIONSHIP[1:])


def stated(article: Article, fact: Fact) -> Statement:
    """What one piece of evidence of an article adds."""
    properties = fact.properties
    return Statement(
        document=article.id,
        date=str(properties["date"] or article.properties["published"] or ""),
        status=cast(Status, properties["status"]),
        confidence=cast(float, properties["confidence"]),
        sentence=str(properties["sentence"]),
        story=cast(str | None, article.properties["story"]),
    )


def properties(organization: Organization) -> dict[str, Value]:
    """The properties of an organization's node."""
    return {
        "id": organization.id,
        "name": organization.name,
        "kind": organization.kind,
        "aliases": list(organization.aliases),
        "label": organization.label,
        "region": organization.region,
        "region_ground": organization.region_ground,
        "identifiers": list(organization.identifiers) or None,
    }


def named(name: Name, joins: Sequence[Join]) -> dict[str, Value]:
    """The properties of a name's node."""
    lines: list[Value] = [join.line() for join in joins]
    return {"id": name.key, "counts": name.counts(), "joins": lines or None}


def evidence(fact: Fact, key: Key) -> dict[str, Value]:
    """The properties of an evidence's node; it is for the relationship ``key``."""
    return {**fact.properties, "id": fact.id, "collaboration": key.id}


def related(key: Key, derived: Derived) -> dict[str, Value]:
    """The properties of a relationship."""
    return dict(zip(cypher.RELATIONSHIP, (key.id, *_derived(derived)), strict=True))


def label(kind: str) -> str:
    """The node label of an organization kind.

    >>> label("university")
    'University'
    """
    return kind.capitalize()


def values(properties: Mapping[str, Value], names: Sequence[str]) -> tuple[Value, ...]:
    """The properties of those names, in their order: a row of what is created."""
    return tuple(map(properties.get, names))


def each(run: Transaction, query: str, rows: Sequence[Value], size: int = ROWS) -> list[Row]:
    """The rows of a statement that takes ``$rows``, run for ``size`` of them at a time."""
    found: list[Row] = []
    for start in range(0, len(rows), size):
        found += run(query, {"rows": rows[start : start + size]})
    return found
