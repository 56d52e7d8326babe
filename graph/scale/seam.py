"""The seam between the work and what runs it: jobs that each leave one file, and an engine that is a ``map``.

An engine is any callable with the signature of the builtin ``map``.  It is given a picklable ``work`` and jobs, and
gives nothing back but counts: what a job makes is a file, written whole by rename.  So a job that ran twice is a job
that ran once, what is left after any failure are the jobs whose file is missing, and no driver holds any data.
"""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from io import TextIOWrapper
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO, TypeVar

from graph.errors import EngineError

log = logging.getLogger(__name__)


class Job(Protocol):
    """A piece of work whose outcome is the file ``target``, an absolute path."""

    @property
    def target(self) -> str:
        """Where the outcome will be."""
        ...


Work = TypeVar("Work", bound=Job)
Counts = TypeVar("Counts")


class Mapper(Protocol):
    """An engine: the builtin ``map`` is one.  It raises ``EngineError`` where a worker was lost for good."""

    def __call__(self, work: Callable[[Work], Counts], jobs: Sequence[Work], /) -> Iterable[Counts]:
        """The counts of each job, in order."""
        ...


def run(
    work: Callable[[Work], Counts],
    jobs: Iterable[Work],
    mapper: Mapper = map,
    *,
    rescue: Callable[[Work], Counts] | None = None,
) -> Iterator[Counts]:
    """The counts of the jobs whose target is missing, as they end.

    Where the engine fails, the jobs that were begun and not ended are suspect: each is done by ``rescue``, in this
    process, and then the engine goes on with the rest.  The counts of jobs that had ended just then are not given.
    No other run may write into the folders of the targets.

    Raises:
        EngineError: The engine failed without having begun a job, or there is no ``rescue``.
    """
    every = list(jobs)
    left = [job for job in every if not Path(job.target).exists()]
    _forget(every)
    while left:
        try:
            yield from mapper(work, left)
            break
        except EngineError as error:
            left = [job for job in left if not Path(job.target).exists()]
            parts = _parts(left)
            suspects = [job for job in left if job.target in parts]
            if rescue is None or not suspects:
                raise
            log.warning("%s; %d of %d jobs are looked into", error, len(suspects), len(left))
        for job in suspects:
            yield rescue(job)
        left = [job for job in left if job.target not in parts]
    _forget(every)


def processes(count: int) -> Mapper:
    """An engine of so many processes of this machine."""

    def mapper(work: Callable[[Work], Counts], jobs: Sequence[Work], /) -> Iterator[Counts]:
        executor = ProcessPoolExecutor(
            min(count, len(jobs)), mp_context=get_context("spawn"), initializer=_end_with_parent
        )
        try:
            yield from executor.map(work, jobs)
        except BrokenProcessPool as error:
            raise EngineError("a process of the pool died") from error
        finally:
            executor.shutdown(cancel_futures=True)

    return mapper


def _end_with_parent() -> None:
    """Let this worker end when its parent was killed: a pool's worker would wait for it for ever."""
    parent = parent_process()
    assert parent is not None
    sentinel = parent.sentinel

    def watch() -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def whole(target: str | Path) -> Iterator[TextIO]:
    """A text file to be written, which becomes ``target`` when the block ends without an error."""
    with whole_bytes(target) as raw:
        file = TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace", newline="\n")
        yield file
        file.flush()
        file.detach()


@contextmanager
def whole_bytes(target: str | Path) -> Iterator[BinaryIO]:
    """A file to be written, which becomes ``target`` when the block ends without an error.

    Two attempts at one target may run at once; while one does, or when it was killed, its part lies beside the target.
    """
    path = Path(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.{time.time_ns()}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _parts(jobs: Sequence[Job]) -> dict[str, list[Path]]:
    """The parts that lie beside the targets of jobs, by target."""
    targets = {job.target for job in jobs}
    found: dict[str, list[Path]] = {}
    for folder in {Path(target).parent for target in targets}:
        for part in folder.glob(".*.part"):
            target = str(part.with_name(part.name[1:].rsplit(".", 3)[0]))
            if target in targets:
                found.setdefault(target, []).append(part)
    return found


def _forget(jobs: Sequence[Job]) -> None:
    """Remove the parts of attempts that were killed."""
    for parts in _parts(jobs).values():
        for part in parts:
            part.unlink(missing_ok=True)
