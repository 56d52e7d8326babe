"""Every table on graphs small enough to count by hand."""

from collections.abc import Iterable
from pathlib import Path

import networkx as nx
import pytest
from click.testing import CliRunner, Result

from graph.analyse import TABLES, Network, compare, cross_region
from graph.analyse.centre import brokers, constraint, most_connected
from graph.analyse.change import growth
from graph.analyse.gaps import white_space
from graph.analyse.groups import communities
from graph.analyse.network import partners
from graph.analyse.places import LEVELS, bipartite, dependence
from graph.analyse.table import Table, page_of
from graph.build import build_graph
from graph.commands.analyse import LEVELS as OFFERED
from graph.commands.analyse import NAMES, command
from graph.stores import open_store


def network_of(
    edges: Iterable[tuple[str, str, str] | tuple[str, str, str, dict[str, str | None]]],
    **nodes: dict[str, str | None],
) -> Network:
    """A network from (source, kind, target[, data]); nodes default to enterprises without a region."""
    network: Network = nx.MultiDiGraph()
    rows = [(*edge, {}) if len(edge) == 3 else edge for edge in edges]
    names = sorted({end for source, _, target, _ in rows for end in (source, target)} | set(nodes))
    for name in names:
        data: dict[str, str | None] = {"kind": "enterprise", "region": None, **nodes.get(name, {})}
        network.add_node(name, **{"name": name, "label": None, "region_ground": data["region"] and "name", **data})
    for source, kind, target, data in rows:
        fields = {"status": "active", "since": None, "last": None, "confidence": 0.9, "reports": 1, **data}
        network.add_edge(source, target, key=kind, kind=kind, **fields)
    return network


STAR = network_of([("hub", "cooperate", "a"), ("hub", "cooperate", "b"), ("hub", "cooperate", "c")])
TRIANGLE = network_of([("a", "cooperate", "b"), ("b", "cooperate", "c"), ("a", "cooperate", "c")])


def test_most_connected_counts_a_partner_once() -> None:
    """Parallel collaborations and both directions are one partner; an isolated organization is left out."""
    network = network_of([("a", "invest", "b"), ("b", "supply", "a"), ("a", "cooperate", "c")], lonely={})
    table = most_connected(network)
    assert [(row[0], row[4], row[5]) for row in table.rows] == [("a", 2, 3), ("b", 1, 2), ("c", 1, 1)]


def test_a_hub_lies_between_its_partners() -> None:
    """In a star only the hub brokers: betweenness 1, constraint 1/3, and it names the pairs it connects."""
    table = brokers(STAR)
    assert [(row[0], row[2], row[3]) for row in table.rows] == [("hub", 1.0, 0.3333)]
    assert table.rows[0][5] == "a – b; a – c; b – c"
    assert brokers(TRIANGLE).rows == ()


@pytest.mark.parametrize("network", [STAR, TRIANGLE], ids=["star", "triangle"])
def test_constraint_is_that_of_networkx(network: Network) -> None:
    """The quick constraint is Burt's on an unweighted graph."""
    simple = nx.Graph(partners(network).edges())
    expected = nx.constraint(simple)
    assert {node: constraint(simple, node) for node in simple} == pytest.approx(expected)


def test_two_cliques_are_two_communities() -> None:
    """Two triangles joined by one edge fall apart there, and 3 of 7 ties of each stay inside twice counted."""
    pairs = [("a", "b"), ("b", "c"), ("a", "c"), ("x", "y"), ("y", "z"), ("x", "z"), ("a", "x")]
    network = network_of(
        [(left, "cooperate", right) for left, right in pairs], a={"region": "3205"}, x={"region": "31"}
    )
    table = communities(network)
    assert [(row[1], row[2], row[3], row[4]) for row in table.rows] == [
        ("a、b、c", "苏州市", 3, 0.8571),
        ("x、y、z", "上海市", 3, 0.8571),
    ]


def test_directed_kinds_flow_and_symmetric_ones_count_half_each_way() -> None:
    """The matrix adds up to the number of collaborations."""
    network = network_of(
        [("j", "supply", "k"), ("j", "cooperate", "k"), ("j", "cooperate", "n")],
        j={"region": "310114"},
        k={"region": "320583"},
    )
    table = cross_region(network, level="county", regions=("310114", "320583"))
    assert table.columns == ("from", "嘉定区", "昆山市", "?")
    assert table.rows == (("嘉定区", 0.0, 1.5, 0.5), ("昆山市", 0.5, 0.0, 0.0), ("?", 0.5, 0.0, 0.0))
    assert table.note == "The region is known by name of 2; not of 1 organizations."
    with pytest.raises(ValueError, match="no level"):
        cross_region(network, level="street")


def test_a_municipality_is_a_prefecture() -> None:
    """Shanghai and its districts are one place beside the prefectures of other provinces, of which 江苏 says none."""
    network = network_of(
        [("j", "supply", "k"), ("s", "supply", "k"), ("p", "supply", "k")],
        j={"region": "310114"},
        s={"region": "31"},
        k={"region": "320583"},
        p={"region": "32"},
    )
    table = cross_region(network)
    assert table.columns == ("from", "苏州市", "上海市", "?")
    assert table.rows == (("苏州市", 0.0, 0.0, 0.0), ("上海市", 2.0, 0.0, 0.0), ("?", 1.0, 0.0, 0.0))


def test_bipartite_pairs_an_enterprise_with_a_research_body() -> None:
    """The enterprise comes first whatever the direction; two enterprises are no row."""
    network = network_of(
        [
            ("u", "tech_transfer", "e", {"since": "2022"}),
            ("e", "joint_rd", "u", {"since": "2021-05"}),
            ("e", "supply", "f"),
        ],
        u={"kind": "university"},
    )
    assert bipartite(network).rows == (("e", "u", "joint_rd、tech_transfer", "2021-05"),)


def test_dependence_is_the_sum_of_squared_shares() -> None:
    """A park with three kinds with one partner and one with another: share .75, HHI .625."""
    network = network_of(
        [("p", "cooperate", "a"), ("p", "agreement", "a"), ("a", "invest", "p"), ("p", "cooperate", "b")],
        p={"kind": "platform"},
    )
    assert dependence(network).rows == (("p", "a", 0.75, 0.625, 2),)


def test_growth_tells_first_from_repeated() -> None:
    """A later collaboration of the same pair is repeated, whatever its kind; what ended counts in the year it did."""
    network = network_of(
        [
            ("a", "cooperate", "b", {"since": "2021"}),
            ("b", "supply", "a", {"since": "2022-03"}),
            ("a", "invest", "c", {"since": "2022", "last": "2023-01", "status": "ended"}),
            ("a", "cooperate", "d"),
        ]
    )
    table = growth(network)
    assert table.rows == ((2021, 1, 0, 0), (2022, 1, 1, 0), (2023, 0, 0, 1))
    assert table.note == "1 collaborations without a date are left out."


def test_compare_sorts_new_kept_quiet() -> None:
    """A collaboration belongs to every year from since to last."""
    network = network_of(
        [
            ("a", "cooperate", "b", {"since": "2020", "last": "2020"}),
            ("a", "cooperate", "c", {"since": "2020", "last": "2023"}),
            ("a", "cooperate", "d", {"since": "2023"}),
        ]
    )
    assert [row[0:3] for row in compare(network, (2019, 2020), (2023, 2023)).rows] == [
        ("new", "a", "d"),
        ("kept", "a", "c"),
        ("quiet", "a", "b"),
    ]


def test_white_space_needs_partners_work_and_region_in_common() -> None:
    """Two firms of one city that share two universities and no collaboration; a third from elsewhere is no pair."""
    edges = [(firm, "joint_rd", university) for firm in ("e", "f", "g") for university in ("u", "v")]
    network = network_of(edges, e={"region": "320583"}, f={"region": "320585"}, g={"region": "3301"})
    network.nodes["f"]["region_ground"] = "text"
    (row,) = white_space(network).rows
    assert row[:2] == ("e", "f")
    assert row[3] == 2
    assert row[2] == pytest.approx(2 / 1.0986, abs=1e-3)
    assert row[4] == "both work with u、v; both know 联合研发; both in 苏州市 (by name, from articles)"


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_an_empty_graph_is_empty(name: str) -> None:
    """No organizations give no rows and no error; definition and columns still say what would be there."""
    table = TABLES[name](nx.MultiDiGraph())
    assert table.definition
    assert name == "cross_region" or table.rows == ()
    assert table.to_csv().startswith("\ufeff")


def test_csv_and_markdown_are_safe() -> None:
    """A name that a spreadsheet would run, or that would break a Markdown row, does neither."""
    table = Table(name="t", title="T", definition="d", columns=("a",), rows=(("=cmd()",), ("x|y\nz",)))
    assert table.to_csv() == '\ufeffa\n\'=cmd()\n"x|y\nz"\n'
    assert "| x\\|y z |" in table.to_markdown()
    page = page_of([Table(name="t", title="<b>", definition="d", columns=("a",), rows=(("<script>",),))])
    assert "<script>" not in page
    assert "<b>" not in page
    assert table.records() == [{"a": "=cmd()"}, {"a": "x|y\nz"}]


def test_the_command_offers_every_table() -> None:
    """The command's lists, which import nothing, are those of the package."""
    assert tuple(TABLES) == NAMES
    assert tuple(LEVELS) == OFFERED


def test_the_command_takes_regions_by_name_and_level(tmp_path: Path) -> None:
    """Flows between divisions that a person names, and at the level asked for; what is no division is said."""
    facts = tmp_path / "facts.csv"
    facts.write_text("source,kind,target\n昆山青禾公司,supply,太仓蓝湾公司\n昆山青禾公司,supply,上海市嘉定区蓝湾公司\n")
    store = str(tmp_path / "store")
    with open_store(store) as opened:
        build_graph([facts], opened)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(command, ["cross_region", *arguments, "--store", store])

    named = run("--regions", "嘉定，昆山, 320585").output
    assert "| from | 嘉定区 | 昆山市 | 太仓市 | ? |" in named
    assert "| 昆山市 | 1.0 | 0.0 | 1.0 | 0.0 |" in named
    assert "| 江苏省 | 1.0 | 1.0 | 0.0 |" in run("--level", "province").output
    wrong = run("--regions", "鼓楼区")
    assert (wrong.exit_code, "南京市鼓楼区" in wrong.output) == (2, True)
