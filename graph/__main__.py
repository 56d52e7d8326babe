"""``python -m graph`` is the ``collabgraph`` command."""

from graph.cli import main

main(prog_name="collabgraph")
