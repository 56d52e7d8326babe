"""Shards → each document once, and each name once with what all documents say under it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import numpy as np

from extract.errors import DataError
from graph.facts import Problem
from graph.facts.lines import read_lines
from graph.identity import Appearance, Name
from graph.rows import Article, Fact, article
from graph.scale.components import Links, links_of
from graph.scale.seam import whole, whole_bytes
from graph.scale.spread import Spread, bucket_of, read_spread
from graph.scale.steps import Place, Step
from graph.stores import Value


def spread_articles(place: Place, step: Step) -> None:
    """Shards → their documents, by id."""
    spread, failed = Spread(place.buckets), 0

    def count(problem: Problem) -> None:
        nonlocal failed
        failed += 1

    for path in step.given:
        for imported in read_lines(Path(path), count):
            try:
                read = article(imported.extraction, imported.lines)
            except DataError:
                failed += 1
                continue
            spread.add(bucket_of(read.id, place.buckets), to_row(read))
    with whole(place.file("failed", step.number)) as file:
        file.write(str(failed))
    spread.write(step.target)


def keep_articles(place: Place, step: Step) -> None:
    """Documents by id → each id once; what they say of names, by key.

    Of two documents with one id the one whose origin comes first stays, as ``Loader.add`` has it.
    """
    kept: dict[str, Any] = {}
    for row in read_spread(place.files("documents"), step.number):
        held = kept.get(row["id"])
        if held is None or (row["properties"]["origin"] or "") <= (held["properties"]["origin"] or ""):
            kept[row["id"]] = row
    names: dict[str, Name] = {}
    for row in kept.values():
        for said in row["said"]:
            names.setdefault(said["key"], Name(key=said["key"])).add(Appearance.from_properties(said))
    spread = Spread(place.buckets)
    for key, name in names.items():
        spread.add(bucket_of(key, place.buckets), [key, name.counts()])
    with whole(place.file("articles", step.number)) as file:
        for row in kept.values():
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    spread.write(step.target)


def count_names(place: Place, step: Step) -> None:
    """What documents say of names, by key → each name once, and what it is connected by."""
    names: dict[str, Name] = {}
    for key, counts in read_spread(place.files("said"), step.number):
        found = Name.from_counts(key, counts)
        if key in names:
            names[key].absorb(found)
        else:
            names[key] = found
    with whole_bytes(place.file("links", step.number)) as file:
        np.savez(file, **asdict(links_of(list(names.values()))))
    with whole(step.target) as out:
        for key, name in names.items():
            out.write(json.dumps([key, name.counts()], ensure_ascii=False) + "\n")


def read_names(place: Place, number: int) -> Iterator[Name]:
    """The names of a bucket."""
    with place.file("names", number).open("rb") as lines:
        for line in lines:
            yield Name.from_counts(*json.loads(line))


def read_links(place: Place, number: int) -> Links:
    """What the names of a bucket are connected by."""
    with np.load(place.file("links", number)) as found:
        return Links(**{name: found[name] for name in ("texts", "forms", "entries")})


def read_articles(place: Place, number: int) -> Iterator[Article]:
    """The documents of a bucket."""
    with place.file("articles", number).open("rb") as lines:
        for line in lines:
            yield from_row(json.loads(line))


def to_row(read: Article) -> Mapping[str, Any]:
    """An article as a JSON object."""
    return {
        "id": read.id,
        "properties": read.properties,
        "said": [appearance.properties() for appearance in read.appearances.values()],
        "facts": [[fact.id, fact.kind, fact.source, fact.target, fact.properties] for fact in read.facts],
    }


def from_row(row: Mapping[str, Any]) -> Article:
    """The article of which ``to_row`` made that object."""
    said = [Appearance.from_properties(cast(Mapping[str, Value], each)) for each in row["said"]]
    return Article(
        id=row["id"],
        properties=row["properties"],
        appearances={appearance.key: appearance for appearance in said},
        facts=tuple(
            Fact(id=identity, kind=kind, source=source, target=target, properties=properties)
            for identity, kind, source, target, properties in row["facts"]
        ),
    )
