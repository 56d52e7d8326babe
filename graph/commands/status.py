"""``collabgraph status``: what a store holds, in figures."""

import json
from collections.abc import Mapping
from dataclasses import asdict

import click

from graph.commands.options import opened_store, store_options


@click.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Lines, or one JSON object."
)
@store_options
def command(form: str, store: str, user: str | None, password: str | None) -> None:
    """Print what a store holds: documents, organizations and collaborations by kind, size, last change, server.

    \b
        collabgraph status --store mygraph
        collabgraph status --format json
    """
    from graph.status import read_status

    with opened_store(store, user, password) as opened:
        status = read_status(opened)
    if form == "json":
        click.echo(json.dumps(asdict(status), ensure_ascii=False))
        return
    state = "never built" if status.version is None else "whole" if status.whole else "a copy was cut off: run it again"
    for name, value in (
        ("store", f"{status.url}, {state}"),
        ("server", status.server),
        ("model", "none" if status.version is None else f"version {status.version}"),
        ("last change", status.changed or "unknown"),
        ("size", "unknown" if status.size is None else f"{status.size / 1e6:,.1f} MB"),
        ("documents", f"{status.documents:,}"),
        ("organizations", _by_kind(status.organizations)),
        ("collaborations", _by_kind(status.collaborations)),
        ("structure", _by_kind(status.structures)),
        ("evidence", f"{status.evidence:,} sentences, {status.denials:,} of them denials"),
    ):
        click.echo(f"{name:15} {value}")


def _by_kind(counts: Mapping[str, int]) -> str:
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in counts.items())
    return f"{sum(counts.values()):,}" + (f" ({kinds})" if kinds else "")
