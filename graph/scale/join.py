"""All names → organizations: groups that might be one, labelled at once, each joined by ``merge_group``."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.decisions import Decision
from graph.identity import Name
from graph.known import texts_of
from graph.merge import Index, merge_group
from graph.scale.components import label
from graph.scale.emit import Writer, alias_row
from graph.scale.gather import read_articles, read_links, read_names
from graph.scale.seam import whole, whole_bytes
from graph.scale.spread import Spread, bucket_of, read_spread
from graph.scale.steps import Place, Step, Tally
from graph.transfer import Edge, Node
from graph.write import label as kind_label
from graph.write import named, properties


def label_groups(place: Place) -> int:
    """Work out, in this process, the group of every name; gives back how many edges connect them.

    ``groups`` then holds the group of each name of a bucket, and ``shared`` the keys of names that are not alone in
    theirs, sorted, each with its group.
    """
    links = [read_links(place, number) for number in range(place.buckets)]
    decided = [decision.pair for decision in place.decisions if decision.verdict == "same"]
    groups, edges = label(links, decided)
    sizes = np.bincount(np.concatenate(groups))
    keys, at = [], []
    for number, found in enumerate(groups):
        with whole_bytes(place.file("groups", number)) as file:
            np.save(file, found)
        many = sizes[found] > 1
        keys.append(np.array([name.key for name in read_names(place, number)], dtype="S20")[many])
        at.append(found[many])
    order = np.argsort(np.concatenate(keys), kind="stable")
    with whole_bytes(place.file("shared", 0)) as file:
        np.savez(file, keys=np.concatenate(keys)[order], groups=np.concatenate(at)[order])
    return edges


def spread_groups(place: Place, step: Step) -> None:
    """Names, and those of one group that a document lists side by side, by group."""
    spread = Spread(place.buckets)
    groups: NDArray[np.int64] = np.load(place.file("groups", step.number))
    for name, group in zip(read_names(place, step.number), groups.tolist(), strict=True):
        spread.add(group % place.buckets, [group, name.key, name.counts()])
    shared = Shared.read(place)
    beside: set[tuple[int, tuple[str, ...]]] = set()
    for article in read_articles(place, step.number):
        listed: dict[int, list[str]] = defaultdict(list)
        for key, group in shared.groups_of(sorted(article.appearances)).items():
            listed[group].append(key)
        beside.update((group, tuple(keys)) for group, keys in listed.items() if len(keys) > 1)
    for group, some in sorted(beside):
        spread.add(group % place.buckets, [group, some])
    spread.write(step.target)


def join_groups(place: Place, step: Step) -> None:
    """Groups → organizations: their nodes and names, the forms that lead to them, and where each name is."""
    names: dict[int, list[Name]] = defaultdict(list)
    beside: dict[str, set[int]] = defaultdict(set)
    for number, (group, *rest) in enumerate(read_spread(place.files("grouped"), step.number)):
        if len(rest) == 2:
            names[group].append(Name.from_counts(*rest))
        else:
            for key in rest[0]:
                beside[key].add(number)
    deciding: dict[str, list[Decision]] = defaultdict(list)
    for decision in place.decisions:
        for text in decision.pair:
            deciding[text].append(decision)
    writer, spread = Writer(place, "organizations", step.number), Spread(place.buckets)
    with whole(place.file("homes", step.number)) as homes:
        for _, group in sorted(names.items()):
            decisions = {one.pair: one for name in group for one in deciding.get(name.text, ())}
            merged = merge_group(
                group,
                apart=lambda one, other: not beside[one].isdisjoint(beside[other]),
                decisions=[decisions[pair] for pair in sorted(decisions)],
            )
            by_key, index = {name.key: name for name in group}, Index(group)
            for one in merged:
                identity = one.organization.id
                writer.add(
                    Node(
                        label="Organization",
                        key=identity,
                        labels=tuple(sorted(("Organization", kind_label(one.organization.kind)))),
                        properties=properties(one.organization),
                        edges=(),
                    )
                )
                for key, joins in one.members.items():
                    said = named(by_key[key], joins)
                    home = Edge(type="OF", label="Organization", key=identity, properties={})
                    writer.add(Node(label="Name", key=key, labels=("Name",), properties=said, edges=(home,)))
                    if key != identity:
                        homes.write(f"{key} {identity}\n")
                for text, what in texts_of(one, by_key, index).items():
                    spread.add(bucket_of(text, place.buckets), alias_row(text, what, identity))
    spread.write(place.file("aliases", step.number))
    counted = Tally(names=sum(map(len, names.values())), organizations=writer.count("Organization"))
    writer.close(counted, step.target)


@dataclass(frozen=True, slots=True)
class Shared:
    """The names that are not alone in their group: ``keys`` sorted, each with its group."""

    keys: NDArray[np.bytes_]
    groups: NDArray[np.int64]

    @classmethod
    def read(cls, place: Place) -> "Shared":
        """Those of the assembly at ``place``."""
        with np.load(place.file("shared", 0)) as found:
            return cls(found["keys"], found["groups"])

    def groups_of(self, keys: Sequence[str]) -> Mapping[str, int]:
        """The groups of those keys that are not alone."""
        if not keys or not len(self.keys):
            return {}
        asked = np.array(keys, dtype="S20")
        at = np.minimum(np.searchsorted(self.keys, asked), len(self.keys) - 1)
        found = self.keys[at] == asked
        return {key: int(self.groups[place]) for key, place, here in zip(keys, at, found, strict=True) if here}


def write_homes(place: Place) -> None:
    """Put where names are whose organization has another id into one table, which all jobs read."""
    rows = [line.split() for path in place.files("homes") for line in path.read_text().splitlines()]
    table = np.array(sorted(rows), dtype="S20").reshape(-1, 2)
    with whole_bytes(place.file("home", 0)) as file:
        np.save(file, table)
