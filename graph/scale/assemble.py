"""Shards → the graph, without a store: files for the bulk import of a Neo4j, by any engine.

The graph is that of ``collabgraph build``, by its digest: one logic of merging and deriving, in six steps that hand on
files.  Each step is a job a bucket; one machine sees all names at once only as hashes (``components.py``).

1. shards → documents by id        2. each id once; what is said of names, by key
3. each name once; its links       4. groups of names that might be one, labelled here; names by group
5. groups → organizations          6. documents → nodes and evidence; evidence → collaborations
"""

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ReadError
from extract.ingest import way_of
from extract.pipeline import DEFAULTS
from extract.read import list_files
from graph.decisions import Decision, latest
from graph.export.whole import write_arguments
from graph.scale import emit, gather, join
from graph.scale.seam import Mapper
from graph.scale.steps import Place, Tally, do

SHARDS = 8  # of a bucket
MOST = 4_096  # buckets


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembled:
    """What was written: its counts and the digest of the graph; ``edges`` connect names that might be one."""

    tally: Tally
    edges: int

    @property
    def digest(self) -> str:
        """The digest, as ``graph.digest`` has it."""
        return f"{self.tally.digest % 2**128:032x}"


def assemble(
    paths: Iterable[str | Path],
    out: str | Path,
    *,
    decisions: Sequence[Decision] = (),
    mapper: Mapper = map,
    buckets: int | None = None,
) -> Assembled:
    """Write the graph of shards, or of other claims and facts in JSON lines, into the folder ``out``.

    What is between lies in a folder of ``out`` and is removed at the end; after a failure the next run goes on there.

    Args:
        paths: Shards, or folders of them.
        out: The folder, made when it is missing.
        decisions: What people decided about names.
        mapper: The engine.
        buckets: Parts of the work; one for eight shards unless given.

    Raises:
        EngineError: The engine failed; or scipy is missing.
        ReadError: A path does not exist, or there is no shard.
    """
    files = [path.absolute() for path in list_files(paths) if path.suffix == ".jsonl"]
    if not files:
        raise ReadError("there are no shards; collabgraph extract --out makes them")
    out = Path(out).absolute()
    decided = latest(decisions)
    buckets = buckets or min(MOST, -(-len(files) // SHARDS))
    held = hashlib.blake2b(way_of(DEFAULTS), digest_size=8)
    for path in files:
        found = path.stat()
        held.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    held.update(repr((buckets, decided)).encode())
    place = Place(folder=str(out / f".work-{held.hexdigest()}"), out=str(out), buckets=buckets, decisions=decided)
    for old in out.glob(".work-*"):
        if old != Path(place.folder):
            shutil.rmtree(old)
    if not Path(place.folder).exists():
        for old in out.glob("*.csv"):
            old.unlink()
    size = -(-len(files) // buckets)
    given = [tuple(map(str, files[start * size : (start + 1) * size])) for start in range(buckets)]
    do("documents", gather.spread_articles, place, mapper, given)
    do("said", gather.keep_articles, place, mapper)
    do("names", gather.count_names, place, mapper)
    edges = join.label_groups(place)
    do("grouped", join.spread_groups, place, mapper)
    do("organizations", join.join_groups, place, mapper)
    join.write_homes(place)
    do("evidence", emit.emit_documents, place, mapper)
    do("collaborations", emit.emit_relationships, place, mapper)
    emit.emit_decisions(place)
    names: list[str] = []
    tally = Tally(failed=sum(int(path.read_text()) for path in place.files("failed")))
    for path in [*(p for kind in _EMITTED for p in place.files(kind)), place.file("decided", 0)]:
        written, counted = emit.read_emitted(path)
        names += written
        tally += counted
    write_arguments(out, names)
    shutil.rmtree(place.folder)
    return Assembled(tally=tally, edges=edges)


_EMITTED = ("organizations", "evidence", "collaborations")
