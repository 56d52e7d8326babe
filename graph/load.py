"""The only place that writes facts: adds documents to a store and takes them out again.

A batch is one transaction, so that a reader sees whole documents, and what a killed run leaves is what the
documents before it come to.  Each statement runs unchanged on both stores; docs/stores.md says why they are so.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import graph.statements as cypher
from extract.errors import DataError
from graph.counts import Summed
from graph.decisions import Decision, latest
from graph.fill import fill
from graph.identity import Appearance
from graph.known import Known
from graph.plan import Pair, Said, carry_out, plan_names
from graph.rows import Article
from graph.schema import NOTE_CHANGE, current_time
from graph.stores import Row, Store, Value
from graph.write import Batch, Key, each, key_of

log = logging.getLogger(__name__)

FILLING = 2000  # pieces of evidence from which it pays to fill an empty store at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(Summed):
    """What a run did, in documents; ``claims`` are pieces of evidence written."""

    added: int = 0
    unchanged: int = 0
    replaced: int = 0
    retracted: int = 0
    claims: int = 0


class Loader:
    """Adds to and takes from one store, of which it is the only writer while it lives.

    An empty store that can be filled at once is, by a first batch with ``filling`` pieces of evidence or more.
    """

    def __init__(self, store: Store, *, filling: int = FILLING) -> None:
        self._store = store
        self._filling = filling
        self._start(whole=store.run(cypher.COUNT_DOCUMENTS) == [{"n": 0}])

    def _start(self, *, whole: bool) -> None:
        self._stale = False
        self._known = Known(self._store, whole=whole)
        self._documents: dict[str, tuple[str, str]] = {}  # of a store known as a whole: id → origin, extraction

    @property
    def fills(self) -> bool:
        """Whether the next batch may fill the store: the larger it is, the less a document costs."""
        return self._store.fills and self._known.whole and not self._documents

    def add(self, articles: Sequence[Article]) -> Counts:
        """Add documents, in one transaction.

        One that is there already, unchanged, is left alone.  Of two with one id the later replaces the earlier when
        both come from one place; else the one whose origin comes first in order stays, whichever came first.

        Raises:
            StoreError: The store could not be written; it holds what it held before.
        """
        self._renew()
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
        self._renew()
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
        self._renew()
        before = self._known.decisions
        after = latest([*before, *decisions])
        changed = {text for decision in set(before) ^ set(after) for text in decision.pair}
        if changed:
            self._known.fetch_texts(changed)
            keys = {key for text in changed for key in self._known.index.bearers.get(text, ())}
            self._known.set_decisions(after)
            self._known.fetch_texts({other for text in changed for other in self._known.index.decided.get(text, ())})
            self._change([], [], reconsider=keys, decisions=after)

    def _renew(self) -> None:
        """Begin anew after a batch that failed: what was worked out for it is not in the store."""
        if self._stale:
            self._start(whole=False)

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
            batch = Batch(plan, self._known, fresh, gone, touched, decisions)
            if self.fills and decisions is None and sum(len(article.facts) for article in fresh) >= self._filling:
                self._store.run(NOTE_CHANGE, {"now": current_time()}, write=True)
                self._store.fill(lambda bulk: fill(batch, bulk))
            else:
                self._store.transact(batch.write)
        except BaseException:
            self._stale = True
            raise
        carry_out(self._known, plan)
        self._known.note(batch.keys)
        if self._known.whole:
            for article in fresh:
                self._documents[article.id] = article.origin, str(article.properties["extraction"])
            for document in set(gone) - {article.id for article in fresh}:
                del self._documents[document]

    def _taken(self, gone: Sequence[str]) -> tuple[Said, Collection[Key]]:
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
            rows: list[Row] = []
            for one, other in pairs:
                few, many = sorted((one, other), key=lambda key: names[key].documents if key in names else 0)
                rows.append({"few": few, "few_at": home[few], "many": many, "many_at": home[many]})
            asked = each(lambda query, some: self._store.run(query, {**some, "gone": gone}), cypher.TOGETHER, rows)
            return [cast(Pair, tuple(sorted((str(row["few"]), str(row["many"]))))) for row in asked]

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
