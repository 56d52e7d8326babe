"""A Neo4j for a measurement, from the jars that ``tests/setup.sh`` fetches; ended with the block."""

import os
import secrets
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LIB = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "collabgraph", "neo4j-5.26.28", "lib")
CONF = """\
server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.directories.import=import
dbms.usage_report.enabled=false
"""
READY = 600  # seconds that a start may take on a busy machine


@dataclass(frozen=True, slots=True)
class Server:
    """Where it listens, and its process, whose CPU time counts too."""

    url: str
    password: str
    pid: int

    def cpu(self) -> float:
        """CPU seconds it has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def clock(self) -> float:
        """CPU seconds of this process and the server together."""
        return time.process_time() + self.cpu()


@contextmanager
def neo4j(heap: str = "2g", plugins: Path | None = None) -> Iterator[Server]:
    """A fresh Neo4j Community; ``plugins`` is a folder of jars, which have to be on the class path too."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as listener:
        home = Path(folder)
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        listener.close()
        (home / "conf").mkdir()
        conf = CONF.format(port=port)
        classes = f"{LIB}/*"
        if plugins is not None:
            conf += "dbms.security.procedures.unrestricted=apoc.*\n"
            (home / "plugins").symlink_to(plugins.resolve())
            classes += f":{home}/plugins/*"
        (home / "conf" / "neo4j.conf").write_text(conf)
        password = secrets.token_hex(12)
        subprocess.run(
            ["java", "-cp", classes, "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", password],
            check=True,
            stdout=subprocess.DEVNULL,
            env={**os.environ, "NEO4J_HOME": folder, "NEO4J_CONF": f"{folder}/conf"},
        )
        with (home / "console.log").open("wb") as console:
            process = subprocess.Popen(
                [
                    *("java", f"-Xmx{heap}", "-cp", classes, "org.neo4j.server.CommunityEntryPoint"),
                    *(f"--home-dir={folder}", f"--config-dir={folder}/conf"),
                ],
                stdout=console,
                stderr=console,
            )
        try:
            end = time.monotonic() + READY
            while time.monotonic() < end and process.poll() is None:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.2)
            if process.poll() is not None:
                raise RuntimeError((home / "console.log").read_text(errors="replace"))
            yield Server(f"bolt://127.0.0.1:{port}", password, process.pid)
        finally:
            process.terminate()
            process.wait(60)
