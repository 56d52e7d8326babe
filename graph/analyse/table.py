"""A table of an analysis: named columns, rows, and what its figures mean; as CSV, Markdown, a page or rows."""

import csv
import html
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
        writer.writerows([harmless(cell) for cell in row] for row in self.rows)
        return "\ufeff" + out.getvalue()

    def to_markdown(self) -> str:
        """The table under its title, with definition and note below it."""
        lines = [f"## {self.title}", "", _line(self.columns), _line(["---"] * len(self.columns))]
        lines += [_line(["" if cell is None else str(cell) for cell in row]) for row in self.rows]
        lines += ["", f"*{self.definition}*"] + ([f"*{self.note}*"] if self.note else [])
        return "\n".join(lines) + "\n"

    def to_html(self) -> str:
        """The table as a section of an HTML page; all text is escaped."""
        head = "".join(f'<th scope="col">{html.escape(column)}</th>' for column in self.columns)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape('' if cell is None else str(cell))}</td>" for cell in row) + "</tr>"
            for row in self.rows
        )
        notes = "".join(f"<p>{html.escape(text)}</p>" for text in (self.definition, self.note) if text)
        return (
            f'<section id="{html.escape(self.name)}"><h2>{html.escape(self.title)}</h2>'
            f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{notes}</section>"
        )


def page_of(tables: Sequence[Table]) -> str:
    """One HTML page with the tables under each other, which asks nothing of any network."""
    links = " · ".join(f'<a href="#{html.escape(table.name)}">{html.escape(table.title)}</a>' for table in tables)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>collabgraph: findings</title>'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        "<style>body{font:15px/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}"
        "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25em .6em;"
        "border-bottom:1px solid #ddd;vertical-align:top}p{color:#555}</style>"
        f"<h1>Findings</h1><nav>{links}</nav>{''.join(table.to_html() for table in tables)}</html>\n"
    )


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def harmless(cell: object) -> object:
    """A cell as a sheet may hold it: text that a spreadsheet would run as a formula gets an apostrophe before it."""
    return "'" + cell if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell


def rounded(value: float) -> float:
    """Four decimals, and no negative zero.

    >>> rounded(2 / 3)
    0.6667
    """
    return round(value, 4) + 0.0
