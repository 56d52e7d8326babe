"""``collabgraph extract``: articles → claims, one JSON line a document."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from extract.errors import ReadError
from extract.records import Extraction
from graph.commands.options import user_errors


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["claims", "gold"]),
    default="claims",
    show_default=True,
    help="claims: what `build` reads; gold: names and claims alone, one line a file.",
)
def command(paths: tuple[str, ...], form: str) -> None:
    r"""Print the claims of articles, one JSON line a document.

    PATHS are articles or folders of articles; - is text from standard input.

    \b
        collabgraph extract articles/ > claims.jsonl
        collabgraph extract page.txt --format gold
    """
    from extract.jsonl import to_line
    from extract.pipeline import extract_file, extract_text
    from extract.read import list_files

    failed = 0
    with user_errors():
        for path in ["-"] if paths == ("-",) else list_files(paths):
            try:
                stdin = path == "-"
                extractions = [extract_text(sys.stdin.read())] if stdin else list(extract_file(path))
            except ReadError as error:
                click.echo(f"collabgraph: {error}", err=True)
                failed += 1
                continue
            if form == "gold":
                click.echo(json.dumps(gold_row(Path(path).stem, extractions), ensure_ascii=False))
            else:
                for extraction in extractions:
                    click.echo(to_line(extraction))
    if failed:
        click.echo(f"collabgraph: {failed} could not be read", err=True)
        raise SystemExit(1)


def gold_row(identity: str, extractions: Iterable[Extraction]) -> dict[str, Any]:
    """The extractions of one file in the form of gold: names instead of ids, no offsets."""
    from extract.ontology import load_ontology

    collaborations = load_ontology().collaborations
    row: dict[str, Any] = {"id": identity, "language": None, "organizations": [], "collaborations": [], "part_of": []}
    for extraction in extractions:
        row["language"] = row["language"] or extraction.document.language
        names = {organization.id: organization.name for organization in extraction.organizations}
        for organization in extraction.organizations:
            row["organizations"].append(
                {"name": organization.name, "kind": organization.kind, "aliases": list(organization.aliases)}
            )
        for claim in extraction.claims:
            source, target = names[claim.source], names[claim.target]
            if claim.kind not in collaborations:
                row[claim.kind].append({"child": source, "parent": target})
                continue
            trigger = claim.evidence.trigger
            row["collaborations"].append(
                {
                    "source": source,
                    "target": target,
                    "kind": claim.kind,
                    "status": claim.status,
                    "via": claim.via,
                    "cue": trigger.of(extraction.document.text) if trigger else None,
                }
            )
    return row
