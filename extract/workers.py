"""Tasks in child processes, in order: what one of them does, runs away with or dies of, harms no other.

Results come in the order of the tasks whatever the number of workers, and no more of them are held than a
window of tasks gives.
"""

import multiprocessing
import os
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

MEMORY = 1_000_000_000  # bytes that a child may use
_AHEAD = 3  # tasks that wait at each worker, so that none waits for its next
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
                worker.connection.send(begun[number])
            except OSError:
                return  # it has died; listening will notice

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._work, self._memory), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours, since=time.monotonic())
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
        limit = min((worker.since + self._seconds - now for worker in heard.values()), default=1.0)
        ready = wait(list(heard), timeout=max(0.0, limit) if self._seconds else None)
        for connection in ready:
            worker = heard[connection]  # type: ignore[index]  # wait gives back what it was given
            try:
                result = worker.connection.recv()
            except (EOFError, OSError):
                self._replace(worker, Failure(_death(worker.process)), results, waiting)
                continue
            worker.since = time.monotonic()
            results[worker.tasks[0]].append(result)
            if result is None:
                worker.tasks.popleft()
        if self._seconds:
            now = time.monotonic()
            for worker in heard.values():
                if worker in self._workers and now - worker.since >= self._seconds and not worker.connection.poll():
                    self._replace(worker, Failure(f"it took over {self._seconds:g} seconds"), results, waiting)

    def _replace(
        self,
        worker: _Worker,
        failure: Failure,
        results: dict[int, deque[Result | Failure | None]],
        waiting: deque[int],
    ) -> None:
        """End a worker, whose task has failed; what waited behind it is given to others."""
        self._workers.remove(worker)
        worker.process.kill()
        worker.process.join()
        worker.connection.close()
        results[worker.tasks.popleft()].extend((failure, None))
        waiting.extendleft(reversed(worker.tasks))


def _death(process: BaseProcess) -> str:
    process.join(1)
    return f"its reader died (exit code {process.exitcode})"


def _serve(connection: Connection, work: Callable[[Task], Iterable[Result]], memory: int) -> None:
    """The child: take a task, send its results, send ``None``; until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _limit_memory(memory)
    while True:
        try:
            task: Task = connection.recv()
        except (EOFError, OSError):
            return
        try:
            for result in work(task):
                connection.send(result)
        except MemoryError:
            connection.send(Failure(f"it needs over {memory // 1_000_000} MB of memory"))
        except Exception:  # whatever a document makes the reader do is said of this document, and the run goes on
            connection.send(Failure(traceback.format_exc(limit=-3).strip(), bug=True))
        connection.send(None)


def _limit_memory(memory: int) -> None:
    if os.name == "posix":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (memory if hard < 0 else min(memory, hard), hard))
