"""Tables (CSV) → documents: a row is one claim, and a document of its own unless its column ``document`` names one."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from extract.errors import DataError
from extract.names import fold_name
from extract.ontology import load_ontology
from extract.records import STATUSES, Span, Status
from graph.facts import Imported, Problem, Report
from graph.facts.draft import CHINESE, Draft, Stated, named, unknown_kind

COLUMNS = (
    *("source", "kind", "target", "status", "date", "via", "cue", "confidence", "text"),
    *("source_kind", "source_aliases", "source_region", "target_kind", "target_aliases", "target_region"),
    *("document", "title", "published", "outlet"),
)
"""The columns of a table; the first three are needed, several aliases are joined by ``|``."""


def is_table(header: str) -> bool:
    """Whether the first line of a CSV file names the columns that claims need."""
    return {"source", "kind", "target"} <= {name.strip() for name in next(csv.reader([header]), [])}


def read_table(path: Path, report: Report) -> Iterator[Imported]:
    """The documents of a table; rows of one ``document`` need not stand together.

    Raises:
        DataError: The file is no UTF-8, or its header lacks a needed column or has an unknown one.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: no UTF-8 (byte {error.start}); save it as CSV UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [name.strip() for name in next(reader, [])]
    if missing := [name for name in COLUMNS[:3] if name not in header]:
        raise DataError(f"{path}: the header lacks the column {missing[0]!r}")
    if unknown := [name for name in header if name not in COLUMNS]:
        raise DataError(f"{path}: unknown column {unknown[0]!r}; these are known: {', '.join(COLUMNS)}")
    grouped: dict[str, list[_Row]] = {}
    number = reader.line_num + 1
    lines = text.splitlines(keepends=True)
    try:
        for values in reader:
            if any(value.strip() for value in values):
                row = _Row(path, number, header, values, "".join(lines[number - 1 : reader.line_num]).rstrip("\r\n"))
                if row.check(report):
                    grouped.setdefault(row["document"] or f"\0{row.written}", []).append(row)
            number = reader.line_num + 1
    except csv.Error as error:
        report(Problem(origin=str(path), line=reader.line_num, column=None, message=f"no CSV from here on ({error})"))
    for rows in grouped.values():
        yield _document(path, rows)


class _Row:
    """A row by column; ``written`` is the line as it stands in the file."""

    def __init__(self, path: Path, number: int, header: list[str], values: list[str], written: str) -> None:
        self.path, self.number, self.header, self.values, self.written = path, number, header, values, written

    def __getitem__(self, column: str) -> str:
        at = self.header.index(column) if column in self.header else len(self.values)
        return self.values[at].strip() if at < len(self.values) else ""

    def check(self, report: Report) -> bool:
        """Whether the row states a claim; what is wrong is reported."""
        problem = self._problem()
        if problem is not None:
            column, message = problem
            at = self.header.index(column) + 1 if column in self.header else None
            report(Problem(origin=str(self.path), line=self.number, column=at, message=message))
        return problem is None

    def _problem(self) -> tuple[str, str] | None:
        ontology = load_ontology()
        if len(self.values) > len(self.header):
            return "", f"{len(self.values)} values, but the header has {len(self.header)} columns"
        for column in ("source", "target"):
            if not named(self[column]):
                return column, f"no {column}"
        if self["kind"] not in ontology.collaborations and self["kind"] not in ontology.structures:
            return "kind", unknown_kind(self["kind"], ontology.collaborations)
        if self["status"] and self["status"] not in STATUSES:
            return "status", unknown_kind(self["status"], STATUSES, "status")
        for column in ("source_kind", "target_kind"):
            if self[column] and self[column] not in ontology.organizations:
                return column, unknown_kind(self[column], ontology.organizations)
        if fold_name(self["source"]) == fold_name(self["target"]):
            return "target", "source and target are one organization"
        if self["confidence"] and not _fraction(self["confidence"]):
            return "confidence", f"the confidence {self['confidence']!r} is no number from 0 to 1"
        return None


def _fraction(text: str) -> bool:
    try:
        return 0 <= float(text) <= 1
    except ValueError:
        return False


def _document(path: Path, rows: list[_Row]) -> Imported:
    first = rows[0]
    said = {row["text"]: None for row in rows if row["text"]}
    text = "\n".join(said) if said else "\n".join(row.written for row in rows)
    draft = Draft(text=text, said=bool(said))
    start = 0
    for row in rows:
        for end in ("source", "target"):
            aliases = [alias for alias in row[f"{end}_aliases"].split("|") if named(alias)]
            draft.add_organization(row[end], row[f"{end}_kind"] or None, aliases, row[f"{end}_region"] or None)
        stated = Span(start, start + len(row.written)) if not said else Span(0, len(text))
        start = stated.end + 1
        draft.claims.append(
            Stated(
                source=row["source"],
                target=row["target"],
                kind=row["kind"],
                status=cast(Status, row["status"] or "active"),
                date=row["date"] or None,
                via=row["via"] or None,
                cue=row["cue"] or None,
                confidence=float(row["confidence"] or 1),
                row=stated,
                line=row.number,
            )
        )
    extraction = draft.extraction(
        identity=first["document"] or None,
        origin=f"{path}#{first.number}",
        language="zh" if CHINESE.search(text) else "en",
        title=first["title"] or None,
        published=first["published"] or None,
        outlet=first["outlet"] or None,
    )
    return Imported(extraction=extraction, lines=tuple(row.number for row in rows))
