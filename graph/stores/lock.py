"""The lock on the folder of an embedded store: one process at a time, and the others learn which."""

import json
import os
import sys
import time
from pathlib import Path
from typing import Self

from graph.errors import StoreError, StoreLockedError

NAME = "lock"
_FAR = 1 << 30  # a byte far behind the text, so that others can still read who holds the lock


class FolderLock:
    """Held from making it to ``release``; it goes with the process however that ends.

    Raises:
        StoreLockedError: Another opening of the same folder holds it.
        StoreError: The folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        try:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError(f"{folder}: cannot be written ({error.strerror}); choose another folder") from error
        try:
            _lock(self._file)
        except OSError as error:
            os.close(self._file)
            raise StoreLockedError(f"{folder}: in use by {holder(self.path)}; wait until it ends, or end it") from error
        os.truncate(self._file, 0)
        os.write(self._file, json.dumps({"pid": os.getpid(), "command": _command(), "since": time.time()}).encode())

    def release(self) -> None:
        """Let the next one in; releasing twice is fine."""
        if self._file >= 0:
            os.truncate(self._file, 0)
            os.close(self._file)
            self._file = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def holder(path: Path) -> str:
    """Who wrote the lock file: ``process 4711 (collabgraph build) since 14:05``."""
    try:
        record = json.loads(path.read_text("utf-8"))
        since = time.strftime("%H:%M", time.localtime(record["since"]))
        own = " (this one)" if record["pid"] == os.getpid() else ""
        return f"process {record['pid']}{own}, {record['command']}, since {since}"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process"


def _command() -> str:
    return " ".join([Path(sys.argv[0]).name or "python", *sys.argv[1:2]])


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        os.lseek(file, _FAR, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)
else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
