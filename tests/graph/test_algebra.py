"""What a store holds depends on the documents alone: not on their order, their batches, or what came and went."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.records import Span
from graph.decisions import Decision
from graph.digest import differences, digest
from graph.facts.lines import read_row
from graph.load import Loader
from graph.rows import Article, article
from graph.schema import ensure_schema
from graph.stores import Store

NAMES = (
    "青禾微电子有限公司",
    "青禾微电子",
    "青禾",
    "蓝湾大学",
    "蓝大",
    "Lanwan University",
    "浙江大学",
    "浙大",
    "市科技局",
)
KINDS = ("supply", "joint_rd", "part_of")


def document(identity: str, organizations: Sequence[Any], claims: Sequence[Any]) -> Article:
    """The article of a row of facts: (name, kind, aliases, region) and (source, target, kind, status, date).

    A region with "text " before it is what the text says, and not the row.
    """
    told = {name: region[5:] for name, _, _, region in organizations if region and region.startswith("text ")}
    row = {
        "id": identity,
        "organizations": [
            {
                "name": name,
                "kind": kind,
                "aliases": sorted(aliases - {name}),
                "region": None if name in told else region,
            }
            for name, kind, aliases, region in organizations
        ],
        "collaborations": [
            {"source": source, "target": target, "kind": kind, "status": status, "date": date}
            for source, target, kind, status, date in claims
            if source != target and kind != "part_of"
        ],
        "part_of": [{"child": a, "parent": b} for a, b, kind, _, _ in claims if a != b and kind == "part_of"],
    }
    imported = read_row(json.dumps(row, ensure_ascii=False), print, path=Path("facts.jsonl"), number=1)
    stated = tuple(
        replace(one, region=told[one.name], region_ground="text", region_sentence=Span(0, 2))
        if one.name in told
        else one
        for one in imported.extraction.organizations
    )
    return article(replace(imported.extraction, organizations=stated), imported.lines)


names = st.sampled_from(NAMES)
organizations = st.lists(
    st.tuples(
        names,
        st.sampled_from(["enterprise", "university"]),
        st.sets(names, max_size=2),
        st.sampled_from([None, None, None, "3205", "320585", "11", "text 3205", "text 320585", "text 31"]),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one[0],
)
claims = st.lists(
    st.tuples(
        names,
        names,
        st.sampled_from(KINDS),
        st.sampled_from(["active", "planned", "ended", "negated"]),
        st.sampled_from([None, "2023", "2024-05"]),
    ),
    max_size=3,
)
documents = st.lists(st.tuples(organizations, claims), min_size=1, max_size=6).map(
    lambda drawn: [document(f"d{number}", *one) for number, one in enumerate(drawn)]
)
decisions = st.lists(
    st.tuples(st.sampled_from(["same", "different"]), st.sampled_from([2, 1]), names, names).filter(
        lambda drawn: drawn[2] != drawn[3]
    ),
    max_size=2,
).map(
    lambda drawn: [
        Decision(verdict=verdict, a=a, b=b, because="of its seal", author="reader", date=f"2024-05-0{day}")
        for verdict, day, a, b in drawn
    ]
)


def emptied(store: Store) -> Store:
    store.run("MATCH (n) WHERE NOT n:Schema DETACH DELETE n", write=True)
    ensure_schema(store)
    return store


def built(store: Store, batches: Sequence[Sequence[Article]], decided: Sequence[Decision] = ()) -> str:
    """The digest after the batches, each added by a run of its own."""
    emptied(store)
    for batch in batches:
        loader = Loader(store)
        loader.decide(decided)
        loader.add(batch)
    return digest(store)


checks = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
rigor = settings(max_examples=20, deadline=None, suppress_health_check=checks)
brief = settings(rigor, max_examples=6)  # a Neo4j takes a second for each


def cut(documents: Sequence[Article], cuts: set[int]) -> list[Sequence[Article]]:
    edges = [0, *sorted(at for at in cuts if at < len(documents)), len(documents)]
    return [documents[a:b] for a, b in pairwise(edges)]


@rigor
@given(documents=documents, decided=decisions, order=st.randoms(use_true_random=False), cuts=st.sets(st.integers(1, 5)))
def test_any_order_and_any_split_is_one_run(
    embedded_store: Store, documents: list[Article], decided: list[Decision], order: Any, cuts: set[int]
) -> None:
    """Shuffled documents in any batches, by one run or several, give what one run gives; twice is once."""
    store = embedded_store
    whole = built(store, [documents], decided)
    batches = cut(order.sample(documents, len(documents)), cuts)
    assert built(store, [*batches, documents], decided) == whole
    loader = Loader(emptied(store))
    for batch in batches:
        loader.add(batch)
    loader.decide(decided)
    assert digest(store) == whole


@rigor
@given(documents=documents, decided=decisions)
def test_add_and_retract_is_before(embedded_store: Store, documents: list[Article], decided: list[Decision]) -> None:
    """What came and went leaves nothing behind; what else supports a collaboration keeps it."""
    store, half = embedded_store, len(documents) // 2
    before = built(store, [documents[:half]], decided)
    loader = Loader(store)
    loader.add(documents)
    loader.retract([one.id for one in documents[half:]])
    assert digest(store) == before
    Loader(store).retract([one.id for one in documents])
    assert store.run("MATCH (n) WHERE NOT n:Schema AND NOT n:Decision RETURN count(n) AS n") == [{"n": 0}]


@settings(rigor, max_examples=6)
@given(documents=documents, more=documents, decided=decisions)
def test_filling_a_store_is_adding(
    embedded_store: Store, documents: list[Article], more: list[Article], decided: list[Decision]
) -> None:
    """A first batch written at once is one written by statements, and so is what is added and retracted after it."""
    more = [document for document in more if document.id not in {one.id for one in documents}]
    store = embedded_store
    whole = built(store, [documents, more], decided)
    loader = Loader(emptied(store), filling=0)
    loader.decide(decided)
    loader.add(documents)
    loader.add(more)
    assert digest(store) == whole
    Loader(store).retract([one.id for one in more])
    assert digest(store) == built(store, [documents], decided)


@brief
@given(documents=documents, decided=decisions, order=st.randoms(use_true_random=False), cuts=st.sets(st.integers(1, 5)))
def test_both_stores_hold_the_same(
    embedded_store: Store,
    neo4j_store: Store,
    documents: list[Article],
    decided: list[Decision],
    order: Any,
    cuts: set[int],
) -> None:
    """The digest does not tell which store a graph is on, nor by what way it came there."""
    half = documents[: len(documents) // 2]
    whole = built(embedded_store, [documents], decided)
    assert built(neo4j_store, cut(order.sample(documents, len(documents)), cuts), decided) == whole
    assert list(differences(embedded_store, neo4j_store)) == []
    before = built(embedded_store, [half], decided)
    Loader(neo4j_store).retract([one.id for one in documents[len(half) :]])
    assert digest(neo4j_store) == before
