"""Articles → shards of claims: files of extractions, made by any engine, gone on with where a run stopped.

A shard holds what a few thousand articles say.  Its lines are those of ``collabgraph extract``, for a document that
could not be read ``{"failed": …}`` instead, and at the end ``{"shard": …}`` with its counts, so that ``collabgraph
build`` reads a folder of shards as it reads claims.
"""

import hashlib
import json
import os
import signal
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any
from zlib import crc32

from extract.errors import DataError, ReadError
from extract.ingest import SECONDS, way_of
from extract.jsonl import to_line
from extract.pipeline import DEFAULTS, Options, extract_document
from extract.read import list_files, read_each
from extract.records import Document
from graph.counts import Summed
from graph.scale.seam import Mapper, run, whole

FILES = 5_000  # files of a shard at most
BYTES = 8_000_000  # bytes of files after which a shard is full: some 7,000 short articles, 100 seconds of one core
_TAIL = 60_000  # bytes at the end of a shard that surely hold its last line, which names two files


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """The articles of one shard, by the paths that were given, which lie below ``base``; ``target`` is its file.

    ``way`` stands for the way in which they are read.  ``names`` are the paths with ``\\0`` between them: one that asks
    for a million articles holds them all.
    """

    base: str
    names: str
    target: str
    way: str

    @property
    def files(self) -> tuple[str, ...]:
        """The paths."""
        return tuple(self.names.split("\0"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(Summed):
    """What a shard holds; ``characters`` are those of the documents that were read."""

    documents: int = 0
    failed: int = 0
    claims: int = 0
    characters: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A document, or a file, that could not be read; ``document`` is its id where it has one."""

    origin: str
    document: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What lies in a folder of shards after a run: ``made`` by it, ``kept`` from before, ``removed`` as out of date."""

    counts: Counts
    made: int
    kept: int
    removed: int
    failed: tuple[Failed, ...]


def extract_shards(
    paths: Iterable[str | Path],
    out: str | Path,
    options: Options = DEFAULTS,
    *,
    mapper: Mapper = map,
    jobs: int = 1,
    seconds: float = SECONDS,
    files: int = FILES,
    on_progress: Callable[[int, int], None] = lambda done, of: None,
) -> Report:
    """Make the shards of all articles below ``paths`` in the folder ``out``, but those that are there.

    A document that raises is a line of its shard.  One that kills its process fails the shard, whose documents are
    then read one by one in ``jobs`` child processes, and that one is given up.  Of a folder that an earlier run filled,
    shards are kept whose files are unchanged and were read in this way, and others removed at the end; where none is
    kept, one at least must be of these articles, read in this way.

    Args:
        paths: Articles and folders of them; on machines beyond this one the same paths lead to them.
        out: The folder, made when it is missing.
        options: How to read.
        mapper: The engine: ``map``, ``seam.processes(2)``, ``on_spark.mapper(context)``.
        jobs: Child processes that look into a shard at which the engine failed.
        seconds: That one document may take; 0 for no limit, and none with ``map``, which runs in this process.
        files: Of a shard at most.
        on_progress: Told how many shards of how many are done.

    Raises:
        DataError: All that lies in ``out`` are shards of other articles, or read in another way.
        EngineError: The engine cannot be used.
        ReadError: A path does not exist, or there is no article.
    """
    from graph.scale.quarantine import extract_carefully

    out, paths = Path(out).absolute(), list(paths)
    shards = list(cut(list_files(paths, leave_out=[out]), out, way_of(options), files=files))
    if not shards:  # nothing is removed then
        raise ReadError(f"there are no articles below {', '.join(map(str, paths))}, {out} left out")
    wanted = {shard.target for shard in shards}
    there = {str(path) for path in out.glob("part-*.jsonl")}
    if there and wanted.isdisjoint(there) and not _are_of(there, shards):
        raise DataError(f"{out}: it holds shards of other articles, or read in another way; name another folder")
    kept, seconds = len(there & wanted), 0 if mapper is map else seconds
    work = partial(extract_shard, options=options, seconds=seconds)
    rescue = partial(extract_carefully, options=options, seconds=seconds, jobs=jobs)
    for number, _ in enumerate(run(work, shards, mapper, rescue=rescue), kept + 1):
        on_progress(number, len(shards))
    for path in there - wanted:
        Path(path).unlink(missing_ok=True)
    counts, failed = Counts(), list[Failed]()
    for shard in shards:
        each = read_counts(shard.target)
        counts += each
        failed += read_failed(shard.target) if each.failed else ()
    return Report(counts=counts, made=len(shards) - kept, kept=kept, removed=len(there - wanted), failed=tuple(failed))


def cut(paths: Iterable[Path], out: Path, way: bytes, *, files: int = FILES) -> Iterator[Shard]:
    """The shards of files in their order.

    Where one ends depends on the names of the files near it alone, so that a file more or less changes one shard; its
    own name comes from the paths, sizes and times of its files and from ``way``, the way in which they are read.
    """
    base, said = str(Path.cwd()), hashlib.blake2b(way, digest_size=5).hexdigest()
    part: list[str] = []
    size, digest = 0, hashlib.blake2b(way, digest_size=10)

    def shard() -> Shard:
        target = out / f"part-{digest.hexdigest()}.jsonl"
        return Shard(base=base, names="\0".join(part), target=str(target), way=said)

    for path in paths:
        name, found = os.fsencode(path), path.stat()
        part.append(str(path))
        size += found.st_size
        digest.update(b"%s\0%d %d\0" % (name, found.st_size, found.st_mtime_ns))
        if len(part) >= files or size >= BYTES or crc32(name) % files == 0:
            yield shard()
            part, size, digest = [], 0, hashlib.blake2b(way, digest_size=10)
    if part:
        yield shard()


def _are_of(there: Iterable[str], shards: Sequence[Shard]) -> bool:
    """Whether one of the shards that are there begins or ends with an article of ``shards``, read in their way."""
    files = {file for shard in shards for file in shard.files}
    lasts = map(_read_last, there)
    return any(said.get("way") == shards[0].way and not files.isdisjoint(said["ends"]) for said in lasts)


def extract_shard(shard: Shard, *, options: Options, seconds: float) -> Counts:
    """Make one shard; all that an engine ever runs."""
    counts = Counts()
    with whole(shard.target) as out:
        for path in shard.files:
            for found in read_documents(shard, path, options, seconds):
                counts += write_line(out.write, outcome(found, path, options, seconds))
        write_counts(out.write, counts, shard)
    return counts


def read_documents(shard: Shard, path: str, options: Options, seconds: float) -> Iterator[Document | Failed]:
    """The documents of one file of a shard, as ``guard`` gives them."""
    each = read_each(Path(shard.base, path), columns=dict(options.columns), origin=path)
    return guard(each, path, seconds)


def guard(each: Iterator[Document | ReadError], path: str, seconds: float) -> Iterator[Document | Failed]:
    """The documents of a reader; in the place of what cannot be read, or takes over ``seconds``, why."""
    while True:
        try:
            with _limited(seconds):
                found = next(each, None)
        except ReadError as error:
            found, each = error, iter(())
        except _OverdueError:
            found, each = ReadError(f"{path}: it took over {seconds:g} seconds"), iter(())
        except Exception:  # whatever bytes make a reader do is said of their file, and the shard goes on
            found, each = ReadError(_bug(path)), iter(())
        if found is None:
            return
        yield Failed(origin=path, document=None, reason=str(found)) if isinstance(found, ReadError) else found


def outcome(found: Document | Failed, path: str, options: Options, seconds: float) -> tuple[str, Counts] | Failed:
    """The line of one document, with what it counts, or why there is none."""
    if isinstance(found, Failed):
        return found
    origin = found.origin or path
    try:
        with _limited(seconds):
            extraction = extract_document(found, options)
        line = to_line(extraction)
    except _OverdueError:
        return Failed(origin=origin, document=found.id, reason=f"{origin}: it took over {seconds:g} seconds")
    except Exception:  # one document never stops a shard
        return Failed(origin=origin, document=found.id, reason=_bug(origin))
    return line, Counts(documents=1, claims=len(extraction.claims), characters=len(found.text))


def _bug(origin: str) -> str:
    last = traceback.format_exc().strip().splitlines()[-1]
    return f"{origin}: the reader failed on it, which is a bug: {last}"


def write_line(write: Callable[[str], object], made: tuple[str, Counts] | Failed) -> Counts:
    """Write the line of one document; gives back what it counts."""
    if isinstance(made, Failed):
        write(json.dumps({"failed": asdict(made)}, ensure_ascii=False) + "\n")
        return Counts(failed=1)
    write(made[0] + "\n")
    return made[1]


def write_counts(write: Callable[[str], object], counts: Counts, shard: Shard | None = None) -> None:
    """Write the last line of a shard: its counts, and where it is of files, the first and the last of them."""
    said: dict[str, object] = {"shard": asdict(counts)}
    if shard is not None:
        said |= {"way": shard.way, "ends": [shard.files[0], shard.files[-1]]}
    write(json.dumps(said, ensure_ascii=False) + "\n")


def read_counts(path: str | Path) -> Counts:
    """What the last line of a shard counts.

    Raises:
        DataError: The file is no whole shard.
    """
    return Counts(**_read_last(path)["shard"])


def _read_last(path: str | Path) -> dict[str, Any]:
    """The last line of a shard; ``way`` and ``ends`` are missing in those of a table, and of earlier versions."""
    with Path(path).open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
        last = file.read().rstrip(b"\n").rpartition(b"\n")[2]
    try:
        said: dict[str, Any] = json.loads(last)
        Counts(**said["shard"])
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: it is no whole shard; remove it and run again") from error
    return said


def read_failed(path: str | Path) -> Iterator[Failed]:
    """The documents of a shard that could not be read."""
    with Path(path).open("rb") as lines:
        for line in lines:
            if line.startswith(b'{"failed"'):
                yield Failed(**json.loads(line)["failed"])


class _OverdueError(BaseException):
    """A document has taken too long; no ``except Exception`` of a reader stops it."""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise ``_OverdueError`` in the block after so many seconds; a block that does not listen is killed by the system.

    Only a main thread of a POSIX system can; elsewhere there is no limit.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise _OverdueError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    signal.setitimer(signal.ITIMER_VIRTUAL, 2 * seconds)  # SIGVTALRM, which nothing handles, ends the process
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGALRM, before)
