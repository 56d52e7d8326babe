"""Language as data: one folder a language, with the same file names in each.

A list is a text file with one entry a line: its first lines, which begin with ``#``, say what it holds,
``fields:`` (tab-separated in each line), ``source:`` and ``licence:``.  What has structure is TOML, whose
opening comment says the same.  ``load_language("zh").rows("heads", ...)`` reads ``zh/heads.txt``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from extract.errors import DataError

_HEADER = ("fields", "source", "licence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The lists and tables of one language, by its ISO 639-1 code; read when asked for, and kept."""

    code: str

    def rows(self, name: str, fields: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """The lines of ``<code>/<name>.txt``, each split into ``fields``; a field left out at the end is ``""``.

        Raises:
            DataError: The file is missing, its header lacks a line or names other fields, an entry comes twice
                (the first field is its key), or a line has too many fields.
        """
        return _rows(self.code, name, fields)

    def words(self, name: str, field: str = "word") -> tuple[str, ...]:
        """The entries of a list of one field, in its order; raises as ``rows`` does."""
        return tuple(row[0] for row in self.rows(name, (field,)))

    def table(self, name: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
        """The TOML file ``<code>/<name>.toml``, whose top-level keys are exactly ``keys``.

        Raises:
            DataError: The file is missing, is no TOML, or has or lacks a key.
        """
        return _table(self.code, name, keys)

    def word_groups(self, name: str, keys: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
        """A TOML file whose values are strings of words parted by white space, split; raises as ``table`` does."""
        return {key: tuple(value.split()) for key, value in self.table(name, keys).items()}


def _path(code: str, file: str) -> Traversable:
    path = files("extract.lang").joinpath(code, file)
    if not path.is_file():
        raise DataError(f"lang/{code}/{file} is missing")
    return path


@cache
def _rows(code: str, name: str, fields: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    file = f"{name}.txt"
    return read_rows(_path(code, file).read_text(encoding="utf-8"), fields, where=f"lang/{code}/{file}")


def read_rows(text: str, fields: tuple[str, ...], *, where: str) -> tuple[tuple[str, ...], ...]:
    r"""The rows of a list given as text, header checked; ``where`` names it in errors.

    Raises:
        DataError: As ``Language.rows``; names the line.

    >>> read_rows("# A list.\n# fields: word\n# source: ours\n# licence: MIT\n公司\n", ("word",), where="here")
    (('公司',),)
    """
    lines = text.splitlines()
    count = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    header = dict(part.split(":", 1) for line in lines[:count] if ":" in (part := line.lstrip("# ")))
    if missing := [key for key in _HEADER if key not in header]:
        raise DataError(f"{where}: the header says no {missing[0]}")
    named = tuple(header["fields"].replace(",", " ").split())
    if named != fields:
        raise DataError(f"{where}: has the fields {named}, and {fields} were asked for")
    width = len(fields)
    rows = [tuple(line.split("\t")) for line in lines[count:]]
    if {*map(len, rows)} <= {width} and len({row[0] for row in rows}) == len(rows):
        return tuple(rows)
    rows, seen = [], set()
    for number, line in enumerate(lines[count:], count + 1):
        row = tuple(line.split("\t"))
        if len(row) != width:
            if len(row) > width or not line:
                raise DataError(f"{where}, line {number}: {len(row)} fields, not {width}")
            row += ("",) * (width - len(row))
        if row[0] in seen:
            raise DataError(f"{where}, line {number}: {row[0]} comes twice")
        seen.add(row[0])
        rows.append(row)
    return tuple(rows)


@cache
def _table(code: str, name: str, keys: tuple[str, ...]) -> Mapping[str, Any]:
    file = f"{name}.toml"
    try:
        table = tomllib.loads(_path(code, file).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"lang/{code}/{file}: {error}") from error
    if wrong := set(table) ^ set(keys):
        raise DataError(f"lang/{code}/{file} has or lacks {sorted(wrong)}")
    return table


@cache
def load_language(code: str) -> Language:
    """The language of that ISO 639-1 code.

    Raises:
        DataError: There is no folder for it.
    """
    if not files("extract.lang").joinpath(code).is_dir() or not code.isalpha():
        known = sorted(entry.name for entry in files("extract.lang").iterdir() if entry.name.isalpha())
        raise DataError(f"no word lists for the language {code!r}; there are {', '.join(known)}")
    return Language(code=code)
