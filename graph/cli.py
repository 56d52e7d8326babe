"""The command line: one command a verb, each in a module of ``graph.commands`` that is imported when it is called."""

import sys
from importlib import import_module

import click

COMMANDS = {
    # name: the first line of its help, so that ``collabgraph --help`` imports no command
    "demo": "Build the sample graph, ask three questions, write the page.",
    "extract": "Print the claims of articles, one JSON line a document.",
    "build": "Read articles, folders or claims into a store.",
    "assemble": "Write the graph of very many documents as files for a Neo4j.",
    "retract": "Take documents out of a store.",
    "why": "Say why two names are one organization, or two.",
    "review": "List the forms that fit several organizations.",
    "decide": "Decide that two names are the same organization, or different ones.",
    "digest": "Print a digest of all that a store holds.",
    "diff": "Print what differs between two stores.",
    "watch": "Build a store from a folder, again whenever it changes.",
    "query": "Run one read-only Cypher query.",
    "ask": "Answer a question in Chinese or English.",
    "analyse": "Write tables about the graph: hubs, brokers, regions, growth, white space.",
    "brief": "Report what is new since a date, with its sentences.",
    "export": "Write the graph as GraphML, GEXF, CSV, JSON-LD or FollowTheMoney entities.",
    "view": "Write the graph as one interactive HTML page.",
    "schema": "Say what a graph holds, for a person who writes Cypher.",
    "status": "Say what a store holds, in figures.",
    "backup": "Write the graph of a store to one file.",
    "restore": "Make a store hold what a backup holds.",
    "push": "Copy the graph of a store to a Neo4j.",
    "pull": "Copy the graph of a Neo4j into a store.",
    "score": "Compare found organizations and claims with gold.",
    "names": "Make a register of organizations ready for the finder.",
    "train": "Fit the weights of the readers to labelled passages.",
}


class Commands(click.Group):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of ``COMMANDS``."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or ``None``."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"graph.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="collabgraph")
def main() -> None:
    """Read who collaborates with whom out of articles, and ask.

    \b
        collabgraph demo
        collabgraph build articles/ --store mygraph
        collabgraph ask "谁和佩瓦能源合作？" --store mygraph
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # TextIO at run time
