"""One module a command: parse, call, print.  What several commands share is in ``graph.commands.options``."""
