"""What holds for every command."""

import re
import subprocess
import sys

import click
import pytest

from graph.cli import COMMANDS, main

HEAVY = {"spacy", "neo4j", "pyvis", "networkx", "numpy", "pydantic", "arcadedb", "trafilatura", "rich", "pyspark"}


def test_help_imports_no_heavy_package() -> None:
    """``collabgraph --help`` stays instant."""
    code = (
        "import sys, contextlib\nfrom graph.cli import main\n"
        "with contextlib.suppress(SystemExit):\n    main(['--help'])\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stdout
    assert "Commands:" in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_pasteable_example(name: str) -> None:
    """The help of a command says what it does and ends in a line that one can paste; every option has help."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.help
    assert "\\b" not in command.help, f"{name}: a raw docstring, in which click does not see its mark"
    assert re.search(rf"^\s+(\S+ \| )?collabgraph {name}\b", command.help, re.MULTILINE), f"{name} has no example"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts[0]} has no help"
