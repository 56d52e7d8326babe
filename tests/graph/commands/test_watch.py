"""A watched folder."""

from pathlib import Path

from click.testing import CliRunner

from graph.commands.watch import command
from graph.stores import open_store

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
