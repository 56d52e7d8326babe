"""The folder of an embedded store: what lies in it, whether it is ours, and whether it is whole.

The engine opens a folder whose files were lost or cut as an empty graph.  So each clean close writes a list of the
database files into ``collabgraph.json``, and the next opening compares before the engine sees the folder.
"""

import json
import zlib
from pathlib import Path

from graph.errors import StoreDamagedError, StoreError

LAYOUT = 1
MARK = "collabgraph.json"
DATABASE = Path("databases", "neo4j")
_OURS = frozenset({MARK, "lock", "credentials.json", "config", "databases", "log", "backups"})
_PAGE = 1 << 16
_LASTING = (".bucket", ".dict")  # data files: they grow and never shrink; index files come and go
_SECOND_CHANCE = "restore a backup with collabgraph restore, or remove the folder and build again"


def is_store(folder: Path) -> bool:
    """Whether a store was made in the folder."""
    return (folder / MARK).is_file()


def claim_folder(folder: Path) -> None:
    """Make the folder, or see that it is a store and whole.

    Raises:
        StoreError: It holds something else, cannot be made, or was written by a later version.
        StoreDamagedError: Files of the store are lost, cut or overwritten.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        present = {entry.name for entry in folder.iterdir()}
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreError(f"{folder}: this is a file; give a folder for the store, or a Bolt address") from error
    except OSError as error:
        raise StoreError(f"{folder}: cannot be used ({error.strerror}); choose another folder") from error
    if MARK not in present and present - _OURS:
        raise StoreError(f"{folder}: this folder holds other files and no store; give an empty or a new folder")


def check_whole(folder: Path) -> None:
    """See that the files that were there at the last clean close are there still.

    Raises:
        StoreError: A later version wrote the folder.
        StoreDamagedError: Files are lost, cut or overwritten.
    """
    mark = folder / MARK
    if not mark.exists():
        return  # a new store, or one whose making was cut short
    try:
        record = json.loads(mark.read_text("utf-8"))
        layout, clean, files = int(record["layout"]), bool(record["clean"]), dict(record["files"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreDamagedError(f"{folder}: {MARK} cannot be read; {_SECOND_CHANCE}") from error
    if layout > LAYOUT:
        raise StoreError(f"{folder}: written by a later version of collabgraph; update collabgraph")
    for name, (size, check) in files.items():
        path = folder / DATABASE / name
        lasting = name.endswith(_LASTING)
        if not clean and not lasting:
            continue
        now = path.stat().st_size if path.exists() else None
        if now is None:
            raise StoreDamagedError(f"{folder}: the file {name} is lost; {_SECOND_CHANCE}")
        if now < size or (clean and (now != size or _checksum(path) != check)):
            raise StoreDamagedError(f"{folder}: the file {name} was cut or overwritten; {_SECOND_CHANCE}")


def mark_open(folder: Path) -> None:
    """Note that the store is open, so that after a crash only the data files are compared."""
    mark = folder / MARK
    files = json.loads(mark.read_text("utf-8"))["files"] if mark.exists() else _files(folder)
    _write(mark, {"layout": LAYOUT, "clean": False, "files": files})


def forget_files(folder: Path) -> None:
    """Note that the files of the open store are about to be replaced."""
    _write(folder / MARK, {"layout": LAYOUT, "clean": False, "files": {}})


def mark_clean(folder: Path) -> None:
    """Note the files as they are after the engine has let go of them."""
    _write(folder / MARK, {"layout": LAYOUT, "clean": True, "files": _files(folder)})


def folder_size(folder: Path) -> int:
    """Bytes of the database files."""
    return sum(path.stat().st_size for path in (folder / DATABASE).iterdir() if path.is_file())


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        path.name: (path.stat().st_size, _checksum(path))
        for path in sorted((folder / DATABASE).iterdir())
        if path.name.endswith((*_LASTING, "idx", "schema.json")) and path.name != "schema.prev.json"
    }


def _checksum(path: Path) -> int:
    """Of the first and the last 64 KiB: what a lost or overwritten file changes, at a cost that does not grow."""
    with path.open("rb") as file:
        first = zlib.crc32(file.read(_PAGE))
        file.seek(max(0, path.stat().st_size - _PAGE))
        return zlib.crc32(file.read(_PAGE), first)


def _write(path: Path, record: dict[str, object]) -> None:
    """Replace a file as a whole: a kill leaves the old one or the new one."""
    part = path.with_suffix(".part")
    part.write_text(json.dumps(record), "utf-8")
    part.replace(path)
