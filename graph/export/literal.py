"""Values as Cypher writes them."""

from graph.stores import Value


def cypher_literal(value: Value) -> str:
    r"""A value as a Cypher literal, safe inside any statement.

    >>> cypher_literal({"name": "O'Neil", "years": [2023, None]})
    "{`name`: 'O\\'Neil', `years`: [2023, null]}"
    """
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return "'" + "".join(_ESCAPES.get(character, character) for character in value) + "'"
    if hasattr(value, "items"):
        return "{" + ", ".join(f"`{key}`: {cypher_literal(item)}" for key, item in value.items()) + "}"
    return "[" + ", ".join(cypher_literal(item) for item in value) + "]"


_ESCAPES = {
    "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f",
    **{chr(code): f"\\u{code:04x}" for code in [*range(8), 11, *range(14, 32), 127, 0x2028, 0x2029]},
}  # fmt: skip
