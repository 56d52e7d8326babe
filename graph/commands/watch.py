"""``collabgraph watch``: a folder → a store, again whenever the folder changes."""

import time
from pathlib import Path
from typing import Any

import click

from extract.errors import ReadError
from graph.commands.options import claimed_store, make_options, reading_options, store_options, user_errors


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--every", type=click.FloatRange(min=0.1), default=10, show_default=True, help="Seconds from one look to the next."
)
@click.option("--looks", type=click.IntRange(min=1), help="Stop after so many looks; without it, at Ctrl-C.")
@reading_options
@store_options
def command(
    folder: Path,
    every: float,
    looks: int | None,
    store: str,
    user: str | None,
    password: str | None,
    **reading: Any,
) -> None:
    """Keep a store as a folder of articles says, until Ctrl-C.

    A file that is new or has changed is read once it is no longer written to; what it no longer says is taken out.
    Files that are removed stay in the store: see `collabgraph retract`.

    \b
        collabgraph watch articles/ --store mygraph
    """
    from graph.build import build_graph

    with user_errors():
        options = make_options(**reading)
        read: dict[Path, tuple[float, int]] = {}
        before: dict[Path, tuple[float, int]] = {}
        look = 0
        try:
            while looks is None or look < looks:
                if look:
                    time.sleep(every)
                look += 1
                now = _states(folder)
                settled = {path: state for path, state in now.items() if before.get(path) == state or look == 1}
                before = now
                changed = [path for path, state in settled.items() if read.get(path) != state]
                if changed:
                    with claimed_store(store, user, password) as opened:
                        try:
                            report = build_graph(changed, opened, options=options, on_problem=_say)
                        except ReadError as error:  # a file has gone since: nothing was read, the next look tells more
                            _say(str(error))
                            continue
                    _say(f"{report.counts.added} documents added, {report.counts.retracted} taken out")
                    read |= {path: settled[path] for path in changed}
        except KeyboardInterrupt:
            _say(f"stopped; {store} holds all that was read")


def _states(folder: Path) -> dict[Path, tuple[float, int]]:
    """The files of a folder that can be read, each with the time of its last change and its size."""
    from extract.read import list_files

    states = {}
    for path in list_files([folder]):
        try:
            status = path.stat()
        except OSError:
            continue  # gone since it was listed
        states[path] = status.st_mtime, status.st_size
    return states


def _say(message: str) -> None:
    click.echo(f"collabgraph: {message}", err=True)
