"""A second build reads again only what changed, and takes out what is no longer said."""

import itertools
import signal
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from extract.ingest import Ingested
from graph.build import build_graph
from graph.schema import ensure_schema
from graph.stores import Result, Store, Transaction, open_store

FIRST = "青禾微电子有限公司与蓝湾大学联合研发新型传感器。"
SECOND = "远山集团有限公司与蓝湾大学签署战略合作协议。"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two articles and an empty file."""
    path = tmp_path / "articles"
    path.mkdir()
    (path / "a.txt").write_text(FIRST, encoding="utf-8")
    (path / "b.txt").write_text(SECOND, encoding="utf-8")
    (path / "c.txt").write_text("", encoding="utf-8")
    return path


def read_again(folder: Path, store: Store) -> tuple[list[str], tuple[int, int, int, int]]:
    """The names of the files that a build reads, and what it did to documents."""
    read: list[str] = []

    def follow(items: object) -> object:
        for item in items:  # type: ignore[attr-defined]
            assert isinstance(item, Ingested)
            if item.report.outcome != "unchanged":
                read.append(Path(item.report.file).name)
            yield item

    report = build_graph([folder], store, follow=follow)  # type: ignore[arg-type]
    counts = report.counts
    assert len(report.problems) == 1
    return read, (counts.added, counts.replaced, counts.unchanged, counts.retracted)


def names(store: Store) -> set[object]:
    """The organizations of the store."""
    return {row["name"] for row in store.run("MATCH (o:Organization) RETURN o.name AS name")}


def test_only_what_changed_is_read_again(folder: Path, tmp_path: Path) -> None:
    """Unchanged files are not read, unreadable ones tried again, and what a changed file no longer says goes."""
    with open_store(str(tmp_path / "store")) as store:
        assert read_again(folder, store) == (["a.txt", "b.txt", "c.txt"], (2, 0, 0, 0))
        assert read_again(folder, store) == (["c.txt"], (0, 0, 2, 0))
        (folder / "b.txt").write_text(SECOND.replace("远山", "近水"), encoding="utf-8")
        assert read_again(folder, store) == (["b.txt", "c.txt"], (1, 0, 1, 1))
        assert not {"远山集团有限公司"} & names(store)
        assert {"近水集团有限公司", "青禾微电子有限公司"} <= names(store)
        assert read_again(folder, store) == (["c.txt"], (0, 0, 2, 0))


def test_a_build_that_is_stopped_keeps_what_it_has_read(folder: Path, tmp_path: Path) -> None:
    """At Ctrl-C the documents that are in no transaction yet are written; the next build goes on behind them."""

    def stopped(items: Iterable[Ingested]) -> Iterator[Ingested]:
        yield from itertools.islice(items, 2)
        raise KeyboardInterrupt

    with open_store(str(tmp_path / "store")) as store:
        with pytest.raises(KeyboardInterrupt):
            build_graph([folder], store, follow=stopped)
        assert {"青禾微电子有限公司", "远山集团有限公司"} <= names(store)
        assert read_again(folder, store) == (["b.txt", "c.txt"], (0, 0, 2, 0))


def test_a_build_that_is_stopped_while_it_writes_writes_to_the_end(folder: Path, tmp_path: Path) -> None:
    """Ctrl-C waits for the transaction, and is heard behind it."""
    with open_store(str(tmp_path / "store")) as store:
        transact = store.transact

        def stopped(work: Callable[[Transaction], Result]) -> Result:
            if names(store) == set():
                signal.raise_signal(signal.SIGINT)
            return transact(work)

        ensure_schema(store)
        store.transact = stopped  # type: ignore[method-assign]  # the place where a person presses Ctrl-C
        with pytest.raises(KeyboardInterrupt):
            build_graph([folder], store)
        assert {"青禾微电子有限公司", "远山集团有限公司"} <= names(store)


def test_a_retracted_document_comes_back_with_the_next_build(folder: Path, tmp_path: Path) -> None:
    """Its file counts as not read."""
    from graph.load import Loader, documents_of

    with open_store(str(tmp_path / "store")) as store:
        read_again(folder, store)
        Loader(store).retract(documents_of(store, [str(folder / "a.txt")]))
        assert read_again(folder, store) == (["a.txt", "c.txt"], (1, 0, 1, 0))
