"""Sheets for Excel: organizations and collaborations as CSV in UTF-8 with the byte order mark that Excel needs."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from graph.analyse.table import harmless
from graph.export.rows import collaborations, organizations
from graph.stores import Store

_ORGANIZATION = ("id", "name", "kind", "label", "region", "region_ground", "aliases", "identifiers")
_COLLABORATION = (
    "id", "source", "source_name", "kind", "target", "target_name", "status", "since", "last", "confidence",
    "reports", "documents", "sentence",
)  # fmt: skip


def write_sheets(store: Store, path: Path) -> Path:
    """A folder with ``organizations.csv`` and ``collaborations.csv``; several values in a cell are joined by ``|``.

    A cell that Excel would run as a formula gets an apostrophe before it.
    """
    path.mkdir(parents=True, exist_ok=True)
    names: dict[str, str] = {}

    def organization_rows() -> Iterable[Sequence[object]]:
        for row in organizations(store):
            names[row["id"]] = row["name"]
            yield [row[field] for field in _ORGANIZATION]

    def collaboration_rows() -> Iterable[Sequence[object]]:
        for row in collaborations(store):
            named = {**row, "source_name": names[row["source"]], "target_name": names[row["target"]]}
            yield [named[field] for field in _COLLABORATION]

    _write(path / "organizations.csv", _ORGANIZATION, organization_rows())
    _write(path / "collaborations.csv", _COLLABORATION, collaboration_rows())
    return path


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = "|".join(map(str, value))
    return harmless(value)
