"""What ``collabgraph extract --out`` does: articles → a folder of shards, by an engine."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.errors import DataError
from graph.commands.engines import opened_engine

if TYPE_CHECKING:
    from extract.pipeline import Options

SAID = 50  # documents that could not be read of which the reason is said


def make_shards(
    paths: Sequence[str],
    out: Path,
    options: "Options",
    *,
    engine: str,
    master: str | None,
    files: int,
    jobs: int | None,
    seconds: float,
    report: Path | None,
) -> int:
    """Make shards, and say what became of the articles; gives back the exit code."""
    from extract.ingest import processors
    from graph.scale.shards import extract_shards

    def progress(done: int, of: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\rshard {done:,} of {of:,}", err=True, nl=done == of)

    with opened_engine(engine, master, jobs) as mapper:
        try:
            made = extract_shards(
                paths,
                out,
                options,
                mapper=mapper,
                jobs=jobs or processors(),
                seconds=seconds,
                files=files,
                on_progress=progress,
            )
        except OSError as error:
            raise DataError(f"{out}: cannot be written ({error.strerror}); the shards that are there stay") from error
    for failed in made.failed[:SAID]:
        click.echo(f"collabgraph: {failed.reason}", err=True)
    if len(made.failed) > SAID:
        click.echo(f"collabgraph: … and {len(made.failed) - SAID:,} more; --report FILE lists them", err=True)
    if report is not None:
        lines = (json.dumps(asdict(failed), ensure_ascii=False) + "\n" for failed in made.failed)
        report.write_text("".join(lines), encoding="utf-8")
    counts = made.counts
    shards = f"{made.made + made.kept:,} shards ({made.made:,} made, {made.kept:,} kept, {made.removed:,} removed)"
    said = f"{counts.documents:,} documents, {counts.characters:,} characters, {counts.claims:,} claims"
    click.echo(f"collabgraph: {shards}; {said}; {counts.failed:,} could not be read", err=True)
    return 1 if counts.failed else 0
