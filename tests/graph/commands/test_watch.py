"""A watched folder."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from graph.cli import main
from graph.commands import watch
from graph.commands.watch import command
from graph.schema import ensure_schema
from graph.stores import Store, open_store

TEXT = "青禾微电子有限公司与蓝湾大学联合研发新型传感器。"


def test_a_folder_is_read_and_read_again_when_it_changes(tmp_path: Path) -> None:
    """The first look reads all; a later watch reads only what is new."""
    folder, store = tmp_path / "articles", tmp_path / "store"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    arguments = [str(folder), "--store", str(store), "--looks", "2", "--every", "0.1"]
    first = CliRunner().invoke(command, arguments)
    assert first.exit_code == 0
    assert first.stderr.count("documents added") == 1
    (folder / "b.txt").write_text(TEXT.replace("青禾", "远山"), encoding="utf-8")
    assert "1 documents added" in CliRunner().invoke(command, arguments).stderr
    with open_store(str(store)) as opened:
        names = {row["name"] for row in opened.run("MATCH (o:Organization) RETURN o.name AS name")}
    assert {"青禾微电子有限公司", "远山微电子有限公司", "蓝湾大学"} <= names


def test_a_file_that_goes_before_it_is_read_ends_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and what else there is is read at the next look."""
    folder, store = tmp_path / "articles", tmp_path / "store"
    folder.mkdir()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    there = watch._states(folder)
    looks = iter([{**there, folder / "gone.txt": (0.0, 1)}, there])
    monkeypatch.setattr(watch, "_states", lambda _: next(looks))
    done = CliRunner().invoke(command, [str(folder), "--store", str(store), "--looks", "2", "--every", "0.1"])
    assert done.exit_code == 0
    assert "gone.txt" in done.stderr
    assert "1 documents added" in done.stderr


@pytest.mark.parametrize("arguments", [["watch", ".", "--looks", "1"], ["demo", "-o", "page.html"]])
def test_what_another_program_writes_is_not_written(
    arguments: list[str], neo4j_server: Any, neo4j_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One writer at a time, on a Neo4j too."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    place = ["--store", neo4j_server.url, "--user", neo4j_server.user, "--password", neo4j_server.password]
    ensure_schema(neo4j_store)
    with neo4j_store.claim():
        done = CliRunner().invoke(main, [*arguments, *place])
    assert done.exit_code == 2
    assert "writes there" in done.stderr
    assert not neo4j_store.run("MATCH (d:Document) RETURN d.id AS id")


def test_a_new_neo4j_is_written(neo4j_server: Any, neo4j_store: Store, tmp_path: Path) -> None:
    """Its constraints are made before it is claimed, else that of the claimed node would wait for the claim."""
    neo4j_store.run("DROP CONSTRAINT writer_id IF EXISTS", write=True)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    place = ["--store", neo4j_server.url, "--user", neo4j_server.user, "--password", neo4j_server.password]
    done = CliRunner().invoke(main, ["build", str(tmp_path), *place])
    assert done.exit_code == 0
    assert "1 added" in done.stderr
