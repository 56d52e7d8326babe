"""One batch is one transaction."""

import json
from pathlib import Path
from typing import Any

import pytest

from graph.digest import digest
from graph.errors import StoreError
from graph.facts.lines import read_row
from graph.load import Loader
from graph.rows import Article, article
from graph.schema import ensure_schema
from graph.stores import Row, Store, Value


def read(row: dict[str, Any]) -> Article:
    imported = read_row(json.dumps(row, ensure_ascii=False), print, path=Path("facts.jsonl"), number=1)
    return article(imported.extraction, imported.lines)


def numbers(count: int) -> list[str]:
    return ["".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{number:03d}") for number in range(count)]


def fact(identity: str, source: str, target: str, *, aliases: tuple[str, ...] = ()) -> Article:
    row = {
        "id": identity,
        "organizations": [{"name": source, "aliases": aliases}, {"name": target}],
        "collaborations": [{"source": source, "target": target, "kind": "supply"}],
    }
    return read(row)


ONE = fact("d1", "青禾微", "蓝湾大学")
TWO = fact("d2", "青禾微电子有限公司", "蓝湾大学", aliases=("青禾微",))


def test_a_batch_that_fails_leaves_the_store_as_it_was(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it fails; the same loader adds it afterwards, as if nothing had been."""
    ensure_schema(store)
    Loader(store).add([ONE, TWO])
    wanted = digest(store)
    Loader(store).retract(["d2"])
    before = digest(store)
    loader = Loader(store)
    transact = store.transact
    for last in (1, 4, 9):

        def failing(work, last=last):  # type: ignore[no-untyped-def]
            def broken(run):  # type: ignore[no-untyped-def]
                left = [last]

                def some(query: str, parameters: dict[str, Value]) -> list[Row]:
                    left[0] -= 1
                    if left[0] < 0:
                        raise StoreError("the connection was lost")
                    rows: list[Row] = run(query, parameters)
                    return rows

                return work(some)

            return transact(broken)

        monkeypatch.setattr(store, "transact", failing)
        with pytest.raises(StoreError):
            loader.add([TWO])
        monkeypatch.undo()
        assert digest(store) == before
    loader.add([TWO])
    assert digest(store) == wanted


def test_a_form_of_many_names_asks_for_few_pairs(embedded_store: Store) -> None:
    """Of 700 organizations that share a short form, and so are one group, no step of a later batch lists all pairs."""
    row = {"id": "many", "organizations": [{"name": f"{it}华瑞有限公司", "aliases": ["华瑞"]} for it in numbers(700)]}
    ensure_schema(embedded_store)
    Loader(embedded_store).add([read(row)])
    Loader(embedded_store).add([fact("e1", "华瑞", "蓝湾大学"), ONE])
    Loader(embedded_store).add([fact("e2", "华瑞", "青禾大学"), TWO])
    found = embedded_store.run("MATCH (:Alias {text: '华瑞'})-[:NAMES]->(o) RETURN count(o) AS n")
    assert found == [{"n": 701}]
    assert embedded_store.run("MATCH (o:Organization) RETURN count(o) AS n") == [{"n": 700 + 4}]


def test_a_claim_is_about_the_organizations_it_names(store: Store) -> None:
    """Each of many claims of a document leads to those of its names, whatever the place at which it lists them."""
    names = [f"{number}{tail}" for number in numbers(400) for tail in ("光电", "大学")]
    claims = [
        {"source": names[at], "target": names[(at * 7 + 1) % len(names)], "kind": "supply"} for at in range(1, 800, 3)
    ]
    row = {"id": "many", "organizations": [{"name": name} for name in names], "collaborations": claims}
    ensure_schema(store)
    Loader(store).add([read(row)])
    found = store.run("""
        MATCH (e:Evidence)-[:SOURCE]->(:Organization)<-[:OF]-(s:Name) WHERE s.id = e.source_key
        MATCH (e)-[:TARGET]->(:Organization)<-[:OF]-(t:Name) WHERE t.id = e.target_key RETURN count(e) AS n""")
    assert found == [{"n": len(claims)}]


def test_an_old_id_leads_to_the_organization(store: Store) -> None:
    """A longer name takes the organization over; the id that it had before still finds it."""
    ensure_schema(store)
    Loader(store).add([ONE])
    ((former,),) = [row.values() for row in store.run("MATCH (o:Organization {name: '青禾微'}) RETURN o.id")]
    Loader(store).add([TWO])
    found = store.run("MATCH (:Name {id: $id})-[:OF]->(o:Organization) RETURN o.name AS name", {"id": former})
    assert found == [{"name": "青禾微电子有限公司"}]
    assert store.run("MATCH (o:Organization {name: '青禾微'}) RETURN o") == []


def test_a_document_under_one_id_is_replaced_by_its_own_place_alone(store: Store) -> None:
    """Read again from one place it is replaced; of two places the first in order stays, whichever came first."""
    ensure_schema(store)
    again = fact("d1", "远山集团", "蓝湾大学")
    loader = Loader(store)
    assert loader.add([ONE]).added == 1
    assert loader.add([again]).replaced == 1
    assert loader.add([again]).unchanged == 1
    names = store.run("MATCH (o:Organization) RETURN o.name AS name ORDER BY name")
    assert [row["name"] for row in names] == sorted(["蓝湾大学", "远山集团"])
