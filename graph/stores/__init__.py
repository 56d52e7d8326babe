"""Something that runs Cypher: the seam between the graph and where it is kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, Self, TypeVar

Result = TypeVar("Result")

Value = None | bool | int | float | str | Sequence["Value"] | Mapping[str, "Value"]
"""What Bolt carries and JSON can write; nodes and relationships come back as mappings of their properties."""

Row = dict[str, Value]

Transaction = Callable[[str, Mapping[str, Value]], list[Row]]
"""Runs one statement inside an open transaction."""


class Store(Protocol):
    """A graph that answers Cypher, over Bolt.

    ``run`` reads unless ``write`` is true, and the read path cannot write (each store says how it
    enforces that).  ``transact`` hands ``work`` one write transaction, which is committed when ``work``
    returns and undone when it raises; it may be run again after a transient error, so ``work`` must be
    repeatable.
    """

    url: str

    def run(
        self,
        query: str,
        parameters: Mapping[str, Value] | None = None,
        *,
        write: bool = False,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> list[Row]:
        """The rows of one statement.

        ``timeout`` is in seconds; of more than ``limit`` rows the first ``limit`` come back.

        Raises:
            QueryError: The statement is wrong, or may not run on the read path.
            StoreError: The store cannot be reached any more.
        """
        ...

    def transact(self, work: Callable[[Transaction], Result]) -> Result:
        """What ``work`` returns, after its statements were committed as one."""
        ...

    def close(self) -> None:
        """Let go of the store; closing twice is fine."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
