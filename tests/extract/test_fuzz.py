"""A short run of damaged files; ``make bench`` has the long one."""

import json
import subprocess
import sys
from pathlib import Path

from extract.pipeline import extract_text

ROOT = Path(__file__).parents[2]


def test_damaged_files_are_all_reported() -> None:
    """Truncated, flipped, mixed, bombed and absurd: no crash, no hang, no file written, every failure said."""
    command = [sys.executable, "benchmarks/fuzz.py", "--files", "80", "--seed", "7", "--jobs", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["files"] == 80
    assert found["read"] > 20
    assert found["failed"] > 10


def test_brackets_around_quotes_alone_define_no_name() -> None:
    """甲公司（“”） is read as if the brackets were not there."""
    extraction = extract_text("娄江智能装备有限公司（“”）与沙洲理工大学签约。")
    assert "娄江智能装备有限公司" in [organization.name for organization in extraction.organizations]
