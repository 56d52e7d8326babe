"""A person's own list of organizations."""

from pathlib import Path

from extract.errors import DataError
from extract.finders.register import Entry, Register
from extract.ontology import load_ontology


def read_names(path: str | Path) -> Register:
    """The register in a text file: one name a line, behind a tab its kind (``enterprise`` unless given).

    Blank lines and lines that begin with ``#`` are passed over.

    Raises:
        DataError: The file cannot be read as UTF-8, or a line names an unknown kind or is a name of one character.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as a list of names: {error}") from error
    kinds = load_ontology().organizations
    entries: dict[str, Entry] = {}
    for number, line in enumerate(lines, 1):
        name, _, kind = (part.strip() for part in line.partition("\t"))
        if not name or name.startswith("#"):
            continue
        if len(name) < 2:
            raise DataError(f"{path}, line {number}: {name!r} is a name of one character")
        if kind and kind not in kinds:
            raise DataError(f"{path}, line {number}: {kind!r} is no kind; the kinds are {', '.join(kinds)}")
        entries[name] = Entry(kind or "enterprise", "own")
    return Register(entries)
