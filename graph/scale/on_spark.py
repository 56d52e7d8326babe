"""Apache Spark 3.5 and 4 as an engine, and tables of documents there → tables of claims.

The only module that imports pyspark, which the extra ``collabgraph[spark]`` brings.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extract.ingest import SECONDS, processors
from extract.pipeline import DEFAULTS, Options
from extract.read import read_bytes
from extract.records import Document
from graph.errors import EngineError
from graph.scale.seam import Counts, Mapper, Work, whole
from graph.scale.shards import Counts as ShardCounts
from graph.scale.shards import Failed, guard, outcome, write_counts, write_line

try:
    from py4j.protocol import Py4JError
    from pyspark import SparkContext, TaskContext
    from pyspark.errors import PySparkException
    from pyspark.sql import DataFrame, SparkSession
except ImportError as error:
    raise EngineError(
        "Spark is not installed; pip install 'collabgraph[spark]', or submit this to a cluster"
    ) from error

if TYPE_CHECKING:
    from pandas import DataFrame as Frame

GROUP = 1_000  # jobs of one Spark job: what is done so far is seen, and a failure costs no more
CLAIMS = "id string, origin string, line string, error string"
"""The columns that ``claims`` gives: ``line`` is that of ``collabgraph extract``, ``error`` why there is none."""

_COLUMNS = ["id", "origin", "line", "error"]


@contextmanager
def opened_spark(master: str | None = None, jobs: int | None = None) -> Iterator[Mapper]:
    """An engine on the Spark at the address ``master``, which is ended with the block.

    Without an address it is the one that this program was submitted to, or else ``jobs`` processes of this machine,
    as many as it has processors unless given, where a task is tried four times.

    Raises:
        EngineError: There is no such Spark, or no Java.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else workers take the python3 of the PATH
    builder = SparkSession.builder.appName("collabgraph")
    if master is None and "SPARK_ENV_LOADED" not in os.environ:  # which spark-submit sets
        master = f"local[{jobs or processors()},4]"
    if master is not None:
        builder = builder.master(master)
    if master is not None and master.startswith("local"):
        builder = builder.config("spark.ui.enabled", "false")
    if not sys.stderr.isatty():
        builder = builder.config("spark.ui.showConsoleProgress", "false")
    try:
        session = builder.getOrCreate()
    except Exception as error:  # what starting a Java virtual machine raises differs by version
        raise EngineError(f"Spark could not be started ({_first_line(error)}); is there a Java 17?") from error
    try:
        session.sparkContext.setLogLevel("ERROR")
        yield mapper(session.sparkContext)
    finally:
        session.stop()


def mapper(context: SparkContext) -> Mapper:
    """An engine on a Spark that is there; a job is a task."""

    def mapped(work: Callable[[Work], Counts], jobs: Sequence[Work], /) -> Iterator[Counts]:
        for start in range(0, len(jobs), GROUP):
            group = jobs[start : start + GROUP]
            try:
                yield from context.parallelize(group, len(group)).map(work).collect()
            except (Py4JError, PySparkException) as error:
                raise EngineError(f"Spark gave up a task ({_first_line(error)})") from error

    return mapped


def claims(
    documents: DataFrame, options: Options = DEFAULTS, *, name: str = "table", seconds: float = SECONDS
) -> DataFrame:
    """What the documents of a table say: a row each, with the columns of ``CLAIMS``.

    The table is read as a file of JSON lines with its columns is, which is called ``name``: columns are known by their
    names (``text``, ``title``, ``date``, ``url`` …), or ``options.columns`` names them.  A document that raises, or
    takes over ``seconds``, is a row with an ``error``.
    """
    work = partial(_claims, columns=documents.columns, options=options, name=name, seconds=seconds)
    return documents.mapInPandas(work, CLAIMS)


def write_lines(rows: DataFrame, out: str | Path) -> None:
    """Write what ``claims`` gives as shards, one a partition, for ``collabgraph build``; ``out`` is a folder of all
    executors.

    Raises:
        EngineError: A task failed for good.
    """
    target = str(Path(out).absolute())
    try:
        rows.mapInPandas(partial(_write_lines, target), "shard string").collect()
    except (Py4JError, PySparkException) as error:
        raise EngineError(f"Spark gave up a task ({_first_line(error)})") from error


def _claims(
    frames: "Iterator[Frame]", *, columns: Sequence[str], options: Options, name: str, seconds: float
) -> "Iterator[Frame]":
    from pandas import DataFrame as Frame

    for frame in frames:
        rows: list[tuple[str | None, ...]] = []
        for values in zip(*(frame[column].tolist() for column in columns), strict=True):
            said = {column: str(value) for column, value in zip(columns, values, strict=True) if _is_said(value)}
            line = json.dumps(said, ensure_ascii=False).encode("utf-8-sig", "backslashreplace")  # marked: no guessing
            each = read_bytes(line, suffix=".jsonl", origin=name, columns=dict(options.columns))
            for found in guard(each, name, seconds):
                rows.append(_row(found, outcome(found, name, options, seconds)))
        yield Frame(rows, columns=_COLUMNS, dtype=object)


def _is_said(value: object) -> bool:
    return value is not None and value == value  # no null, which pandas makes NaN of in numbers


def _row(found: Document | Failed, made: tuple[str, ShardCounts] | Failed) -> tuple[str | None, ...]:
    if isinstance(made, Failed):
        return made.document, made.origin, None, made.reason
    assert isinstance(found, Document)
    return found.id, found.origin, made[0], None


def _write_lines(out: str, frames: "Iterator[Frame]") -> "Iterator[Frame]":
    from pandas import DataFrame as Frame

    context = TaskContext.get()
    number = context.partitionId() if context else 0
    counts, target = ShardCounts(), Path(out, f"part-{number:05d}.jsonl")
    with whole(target) as file:
        for frame in frames:
            for document, origin, line, error in zip(*(frame[column].tolist() for column in _COLUMNS), strict=True):
                made: tuple[str, ShardCounts] | Failed
                if error is None:
                    made = line, ShardCounts(documents=1)
                else:
                    made = Failed(origin=origin or "", document=document, reason=error)
                counts += write_line(file.write, made)
        write_counts(file.write, counts)
    yield Frame([[str(target)]], columns=["shard"])


def _first_line(error: BaseException) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[0].strip() if lines else type(error).__name__
