"""The lock on the folder of an embedded store: one process at a time, and the others learn which."""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from graph.errors import StoreError, StoreLockedError

NAME = "lock"
_FAR = 1 << 30  # a byte far behind the text, so that others can still read who holds the lock


WAIT = 8.0  # seconds that a writer waits for a reader to end
_LOOK = 0.05


class FolderLock:
    """Held from making it to ``release``; it goes with the process however that ends.

    A writer waits a moment for a holder that only reads.

    Raises:
        StoreLockedError: Another opening of the same folder holds it.
        StoreError: The folder cannot be written.
    """

    def __init__(self, folder: Path, *, reading: bool = False) -> None:
        self.path = folder / NAME
        try:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreError(f"{folder}: cannot be written ({error.strerror}); choose another folder") from error
        end = time.monotonic() + (0 if reading else WAIT)
        while True:
            try:
                _lock(self._file)
                break
            except OSError as error:
                holder = read_holder(folder)
                if holder is None or not holder.reading or holder.pid == os.getpid() or time.monotonic() > end:
                    os.close(self._file)
                    raise StoreLockedError(f"{folder}: in use by {holder or 'another process'}; {ADVICE}") from error
                time.sleep(_LOOK)
        self._holder = this_process(reading=reading)
        self._write(self._holder)

    def announce(self, address: str | None) -> None:
        """Say where others may read while the lock is held; ``None``: nowhere just now."""
        self._write(replace(self._holder, address=address))

    def release(self) -> None:
        """Let the next one in; releasing twice is fine."""
        if self._file >= 0:
            os.truncate(self._file, 0)
            os.close(self._file)
            self._file = -1

    def _write(self, holder: "Holder") -> None:
        text = json.dumps(asdict(holder)).encode()
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, text)
        os.truncate(self._file, len(text))


ADVICE = "wait until it ends, or end it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a lock: since when, in seconds of the epoch; only to read; the Bolt ``address`` for other readers."""

    pid: int
    command: str
    since: float
    reading: bool
    address: str | None = None

    def __str__(self) -> str:
        return f"process {self.pid}, {self.command}, since {time.strftime('%H:%M', time.localtime(self.since))}"


def read_holder(folder: Path) -> Holder | None:
    """Who wrote the lock file last, or ``None`` where nobody holds it."""
    try:
        return Holder(**json.loads((folder / NAME).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def this_process(*, reading: bool = False) -> Holder:
    """The running process as the holder of a lock, from now."""
    return Holder(pid=os.getpid(), command=_command(), since=time.time(), reading=reading)


def _command() -> str:
    program = Path(sys.argv[0]).name.replace("__main__.py", "collabgraph") or "python"
    return " ".join([program, *(word for word in sys.argv[1:2] if word.isalpha())])


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
