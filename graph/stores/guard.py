"""What a read may not say: the same short list on every store, whatever else the store enforces.

Writing is refused by the store itself (by rights on the embedded one, by the plan and READ mode on a
Neo4j).  Neither stops a statement that reaches beyond the graph: ``LOAD CSV``, procedures and functions
of plug-ins, transactions of its own.  Those are told from the text.
"""

import re
from collections.abc import Iterator

from graph.errors import QueryError

PROCEDURES = frozenset(
    {
        "db.index.fulltext.queryNodes",
        "db.index.fulltext.queryRelationships",
        "db.index.vector.queryNodes",
        "db.info",
        "db.labels",
        "db.ping",
        "db.propertyKeys",
        "db.relationshipTypes",
        "db.schema.nodeTypeProperties",
        "db.schema.relTypeProperties",
        "db.schema.visualization",
        "dbms.components",
    }
)
"""The procedures that a read may call: they read this graph and nothing else."""

ALLOWED = "it may call those that read this graph alone, such as db.labels or db.index.fulltext.queryNodes"

_FUNCTION_SPACES = frozenset(  # temporal, spatial, vector.similarity
    {"date", "datetime", "duration", "localdatetime", "localtime", "point", "time", "vector"}
)
_PROCEDURES = frozenset(name.casefold() for name in PROCEDURES)
_STATEMENTS = frozenset(
    {"alter", "create", "deallocate", "deny", "drop", "enable", "grant", "reallocate", "rename", "revoke"}
    | {"start", "stop", "terminate"}
)
_PRIVATE = frozenset(  # what a server shows of its users, its settings and what others run
    {"alias", "aliases", "current", "privilege", "privileges", "role", "roles", "servers", "setting", "settings"}
    | {"transaction", "transactions", "users"}
)
_PREFIXES = frozenset({"explain", "profile"})

_TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n\r]*|/\*.*?\*/)
      | (?P<string>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")
      | (?P<quoted>`(?:``|[^`])*`)
      | (?P<word>\$?[^\W\d]\w*)
      | (?P<number>\d\w*)
      | (?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")


def check_read(query: str) -> None:
    """Raise when a statement reaches beyond the graph or begins an administration command.

    Raises:
        QueryError: It does; the message says what it may not use.

    >>> check_read("MATCH (a)-[r]->(b) RETURN a.name, type(r), b.name")
    >>> check_read("LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line")
    Traceback (most recent call last):
    graph.errors.QueryError: a read may not use LOAD CSV; load the file with collabgraph build
    """
    # Neo4j decodes \\uXXXX before it parses, the embedded engine does not: neither reading may hide a word.
    for text in {query, _ESCAPE.sub(lambda match: chr(int(match[1], 16)), query)}:
        _check(tuple(_tokens(text)))


def without_prefix(query: str) -> str:
    """The statement without a leading EXPLAIN or PROFILE, and without the semicolon at its end.

    >>> without_prefix("PROFILE MATCH (n) RETURN n;")
    'MATCH (n) RETURN n'
    """
    while True:
        query = query.strip()
        match = next((match for match in _TOKEN.finditer(query) if match.lastgroup != "skip"), None)
        if match is None or match[0].casefold() not in _PREFIXES:
            return query.removesuffix(";").rstrip()
        query = query[match.end() :]


def _tokens(text: str) -> Iterator[str]:
    """Words in lower case, names without their backticks, signs; a string is one ``'``."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "string":
            yield "'"
        elif match.lastgroup == "quoted":
            yield "`" + match[0][1:-1].replace("``", "`").casefold()
        elif match.lastgroup != "skip":
            yield match[0].casefold()


def _check(tokens: tuple[str, ...]) -> None:
    if ";" in tokens and any(token != ";" for token in tokens[tokens.index(";") :]):
        raise QueryError("one statement at a time; leave out what comes after the semicolon")
    first = next((token for token in tokens if token not in _PREFIXES), "")
    if first in _STATEMENTS:
        raise QueryError(f"a read may not begin with {first.upper()}; a statement that changes the graph needs --write")
    if first == "show" and (shown := _PRIVATE & set(tokens[:5])):
        raise QueryError(
            f"a read may not show {min(shown)}; it may show indexes, constraints, procedures and functions"
        )
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if before in {".", "$"}:
            continue
        if token == "load" and after == "csv":
            raise QueryError("a read may not use LOAD CSV; load the file with collabgraph build")
        if token == "in" and ("transactions" in (after, *tokens[place + 1 : place + 4])) and before == "}":
            raise QueryError("a read may not use CALL { } IN TRANSACTIONS; leave IN TRANSACTIONS out")
        if _is_name(token):
            name, end = _dotted(tokens, place)
            called = before == "call" and (place < 2 or tokens[place - 2] not in {".", ":", "$"})
            if called and name not in _PROCEDURES:
                raise QueryError(f"a read may not call the procedure {name}; {ALLOWED}")
            if (
                not called
                and "." in name
                and tokens[end : end + 1] == ("(",)
                and name.split(".")[0] not in _FUNCTION_SPACES
            ):
                raise QueryError(f"a read may not use the function {name}; use those that Cypher itself has")


def _is_name(token: str) -> bool:
    return token[0] == "`" or token[0].isalpha() or token[0] == "_"


def _dotted(tokens: tuple[str, ...], place: int) -> tuple[str, int]:
    """The dotted name that begins at ``place``, and where it ends."""
    parts = [tokens[place].removeprefix("`")]
    place += 1
    while place + 1 < len(tokens) and tokens[place] == "." and _is_name(tokens[place + 1]):
        parts.append(tokens[place + 1].removeprefix("`"))
        place += 2
    return ".".join(parts), place
