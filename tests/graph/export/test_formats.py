"""Each export, read back by its format's own reader."""

import csv
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

from graph.build import build_graph
from graph.commands.export import FORMS
from graph.digest import digest
from graph.export import FORMATS
from graph.export.rows import collaborations, organizations
from graph.stores import Store, open_store
from graph.transfer import nodes_of

GOLD = Path(__file__).parents[3] / "data" / "gold.jsonl"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "collabgraph"
FTM = CACHE / "followthemoney" / "bin" / "python"
DATED = """source,kind,target,status,date
甲公司,invest,乙公司,active,2024
甲公司,supply,丙公司,ended,2023-05
乙公司,cooperate,丁大学,planned,2024-03-02
"""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The graph of the sample articles' gold and of three dated facts, in an embedded store."""
    dated = tmp_path_factory.mktemp("facts") / "dated.csv"
    dated.write_text(DATED, encoding="utf-8")
    with open_store(":memory:") as store:
        build_graph([GOLD, dated], store)
        yield store


def edges_of(store: Store) -> set[tuple[str, str, str]]:
    return {(row["source"], row["kind"], row["target"]) for row in collaborations(store)}


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_network_formats_keep_every_edge(form: str, sample: Store, tmp_path: Path) -> None:
    """networkx reads back all organizations and all collaborations, parallel ones apart, with names and sentences."""
    path = FORMATS[form](sample, tmp_path / f"graph.{form}")
    network = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[form](path)
    assert network.is_multigraph() or form == "gexf"
    assert set(network) == {row["id"] for row in organizations(sample)}
    found = {(source, data["kind"], target) for source, target, data in network.edges(data=True)}
    assert found == edges_of(sample)
    assert all(data["label"] for _, data in network.nodes(data=True))
    assert all(data["sentence"] for *_, data in network.edges(data=True))
    grounds = {row["id"]: row["region_ground"] for row in organizations(sample) if row["region_ground"]}
    assert grounds
    assert {node: data["region_ground"] for node, data in network.nodes(data=True) if "region" in data} == grounds


def test_gexf_is_dynamic(sample: Store, tmp_path: Path) -> None:
    """Gephi gets whole days: every date of a collaboration is padded to one."""
    text = FORMATS["gexf"](sample, tmp_path / "graph.gexf").read_text(encoding="utf-8")
    assert sorted(re.findall(r' start="([^"]+)"', text)) == ["2023-05-01", "2024-01-01", "2024-03-02"]
    assert sorted(re.findall(r' end="([^"]+)"', text)) == ["2023-05-28", "2024-03-02", "2024-12-31"]
    assert 'timeformat="date"' in text


def test_sheets_open_in_excel(sample: Store, tmp_path: Path) -> None:
    """Both sheets begin with the byte order mark and hold every row, with names beside ids."""
    folder = FORMATS["csv"](sample, tmp_path / "sheets")
    for name in ("organizations", "collaborations"):
        assert (folder / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (folder / "collaborations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["source"], row["kind"], row["target"]) for row in rows} == edges_of(sample)
    names = {row["id"]: row["name"] for row in organizations(sample)}
    assert all(row["source_name"] == names[row["source"]] for row in rows)


def test_jsonld_points_at_its_own_organizations(sample: Store, tmp_path: Path) -> None:
    """Every agent, participant and parent of the document is one of its organizations."""
    document = json.loads(FORMATS["jsonld"](sample, tmp_path / "graph.jsonld").read_text(encoding="utf-8"))
    graph = document["@graph"]
    actions = [node for node in graph if node["@type"] == "Action"]
    known = {node["@id"] for node in graph} - {node["@id"] for node in actions}
    assert len(known) == sum(1 for _ in organizations(sample))
    assert len(actions) == sum(1 for _ in collaborations(sample, structure=False))
    assert {action[end]["@id"] for action in actions for end in ("agent", "participant")} <= known
    assert {parent["@id"] for node in graph for parent in node.get("parentOrganization", [])} <= known


def test_entities_are_read_by_followthemoney(sample: Store, tmp_path: Path) -> None:
    """Every line is a valid entity of the model: followthemoney keeps all its properties when it cleans them."""
    if not FTM.exists():
        pytest.skip("followthemoney is not installed: tests/setup.sh could not build it (ICU headers)")
    path = FORMATS["ftm"](sample, tmp_path / "graph.ftm.json")
    script = """
import json, sys
from followthemoney import model
for line in open(sys.argv[1], encoding="utf-8"):
    given = json.loads(line)
    read = model.get_proxy(given, cleaned=False)
    assert read.schema.name == given["schema"]
    lost = {name for name in given["properties"] if not read.get(name)}
    assert not lost, (given, lost)
    print(read.id)
"""
    done = subprocess.run([FTM, "-c", script, path], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    expected = sum(1 for _ in organizations(sample)) + sum(1 for _ in collaborations(sample))
    assert len(done.stdout.split()) == expected


def test_hostile_text_is_legal_xml(tmp_path: Path) -> None:
    """Control characters, markup and formulas in a name break no format."""
    row = {
        "id": "hostile",
        "organizations": [
            {"name": "=cmd()\x07<b>&公司", "aliases": [], "kind": "enterprise"},
            {"name": "乙大学", "aliases": [], "kind": "university"},
        ],
        "collaborations": [
            {"source": "乙大学", "target": "=cmd()\x07<b>&公司", "kind": "cooperate", "status": "active"}
        ],
        "part_of": [],
    }
    facts = tmp_path / "facts.jsonl"
    facts.write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    with open_store(":memory:") as store:
        build_graph([facts], store)
        assert len(nx.read_graphml(FORMATS["graphml"](store, tmp_path / "g.graphml"))) == 2
        assert len(nx.read_gexf(FORMATS["gexf"](store, tmp_path / "g.gexf"))) == 2
        folder = FORMATS["csv"](store, tmp_path / "sheets")
        assert "'=cmd()" in (folder / "organizations.csv").read_text(encoding="utf-8-sig")
    shutil.rmtree(folder)


def test_the_command_offers_every_format() -> None:
    """The command's list, which imports nothing, is that of the package."""
    assert tuple(FORMATS) == FORMS


def test_cypher_script_makes_the_same_graph(sample: Store, neo4j_store: Store, tmp_path: Path) -> None:
    """Run line by line on an empty Neo4j, the script gives a graph of the same digest."""
    script = FORMATS["cypher"](sample, tmp_path / "graph.cypher").read_text(encoding="utf-8")
    for statement in script.splitlines():
        neo4j_store.run(statement.removesuffix(";"), write=True)
    assert digest(neo4j_store) == digest(sample)


def test_bulk_import_reads_every_file(sample: Store, neo4j_server: object, tmp_path: Path) -> None:
    """neo4j-admin imports all nodes and relationships, none of them bad."""
    folder = FORMATS["neo4j-import"](sample, tmp_path / "import")
    home = tmp_path / "home"
    (home / "conf").mkdir(parents=True)
    (home / "conf" / "neo4j.conf").touch()
    jars = sorted((CACHE).glob("neo4j-*/lib"))[-1]
    command = [
        "java",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        f"{jars}/*",
        "org.neo4j.cli.AdminTool",
        "database",
        "import",
        "full",
    ]
    done = subprocess.run(
        [*command, "neo4j", *(folder / "import.args").read_text(encoding="utf-8").split()],
        cwd=folder,
        env={**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    nodes = list(nodes_of(sample))
    assert re.search(rf"{len(nodes)} nodes", done.stdout)
    assert re.search(rf"{sum(len(node.edges) for node in nodes)} relationships", done.stdout)
