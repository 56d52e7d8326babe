"""Filling an embedded store at once: the engine's bulk loader, in a copy of the empty database that takes its place.

The loader writes no log and shows what it has written so far.  So it works on a database that nobody can see; a run
that ends early leaves the empty one, and a reader sees all or nothing.
"""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.stores import Value
from graph.stores.folder import DATABASE, forget_files

PART = "filling"
"""The database that is being filled."""


class BulkLoader:
    """Creates nodes and relationships; see ``graph.stores.Bulk``."""

    def __init__(self, database: Any) -> None:
        self._database = database
        self._batch = database.graph_batch()

    def nodes(self, labels: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> Sequence[str]:
        """See ``Bulk.nodes``."""
        for label in labels:
            self._define(f"VERTEX TYPE `{label}` IF NOT EXISTS")
        name = "~".join(sorted(labels))  # as the engine's Cypher calls the type of a node with several labels
        if len(labels) > 1:
            self._define(
                f"VERTEX TYPE `{name}` IF NOT EXISTS EXTENDS {', '.join(f'`{one}`' for one in sorted(labels))}"
            )
        created: Sequence[str] = self._batch.create_vertices(name, [_held(row) for row in rows])
        return created

    def relationships(self, kind: str, rows: Sequence[tuple[str, str, Mapping[str, Value]]]) -> None:
        """See ``Bulk.relationships``."""
        if not rows:
            return
        self._define(f"EDGE TYPE `{kind}` IF NOT EXISTS")
        starts, ends, properties = zip(*rows, strict=True)
        self._batch.new_edges(starts, kind, ends, [_held(row) for row in properties] if any(properties) else None)

    def close(self) -> None:
        """Connect what was created."""
        self._batch.close()

    def _define(self, definition: str) -> None:
        self._database.command("sql", f"CREATE {definition}")


def _held(row: Mapping[str, Value]) -> Mapping[str, Value]:
    """The properties that a node keeps: in Cypher null is no value."""
    return {name: value for name, value in row.items() if value is not None}


def begin_filling(folder: Path) -> None:
    """Copy the database, while no engine has it open."""
    drop_filling(folder)
    shutil.copytree(folder / DATABASE, _part(folder))


def end_filling(folder: Path) -> None:
    """Put the filled database in the place of the empty one, while no engine has them open."""
    forget_files(folder)  # a kill between the next two lines leaves no database, and so a new store
    shutil.rmtree(folder / DATABASE)
    _part(folder).rename(folder / DATABASE)


def drop_filling(folder: Path) -> None:
    """Remove what a filling left that was cut off."""
    shutil.rmtree(_part(folder), ignore_errors=True)


def _part(folder: Path) -> Path:
    return (folder / DATABASE).with_name(PART)
