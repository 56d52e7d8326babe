"""Articles, folders, claims and facts → a store: reads what is given, adds it in batches, reports what it could not."""

import itertools
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import CollabGraphError, DataError, ReadError
from extract.pipeline import DEFAULTS, Options, extract_document
from extract.read import list_files, read_each
from graph.decisions import Decision
from graph.facts import Imported, Problem
from graph.facts.lines import read_lines
from graph.facts.tables import is_table, read_table
from graph.load import Counts, Loader
from graph.rows import Article, article
from graph.schema import ensure_schema
from graph.stores import Store

log = logging.getLogger(__name__)

BATCH = 400  # documents of one transaction
FACTS = 4000  # pieces of evidence after which a transaction is full


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build did, and what it could not read: one sentence each."""

    counts: Counts
    problems: tuple[str, ...]


def build_graph(
    paths: Iterable[str | Path],
    store: Store,
    *,
    decisions: Sequence[Decision] = (),
    options: Options = DEFAULTS,
    on_problem: Callable[[str], None] = lambda problem: None,
) -> Report:
    """Read ``paths`` into a store, after ``decisions`` were let hold there.

    A path is an article, a folder of them, a file of claims or facts (``.jsonl``) or a table of facts (``.csv``).
    What cannot be read is skipped and handed to ``on_problem`` as it is met.  A build that was cut off leaves whole
    batches; run again it goes on, and what it finds unchanged it leaves alone.

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
    counts = Counts()
    for batch in _batches(_articles(files, options, report)):
        counts += loader.add(batch)
        log.info("%d documents, %d new", counts.added + counts.replaced + counts.unchanged, counts.added)
    return Report(counts=counts, problems=tuple(problems))


Complain = Callable[[Problem | CollabGraphError], None]


def _articles(
    files: Iterable[Path], options: Options, report: Callable[[Problem | CollabGraphError], None]
) -> Iterator[Article]:
    for path in files:
        try:
            for imported in _read(path, options, report):
                try:
                    yield article(imported.extraction, imported.lines)
                except DataError as error:
                    report(DataError(f"{path}: {error}"))
        except (ReadError, DataError) as error:
            report(error)
        except OSError as error:
            report(ReadError(f"{path}: {error.strerror or error}"))


def _read(path: Path, options: Options, report: Complain) -> Iterator[Imported]:
    suffix = path.suffix.lower()
    if suffix in (".jsonl", ".ndjson") and _states_facts(path):
        yield from read_lines(path, report)
    elif suffix == ".csv" and _has_claims(path):
        yield from read_table(path, report)
    else:
        for document in read_each(path):
            if isinstance(document, ReadError):
                report(document)
            else:
                yield Imported(extraction=extract_document(document, options), lines=None)


def _states_facts(path: Path) -> bool:
    """Whether the first JSON object of a file is an extraction or a row of facts, and not an article."""
    with path.open("rb") as file:
        for line in itertools.islice(file, _LOOK):
            try:
                row = json.loads(line)
            except ValueError:
                continue
            return isinstance(row, dict) and not row.keys().isdisjoint(("document", "organizations", "collaborations"))
    return False


_LOOK = 100  # lines at the beginning of a file that may be damaged


def _has_claims(path: Path) -> bool:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return is_table(file.readline())


def _batches(articles: Iterable[Article]) -> Iterator[Sequence[Article]]:
    batch: list[Article] = []
    facts = 0
    for article_ in articles:
        batch.append(article_)
        facts += len(article_.facts)
        if len(batch) >= BATCH or facts >= FACTS:
            yield batch
            batch, facts = [], 0
    if batch:
        yield batch
