"""``python -m graph`` is the ``collabgraph`` command."""

from graph.cli import main

if __name__ == "__main__":  # child processes import this module again
    main(prog_name="collabgraph")
