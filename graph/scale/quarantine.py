"""A shard at which the engine failed → the same shard, its documents read one by one in child processes.

What kills, or never ends, is told by the document at which the child was: that one is given up, and the rest of its
file is read anew from behind it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from extract.pipeline import Options
from extract.records import Document
from extract.workers import Failure, Pool
from graph.scale.seam import whole
from graph.scale.shards import Counts, Failed, Shard, outcome, read_documents, write_counts, write_line


@dataclass(frozen=True, slots=True)
class _Task:
    """One file of a shard, but its first ``skip`` documents; ``tries`` are children that did not even begin it."""

    path: str
    skip: int = 0
    tries: int = 0


@dataclass(frozen=True, slots=True)
class _Begun:
    """A document that is about to be read; without an id, the file."""

    origin: str
    document: str | None = None


_TRIES = 2  # more children for a file that none has begun: a busy machine may need long to start one
_Made = tuple[str, Counts] | Failed


def extract_carefully(shard: Shard, *, options: Options, seconds: float, jobs: int) -> Counts:
    """Make one shard in ``jobs`` child processes, each document for itself; what kills its process is given up."""
    pool: Pool[_Task, _Begun | _Made] = Pool(partial(_read, shard, options), jobs=jobs, seconds=seconds)
    made: dict[str, list[_Made]] = defaultdict(list)
    tasks = [_Task(path) for path in shard.files]
    while tasks:
        again: list[_Task] = []
        begun: _Begun | None = None
        for task, result in pool.run(tasks):
            match result:
                case _Begun():
                    begun = result
                case Failure() if begun is None and task.tries < _TRIES:
                    again.append(_Task(task.path, task.skip, task.tries + 1))
                case Failure(reason=reason):
                    begun = begun or _Begun(task.path)
                    said = f"{begun.origin}: {reason.splitlines()[-1]}"
                    made[task.path].append(Failed(origin=begun.origin, document=begun.document, reason=said))
                    if begun.document is not None:
                        again.append(_Task(task.path, len(made[task.path])))
                    begun = None
                case None:
                    begun = None
                case _:
                    made[task.path].append(result)
                    begun = _Begun(task.path)
        tasks = again
    counts = Counts()
    with whole(shard.target) as out:
        for path in shard.files:
            for each in made[path]:
                counts += write_line(out.write, each)
        write_counts(out.write, counts, shard)
    return counts


def _read(shard: Shard, options: Options, task: _Task) -> Iterator[_Begun | _Made]:
    """In a child: each document, said before it is read."""
    yield _Begun(task.path)
    for number, found in enumerate(read_documents(shard, task.path, options, 0)):
        if number < task.skip:
            continue
        if isinstance(found, Document):
            yield _Begun(found.origin or task.path, found.id)
        yield outcome(found, task.path, options, 0)
