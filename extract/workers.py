"""Tasks in child processes, in order: what one of them does, runs away with or dies of, harms no other.

Results come in the order of the tasks whatever the number of workers, and no more of them are held than a
window of tasks gives.  A child sends the results of short tasks together; where it dies, and on which of them is not
sure, those that it had are done again, each alone.
"""

import multiprocessing
import os
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

MEMORY = 1_000_000_000  # bytes that a child may use
_AHEAD = 6  # tasks that wait at each worker, so that none waits for its next
_TOGETHER = 0.1  # seconds after which a child sends what it has at the end of a task
_WINDOW = 16  # tasks per worker that may be begun before the first of them is done
_HELD = 400  # results of a task not yet due after which its worker is not listened to


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task, or the rest of it, gave no result: ``reason`` in words; ``bug`` where it is none of its input."""

    reason: str
    bug: bool = False


@dataclass(slots=True, eq=False)
class _Worker:
    process: BaseProcess
    connection: Connection
    tasks: deque[int] = field(default_factory=deque)
    ready: bool = False  # whether it has started, which no task is to blame for
    begun: bool = False  # whether it has given results of its first task, at which it then surely is
    since: float = 0.0  # when it last began a result


class Pool(Generic[Task, Result]):
    """Runs ``work(task)``, which yields results, for each task.

    ``work`` must be importable.  A result that takes over ``seconds`` ends its task, as does a crash; what the task
    gave before stays.  ``seconds`` of 0 sets no limit.
    """

    def __init__(self, work: Callable[[Task], Iterable[Result]], *, jobs: int, seconds: float, memory: int = MEMORY):
        self._work = work
        self._jobs = jobs
        self._seconds = seconds
        self._memory = memory
        self._workers: list[_Worker] = []
        self._alone: set[int] = set()  # tasks of which each result is sent at once
        self._context = multiprocessing.get_context("spawn")

    def run(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Failure | None]]:
        """Each task with each of its results, in order; ``None`` when the task is done."""
        source = enumerate(tasks)
        begun: dict[int, Task] = {}
        results: dict[int, deque[Result | Failure | None]] = {}
        waiting: deque[int] = deque()
        due, more = 0, True
        try:
            while True:
                while more and len(begun) < _WINDOW * self._jobs and len(waiting) < _AHEAD * self._jobs:
                    item = next(source, None)
                    if item is None:
                        more = False
                        break
                    begun[item[0]] = item[1]
                    results[item[0]] = deque()
                    waiting.append(item[0])
                self._give(waiting, begun)
                while results.get(due):
                    result = results[due].popleft()
                    yield begun[due], result
                    if result is None:
                        del results[due], begun[due]
                        due += 1
                if not begun:
                    if more:
                        continue
                    return
                if not results.get(due):
                    self._listen(results, waiting, due)
        finally:
            self.close()

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.connection.close()
        self._workers.clear()

    def _give(self, waiting: deque[int], begun: dict[int, Task]) -> None:
        while waiting:
            worker = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
            if worker is None or (worker.tasks and len(self._workers) < self._jobs):
                worker = self._start()
            if len(worker.tasks) >= _AHEAD:
                return
            number = waiting.popleft()
            if not worker.tasks:
                worker.since = time.monotonic()
            worker.tasks.append(number)
            try:
                worker.connection.send((begun[number], number in self._alone))
            except OSError:
                return  # it has died; listening will notice

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._work, self._memory), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _listen(self, results: dict[int, deque[Result | Failure | None]], waiting: deque[int], due: int) -> None:
        """Take what the workers have to say; end those that have run away."""
        heard = {
            worker.connection: worker
            for worker in self._workers
            if worker.tasks and (worker.tasks[0] == due or len(results[worker.tasks[0]]) < _HELD)
        }
        now = time.monotonic()
        for worker in self._workers:
            if worker.connection not in heard:
                worker.since = now  # it may be waiting for us
        limited = [worker for worker in heard.values() if worker.ready and self._seconds]
        limit = min((worker.since + self._seconds - now for worker in limited), default=None)
        ready = wait(list(heard), timeout=None if limit is None else max(0.0, limit))
        for connection in ready:
            worker = heard[connection]  # type: ignore[index]  # wait gives back what it was given
            try:
                said = worker.connection.recv()
            except (EOFError, OSError):
                self._replace(worker, Failure(_death(worker.process)), results, waiting)
                continue
            worker.since = time.monotonic()
            worker.ready = True
            for result in said:
                worker.begun = result is not None
                results[worker.tasks[0]].append(result)
                if result is None:
                    self._alone.discard(worker.tasks.popleft())
        now = time.monotonic()
        for worker in limited:
            if worker in self._workers and now - worker.since >= self._seconds and not worker.connection.poll():
                self._replace(worker, Failure(f"it took over {self._seconds:g} seconds"), results, waiting)

    def _replace(
        self,
        worker: _Worker,
        failure: Failure,
        results: dict[int, deque[Result | Failure | None]],
        waiting: deque[int],
    ) -> None:
        """End a worker, one of whose tasks has failed; what it had not done is given to others."""
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        if worker.begun or len(worker.tasks) == 1 or worker.tasks[0] in self._alone:
            number = worker.tasks.popleft()
            self._alone.discard(number)
            results[number].extend((failure, None))
        else:
            self._alone.update(worker.tasks)
        waiting.extendleft(reversed(worker.tasks))


def _death(process: BaseProcess) -> str:
    process.join(1)
    return f"its reader died (exit code {process.exitcode})"


def _serve(connection: Connection, work: Callable[[Task], Iterable[Result]], memory: int) -> None:
    """The child: say that it is ready; take tasks, send lists of their results, ``None`` at the end of each."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _limit_memory(memory)
    held: list[Result | Failure | None] = []
    since = time.monotonic()

    def send() -> None:
        nonlocal since
        connection.send(held)
        held.clear()
        since = time.monotonic()

    with suppress(OSError):  # of a parent that is gone, which the loop notices
        send()
    while True:
        try:
            task, alone = connection.recv()
        except (EOFError, OSError):
            return
        if alone and held:
            send()
        given = 0
        try:
            for result in work(task):
                held.append(result)
                given += 1
                if alone or given > 1:
                    send()
        except MemoryError:
            held.append(Failure(f"it needs over {memory // 1_000_000} MB of memory"))
        except Exception:  # whatever a document makes the reader do is said of this document, and the run goes on
            held.append(Failure(traceback.format_exc(limit=-3).strip(), bug=True))
        held.append(None)
        if alone or given > 1 or time.monotonic() - since >= _TOGETHER or not connection.poll():
            send()  # a task of which something was sent is sent to its end: who has begun and not ended is at work


def _limit_memory(memory: int) -> None:
    if os.name == "posix":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (memory if hard < 0 else min(memory, hard), hard))
