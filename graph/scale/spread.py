"""Rows that one job leaves for others: a file with a section for each bucket, whose jobs read their sections alone.

The order of the rows of a bucket is that of the jobs, and within a job the order in which it gave them.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

from graph.scale.seam import whole_bytes

_HEAD = 20  # digits of the length of the table at the beginning of a file


def bucket_of(text: str, buckets: int) -> int:
    """The bucket, in ``range(buckets)``, of all rows about ``text``."""
    return crc32(text.encode("utf-8", "surrogatepass")) % buckets


class Spread:
    """The rows of one job, by bucket; a row is any JSON."""

    def __init__(self, buckets: int) -> None:
        self.buckets = buckets
        self._rows: list[bytearray] = [bytearray() for _ in range(buckets)]

    def add(self, bucket: int, row: Any) -> None:
        """Leave a row for a bucket."""
        self._rows[bucket] += json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"

    def write(self, target: str | Path) -> None:
        """Write all rows, whole."""
        table = json.dumps([len(rows) for rows in self._rows]).encode()
        with whole_bytes(target) as file:
            file.write(str(len(table)).zfill(_HEAD).encode() + table)
            for rows in self._rows:
                file.write(rows)


def read_spread(paths: Sequence[str | Path], bucket: int) -> Iterator[Any]:
    """The rows of a bucket that the jobs with these files left, in the order of the files."""
    for path in paths:
        with Path(path).open("rb") as file:
            length = int(file.read(_HEAD))
            lengths = json.loads(file.read(length))
            file.seek(_HEAD + length + sum(lengths[:bucket]))
            rows = file.read(lengths[bucket])
        for row in rows.splitlines():
            yield json.loads(row)
