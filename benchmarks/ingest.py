"""Where the processor time of ``collabgraph extract`` goes: the reading itself, and all that is around it.

    python -m benchmarks.ingest articles/ --jobs 2

The reading is cleaning a text, finding its names, resolving and relating them.  Around it are the start of each process
with what the first document of a language loads, listing, digests, decoding, the way of documents to the first
process, reports and lines.  Seconds are user and system; the children are measured as they run, so that what else keeps
the machine busy lengthens all parts alike.
"""

import argparse
import mmap
import os
import resource
import struct
import sys
import tempfile
import time
from collections.abc import Callable
from functools import wraps
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import extract.ingest
import extract.read
import extract.workers
from extract.formats import text
from graph.commands.extract import command
from graph.commands.progress import Run

FOLDER = "COLLABGRAPH_BENCHMARK"  # the variable that tells a child where to leave what it measured
READING = ("clean", "find, resolve, relate")
PARTS = (
    *READING,
    "start of the processes",
    "first document of a language",
    "list the files",
    "load the file",
    "digest of the file",
    "decode",
    "make the document",
    "describe it",
    "hand it over",
    "make the line",
    "write the report",
)
FORM = struct.Struct(f"{len(PARTS)}d")

spent = dict.fromkeys(PARTS, 0.0)
_open: list[float] = []  # of each part that is being measured, what the parts within it took
_languages: set[str] = set()


def measured(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its seconds counted for the part, less those of parts within it."""

    @wraps(function)
    def timed(*given: Any, **named: Any) -> Any:
        _open.append(0.0)
        start = time.process_time()
        try:
            return function(*given, **named)
        finally:
            took = time.process_time() - start
            where = part
            if where == READING[1] and given[0].language not in _languages:
                _languages.add(given[0].language)
                where = "first document of a language"
            spent[where] += took - _open.pop()
            if _open:
                _open[-1] += took

    return timed


def measure() -> None:
    """Let the steps of this process be measured."""
    extract.ingest.extract_document = measured(READING[1], extract.ingest.extract_document)
    extract.ingest.load_file = measured("load the file", extract.ingest.load_file)
    extract.ingest._digest = measured("digest of the file", extract.ingest._digest)
    extract.ingest.way_of = measured("digest of the file", extract.ingest.way_of)
    extract.ingest.to_line = measured("make the line", extract.ingest.to_line)
    extract.ingest._describe = measured("describe it", extract.ingest._describe)
    extract.read.clean_page = measured(READING[0], extract.read.clean_page)
    extract.read._make_document = measured("make the document", extract.read._make_document)
    text.decode = measured("decode", text.decode)
    Connection.send = measured("hand it over", Connection.send)
    Connection.recv = measured("hand it over", Connection.recv)
    Run._close_file = measured("write the report", Run._close_file)
    listed = extract.read.list_files
    extract.read.list_files = measured("list the files", lambda *given, **named: list(listed(*given, **named)))


def measure_child() -> None:
    """Let a child be measured, and leave its seconds in a file whenever it has done a task."""
    measure()
    serve, send = extract.workers._serve, Connection.send
    path = Path(os.environ[FOLDER], str(os.getpid()))
    path.write_bytes(bytes(8 * len(PARTS)))
    file = path.open("r+b")
    left = mmap.mmap(file.fileno(), 0)

    def sent(connection: Connection, result: object) -> None:
        FORM.pack_into(left, 0, *spent.values())
        send(connection, result)

    def started(*given: Any) -> None:
        spent["start of the processes"] = time.process_time()
        serve(*given)

    Connection.send = sent
    extract.workers._serve = started


def main() -> None:
    """Print the seconds of each part."""
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    imported = time.process_time()
    measure()
    with tempfile.TemporaryDirectory() as folder:
        os.environ[FOLDER] = folder
        files = (Path(folder, name) for name in ("claims", "report"))
        claims, report = map(str, files)
        before, start = time.process_time(), time.monotonic()
        arguments = [str(given.articles), "-o", claims, "--report", report, "--jobs", str(given.jobs)]
        command.main(arguments, standalone_mode=False)
        wall = time.monotonic() - start
        spent["start of the processes"] += imported
        own = time.process_time() - before + imported
        for path in Path(folder).iterdir():
            if path.name.isdigit():
                for part, seconds in zip(PARTS, FORM.unpack(path.read_bytes()), strict=True):
                    spent[part] += seconds
        documents = Path(claims).read_bytes().count(b"\n")
    total = own + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    reading = sum(spent[part] for part in READING)
    for part in PARTS:
        print(f"{spent[part]:8.2f} s {spent[part] / total:7.1%}  {part}")
    rest = total - sum(spent.values())
    print(f"{rest:8.2f} s {rest / total:7.1%}  all else")
    print(
        f"{total:8.2f} s of {documents:,} documents in {wall:.1f} s; "
        f"{total - reading:.2f} s, {(total - reading) / total:.1%}, around the reading"
    )


if __name__ == "__mp_main__":
    measure_child()
elif __name__ == "__main__":
    sys.exit(main())
