"""The errors of the graph side.

CollabGraphError (extract.errors)
├── EngineError         what runs jobs on many processes or machines has failed
├── StoreError          a store that cannot be opened, reached or written
│   ├── StoreLockedError    in use by another process
│   ├── StoreDamagedError   files that are no whole store
│   └── StoreLostError      the server went away in the middle
└── QueryError          a query that is wrong, or that may not run here
"""

from extract.errors import CollabGraphError


class EngineError(CollabGraphError):
    """What runs jobs on many processes or machines has failed for good."""


class StoreError(CollabGraphError):
    """A store that cannot be opened, reached, read or written."""


class StoreLockedError(StoreError):
    """A store that another process holds."""


class StoreDamagedError(StoreError):
    """A folder that is no whole store of ours."""


class StoreLostError(StoreError):
    """A store whose server went away."""


class QueryError(CollabGraphError):
    """A Cypher text that is wrong, or that the read path refuses."""
