"""The built wheel: it installs by itself and owns its packages."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a clean checkout: only what git tracks."""
    folder = tmp_path_factory.mktemp("wheel")
    checkout = folder / "checkout"
    subprocess.run(["git", "checkout-index", "--all", f"--prefix={checkout}/"], cwd=ROOT, check=True)
    build = "import sys; from hatchling.build import build_wheel; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", build, str(folder)], cwd=checkout, check=True, capture_output=True, text=True
    )
    return folder / done.stdout.split()[-1]


def test_wheel_owns_its_two_packages(wheel: Path) -> None:
    """The distribution holds ``extract`` and ``graph`` and no other top-level name, with their data files."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"extract", "graph"}
    assert "extract/ontology.toml" in names
    assert any(name.startswith("extract/lang/zh/") for name in names)
    assert any(name.endswith("/LICENSE") for name in names)


def test_wheel_runs_the_demo(wheel: Path, tmp_path: Path) -> None:
    """Installed away from the checkout, ``collabgraph demo`` answers and writes the page."""
    site, work = tmp_path / "site", tmp_path / "work"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target"]
    subprocess.run([*install, str(site), str(wheel)], check=True, capture_output=True)
    work.mkdir()
    code = f"import sys; sys.path.insert(0, {str(site)!r}); from graph.cli import main; main(['demo'])"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=work, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert (work / "collabgraph-demo.html").is_file()
