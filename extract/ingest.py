"""Many files → their extractions, in child processes, with a report for each document."""

import hashlib
import logging
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Literal

from extract.errors import ReadError
from extract.jsonl import from_line, to_line
from extract.pipeline import DEFAULTS, Options, extract_document
from extract.read import load_file, read_bytes
from extract.records import Document, Extraction
from extract.workers import Failure, Pool

log = logging.getLogger(__name__)

Outcome = Literal["read", "failed", "unchanged"]

SECONDS = 60.0  # that one document may take
_digest = partial(hashlib.blake2b, digest_size=16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one document, or of one file that gave none: one line of a report.

    ``characters`` are those of the raw text that were read, ``dropped`` those that were left out, by reason;
    ``digest`` is that of the whole file, by which a later run knows it unchanged.
    """

    origin: str
    outcome: Outcome
    reason: str | None = None
    document: str | None = None
    language: str | None = None
    title: str | None = None
    characters: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    mentions: int = 0
    organizations: int = 0
    claims: int = 0
    warnings: tuple[str, ...] = ()
    seconds: float = 0.0
    file: str = ""
    digest: str | None = None

    def row(self) -> dict[str, object]:
        """The report as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Ingested:
    """One document's report, with its extraction where it was read, as the line that ``to_line`` makes of it.

    A line goes from process to process at a third of the cost of the values.
    """

    report: Report
    line: str | None = None

    @property
    def extraction(self) -> Extraction | None:
        """The extraction, made from its line anew each time."""
        return None if self.line is None else from_line(self.line, where=self.report.origin)


@dataclass(frozen=True, slots=True)
class _Task:
    path: str
    known: str | None


def ingest(
    files: Iterable[str | Path],
    options: Options = DEFAULTS,
    *,
    jobs: int | None = None,
    seconds: float = SECONDS,
    known: Mapping[str, str] | None = None,
) -> Iterator[Ingested]:
    """What the files say, document by document in their order, each with its report.

    Args:
        files: Files of any known format (``extract.read.list_files``).
        options: How to read.
        jobs: Child processes that read; all processors unless given, 0 reads in this process without a time limit.
        seconds: That one document may take before its file is given up.
        known: The digests of files that an earlier run has read; where a file is as it was, its one report says
            ``unchanged``.
    """
    known = known or {}
    tasks = (_Task(str(path), known.get(str(path))) for path in files)
    work = partial(_read, options, way_of(options))
    if jobs == 0:
        for task in tasks:
            yield from work(task)
        return
    pool: Pool[_Task, Ingested] = Pool(work, jobs=jobs or processors(), seconds=seconds)
    for task, result in pool.run(tasks):
        if isinstance(result, Failure):
            reason = f"{task.path}: {result.reason}"
            if result.bug:
                log.error("%s: the reader failed, which is a bug:\n%s", task.path, result.reason)
                reason = f"{task.path}: the reader failed on it, which is a bug: {result.reason.splitlines()[-1]}"
            yield Ingested(Report(origin=task.path, file=task.path, outcome="failed", reason=reason))
        elif result is not None:
            yield result


def ingest_bytes(data: bytes, *, suffix: str, origin: str, options: Options = DEFAULTS) -> Iterator[Ingested]:
    """What bytes that are no file say, read in this process by the format of ``suffix`` (``.txt``)."""
    try:
        yield from _extract(read_bytes(data, suffix=suffix, origin=origin), options, origin, None)
    except ReadError as error:
        yield Ingested(Report(origin=origin, file=origin, outcome="failed", reason=str(error)))


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _read(options: Options, way: bytes, task: _Task) -> Iterator[Ingested]:
    """The documents of one file, as a child process reads them."""
    path, file = Path(task.path), task.path.encode("utf-8", "replace").decode()
    digest = None
    try:
        data = load_file(path, origin=task.path)
        digest = _digest(data, key=way).hexdigest()
        if digest == task.known:
            yield Ingested(Report(origin=file, file=file, outcome="unchanged", digest=digest))
            return
        documents = read_bytes(data, suffix=path.suffix, origin=task.path, columns=dict(options.columns))
        yield from _extract(documents, options, file, digest)
    except ReadError as error:
        yield Ingested(Report(origin=file, file=file, outcome="failed", reason=str(error), digest=digest))


def _extract(
    documents: Iterable[Document | ReadError], options: Options, file: str, digest: str | None
) -> Iterator[Ingested]:
    start = time.perf_counter()
    for document in documents:
        if isinstance(document, ReadError):
            yield Ingested(Report(origin=file, file=file, outcome="failed", reason=str(document), digest=digest))
            continue
        extraction = extract_document(document, options)
        line = to_line(extraction)
        now = time.perf_counter()
        yield Ingested(_describe(extraction, file, digest, now - start), line)
        start = now


def file_digest(path: str, way: bytes) -> str | None:
    """The digest of a file's bytes and of the way in which they are read (``way_of``); ``None`` where it is gone."""
    try:
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, partial(_digest, key=way)).hexdigest()
    except OSError:
        return None


def way_of(options: Options) -> bytes:
    """The digest (32 bytes) of all that decides what a file's bytes are read to say: the options, and this package."""
    names = sorted(options.names.entries) if options.names else []
    way = (
        *(options.threshold, options.claim_threshold, names, str(options.model), options.columns, options.language),
        _package(),
    )
    return hashlib.blake2b(repr(way).encode(), digest_size=32).digest()


@cache
def _package() -> str:
    folder = Path(__file__).parent
    digest = hashlib.blake2b()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _describe(extraction: Extraction, file: str, digest: str | None, seconds: float) -> Report:
    document = extraction.document
    dropped: dict[str, int] = {}
    for part in document.dropped:
        dropped[part.reason] = dropped.get(part.reason, 0) + part.end - part.start
    return Report(
        origin=document.origin or file,
        outcome="read",
        document=document.id,
        language=document.language,
        title=document.title,
        characters=len(document.text),
        dropped=dropped,
        mentions=len(extraction.mentions),
        organizations=len(extraction.organizations),
        claims=len(extraction.claims),
        warnings=extraction.warnings,
        seconds=round(seconds, 4),
        file=file,
        digest=digest,
    )
