"""``collabgraph extract``: articles → claims, one JSON line a document."""

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graph.commands.engines import engine_options
from graph.commands.options import make_options, reading_options, running_options, user_errors
from graph.commands.progress import Run

if TYPE_CHECKING:
    from extract.ingest import Ingested

_STDOUT = Path("/dev/stdout")  # where it leads to a file, that of the claims


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["claims", "gold"]),
    default="claims",
    show_default=True,
    help="claims: what `build` reads; gold: names and claims alone, one line a file.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write claims to this file; a second run goes on where the first stopped, and reads again what changed.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write shards of claims to this folder, for very many articles; a second run makes those that are missing.",
)
@click.option(
    "--shard-files", type=click.IntRange(min=1), default=5_000, show_default=True, help="Files of a shard at most."
)
@engine_options
@running_options
@reading_options
def command(
    paths: tuple[str, ...],
    form: str,
    output: Path | None,
    out: Path | None,
    engine: str,
    master: str | None,
    shard_files: int,
    jobs: int | None,
    time_limit: float,
    report: Path | None,
    **reading: Any,
) -> None:
    """Print the claims of articles, one JSON line a document.

    PATHS are articles (text, HTML, PDF, Word, Markdown, e-books, mails, tables and zip archives of them) or folders
    of articles; - is text from standard input.  What cannot be read is said, and the exit code is then 1.

    \b
        collabgraph extract articles/ -o claims.jsonl
        collabgraph extract page.txt --format gold
        collabgraph extract archive/ --out shards/ && collabgraph build shards/
    """
    with user_errors():
        options = make_options(**reading)
        if out is not None:
            if output is not None or form == "gold" or paths == ("-",):
                raise click.UsageError("--out makes shards of claims from files; leave -, --output and --format away")
            from graph.commands.shards import make_shards

            raise SystemExit(
                make_shards(
                    paths,
                    out,
                    options,
                    engine=engine,
                    master=master,
                    files=shard_files,
                    jobs=jobs,
                    seconds=time_limit,
                    report=report,
                )
            )
        if engine == "spark" or master is not None:
            raise click.UsageError("--engine and --master are for shards; say where with --out FOLDER")
        if output is not None and form == "gold":
            raise click.UsageError("--output keeps claims; leave --format gold away, or redirect its output")
        if paths == ("-",):
            run = _read_stdin(options, form)
        else:
            run = _read_files(paths, options, form, output, jobs, time_limit, report)
    click.echo(f"collabgraph: {run.summary()}", err=True)
    if run.counts["failed"]:
        raise SystemExit(1)


def _read_stdin(options: Any, form: str) -> Run:
    from extract.ingest import ingest_bytes

    with Run(1, report=None) as run:
        items = ingest_bytes(sys.stdin.buffer.read(), suffix=".txt", origin="-", options=options)
        for line in _lines(run, items, form):
            click.echo(line)
    return run


def _read_files(
    paths: Iterable[str],
    options: Any,
    form: str,
    output: Path | None,
    jobs: int | None,
    time_limit: float,
    report: Path | None,
) -> Run:
    from extract.ingest import ingest
    from extract.read import list_files

    if output is not None and report is None:
        report = output.with_name(output.name + ".report.jsonl")
    own = [path for path in (output, report, _STDOUT) if path is not None]
    files = [str(path) for path in list_files(paths, leave_out=own)]
    known = 0
    if output is not None and report is not None:
        from extract.resume import unfinished

        left = unfinished(files, options, claims=output, report=report)
        known, files = len(files) - len(left), left
    kept = output is not None
    with Run(known + len(files), report=report, append=kept, known=known, goes_on=kept) as run:
        items = ingest(files, options, jobs=jobs, seconds=time_limit)
        if output is None:
            for line in _lines(run, items, form):
                click.echo(line)
        else:
            with output.open("a", encoding="utf-8") as out:
                for line in _lines(run, items, form):
                    out.write(line + "\n")
                    out.flush()
    return run


def _lines(run: Run, ingested: Iterable["Ingested"], form: str) -> Iterator[str]:
    from extract.gold import gold_row

    items = _said(run, run.follow(ingested))
    if form == "claims":
        yield from (item.line for item in items if item.line is not None)
        return
    for file, group in groupby(items, key=lambda item: item.report.file):
        extractions = [extraction for item in group if (extraction := item.extraction) is not None]
        if extractions:
            yield json.dumps(gold_row(Path(file).stem, extractions), ensure_ascii=False)


def _said(run: Run, items: Iterable["Ingested"]) -> Iterator["Ingested"]:
    """The same, with what failed said on stderr as it is met."""
    for item in items:
        if item.report.outcome == "failed":
            run.say(str(item.report.reason))
        yield item
