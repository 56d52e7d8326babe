"""``collabgraph names``: a person's own register of organizations."""

from pathlib import Path

import click

from graph.commands.options import user_errors


@click.group()
def command() -> None:
    """Make a person's own register of organizations ready for ``--names``.

    \b
        collabgraph names update ror.json -o names.txt
        collabgraph extract articles --names names.txt
    """


@command.command()
@click.argument("register", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The list to write.")
def update(register: Path, output: Path) -> None:
    """Turn a REGISTER into the list that the finder reads: one name a line, behind a tab its kind.

    REGISTER is a ROR dump (JSON) or a table (CSV, TSV) with a column name and, if it has them, aliases and kind.

    \b
        collabgraph names update companies.csv -o names.txt
    """
    from extract.finders.dumps import read_dump

    with user_errors():
        lines = [f"{name}\t{kind}\n" for name, kind in read_dump(register)]
        output.write_text("".join(lines), encoding="utf-8")
    click.echo(f"{len(lines)} names in {output}", err=True)
