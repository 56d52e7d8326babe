"""Articles, folders, claims and facts → a store: reads what is given, adds it in batches, reports what it could not."""

import gc
import itertools
import json
import logging
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

import graph.statements as cypher
from extract.errors import CollabGraphError, DataError, ReadError
from extract.ingest import SECONDS, Ingested, ingest
from extract.pipeline import DEFAULTS, Options
from extract.read import list_files
from graph.decisions import Decision
from graph.facts import Imported, Problem
from graph.facts.lines import read_lines
from graph.facts.tables import is_table, read_table
from graph.load import Counts, Loader
from graph.rows import Article, article
from graph.schema import ensure_schema
from graph.stores import Store

log = logging.getLogger(__name__)

BATCH = 1000  # documents of one transaction
FACTS = 10_000  # pieces of evidence after which a transaction is full
FIRST = 500_000  # pieces of evidence that fill an empty store at once: so many are in memory, with 3 KB each
SELDOM = 200_000  # objects that are made between two looks for cycles; Python's own is 700


Follow = Callable[[Iterable[Ingested]], Iterable[Ingested]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did, and what it could not read: one sentence each."""

    counts: Counts
    problems: tuple[str, ...]


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Look for cycles seldom while much is loaded: its rows make none, and looking through them costs a fifth."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@seldom_collected()
def build_graph(
    paths: Iterable[str | Path],
    store: Store,
    *,
    decisions: Sequence[Decision] = (),
    options: Options = DEFAULTS,
    jobs: int | None = 0,
    seconds: float = SECONDS,
    on_problem: Callable[[str], None] = lambda problem: None,
    follow: Follow = lambda ingested: ingested,
) -> Report:
    """Read ``paths`` into a store, after ``decisions`` were let hold there.

    A path is an article, a folder of them, a file of claims or facts (``.jsonl``) or a table of facts (``.csv``).
    What cannot be read is skipped and handed to ``on_problem`` as it is met; ``follow`` sees each document that is
    read.  A build that was cut off leaves whole batches, at Ctrl-C all that was read; run again it goes on, and reads
    again only files that have changed; what such a file no longer says is taken out.

    ``jobs`` are the child processes that read: ``None`` for all processors, 0 for this process and no time limit;
    ``seconds`` is what one document may take.

    Raises:
        ReadError: A path does not exist; nothing was read.
        StoreError: The store could not be written.
    """
    files = list(list_files(paths))
    problems: list[str] = []

    def report(problem: Problem | CollabGraphError) -> None:
        problems.append(str(problem))
        on_problem(problems[-1])

    ensure_schema(store)
    loader = Loader(store)
    loader.decide(decisions)
    known = {str(row["path"]): (str(row["digest"]), int(str(row["documents"]))) for row in store.run(cypher.FILES)}
    reading = partial(
        ingest,
        options=options,
        jobs=jobs,
        seconds=seconds,
        known={path: digest for path, (digest, _) in known.items()},
    )
    counts = Counts()
    at_once = loader.fills and all(map(_is_ready_made, files))  # what is slow to read is kept as it comes
    for batch in _batches(_articles(files, lambda group: follow(reading(group)), report), at_once=at_once):
        with _uninterrupted():
            counts += loader.add([item for item in batch if isinstance(item, Article)])
        done = {item.path: (item.digest, len(item.documents)) for item in batch if isinstance(item, _Done)}
        for item in batch:
            if isinstance(item, _Unchanged):
                counts += Counts(unchanged=known[item.path][1])
            elif isinstance(item, _Done) and item.path in known:
                within = {"path": item.path, "within": item.path + "#"}
                held = {str(row["id"]) for row in store.run(cypher.FILE_DOCUMENTS, within)}
                counts += loader.retract(held - item.documents)
        loader.note_files(done)
        log.info("%d documents, %d new", counts.added + counts.replaced + counts.unchanged, counts.added)
    return Report(counts=counts, problems=tuple(problems))


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until the block is done; a second one does not wait.  Only a main thread hears of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = False

    def ask(number: int, frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, ask)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.default_int_handler)
    if asked:
        raise KeyboardInterrupt


@dataclass(frozen=True, slots=True)
class _Done:
    """A file all of whose documents were given."""

    path: str
    digest: str
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Unchanged:
    """A file that the store knows as it is."""

    path: str


Item = Article | _Done | _Unchanged


def _articles(
    files: Iterable[Path],
    read: Callable[[Iterable[Path]], Iterable[Ingested]],
    report: Callable[[Problem | CollabGraphError], None],
) -> Iterator[Item]:
    for ready_made, group in itertools.groupby(files, _is_ready_made):
        if not ready_made:
            for _, items in itertools.groupby(read(group), key=lambda item: item.report.file):
                yield from _of_file(items, report)
            continue
        for path in group:
            try:
                for imported in _read_facts(path, report):
                    try:
                        yield article(imported.extraction, imported.lines)
                    except DataError as error:
                        report(DataError(f"{path}: {error}"))
            except (ReadError, DataError) as error:
                report(error)
            except OSError as error:
                report(ReadError(f"{path}: {error.strerror or error}"))


def _of_file(items: Iterable[Ingested], report: Callable[[Problem | CollabGraphError], None]) -> Iterator[Item]:
    """The articles of one file, and then whether that was all of it."""
    documents: set[str] = set()
    whole = True
    for item in items:
        last = item.report
        extraction = item.extraction
        if extraction is not None:
            documents.add(extraction.document.id)
            try:
                yield article(extraction)
            except DataError as error:
                whole = False
                report(DataError(f"{last.file}: {error}"))
        elif last.outcome == "unchanged":
            yield _Unchanged(last.file)
            return
        else:
            whole = False
            report(ReadError(str(last.reason)))
    if whole and last.digest is not None:
        yield _Done(last.file, last.digest, frozenset(documents))


def _read_facts(path: Path, report: Callable[[Problem | CollabGraphError], None]) -> Iterator[Imported]:
    yield from read_table(path, report) if path.suffix.lower() == ".csv" else read_lines(path, report)


def _is_ready_made(path: Path) -> bool:
    """Whether a file holds claims or facts, and not articles."""
    suffix = path.suffix.lower()
    try:
        return (suffix in (".jsonl", ".ndjson") and _states_facts(path)) or (suffix == ".csv" and _has_claims(path))
    except OSError:
        return False  # reading it says why


def _states_facts(path: Path) -> bool:
    """Whether the first JSON object of a file is an extraction, a row of facts or a line of a shard, and no article."""
    with path.open("rb") as file:
        for line in itertools.islice(file, _LOOK):
            try:
                row = json.loads(line)
            except ValueError:
                continue
            return isinstance(row, dict) and not row.keys().isdisjoint(_OURS)
    return False


_OURS = ("document", "organizations", "collaborations", "failed", "shard")
_LOOK = 100  # lines at the beginning of a file that may be damaged


def _has_claims(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return is_table(file.readline())


def _batches(items: Iterable[Item], *, at_once: bool) -> Iterator[Sequence[Item]]:
    """The items by transactions; ``at_once``: the first batch fills an empty store."""
    batch: list[Item] = []
    facts = 0
    try:
        for item in items:
            batch.append(item)
            facts += len(item.facts) if isinstance(item, Article) else 0
            if facts >= FIRST if at_once else (len(batch) >= BATCH or facts >= FACTS):
                yield batch
                batch, facts, at_once = [], 0, False
    except KeyboardInterrupt:
        if batch and not at_once:  # reading it took long, writing it does not
            yield batch
        raise
    if batch:
        yield batch
