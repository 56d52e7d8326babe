"""ArcadeDB in this process: started in a folder, with a Bolt listener on loopback and a user who can only read.

Everything that the engine needs to know lies in its ``config`` folder before it starts: the rights of the
groups and the users.
"""

import base64
import hashlib
import json
import logging
import math
import os
import secrets
import shlex
import socket
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from graph.errors import StoreDamagedError, StoreError, StoreLockedError
from graph.stores.session import DATABASE

log = logging.getLogger(__name__)

WRITER, READER = "root", "reader"
CREDENTIALS = "credentials.json"
_ATTEMPTS = 3  # to find free ports: another process may take one between looking and listening
_SETTINGS = {  # of the database; set after every start, because the server's own configuration does not reach them
    "arcadedb.opencypher.loadCsv.allowFileUrls": "false",
    "arcadedb.opencypher.loadCsv.allowRemoteUrls": "false",
    "arcadedb.command.timeout": "0",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """A started engine: where it listens, and the two passwords."""

    server: Any  # arcadedb ships no types
    database: Any
    address: str
    version: str
    passwords: dict[str, str]
    failure: type[Exception]  # what its own calls raise

    def limit_time(self, seconds: float) -> None:
        """Stop each statement that begins from now on after so many seconds; 0 is no limit."""
        milliseconds = math.ceil(seconds * 1000)
        self.database.command("sql", f"ALTER DATABASE `arcadedb.command.timeout` {milliseconds}")

    def stop(self) -> None:
        """Write everything to disk and let go of the folder."""
        self.server.stop()


def start_engine(folder: Path) -> Engine:
    """The engine on the store in ``folder``, which is made if there is none.

    Raises:
        StoreError: It cannot start; ``StoreDamagedError`` when that is because of the files.
    """
    arcadedb = _arcadedb(folder)
    passwords = _passwords(folder)
    _write_private(folder / "config" / "server-groups.json", json.dumps(_groups()))
    for attempt in range(_ATTEMPTS):
        bolt, http = _free_ports()
        server = arcadedb.create_server(
            root_path=str(folder),
            root_password=passwords[WRITER],
            config={
                "host": "127.0.0.1",
                "http_port": http,
                "bolt_port": bolt,
                "bolt_host": "127.0.0.1",
                "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
                "mode": "development",  # "production" hides the text of every error from the person who writes Cypher
                "maxPageRAM": 512,  # MiB of page cache; its own choice is a quarter of the machine
            },
        )
        try:
            server.start()
            database = server.create_database(DATABASE)
            for setting, value in _SETTINGS.items():
                database.command("sql", f"ALTER DATABASE `{setting}` {value}")
        except arcadedb.ArcadeDBError as error:
            server.stop()
            if "address already in use" in str(error).lower() and attempt < _ATTEMPTS - 1:
                continue
            raise _start_error(folder, error) from error
        return Engine(
            server=server,
            database=database,
            address=f"bolt://127.0.0.1:{bolt}",
            version=arcadedb.__version__,
            passwords=passwords,
            failure=arcadedb.ArcadeDBError,
        )
    raise AssertionError("the last attempt returns or raises")


def _arcadedb(folder: Path) -> ModuleType:
    """The engine's package: native where there is a wheel of it, else the one with a Java runtime."""
    # Read once, when the engine first logs: without them it writes to the terminal.
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(folder / "log"))
    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    try:
        arcadedb = import_module("arcadedb")
    except ImportError:
        logging_file = _write_logging(folder / "log")
        os.environ.setdefault(
            "ARCADEDB_JVM_ARGS",
            "-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "
            + shlex.quote(f"-Djava.util.logging.config.file={logging_file.as_posix()}"),
        )
        try:
            arcadedb = import_module("arcadedb_embedded")
        except ImportError as error:
            raise StoreError(
                f"{folder}: there is no embedded engine for this platform; install collabgraph[jvm], "
                "or give the address of a Neo4j"
            ) from error
    return arcadedb


def _write_logging(folder: Path) -> Path:
    """The file that tells a Java runtime to log warnings into ``folder``, and nothing to the terminal."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "logging.properties"
    path.write_text(
        "handlers = java.util.logging.FileHandler\n"
        ".level = WARNING\n"
        f"java.util.logging.FileHandler.pattern = {(folder / 'arcadedb.log').as_posix()}\n"
        "java.util.logging.FileHandler.formatter = java.util.logging.SimpleFormatter\n",
        encoding="latin-1",
        errors="backslashreplace",
    )
    return path


def reader_password(folder: Path) -> str | None:
    """The password of the user who can only read, or ``None`` where this user may not know it."""
    try:
        return str(json.loads((folder / CREDENTIALS).read_text("utf-8"))[READER])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _passwords(folder: Path) -> dict[str, str]:
    """The passwords of the two users; made, with the users, when the folder has none that fit."""
    path = folder / CREDENTIALS
    users = folder / "config" / "server-users.jsonl"
    try:
        known = json.loads(path.read_text("utf-8"))
        if users.exists() and {WRITER, READER} <= known.keys():
            named = {json.loads(line)["name"] for line in users.read_text("utf-8").splitlines() if line}
            if {WRITER, READER} <= named:
                return {user: str(known[user]) for user in (WRITER, READER)}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        pass  # passwords are no data: new ones do as well
    passwords = {user: secrets.token_urlsafe(24) for user in (WRITER, READER)}
    rights = {WRITER: {"*": ["admin"]}, READER: {DATABASE: [READER]}}
    lines = [
        json.dumps({"name": user, "databases": rights[user], "password": _hashed(password)})
        for user, password in passwords.items()
    ]
    _write_private(users, "\n".join(lines) + "\n")
    _write_private(path, json.dumps(passwords))
    return passwords


def _hashed(password: str) -> str:
    """As the engine's ``server-users.jsonl`` holds a password; the salt is the text, not the bytes it encodes."""
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    rounds = 65536
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), rounds, 32)
    return f"PBKDF2WithHmacSHA256${rounds}${salt}${base64.b64encode(digest).decode()}"


def _groups() -> dict[str, object]:
    """Rights of the engine's two stock groups, and of ``reader``, who can read records and nothing else."""

    def group(access: list[str], records: list[str]) -> dict[str, object]:
        return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": {"*": {"access": records}}}

    everything = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
    groups = {
        "admin": group(["updateSecurity", "updateSchema", "updateDatabaseSettings"], everything),
        "*": group([], []),
        READER: group([], ["readRecord"]),
    }
    return {"version": 2, "databases": {"*": {"groups": groups}}}


def _write_private(path: Path, text: str) -> None:
    """Replace a file as a whole by one that only this user can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600, exist_ok=False)
    part.write_text(text, encoding="utf-8")
    part.replace(path)


def _free_ports() -> tuple[int, int]:
    with socket.socket() as first, socket.socket() as second:
        for listener in (first, second):
            listener.bind(("127.0.0.1", 0))
        return first.getsockname()[1], second.getsockname()[1]


def _start_error(folder: Path, error: Exception) -> StoreError:
    text = str(error)
    if "locked by another process" in text:
        return StoreLockedError(f"{folder}: in use by another process; wait until it ends, or end it")
    if "No space left" in text:
        return StoreError(f"{folder}: the disk is full; free some space and run it again")
    cause = text.rsplit("(caused by ", 1)[-1].rstrip(")").rpartition("Exception: ")[2]
    return StoreDamagedError(
        f"{folder}: the store does not open ({cause}); restore a backup with collabgraph restore, "
        "or remove the folder and build again"
    )
