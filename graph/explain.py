"""Why two names are one organization or two, and which forms fit several: what a person decides on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from extract.errors import DataError
from extract.names import fold_name
from extract.regions import region_name
from graph.decisions import pair_key
from graph.forbid import forbids, relative
from graph.identity import Join, Name
from graph.registers import conflicting, entries_of
from graph.stores import Store

GROUNDS = {
    "decision": "decided to be the same",
    "place": "one name, in places of which one lies in the other",
    "register": "one entry of a register ({form})",
    "alias": "{other} is also called {form}",
    "short": "{form} is the lawful short form of {other}",
    "translation": "{form} translates {other}, and they share another form or their place",
}
"""What to say of each ground; ``{form}`` is the form shared, ``{other}`` the name it was joined with."""

_FIND = """
MATCH (:Alias {text: $text})-[r:NAMES]->(o:Organization) RETURN DISTINCT o.id AS id, o.name AS name, r.as AS as
ORDER BY id
"""
_MEMBERS = """
MATCH (n:Name)-[:OF]->(o:Organization {id: $id}) RETURN n.id AS key, n.counts AS counts, n.joins AS joins ORDER BY key
"""
_SAYING = """
MATCH (o:Organization {id: $id})<-[m:MENTIONS]-(d:Document) WHERE m.key = $key
RETURN d.id AS id, coalesce(d.title, d.origin, d.id) AS title, m.aliases AS aliases ORDER BY id
"""
_TOGETHER = """
MATCH (:Organization {id: $a})<-[:MENTIONS]-(d:Document)
MATCH (d)-[:MENTIONS]->(:Organization {id: $b})
RETURN DISTINCT d.id AS id, coalesce(d.title, d.origin, d.id) AS title ORDER BY id LIMIT 5
"""
_SEAT = """
MATCH (o:Organization {id: $id}) RETURN o.region AS region, o.region_ground AS ground
"""
_SEATED = """
MATCH (o:Organization {id: $id})<-[m:MENTIONS]-(d:Document)
WHERE m.region STARTS WITH $region OR $region STARTS WITH m.region
RETURN DISTINCT coalesce(d.title, d.origin, d.id) AS title, m.region_ground AS ground, m.region_sentence AS sentence
ORDER BY title, sentence LIMIT 5
"""
_DECIDED = """
MATCH (d:Decision {pair: $pair}) WHERE d.verdict = $verdict
RETURN d.author AS author, d.date AS date, d.because AS because
"""
_CONTESTED = """
MATCH (n:Alias)-[r:NAMES]->(o:Organization) WHERE r.as IN ['name', 'alias', 'short']
WITH n, collect(DISTINCT o.name) AS names WHERE size(names) > 1 RETURN n.text AS form, names ORDER BY form
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An organization of the store that a text names."""

    id: str
    name: str


SEATS = {
    "given": "rows of facts say so",
    "name": "its name says so",
    "register": "a register has it there",
    "text": "an article says so",
}
"""What to say of each ground of a region."""


def find_organization(store: Store, text: str) -> Found:
    """The one organization that ``text`` names: by name first, else by another form.

    Raises:
        DataError: None has it, or several.
    """
    try:
        rows = store.run(_FIND, {"text": fold_name(text)})
    except ValueError as error:
        raise DataError("an organization's name is needed; a blank one was given") from error
    named = {str(row["id"]): str(row["name"]) for row in rows if row["as"] == "name"}
    others = {str(row["id"]): str(row["name"]) for row in rows}
    found = named or others
    if not found:
        raise DataError(f"no organization in {store.url} is called {text!r}; give its name as it is written there")
    if len(found) > 1:
        raise DataError(f"{text!r} may be {' or '.join(sorted(found.values()))}; give a full name")
    ((key, name),) = found.items()
    return Found(id=key, name=name)


def name_to_decide(store: Store, text: str) -> str:
    """The name that a person means by ``text`` in a decision: itself where it is a name, else that of its one owner."""
    rows = store.run(_FIND, {"text": fold_name(text)})
    owners = {str(row["name"]) for row in rows}
    return owners.pop() if len(owners) == 1 and all(row["as"] != "name" for row in rows) else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One reason, in a sentence, and the documents that give it."""

    sentence: str
    documents: tuple[str, ...] = ()


def why(store: Store, one: str, other: str) -> tuple[bool, tuple[Ground, ...]]:
    """Whether two texts name one organization of the store, and the grounds for it or against it.

    Raises:
        DataError: A text names no organization, or several.
    """
    a, b = find_organization(store, one), find_organization(store, other)
    if a.id == b.id:
        return True, _grounds_for(store, a)
    return False, tuple(_grounds_against(store, a, b))


def seat_ground(store: Store, text: str) -> Ground | None:
    """Where the organization sits that ``text`` names, how that is known, and the documents that say so, if any.

    Raises:
        DataError: ``text`` names no organization, or several.
    """
    found = find_organization(store, text)
    (row,) = store.run(_SEAT, {"id": found.id})
    if row["region"] is None:
        return None
    region, ground = str(row["region"]), str(row["ground"])
    saying = store.run(_SEATED, {"id": found.id, "region": region}) if ground in ("given", "text") else []
    return Ground(
        sentence=f"{found.name} is in {region_name(region)} ({region}): {SEATS.get(ground, 'not said how')}",
        documents=tuple(
            f"{said['title']}: {said['sentence']}" if said["sentence"] else str(said["title"])
            for said in saying
            if (said["ground"] == "text") == (ground == "text")
        ),
    )


def _grounds_for(store: Store, organization: Found) -> tuple[Ground, ...]:
    rows = store.run(_MEMBERS, {"id": organization.id})
    spelled = {str(row["key"]): Name.from_counts(str(row["key"]), str(row["counts"])).spelling for row in rows}
    grounds: list[Ground] = []
    for row in rows:
        for line in cast(Sequence[str], row["joins"] or ()):
            join = Join.from_line(line)
            other = spelled.get(join.other, join.other)
            reason = GROUNDS[join.ground].format(form=join.form, other=other)
            saying: tuple[str, ...] = ()
            if join.ground == "alias":
                saying = tuple(
                    str(document["title"])
                    for document in store.run(_SAYING, {"id": organization.id, "key": join.other})
                    if join.form in map(fold_name, cast(Sequence[str], document["aliases"] or ()))
                )
            elif join.ground == "decision":
                saying = tuple(_decided(store, "same", spelled[str(row["key"])], other))
            sentence = f"{spelled[str(row['key'])]} is {organization.name}: {reason}"
            grounds.append(Ground(sentence=sentence, documents=saying))
    none = Ground(sentence=f"names of {organization.name} in one document, or spellings of one name")
    return tuple(grounds) or (none,)


def _grounds_against(store: Store, a: Found, b: Found) -> list[Ground]:
    grounds: list[Ground] = []
    decided = tuple(_decided(store, "different", a.name, b.name))
    if decided:
        grounds.append(Ground(sentence="decided to be different", documents=decided))
    together = tuple(str(row["title"]) for row in store.run(_TOGETHER, {"a": a.id, "b": b.id}))
    if together:
        grounds.append(Ground(sentence="a document lists both side by side", documents=together))
    if conflicting(entries_of(fold_name(a.name)), entries_of(fold_name(b.name))):
        grounds.append(Ground(sentence="a register has an entry for each"))
    elif forbids(a.name, b.name):
        grounds.append(Ground(sentence="names like these are never joined: a part, a branch, a sibling, another place"))
    for text in sorted({fold_name(a.name), fold_name(b.name)}):
        if relative(text):
            grounds.append(Ground(sentence=f"{text} means another body in another town"))
    return grounds or [Ground(sentence="no document, register or lawful short form says that they are one")]


def _decided(store: Store, verdict: str, one: str, other: str) -> list[str]:
    pair = pair_key(*sorted((fold_name(one), fold_name(other))))
    rows = store.run(_DECIDED, {"pair": pair, "verdict": verdict})
    return [f"{row['author']}, {row['date']}: {row['because']}" for row in rows]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A folded form that names several organizations, by their names."""

    form: str
    names: tuple[str, ...]


def review(store: Store) -> tuple[Contested, ...]:
    """The forms that fit several organizations, and that a person may decide on, in their order."""
    return tuple(
        Contested(form=str(row["form"]), names=tuple(sorted(cast(list[str], row["names"]))))
        for row in store.run(_CONTESTED)
        if not relative(str(row["form"]))
    )
