"""Which files of a run are left, after one that was cut off or ran before some changed."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from extract.errors import DataError
from extract.ingest import file_digest, way_of
from extract.pipeline import DEFAULTS, Options


def unfinished(files: Sequence[str], options: Options = DEFAULTS, *, claims: Path, report: Path) -> list[str]:
    """The files that ``report`` does not say were read as they are now and with these options, in their order.

    What ``claims`` and ``report`` hold of files that are left is taken out of both, also half a line at the end.

    Raises:
        DataError: Claims are there, and no report of them; or one of the two cannot be read.
    """
    if not claims.exists():
        report.unlink(missing_ok=True)
        return list(files)
    if not report.exists():
        raise DataError(f"{claims} is there without {report}, which says what it holds; move it away, or name another")
    digests: dict[str, str | None] = {}
    for row in _rows(report):
        failed = row.get("outcome") == "failed"
        digests[row["file"]] = None if failed else digests.get(row["file"], row.get("digest"))
    way = way_of(options)
    done = {file for file, digest in digests.items() if digest is not None and file_digest(file, way) == digest}
    origins = {row["origin"]: row["file"] for row in _rows(report)}
    _keep(report, lambda row: row["file"] in done)
    _keep(claims, lambda row: origins.get(row["document"]["origin"]) in done)
    return [file for file in files if file not in done]


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    with path.open("rb") as lines:
        for line in lines:
            try:
                row = json.loads(line)
            except ValueError:
                continue  # the line that a killed run was writing
            if isinstance(row, dict):
                yield row


def _keep(path: Path, wanted: Callable[[dict[str, Any]], bool]) -> None:
    part = path.with_name(path.name + ".part")
    try:
        with path.open("rb") as lines, part.open("wb") as out:
            for line in lines:
                try:
                    row = json.loads(line)
                    if wanted(row):
                        out.write(line)
                except (ValueError, KeyError, TypeError):
                    continue
    except OSError as error:
        raise DataError(f"{path}: {error.strerror}") from error
    part.replace(path)
