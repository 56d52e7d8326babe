"""``collabgraph restore``: a backup → a store."""

from pathlib import Path

import click

from graph.commands.options import print_changes, replace_option, store_options, user_errors


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@replace_option
@store_options
def command(file: Path, replace: bool, store: str, user: str | None, password: str | None) -> None:
    """Make a store hold what the backup FILE holds.

    Restoring twice is restoring once, and a restore that was cut off goes on when it is run again.

    \b
        collabgraph restore mygraph.jsonl.gz --store mygraph
    """
    from graph.backup import restore_backup
    from graph.stores import open_store

    with user_errors(), open_store(store, user=user, password=password) as opened:
        changes = restore_backup(file, opened, replace=replace)
    print_changes(changes, store)
