"""What the README tells one to type, runs."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def tour(readme: str) -> list[list[str]]:
    """The commands of a README that begin with ``collabgraph``."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("collabgraph ")]
    return [shlex.split(line, comments=True) for line in lines]


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_tour_runs(readme: str, tmp_path: Path) -> None:
    """Every command of the tour ends well, in order, in a folder that holds ``data`` as the checkout does."""
    commands = tour(readme)
    assert len(commands) >= 4
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("graph"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    for _, *arguments in commands:
        done = subprocess.run(
            [sys.executable, "-m", "graph", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        assert done.stdout.strip() or done.stderr.strip(), f"{arguments} said nothing"


def test_python_example_runs() -> None:
    """The Python lines of the README run as they stand."""
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert "昆山甲电子" in done.stdout
