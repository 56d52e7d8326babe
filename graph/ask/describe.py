"""A reading → one line that says it back, in the language of the question."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from extract.lang import load_language
from extract.ontology import load_ontology
from graph.ask.reading import Reading

_TABLES = ("understood", "conditions", "words", "totals", "says", "examples", "prompt")


@cache
def phrases(code: str) -> Mapping[str, Any]:
    """The phrases of a language, by table."""
    return load_language(code).table("answers", _TABLES)


def label(kind: str, code: str) -> str:
    """The label of a kind of organizations or claims in a language."""
    ontology = load_ontology()
    known = ontology.organizations.get(kind) or ontology.collaborations.get(kind) or ontology.structures.get(kind)
    return known.label.get(code, kind) if known else kind


def describe(reading: Reading) -> str:
    """What the question was understood as, in its language, in one line."""
    code = reading.language
    said = phrases(code)
    words = said["words"]
    names = [name.organizations[0].name if len(name.organizations) == 1 else name.text for name in reading.names]
    of = f" ({names[0]})" if names else ""
    kinds = words["or"].join(label(kind, code) for kind in reading.kinds) or words["organizations"]
    if reading.intent == "rank" and not reading.kinds:
        kinds = words["partners"]
    intent = reading.intent
    key = (
        "via_person"
        if intent == "via" and reading.person
        else "why_one"
        if intent == "why" and len(names) == 1
        else intent
    )
    status = words[reading.status] if reading.status else ""
    head = said["understood"][key].format(
        a=names[0] if names else "",
        b=names[1] if len(names) > 1 else "",
        kinds=kinds,
        of=of,
        person=reading.person,
        top=reading.top,
        among=words["or"].join(label(kind, code) for kind in reading.among) or words["organizations"],
        status=status,
    )
    return (
        "；".join([head, *_conditions(reading, names)])
        if code == "zh"
        else "; ".join([head, *_conditions(reading, names)])
    )


def _conditions(reading: Reading, names: list[str]) -> Iterable[str]:
    code = reading.language
    said, words = phrases(code)["conditions"], phrases(code)["words"]
    if reading.relations:
        relation = words["or"].join(label(kind, code) for kind in reading.relations)
        key: str = reading.side or "relation"
        key = f"ranked_{key}" if reading.side and not names else key
        yield said[key].format(relation=relation, a=names[0] if names else "")
    if reading.status and reading.intent != "status":
        yield said["status"].format(status=words[reading.status])
    if reading.years:
        first, last = reading.years
        yield said["years"].format(first=first or "", last=last or "")
    if reading.region:
        yield said["region"].format(region=reading.region)
    if reading.intent == "pairs" and reading.kinds:
        yield said["between"].format(kinds=words["and"].join(label(kind, code) for kind in reading.kinds))
    if reading.with_parts:
        yield said["with_parts"]
    for name in reading.names:
        if not name.exact and len(name.organizations) == 1:
            yield said["read_as"].format(text=name.text, name=name.organizations[0].name)
    if reading.passed_over:
        yield said["passed_over"].format(words=words["and"].join(reading.passed_over))
