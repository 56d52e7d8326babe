"""The only place that writes facts: adds documents to a store and takes them out again.

A batch is one transaction, so that a reader sees whole documents, and what a killed run leaves is what the
documents before it come to.  Each statement runs unchanged on both stores; docs/stores.md says why they are so.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import cast

import graph.statements as cypher
from extract.errors import DataError
from extract.ontology import load_ontology
from extract.records import Organization, Status
from graph.decisions import Decision, latest, pair_key
from graph.derive import Statement, collaboration_id, derive, ends
from graph.identity import Appearance
from graph.known import Known
from graph.plan import Pair, Plan, Said, carry_out, plan_names
from graph.rows import Article
from graph.schema import NOTE_CHANGE, current_time
from graph.stores import Row, Store, Transaction, Value

log = logging.getLogger(__name__)

ROWS = 2000  # rows of one statement: more is no faster, and a server's memory is not ours


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a run did, in documents; ``claims`` are pieces of evidence written."""

    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    retracted: int = 0
    claims: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})


class Loader:
    """Adds to and takes from one store, of which it is the only writer while it lives."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._start(whole=not store.run("MATCH (d:Document) RETURN d.id LIMIT 1"))

    def _start(self, *, whole: bool) -> None:
        self._known = Known(self._store, whole=whole)
        self._documents: dict[str, tuple[str, str]] = {}  # of a store known as a whole: id → origin, extraction
        self._collaborations: set[str] = set()  # of a store known as a whole

    def add(self, articles: Sequence[Article]) -> Counts:
        """Add documents, in one transaction.

        One that is there already, unchanged, is left alone.  Of two with one id the later replaces the earlier when
        both come from one place; else the one whose origin comes first in order stays, whichever came first.

        Raises:
            StoreError: The store could not be written; it holds what it held before.
        """
        held = self._held({article.id for article in articles})
        wanted: dict[str, Article] = {}
        for article in articles:
            other = wanted.get(article.id)
            if other is None or article.origin <= other.origin:
                wanted[article.id] = article
        fresh, replaced, unchanged = [], [], len(articles) - len(wanted)
        for article in wanted.values():
            origin, extraction = held.get(article.id, (None, None))
            if extraction == article.properties["extraction"] or (origin is not None and origin < article.origin):
                unchanged += 1
                continue
            fresh.append(article)
            if origin is not None:
                replaced.append(article.id)
        self._change(fresh, replaced)
        return Counts(
            added=len(fresh) - len(replaced),
            replaced=len(replaced),
            unchanged=unchanged,
            claims=sum(len(article.facts) for article in fresh),
        )

    def retract(self, documents: Collection[str]) -> Counts:
        """Take documents out, by id, in one transaction, with all that only they say."""
        held = self._held(set(documents))
        origins = {str(row["origin"] or "") for row in self._store.run(cypher.ORIGINS, {"ids": sorted(held)})}
        self._change([], sorted(held))
        files = sorted(origins | {origin.split("#")[0] for origin in origins})
        if files:  # a build of them reads them again
            self._store.run(cypher.FORGET_FILES, {"rows": [{"path": path} for path in files]}, write=True)
        return Counts(retracted=len(held))

    def note_files(self, files: Mapping[str, tuple[str, int]]) -> None:
        """Note the digest of files and the number of their documents, all of which are in the store."""
        rows = [{"path": path, "digest": digest, "documents": count} for path, (digest, count) in files.items()]
        self._store.run(cypher.NOTE_FILES, {"rows": cast(Value, rows)}, write=True)

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Let decisions hold besides those of the store; of two about one pair the later one holds."""
        before = self._known.decisions
        after = latest([*before, *decisions])
        changed = {text for decision in set(before) ^ set(after) for text in decision.pair}
        if changed:
            self._known.fetch_texts(changed)
            keys = {key for text in changed for key in self._known.index.bearers.get(text, ())}
            self._known.set_decisions(after)
            self._known.fetch_texts({other for text in changed for other in self._known.index.decided.get(text, ())})
            self._change([], [], reconsider=keys, decisions=after)

    def _held(self, documents: Collection[str]) -> Mapping[str, tuple[str, str]]:
        if self._known.whole:
            return {key: self._documents[key] for key in documents if key in self._documents}
        rows = self._store.run(cypher.DOCUMENTS, {"ids": sorted(documents)})
        return {str(row["id"]): (str(row["origin"] or ""), str(row["extraction"])) for row in rows}

    def _change(
        self,
        fresh: Sequence[Article],
        gone: Sequence[str],
        *,
        reconsider: Iterable[str] = (),
        decisions: Sequence[Decision] | None = None,
    ) -> None:
        if not fresh and not gone and decisions is None:
            return
        try:
            taken, touched = self._taken(gone)
            added = {article.id: article.appearances for article in fresh}
            plan = plan_names(self._known, added, taken, self._together(gone), reconsider=reconsider)
            writing = _Writing(plan, self._known, fresh, gone, touched, decisions)
            self._store.transact(writing.write)
        except BaseException:
            self._start(whole=False)
            raise
        carry_out(self._known, plan)
        if self._known.whole:
            for article in fresh:
                self._documents[article.id] = article.origin, str(article.properties["extraction"])
            for document in set(gone) - {article.id for article in fresh}:
                del self._documents[document]

    def _taken(self, gone: Sequence[str]) -> tuple[Said, Collection["Key"]]:
        """What the documents to take out say of organizations, and the collaborations that their evidence is for."""
        if not gone:
            return {}, ()
        said: dict[str, dict[str, Appearance]] = defaultdict(dict)
        for row in self._store.run(cypher.SAID, {"ids": gone}):
            appearance = Appearance.from_properties(cast(Mapping[str, Value], row["said"]))
            said[str(row["id"])][appearance.key] = appearance
        touched = {
            key_of(str(row["kind"]), str(row["source"]), str(row["target"]))
            for row in self._store.run(cypher.EVIDENCE_OF, {"ids": gone})
        }
        return said, touched

    def _together(self, gone: Sequence[str]) -> Callable[[Sequence[Pair]], Collection[Pair]]:
        def together(pairs: Sequence[Pair]) -> Collection[Pair]:
            names, home = self._known.index.names, self._known.home
            rows = []
            for one, other in pairs:
                few, many = sorted((one, other), key=lambda key: names[key].documents if key in names else 0)
                rows.append({"few": few, "few_at": home[few], "many": many, "many_at": home[many]})
            found = [
                tuple(sorted((str(row["few"]), str(row["many"]))))
                for row in self._store.run(cypher.TOGETHER, {"rows": rows, "gone": gone})
            ]
            return cast(Collection[Pair], found)

        return together


def documents_of(store: Store, named: Collection[str]) -> Collection[str]:
    """The ids of the documents that ``named`` lists by id or by origin.

    Raises:
        DataError: One of them is no document of the store.
    """
    rows = store.run(cypher.NAMED_DOCUMENTS, {"named": sorted(set(named))})
    found = {str(row[field]) for row in rows for field in ("id", "origin")}
    if missing := sorted(set(named) - found):
        raise DataError(f"{missing[0]} is no document of {store.url}; collabgraph query lists their ids and origins")
    return {str(row["id"]) for row in rows}


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What a relationship stands for: its kind and the organizations at its ends, by id."""

    kind: str
    source: str
    target: str
    id: str


def key_of(kind: str, source: str, target: str) -> Key:
    """The key of the relationship that a claim is for."""
    claim_kind = load_ontology().claim_kind(kind)
    source, target = ends(claim_kind, source, target)
    return Key(kind, source, target, collaboration_id(claim_kind, source, target))


class _Writing:
    """The statements of one batch; ``write`` may run again after it was undone."""

    def __init__(
        self,
        plan: Plan,
        known: Known,
        fresh: Sequence[Article],
        gone: Sequence[str],
        touched: Collection[Key],
        decisions: Sequence[Decision] | None,
    ) -> None:
        self.plan = plan
        self.home = {**known.home, **plan.home}
        self.fresh = fresh
        self.gone = gone
        self.touched = touched
        self.decisions = decisions

    def write(self, run: Transaction) -> None:
        """Run all statements of the batch."""
        touched = set(self.touched)
        _each(run, cypher.DROP_EVIDENCE, [{"id": document} for document in self.gone])
        _each(run, cypher.DROP_DOCUMENT, [{"id": document} for document in self.gone])
        self.write_organizations(run)
        self.write_names(run)
        touched |= self.move(run)
        touched |= self.write_documents(run)
        refresh(run, touched)
        self.write_aliases(run)
        removed = sorted(self.plan.before.keys() - self.plan.after.keys())
        _each(run, cypher.DROP_ORGANIZATION, [{"id": organization} for organization in removed])
        if self.decisions is not None:
            run("MATCH (d:Decision) DELETE d", {})
            _each(
                run,
                cypher.DECISION,
                [{"props": {**asdict(one), "pair": pair_key(*one.pair)}} for one in self.decisions],
            )
        run(NOTE_CHANGE, {"now": current_time()})

    def write_organizations(self, run: Transaction) -> None:
        """Make the new organizations, with their final labels; set what changes of the others."""
        created: dict[str, list[Row]] = defaultdict(list)
        changed: list[Row] = []
        relabelled: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for organization_id, held in sorted(self.plan.after.items()):
            organization, old = held.merged.organization, self.plan.before.get(organization_id)
            row: Row = {"id": organization.id, "props": properties(organization)}
            if old is None:
                created[organization.kind].append(row)
            elif old.merged.organization != organization:
                changed.append(row)
                if old.merged.organization.kind != organization.kind:
                    relabelled[old.merged.organization.kind, organization.kind].append(row)
        for kind, rows in sorted(created.items()):
            _each(run, cypher.CREATE_ORGANIZATION.replace("KIND", label(kind)), rows)
        _each(run, cypher.SET_ORGANIZATION, changed)
        for (was, now), rows in sorted(relabelled.items()):
            _each(run, cypher.RELABEL.replace("WAS", label(was)).replace("NOW", label(now)), rows)

    def write_names(self, run: Transaction) -> None:
        """Store the names that change, each at its organization."""
        moved = {key for key, _, _ in self.plan.moved}
        new: list[Row] = []
        old: list[Row] = []
        homes: list[Row] = []
        for key, name in sorted(self.plan.named.items()):
            joins: list[Value] = [join.line() for join in self.plan.joins[key]]
            row: Row = {"key": key, "at": self.home[key], "counts": name.counts(), "joins": joins or None}
            (new if key in self.plan.new else old).append(row)
            if key in moved:
                homes.append(row)
        _each(run, cypher.CREATE_NAME, new)
        _each(run, cypher.SET_NAME, old)
        _each(run, cypher.LEAVE_HOME, homes)
        _each(run, cypher.FIND_HOME, homes)
        _each(run, cypher.DROP_NAME, [{"key": key} for key in sorted(self.plan.vanished)])

    def move(self, run: Transaction) -> set[Key]:
        """Take what hangs on the moved names along; says which collaborations that touches."""
        rows: list[Row] = [{"key": key, "was": was, "now": now} for key, was, now in self.plan.moved]
        touched: set[Key] = set()
        again: list[Row] = []
        for row in _each(run, cypher.EVIDENCE_AT, rows):
            kind, keys = str(row["kind"]), (str(row["source_key"]), str(row["target_key"]))
            source, target = (self.home.get(key, str(at)) for key, at in zip(keys, (row["a"], row["b"]), strict=True))
            key = key_of(kind, source, target)
            touched |= {key, key_of(kind, str(row["a"]), str(row["b"]))}
            again.append({"id": row["id"], "collaboration": key.id})
        _each(run, cypher.MOVE_MENTIONS, rows)
        _each(run, cypher.MOVE_EVIDENCE.replace("END", "SOURCE").replace("KEY", "source_key"), rows)
        _each(run, cypher.MOVE_EVIDENCE.replace("END", "TARGET").replace("KEY", "target_key"), rows)
        _each(run, cypher.SET_COLLABORATION, again)
        return touched

    def write_documents(self, run: Transaction) -> set[Key]:
        """Store the documents, what they name and what they say; says which collaborations that touches."""
        documents: list[Row] = []
        mentions: list[Row] = []
        evidence: list[Row] = []
        touched: set[Key] = set()
        for article in self.fresh:
            documents.append({"id": article.id, "props": dict(article.properties)})
            for key, appearance in article.appearances.items():
                mentions.append({"doc": article.id, "at": self.home[key], "props": appearance.properties()})
            for fact in article.facts:
                source, target = self.home[fact.source], self.home[fact.target]
                key_ = key_of(fact.kind, source, target)
                touched.add(key_)
                props = {**fact.properties, "id": fact.id, "collaboration": key_.id}
                evidence.append({"doc": article.id, "s": source, "t": target, "props": props})
        _each(run, cypher.CREATE_DOCUMENT, documents)
        _each(run, cypher.CREATE_MENTION, sorted(mentions, key=lambda row: str(row["at"])))
        _each(run, cypher.CREATE_EVIDENCE, sorted(evidence, key=lambda row: (str(row["s"]), str(row["t"]))))
        return touched

    def write_aliases(self, run: Transaction) -> None:
        """Let the forms of the changed organizations lead to them, and to nothing else."""
        before = {(text, key): what for key, held in self.plan.before.items() for text, what in held.texts.items()}
        after = {(text, key): what for key, held in self.plan.after.items() for text, what in held.texts.items()}
        lost = [{"text": text, "at": key} for text, key in sorted(k for k in before if before[k] != after.get(k))]
        won: list[Row] = [
            {"text": text, "at": key, "as": after[text, key]}
            for text, key in sorted(k for k in after if after[k] != before.get(k))
        ]
        _each(run, cypher.DROP_ALIAS, cast(list[Row], lost))
        _each(run, cypher.ADD_ALIAS, won)
        texts = sorted({str(row["text"]) for row in lost} - {str(row["text"]) for row in won})
        _each(run, cypher.DROP_ORPHAN, [{"text": text} for text in texts])


def refresh(run: Transaction, touched: Iterable[Key]) -> None:
    """Derive the relationships anew from all their evidence; one without any is removed."""
    statements: dict[str, list[Statement]] = defaultdict(list)
    keys = {key.id: key for key in touched}
    for row in _each(run, cypher.EVIDENCE_FOR, [{"id": key} for key in sorted(keys)]):
        statements[str(row["collaboration"])].append(
            Statement(
                document=str(row["document"]),
                date=str(row["date"] or row["published"] or ""),
                status=cast(Status, row["status"]),
                confidence=cast(float, row["confidence"]),
                sentence=str(row["sentence"]),
                story=cast(str | None, row["story"]),
            )
        )
    kept: dict[str, list[Row]] = defaultdict(list)
    lost: dict[str, list[Row]] = defaultdict(list)
    for key in sorted(keys.values()):
        derived = derive(statements[key.id]) if key.source != key.target else None
        ended: Row = {"id": key.id, "s": key.source, "t": key.target}
        if derived is None:
            lost[key.kind].append(ended)
        else:
            kept[key.kind].append({**ended, "props": {"id": key.id, **asdict(derived)}})
    for kind, rows in sorted(lost.items()):
        _each(run, cypher.DROP_RELATIONSHIP.replace("TYPE", kind.upper()), rows)
    for kind, rows in sorted(kept.items()):
        _each(run, cypher.SET_RELATIONSHIP.replace("TYPE", kind.upper()), rows)


def properties(organization: Organization) -> dict[str, Value]:
    """The properties of an organization's node."""
    return {
        "id": organization.id,
        "name": organization.name,
        "kind": organization.kind,
        "aliases": list(organization.aliases),
        "label": organization.label,
        "region": organization.region,
        "identifiers": list(organization.identifiers) or None,
    }


def label(kind: str) -> str:
    """The node label of an organization kind.

    >>> label("university")
    'University'
    """
    return kind.capitalize()


def _each(run: Transaction, query: str, rows: Sequence[Row]) -> Iterator[Row]:
    found: list[Row] = []
    for start in range(0, len(rows), ROWS):
        found += run(query, {"rows": rows[start : start + ROWS]})
    return iter(found)
