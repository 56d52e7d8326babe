"""Ready-made facts → extractions: rows of the gold form (JSON lines), and tables (CSV).

A JSON line is one document: ``{"id"?, "language"?, "title"?, "published"?, "outlet"?, "text"?, "organizations":
[{"name", "kind"?, "aliases"?, "region"?, "optional"?}], "collaborations": [{"source", "target", "kind", "status"?,
"date"?, "via"?, "cue"?, "confidence"?, "optional"?}], "part_of": [{"child", "parent"}]}``.  Its text may lie in
``texts/<id>.txt`` beside the file instead.  A row of a table is one claim, and a document of its own unless the
column ``document`` names one.

Evidence is where the text says it; without a text the row itself is the text.  What is wrong in a row is reported
with line and column, and the rest of it is read.  ``optional`` marks what annotators doubt: its confidence is 0.5.
"""

from collections.abc import Callable
from dataclasses import dataclass

from extract.records import Extraction

METHOD = "imported"
DOUBTED = 0.5  # confidence of what is marked optional


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong at a place of a file; lines and columns are counted from 1."""

    origin: str
    line: int
    column: int | None
    message: str

    def __str__(self) -> str:
        place = f"{self.origin}:{self.line}" + (f":{self.column}" if self.column else "")
        return f"{place}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A document read from a file of facts; ``lines`` are those of its claims, ``None`` where its text says them."""

    extraction: Extraction
    lines: tuple[int, ...] | None


Report = Callable[[Problem], None]
