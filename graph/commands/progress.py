"""A progress bar on stderr, the report file, and the summary at the end of a run."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress

    from extract.ingest import Ingested, Report

GOES_ON = "; the same command goes on from here"


class Run:
    """Follows a run: shows a bar on a terminal, says what failed, writes the report, and counts.

    The rows of a file are written when it is done, so that what a killed run reported is whole.  Of a run that is
    stopped it says how far it came, and where it ``goes_on`` when it is run again, that too.  An earlier run has read
    ``known`` of the files.
    """

    def __init__(
        self, files: int, *, report: Path | None, append: bool = False, known: int = 0, goes_on: bool = False
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._files = files
        self._report = report
        self._append = append
        self._goes_on = goes_on
        self.counts["unchanged"] = known
        self._held: list[Report] = []
        self._out: IO[str] | None = None
        self._bar: Progress | None = None

    def __enter__(self) -> "Run":
        if self._report is not None:
            self._out = self._report.open("a" if self._append else "w", encoding="utf-8")
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task("reading", total=self._files, completed=self.counts["unchanged"])
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._close_file()
        if self._bar is not None:
            self._bar.stop()
        if self._out is not None:
            self._out.close()
        if kind is KeyboardInterrupt:
            click.echo(f"collabgraph: {self.summary()}{GOES_ON if self._goes_on else ''}", err=True)

    def follow(self, ingested: Iterable["Ingested"]) -> Iterator["Ingested"]:
        """The same, each counted and put into the report."""
        for item in ingested:
            report = item.report
            if self._held and self._held[0].file != report.file:
                self._close_file()
            yield item
            self._held.append(report)
            self.counts[report.outcome] += 1
            self.counts["claims"] += report.claims
            self.counts["characters"] += report.characters
            self.counts["dropped"] += sum(report.dropped.values())
            self.counts["warnings"] += len(report.warnings)

    def say(self, message: str) -> None:
        """A message on stderr, above the bar."""
        if self._bar is not None:
            self._bar.console.print(f"collabgraph: {message}", markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(f"collabgraph: {message}", err=True)

    def summary(self) -> str:
        """One line: how many documents were read, how many not, what they hold."""
        counts = self.counts
        documents = "1 document" if counts["read"] == 1 else f"{counts['read']:,} documents"
        parts = [f"{documents} read, {counts['characters']:,} characters, {counts['claims']:,} claims"]
        if counts["dropped"]:
            parts.append(f"{counts['dropped']:,} characters left out")
        if counts["unchanged"]:
            parts.append(f"{counts['unchanged']:,} files unchanged")
        if counts["warnings"]:
            parts.append(f"{counts['warnings']:,} warnings")
        if counts["failed"]:
            parts.append(f"{counts['failed']:,} could not be read")
        return "; ".join(parts)

    def _close_file(self) -> None:
        if self._bar is not None:
            self._bar.advance(self._bar.task_ids[0])
        if self._out is not None:
            for report in self._held:
                self._out.write(json.dumps(report.row(), ensure_ascii=False) + "\n")
            self._out.flush()
        self._held.clear()
