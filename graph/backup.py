"""A graph as one file: gzipped JSON lines, a node with its relationships a line, the same from either store.

The first line says what the file is, the last how many nodes it holds, so that a file that was cut is told.
"""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

from extract.errors import DataError
from graph.digest import KEYS
from graph.errors import StoreError
from graph.schema import VERSION, schema_version
from graph.stores import Store
from graph.transfer import Changes, Edge, Node, Properties, copy_graph, nodes_of

LAYOUT = 1

EdgeRow = tuple[str, str, str, Properties]


def write_backup(store: Store, path: Path) -> int:
    """The number of nodes written; the file appears when it is whole.

    Raises:
        StoreError: The file is there already, or cannot be written.
    """
    if path.exists():
        raise StoreError(f"{path}: there is such a file already; give another name")
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    count = 0
    try:
        with gzip.open(part, "wt", compresslevel=6, encoding="utf-8") as file:
            file.write(_line({"collabgraph": "backup", "layout": LAYOUT, "schema": schema_version(store) or VERSION}))
            for node in nodes_of(store):
                edges = [[edge.type, edge.label, edge.key, edge.properties] for edge in node.edges]
                file.write(_line([node.label, node.key, node.labels, node.properties, edges]))
                count += 1
            file.write(_line({"nodes": count}))
        part.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); give another place") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def restore_backup(path: Path, store: Store, *, replace: bool = False) -> Changes:
    """Make ``store`` hold what a backup holds; the file is read to its end before anything is written.

    Raises:
        DataError: The file is no backup of ours, damaged, cut, or of a later version.
        StoreError: The store holds documents that the backup does not, and not ``replace``.
    """
    version = max((version for version, _ in _read(path)), default=VERSION)
    return copy_graph(lambda: read_backup(path), store, replace=replace, version=version)


def read_backup(path: Path) -> Iterator[Node]:
    """The nodes of a backup.

    Raises:
        DataError: The file is no backup of ours, damaged, cut, or of a later version.
    """
    return (node for _, node in _read(path))


def _read(path: Path) -> Iterator[tuple[int, Node]]:
    """The version of the model, and a node."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            head = json.loads(file.readline())
            if head["collabgraph"] != "backup":
                raise DataError(f"{path}: this is no backup of collabgraph; give the file that `backup` wrote")
            if head["layout"] > LAYOUT or head["schema"] > VERSION:
                raise DataError(f"{path}: a later version of collabgraph wrote this backup; update collabgraph")
            for count, line in enumerate(file):
                row = json.loads(line)
                if isinstance(row, dict):
                    if row["nodes"] != count or file.read(1):
                        break
                    return
                yield head["schema"], _node(*row)
    except FileNotFoundError as error:
        raise DataError(f"{path}: there is no such file; give the file that `backup` wrote") from error
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: this is no whole backup of collabgraph ({error}); give another one") from error
    raise DataError(f"{path}: this backup is cut or damaged; give another one")


def _node(label: str, key: str, labels: list[str], properties: Properties, edges: list[EdgeRow]) -> Node:
    if label not in KEYS:
        raise ValueError(f"no label {label}")
    leaving = (Edge(type=kind, label=other, key=to, properties=said) for kind, other, to, said in edges)
    return Node(label=label, key=key, labels=tuple(labels), properties=properties, edges=tuple(leaving))


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
