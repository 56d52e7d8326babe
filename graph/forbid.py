"""Pairs of names that are never joined by themselves, and forms that name nobody."""

from graph.identity import Name


def forbids(one: Name, other: Name) -> bool:
    """Whether the two names are of two organizations, whatever form they share."""
    return _other_entry(one, other)


def _other_entry(one: Name, other: Name) -> bool:
    """Whether some register has an entry for each, and not the same."""
    return any(
        a != b and a.partition(":")[0] == b.partition(":")[0] for a in one.identifiers for b in other.identifiers
    ) and not set(one.identifiers) & set(other.identifiers)


def generic(form: str) -> bool:
    """Whether a folded form is too short to name anybody."""
    return len(form) < 2
