"""The graph between a store and a page: reading it, cutting it down, writing it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from extract.ontology import load_ontology
from extract.records import Organization
from graph.ask.answer import Answer
from graph.ask.found import Found
from graph.ask.reading import Name
from graph.ask.reading import Organization as Named
from graph.cli import main
from graph.errors import QueryError
from graph.stores import Store, open_store
from graph.view import write_view
from graph.view.columns import edge_columns, organization_rows
from graph.view.narrow import find_organization, limit_graph, narrow_graph
from graph.view.page import build_network, render_page
from graph.view.read import read_graph, read_sentences, region_names
from graph.view.records import Article, Collaboration, Graph, Sentence

TEXT = "昆山鹿鸣传感为太仓衡山航空提供测试。"
CYPHER = """
CREATE (a:Organization {id: 'aaaaaaaaaa',
  name: '昆山鹿鸣传感', kind: 'enterprise', aliases: ['鹿鸣传感'], region: '320583'})
CREATE (b:Organization {id: 'bbbbbbbbbb',
  name: '太仓衡山航空', kind: 'enterprise', aliases: [], label: 'Hengshan Aviation'})
CREATE (c:Organization {id: 'cccccccccc', name: '衡山航空涂装厂', kind: 'enterprise', aliases: []})
CREATE (d:Document {id: 'd', title: '水听器', published: '2024-05', outlet: '鹿城日报', origin: 'a.txt'})
CREATE (a)-[:TECH_SERVICE {id: 'r',
  status: 'active', since: '2024-05', last: '2024-05', confidence: 0.9, reports: 1}]->(b)
CREATE (c)-[:PART_OF {id: 'p', status: 'active', confidence: 1.0}]->(b)
CREATE (:Alias {text: '鹿鸣传感'})-[:NAMES {as: 'alias'}]->(a), (:Alias {text: '鹿鸣所'})-[:NAMES {as: 'short'}]->(a)
CREATE (e:Evidence {id: 'e', kind: 'tech_service', collaboration: 'r', status: 'active',
  sentence: $text, start: 100,
  end: 118, spans: [100, 106, 107, 113, 115, 117],
  line: 4, method: 'rule', confidence: 0.9})
CREATE (e)-[:FROM]->(d) CREATE (e)-[:SOURCE]->(a) CREATE (e)-[:TARGET]->(b)
CREATE (n:Evidence {id: 'n', kind: 'supply', collaboration: 'x', status: 'negated', sentence: '没有供货。',
  start: 0, end: 5,
  spans: [300, 306], confidence: 0.8, method: 'rule'})
CREATE (n)-[:FROM]->(d) CREATE (n)-[:SOURCE]->(b) CREATE (n)-[:TARGET]->(a)
"""


def test_reads_what_a_store_holds(store: Store, tmp_path: Path) -> None:
    """Of either store: edges, structure, denials, and the marks counted from the start of the sentence."""
    store.run(CYPHER, {"text": TEXT}, write=True)
    graph = read_sentences(store, read_graph(store))
    assert [each.name for each in graph.organizations] == ["昆山鹿鸣传感", "太仓衡山航空", "衡山航空涂装厂"]
    (edge,) = graph.collaborations
    assert (edge.kind, edge.source, edge.target, edge.since, edge.reports) == (
        "tech_service", "aaaaaaaaaa", "bbbbbbbbbb", "2024-05", 1,
    )  # fmt: skip
    assert [each.kind for each in graph.structures] == ["part_of"]
    assert [(each.kind, each.status) for each in graph.denials] == [("supply", "negated")]
    said = {each.collaboration: each for each in graph.sentences}
    marks = [TEXT[slice(*stretch)] for stretch in (said["r"].source, said["r"].target, said["r"].trigger) if stretch]
    assert marks == ["昆山鹿鸣传感", "太仓衡山航空", "测试"]
    (row, *_) = organization_rows(graph.organizations, graph, load_ontology())
    assert row[8] == ["鹿鸣传感", ["鹿鸣所", "short"]], "a form comes with its ground, unless an article says so"
    assert said["x"].source is None, "a mention in another sentence is not marked in this one"
    assert graph.regions == {"320583": {"zh": "昆山", "en": "Kunshan"}}
    page = write_view(store, tmp_path / "page.html", focus="鹿鸣传感", hops=1)
    assert (len(page.organizations), page.graph.beyond) == (2, (1, 0))
    assert [each.collaboration for each in page.graph.sentences] == ["r", "x"]


def test_an_answer_shows_what_it_speaks_of(embedded_store: Store) -> None:
    """The page of an answer holds the asked organization and those found, and opens on the first."""
    embedded_store.run(CYPHER, {"text": TEXT}, write=True)
    asked, found = Named(id="bbbbbbbbbb", name="太仓衡山航空"), Named(id="aaaaaaaaaa", name="昆山鹿鸣传感")
    said = Answer(
        question="谁为衡山航空做测试？",
        verdict="answered",
        names=(Name(text="衡山航空", organizations=(asked,)),),
        rows=(Found(organizations=(found,)),),
    )
    page = said.view(embedded_store)
    assert [each.name for each in page.organizations] == ["昆山鹿鸣传感", "太仓衡山航空"]
    assert '"focus":1' in page.html
    nothing = Answer(question="", verdict="none", names=said.names)
    assert len(nothing.view(embedded_store).organizations) == 2


def test_command_writes_the_page(tmp_path: Path) -> None:
    """``collabgraph view`` says what it wrote; what a user can put right is one line and exit code 2."""
    with open_store(str(tmp_path / "store")) as store:
        store.run(CYPHER, {"text": TEXT}, write=True)
    run = CliRunner().invoke
    url, page = ["--store", str(tmp_path / "store")], tmp_path / "页 1.html"
    done = run(main, ["view", "-o", str(page), *url])
    assert (done.exit_code, "3 organizations, 1 collaborations" in done.stderr) == (0, True), done.output
    assert "昆山鹿鸣传感" in page.read_text(encoding="utf-8")
    for wrong in (["--focus", "无名"], ["--focus", "衡山"], ["--kind", "friendship"], ["--since", "soon"]):
        done = run(main, ["view", "-o", str(page), *url, *wrong])
        assert done.exit_code == 2, wrong
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_region_names() -> None:
    assert region_names(["310000", "3205", "999999"])["310000"] == {"zh": "上海", "en": "Shanghai"}
    assert "999999" not in region_names(["999999"])


@pytest.mark.parametrize("name", ["上海应用声学研究所", "声学所", "siaa", "Applied Acoustics"])
def test_focus_is_found_by_any_name(graph: Graph, name: str) -> None:
    assert find_organization(graph, name).name == "上海应用声学研究所"


@pytest.mark.parametrize(
    ("name", "says"), [("苏州", "2 organizations fit"), ("无名", "no organization"), ("  ", "blank")]
)
def test_focus_that_does_not_fit_says_why(graph: Graph, name: str, says: str) -> None:
    with pytest.raises(QueryError, match=says):
        find_organization(graph, name)


def test_narrowed_graphs_keep_their_sentences_only(graph: Graph) -> None:
    """Around one organization, of one kind, since a date: sentences and articles follow the edges."""
    focus = find_organization(graph, "声学所")
    near = narrow_graph(graph, focus=focus, hops=1)
    assert len(near.organizations) == 4
    assert all(edge.id in {each.collaboration for each in near.sentences} for edge in near.collaborations)
    assert [edge.kind for edge in narrow_graph(graph, kinds=["talent"]).collaborations] == ["talent"]
    since = narrow_graph(graph, since="2022-11")
    assert {edge.kind for edge in since.collaborations} == {"agreement", "membership"}, "an undated one stays"
    assert {edge.kind for edge in narrow_graph(graph, since="2022").collaborations} > {"talent"}


def test_of_too_many_the_best_connected_stay(graph: Graph) -> None:
    """Beyond the limit a page holds the edges among the best connected, and counts what it leaves out."""
    part = limit_graph(graph, most=4)
    assert len(part.collaborations) <= 4
    assert "上海应用声学研究所" in {each.name for each in part.organizations}
    assert len(part.organizations) + part.beyond[0] == len(graph.organizations)
    assert len(part.collaborations) + part.beyond[1] == len(graph.collaborations)
    assert limit_graph(graph, most=6) is graph


def test_pyvis_holds_every_edge(graph: Graph) -> None:
    """The network has a node an organization and an edge a collaboration or structure, parallel ones too."""
    network = build_network(graph)
    assert len(network.nodes) == len(graph.organizations)
    assert len(network.edges) == len(graph.collaborations) + len(graph.structures)
    pairs = [frozenset((edge["from"], edge["to"])) for edge in network.edges]
    assert len(pairs) > len(set(pairs))


def test_same_graph_same_bytes(graph: Graph) -> None:
    assert render_page(graph) == render_page(graph)


def test_marks_count_as_scripts_do() -> None:
    """A character beyond the first plane counts two in the page, one here."""
    article = Article(id="d")
    edge = Collaboration(id="c", source="a", target="b", kind="cooperate")
    sentence = Sentence(
        collaboration="c", article="d", text="𠮷甲与乙合作", source=(1, 2), target=(3, 4), trigger=(4, 6)
    )
    graph = Graph(
        organizations=tuple(Organization(id=each, name=each, kind="enterprise") for each in "ab"),
        collaborations=(edge,), sentences=(sentence,), articles=(article,),
    )  # fmt: skip
    _, said = edge_columns((edge,), graph, load_ontology())
    assert said["rows"] == [[1, 2, 3, 4, 5, 5, 7, 0, 0, 0, 0]]


def test_keys_are_as_short_as_they_can_be(graph: Graph) -> None:
    rows = organization_rows(graph.organizations, graph, load_ontology())
    assert len({row[0] for row in rows}) == len(rows)
    assert {len(str(row[0])) for row in rows} == {6}


def test_page_size(synthetic) -> None:
    """A collaboration and its share of the organizations cost at most 130 bytes, beside what its evidence takes."""
    graph = synthetic.synthetic_graph(2_000)
    bare = Graph(organizations=graph.organizations, collaborations=graph.collaborations, regions=graph.regions)
    empty = len(render_page(Graph()).encode())
    assert empty <= 300_000
    assert len(render_page(bare).encode()) - empty <= 130 * 2_000
