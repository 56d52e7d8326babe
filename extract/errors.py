"""The error tree: what a user can put right.

CollabGraphError
├── ReadError           a document that cannot be read
├── DataError           a data file of the project, or of the user, that is wrong
└── graph.errors …      stores, queries, questions
"""


class CollabGraphError(Exception):
    """What a user can put right, said in one sentence with the value, the place and the next step."""


class ReadError(CollabGraphError):
    """A document that cannot be read: missing, empty, binary, of an unknown format, damaged."""


class DataError(CollabGraphError):
    """A data file (word list, ontology, gold, claims, decisions) that breaks its own rules; names file and line."""
