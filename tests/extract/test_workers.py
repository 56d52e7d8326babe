"""Tasks in child processes.  A task is a Python expression, the work ``eval``."""

import time
from collections.abc import Sequence

import pytest

from extract.workers import Failure, Pool


def results(tasks: Sequence[str], *, jobs: int = 2, seconds: float = 30) -> list[list[object]]:
    """The results of each task, in order."""
    pool: Pool[str, object] = Pool(eval, jobs=jobs, seconds=seconds, memory=600_000_000)
    found: list[list[object]] = []
    done = True
    for task, result in pool.run(tasks):
        if done:
            assert task == tasks[len(found)]
            found.append([])
        done = result is None
        if not done:
            found[-1].append(result)
    assert done
    return found


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    """Whatever the number of workers, and however long a task takes."""
    slow = "__import__('time').sleep(0.3) or ['slow']"
    tasks = [slow, *(f"range({number})" for number in range(120)), slow, "['last']"]
    found = results(tasks, jobs=jobs)
    assert found == [["slow"], *(list(range(number)) for number in range(120)), ["slow"], ["last"]]


def test_a_task_that_fails_harms_no_other() -> None:
    """One that raises, dies, runs away or eats memory is said to have, and what comes before and after is done."""
    tasks = [
        "['before']",
        "1 / 0",
        "__import__('os')._exit(7)",
        "__import__('time').sleep(600)",
        "[len(bytearray(2_000_000_000))]",
        "(number if number < 3 else __import__('os')._exit(9) for number in range(9))",
        "['after']",
    ]
    start = time.monotonic()
    before, raised, died, ran, ate, cut, after = results(tasks, seconds=3)
    assert (before, after) == (["before"], ["after"])
    assert isinstance(raised[0], Failure)
    assert raised[0].bug
    assert "ZeroDivisionError" in raised[0].reason
    assert died == [Failure("its reader died (exit code 7)")]
    assert ran == [Failure("it took over 3 seconds")]
    assert ate == [Failure("it needs over 600 MB of memory")]
    assert cut == [0, 1, 2, Failure("its reader died (exit code 9)")]
    assert time.monotonic() - start < 60


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_done_before_a_death_is_not_lost(jobs: int) -> None:
    """Results of short tasks wait in the child to be sent together; whichever it dies on, each comes once."""
    dies = {3, 4, 17, 40}
    tasks = [f"__import__('os')._exit({n})" if n in dies else f"range({n % 4})" for n in range(60)]
    expected = [[Failure(f"its reader died (exit code {n})")] if n in dies else list(range(n % 4)) for n in range(60)]
    assert results(tasks, jobs=jobs) == expected


class Slow:
    """Work that takes longer to arrive in a child than a task may."""

    def __getstate__(self) -> dict[str, bool]:
        return {"sent": True}

    def __setstate__(self, state: dict[str, bool]) -> None:
        time.sleep(2.5)

    def __call__(self, task: str) -> Sequence[str]:
        return [task]


def test_the_start_of_a_child_is_no_fault_of_its_task() -> None:
    """On a machine that is busy with other things, a child may take longer to start than a task may."""
    assert list(Pool(Slow(), jobs=1, seconds=2).run(["first"])) == [("first", "first"), ("first", None)]


def test_no_worker_stays_behind() -> None:
    """When the results are no longer wanted, all workers end."""
    pool: Pool[str, object] = Pool(eval, jobs=2, seconds=30)
    run = pool.run(["range(1000)"] * 50)
    next(run)
    workers = [worker.process for worker in pool._workers]
    assert workers
    run.close()
    assert not any(process.is_alive() for process in workers)
