"""A table of an analysis: named columns, rows, and what its figures mean; as CSV, Markdown or rows for a DataFrame."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The answer to one question about the graph.

    ``definition`` says what is counted and from which source; ``note`` what was sampled or left out, or ``None``.
    Shares and scores are rounded to four decimals, so that a table is the same on every machine.
    """

    name: str
    title: str
    definition: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str | None = None

    def records(self) -> list[dict[str, Cell]]:
        """The rows as mappings, which ``pandas.DataFrame`` takes as they are."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_csv(self) -> str:
        """The table as CSV with the byte order mark that Excel needs to read Chinese."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(_harmless(row) for row in self.rows)
        return "\ufeff" + out.getvalue()

    def to_markdown(self) -> str:
        """The table under its title, with definition and note below it."""
        lines = [f"## {self.title}", "", _line(self.columns), _line(["---"] * len(self.columns))]
        lines += [_line(["" if cell is None else str(cell) for cell in row]) for row in self.rows]
        lines += ["", f"*{self.definition}*"] + ([f"*{self.note}*"] if self.note else [])
        return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _harmless(row: Sequence[Cell]) -> list[Cell]:
    """Cells that a spreadsheet would run as a formula get an apostrophe before them."""
    return ["'" + cell if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell for cell in row]


def rounded(value: float) -> float:
    """Four decimals, and no negative zero.

    >>> rounded(2 / 3)
    0.6667
    """
    return round(value, 4) + 0.0
