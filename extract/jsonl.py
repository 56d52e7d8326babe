"""Extraction ↔ one JSON line: the boundary at which foreign bytes become values."""

from collections.abc import Iterable, Iterator
from functools import cache

from pydantic import TypeAdapter, ValidationError

from extract.errors import DataError
from extract.records import Extraction


@cache
def _adapter() -> TypeAdapter[Extraction]:
    return TypeAdapter(Extraction)


def to_line(extraction: Extraction) -> str:
    """The extraction as one line of JSON, without the line end; equal extractions give equal lines."""
    return _adapter().dump_json(extraction).decode()


def from_line(line: str | bytes, *, where: str = "line") -> Extraction:
    """The extraction that ``to_line`` wrote.

    Raises:
        DataError: The line is no JSON, or breaks the fields of ``Extraction``; names ``where``.
    """
    try:
        return _adapter().validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the line"
        raise DataError(f"{where}: {place}: {first['msg']}") from error


def read_lines(lines: Iterable[str], *, origin: str) -> Iterator[Extraction]:
    """The extractions of a file of lines; blank lines are passed over.

    Raises:
        DataError: A line is no extraction; names the file and the line.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield from_line(line, where=f"{origin}, line {number}")
