"""The names of a question → organizations of the graph, by one look-up of all its stretches, and one for what is left.

``find_names`` finds what is written as some name or label of the graph is.  ``find_similar`` looks for one stretch by
full text and by its first letters, and lets ``graph.ask.similar`` judge.
"""

import re
from collections.abc import Iterable, Iterator

from extract.names import fold_name
from graph.ask.reading import Name, Organization
from graph.ask.similar import core_of, fit, likeness, without_general
from graph.ask.words import Word, is_plain_word, split_atoms
from graph.schema import TEXT_INDEX
from graph.stores import Row, Store, Value

_LONGEST = 40  # atoms of a name
_NEAREST = 3
_FORMS = "o.id AS id, o.name AS name, o.kind AS kind"

EXACT = (
    "UNWIND $stretches AS stretch MATCH (n:Alias {text: stretch})-[:NAMES]->(o:Organization) "
    f"RETURN n.text AS text, {_FORMS}"
)
SIMILAR = (
    f"CALL db.index.fulltext.queryNodes('{TEXT_INDEX}', $words, {{limit: 40}}) YIELD node, score WITH node AS o, score "
    f"RETURN {_FORMS}, o.aliases AS aliases, o.label AS label"
)
BEGINNING = (
    "MATCH (n:Alias) WHERE n.text STARTS WITH $begin WITH n LIMIT 200 "
    f"MATCH (n)-[:NAMES]->(o:Organization) RETURN {_FORMS}, [n.text] AS aliases, o.label AS label"
)


def find_names(store: Store, text: str, *, timeout: float | None = None) -> tuple[Word, ...]:
    """The stretches of a normalized question that are written like a name of the graph, overlapping ones too."""
    atoms = split_atoms(text)
    places: dict[str, list[tuple[int, int]]] = {}
    for first in range(len(atoms)):
        for last in range(first, min(first + _LONGEST, len(atoms))):
            start, end = atoms[first].start, atoms[last].end
            if "'s" in (atoms[last].key, atoms[first].key):
                continue
            try:
                folded = fold_name(text[start:end])
            except ValueError:
                continue
            if len(folded) > 1 and not is_plain_word(text[start:end]):
                places.setdefault(folded, []).append((start, end))
    rows = store.run(EXACT, {"stretches": sorted(places)}, timeout=timeout) if places else []
    found: dict[str, dict[str, Organization]] = {}
    for row in rows:
        organization = _organization(row)
        found.setdefault(str(row["text"]), {})[organization.id] = organization
    return tuple(
        Word(
            start=start,
            end=end,
            text=text[start:end],
            tags=frozenset({"name"}),
            organizations=_owners(folded, organizations.values()),
        )
        for folded, organizations in sorted(found.items())
        for start, end in places[folded]
    )


def _owners(folded: str, organizations: Iterable[Organization]) -> tuple[Organization, ...]:
    """Of the organizations with a name in common the one whose own name it is, else all."""
    found = tuple(sorted(organizations, key=lambda organization: organization.name))
    own = tuple(organization for organization in found if fold_name(organization.name) == folded)
    return own if len(own) == 1 else found


def _organization(row: Row) -> Organization:
    return Organization(id=str(row["id"]), name=str(row["name"]), kind=str(row["kind"] or ""))


def find_similar(store: Store, typed: str, *, timeout: float | None = None) -> Name:
    """The organizations that a stretch means though no name of the graph is written so, or the nearest ones."""
    found = Name(text=typed)
    rows: list[Row] = []
    for statement, parameters in _ways(typed):
        rows += store.run(statement, parameters, timeout=timeout)
        found = _settle(typed, rows)
        if found.organizations:
            break
    return found


def _ways(typed: str) -> Iterator[tuple[str, dict[str, Value]]]:
    """Look-ups for what may be meant, the narrowest first: all its words, its beginning, some of its words."""
    try:
        folded = fold_name(typed)
    except ValueError:
        return
    words = re.sub(r"[\W_]+", " ", typed).lower().split()
    if not words:
        return
    if "".join(words).isascii():
        yield SIMILAR, {"words": " ".join(words)}
        yield BEGINNING, {"begin": folded[:3]}
        if slips := " ".join(f"{word}~" for word in words if len(word) > 3):
            yield SIMILAR, {"words": slips}
        return
    yield SIMILAR, {"words": " ".join(f"+{character}" for character in re.findall(r"\w", without_general(folded)))}
    yield SIMILAR, {"words": " ".join(re.findall(r"\w", core_of(folded)[1]))}


def _settle(typed: str, rows: Iterable[Row]) -> Name:
    ranks: dict[int, dict[str, Organization]] = {}
    near: dict[str, tuple[float, Organization]] = {}
    for row in rows:
        organization = _organization(row)
        aliases = row.get("aliases")
        forms = [organization.name, *(str(alias) for alias in (aliases if isinstance(aliases, (list, tuple)) else ()))]
        if row.get("label"):
            forms.append(str(row["label"]))
        for form in forms:
            rank = fit(typed, form)
            if rank is not None:
                ranks.setdefault(rank, {})[organization.id] = organization
            score = likeness(typed, form)
            if score > near.get(organization.id, (0.0, organization))[0]:
                near[organization.id] = (score, organization)
    if ranks:
        best = ranks[min(ranks)]
        return Name(
            text=typed,
            organizations=tuple(sorted(best.values(), key=lambda organization: organization.name)),
            exact=False,
        )
    nearest = sorted(near.values(), key=lambda pair: (-pair[0], pair[1].name))
    return Name(
        text=typed,
        nearest=tuple(organization for score, organization in nearest[:_NEAREST] if score >= 0.3),
        exact=False,
    )


def is_person(store: Store, text: str, *, timeout: float | None = None) -> bool:
    """Whether collaborations go through a person of that name."""
    return bool(
        store.run("MATCH (e:Evidence {via: $person}) RETURN e.id AS id LIMIT 1", {"person": text}, timeout=timeout)
    )
