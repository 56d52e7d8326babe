"""Registers as they are published (ROR dump, CSV or TSV tables) → the list of names that the finder reads."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.errors import DataError
from extract.ontology import load_ontology

_ROR_KINDS = {
    "education": "university",
    "facility": "institute",
    "nonprofit": "association",
    "company": "enterprise",
    "healthcare": "hospital",
    "government": "government",
    "funder": "government",
}
_NAME, _ALIASES, _KIND = (
    ("name", "name_en", "label"),
    ("aliases", "alias", "acronyms", "name_zh"),
    ("kind", "types", "type"),
)
_SHORTEST = 2


def read_dump(path: str | Path) -> Iterator[tuple[str, str]]:
    """The names of a register, each with its organization kind; an alias is a name of its own.

    Reads a ROR dump (JSON, schema 1 or 2) and tables with a header (CSV; TSV by its suffix) that have a column
    ``name`` and may have ``aliases`` (parted by ``|`` or ``;``) and ``kind``; a kind that is not given is
    ``enterprise``.

    Raises:
        DataError: The file cannot be read, is no such dump or table, or a row has an unknown kind.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as a register: {error}") from error
    seen: set[str] = set()
    rows = _read_ror(text, path) if path.suffix.lower() == ".json" else _read_table(text, path)
    for name, kind in rows:
        name = " ".join(name.split())
        if len(name) >= _SHORTEST and name not in seen and not name.startswith("#"):
            seen.add(name)
            yield name, kind


def _read_ror(text: str, path: Path) -> Iterator[tuple[str, str]]:
    try:
        records: list[dict[str, Any]] = json.loads(text)
        for record in records:
            types = [str(kind).casefold() for kind in record.get("types", ())]
            kind = next((_ROR_KINDS[kind] for kind in types if kind in _ROR_KINDS), "institute")
            names = [entry["value"] for entry in record["names"]] if "names" in record else _first_schema(record)
            for name in names:
                yield str(name), kind
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(f"{path}: no ROR dump; give its JSON file, or a table with a column name") from error


def _first_schema(record: dict[str, Any]) -> list[str]:
    labels = [label["label"] for label in record.get("labels", ())]
    return [record["name"], *record.get("aliases", ()), *record.get("acronyms", ()), *labels]


def _read_table(text: str, path: Path) -> Iterator[tuple[str, str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    table = csv.DictReader(lines, delimiter="\t" if path.suffix.lower() in (".tsv", ".tab") else ",")
    header = {column.strip().casefold(): column for column in table.fieldnames or ()}
    name_column = next((header[column] for column in _NAME if column in header), None)
    if name_column is None:
        raise DataError(f"{path}: has no column name; the columns are {', '.join(header) or 'none'}")
    alias_columns = [header[column] for column in _ALIASES if column in header]
    kind_column = next((header[column] for column in _KIND if column in header), None)
    kinds = load_ontology().organizations
    for number, row in enumerate(table, 2):
        kind = (row.get(kind_column) or "" if kind_column else "").strip().casefold().partition("|")[0]
        kind = _ROR_KINDS.get(kind, kind) or "enterprise"
        if kind not in kinds:
            raise DataError(f"{path}, row {number}: {kind!r} is no kind; the kinds are {', '.join(kinds)}")
        yield row[name_column] or "", kind
        for column in alias_columns:
            for alias in (row.get(column) or "").replace(";", "|").split("|"):
                if alias.strip():
                    yield alias, kind
