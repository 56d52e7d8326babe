"""The engines that commands run jobs on: ``--engine``, ``--master``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from graph.scale.seam import Mapper

Command = TypeVar("Command", bound=Callable[..., Any])


def engine_options(command: Command) -> Command:
    """Add ``--engine`` and ``--master``."""
    for option in (
        click.option("--master", metavar="URL", help="The Spark, such as yarn; one of this machine unless given."),
        click.option(
            "--engine",
            type=click.Choice(["local", "spark"]),
            default="local",
            show_default=True,
            help="What the work is done by: processes of this machine, or Apache Spark.",
        ),
    ):
        command = option(command)
    return command


@contextmanager
def opened_engine(engine: str, master: str | None, jobs: int | None) -> Iterator["Mapper"]:
    """The engine of that name; ``jobs`` are processes of this machine, all processors unless given, 0 for this one."""
    from extract.ingest import processors
    from graph.scale.seam import processes

    if engine == "local":
        if master is not None:
            raise click.UsageError("--master is for --engine spark")
        mapper: Mapper = map
        if jobs != 0:
            mapper = processes(jobs or processors())
        yield mapper
        return
    from graph.scale.on_spark import opened_spark

    with opened_spark(master, jobs) as spark:
        yield spark
