"""Articles to be made into shards, some of them bad."""

import json
import shutil
from pathlib import Path

import pytest

collect_ignore = ["spark_child.py"]  # a program of its own, in an environment that has Spark
ROOT = Path(__file__).parents[3]


def article(number: int, word: str = "") -> str:
    """A short article of invented organizations; ``word`` is what the hazardous model looks for."""
    return (
        f"青岭{number % 7}号传感器有限公司与白川理工大学签署合作协议，双方将联合研发第{number}代传感器。"
        f"双方负责人表示，今后还将共建实验室。{word}"
    )


def table(path: Path, words: list[str]) -> Path:
    """A table of articles, JSON lines, one a word."""
    rows = [{"url": f"a{number}", "text": article(number, word)} for number, word in enumerate(words)]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four of the sample articles and a table of ten short ones in each of two folders, and a picture."""
    for name in ("a", "b"):
        path = tmp_path / "articles" / name
        path.mkdir(parents=True)
        for sample in sorted((ROOT / "data/articles").glob("0[1-4]*.txt")):
            shutil.copy(sample, path / f"{name}{sample.name}")
        table(path / "table.jsonl", [name] * 10)
    (tmp_path / "articles" / "b" / "picture.txt").write_bytes(bytes(range(256)) * 10)
    return tmp_path / "articles"
