"""What a person decided about two names: ``decisions.toml``, replayed at every build."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from extract.errors import DataError
from extract.names import fold_name

Verdict = Literal["same", "different"]

_FIELDS = ("verdict", "a", "b", "because", "author", "date")

_DATE = re.compile(r"\d{4}-\d\d-\d\d")

HEADER = "# What people decided about names that may be one organization; replayed at every build.\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """``a`` and ``b`` are one organization, or are not, said ``author`` on ``date`` (ISO) ``because`` of something."""

    verdict: Verdict
    a: str
    b: str
    because: str
    author: str
    date: str

    @property
    def pair(self) -> tuple[str, str]:
        """The two folded names, the smaller first: what the decision is about."""
        one, two = sorted((fold_name(self.a), fold_name(self.b)))
        return one, two

    def line(self) -> str:
        """The decision as one table of ``decisions.toml``."""
        values = {field: getattr(self, field) for field in _FIELDS}
        body = "\n".join(f"{field} = {_quoted(value)}" for field, value in values.items())
        return f"\n[[decision]]\n{body}\n"


def pair_key(one: str, other: str) -> str:
    """The property ``pair`` of a decision's node, from two folded names, the smaller first."""
    return f"{one}\t{other}"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in escaped) + '"'


def latest(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """One decision a pair, in the order of the pairs: the latest, and of one day ``different`` before ``same``."""
    kept: dict[tuple[str, str], Decision] = {}
    for decision in sorted(decisions, key=lambda one: (one.date, one.verdict == "different", one.line())):
        kept[decision.pair] = decision
    return tuple(kept[pair] for pair in sorted(kept))


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a file, one a pair; none where there is no file.

    Raises:
        DataError: The file is no TOML, or a table lacks a field or has one that it should not.
    """
    if not path.exists():
        return ()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: no TOML ({error}); put it right or move it away") from error
    return latest(
        make_decision(row, f"{path}, decision {number}") for number, row in enumerate(raw.get("decision", ()), 1)
    )


def make_decision(row: object, where: str = "the decision") -> Decision:
    """The decision that a table of the file writes; ``where`` names it in errors.

    Raises:
        DataError: A field is missing, unknown, blank or wrong.
    """
    if not isinstance(row, dict) or set(row) != set(_FIELDS):
        raise DataError(f"{where}: it needs exactly the keys {', '.join(_FIELDS)}")
    values = {field: str(value) for field, value in row.items()}
    if values["verdict"] not in get_args(Verdict):
        raise DataError(f"{where}: the verdict {values['verdict']!r} is neither same nor different")
    for field in ("a", "b"):
        if not values[field].strip():
            raise DataError(f"{where}: {field} names no organization")
    if not _DATE.fullmatch(values["date"]):
        raise DataError(f"{where}: the date {values['date']!r} is not written like 2024-05-01")
    decision = Decision(**values)  # type: ignore[arg-type]  # the verdict was checked above
    if decision.pair[0] == decision.pair[1]:
        raise DataError(f"{where}: {decision.a!r} and {decision.b!r} are one name; two are needed")
    return decision


def write_decision(path: Path, decision: Decision) -> None:
    """Put a decision at the end of a file, which is made when it is missing."""
    with path.open("a", encoding="utf-8") as file:
        if file.tell() == 0:
            file.write(HEADER)
        file.write(decision.line())
