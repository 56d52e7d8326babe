"""What the steps of an assembly share: the work folder, and jobs that each make one file of one kind there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from graph.counts import Summed
from graph.decisions import Decision
from graph.scale.seam import Mapper, run


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an assembly works: ``folder`` for what is between, ``out`` for its files, in so many ``buckets``."""

    folder: str
    out: str
    buckets: int
    decisions: tuple[Decision, ...] = ()

    def file(self, kind: str, number: int) -> Path:
        """The file that job ``number`` of a step makes."""
        return Path(self.folder, kind, f"{number:05d}")

    def files(self, kind: str) -> list[Path]:
        """The files of all jobs of a step, in order."""
        return [self.file(kind, number) for number in range(self.buckets)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One job of a step; ``given`` are files that only it reads."""

    target: str
    number: int
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally(Summed):
    """What jobs counted; ``digest`` is what their part of the graph adds to its digest, as a number."""

    documents: int = 0
    failed: int = 0
    names: int = 0
    organizations: int = 0
    collaborations: int = 0
    evidence: int = 0
    digest: int = 0


def do(
    kind: str,
    work: Callable[[Place, Step], None],
    place: Place,
    mapper: Mapper,
    given: Iterable[tuple[str, ...]] | None = None,
) -> None:
    """Run one step, a job a bucket, as far as its files are missing."""
    each = list(given) if given is not None else [()] * place.buckets
    steps = [
        Step(target=str(place.file(kind, number)), number=number, given=files) for number, files in enumerate(each)
    ]
    for _ in run(partial(work, place), steps, mapper):
        pass
