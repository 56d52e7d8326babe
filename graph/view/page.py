"""A graph as one HTML page: pyvis holds the network, our template renders it, everything is inside."""

import base64
import math
import tomllib
import zlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from extract.ontology import load_ontology
from graph.view.backbone import choose_backbone
from graph.view.columns import (
    Json,
    article_rows,
    edge_columns,
    letters,
    organization_rows,
    region_rows,
    seat_rows,
    vocabulary,
)
from graph.view.escape import script_json, source_hash
from graph.view.layout import arrange
from graph.view.records import Graph

if TYPE_CHECKING:
    from pyvis.network import Network  # type: ignore[import-untyped]  # it ships no types

MOST_AT_FIRST = 400  # organizations of the first view
SCRIPTS = (
    "unpack",
    "state",
    "filter",
    "library",
    "canvas",
    "discs",
    "edges",
    "clip",
    "labels",
    "regions",
    "still",
    "over",
    "search",
    "legend",
    "sentences",
    "panel",
    "years",
    "tables",
    "download",
    "choose",
    "pointer",
    "keys",
    "start",
)
SHAPES = {
    "enterprise": "dot",
    "institute": "square",
    "university": "diamond",
    "hospital": "triangle",
    "government": "hexagon",
    "association": "star",
    "platform": "triangleDown",
}


def render_page(graph: Graph, *, title: str | None = None, focus: str | None = None) -> str:
    """The whole page as text, to be written as UTF-8.

    ``title`` heads it, else words of our own in both languages; ``focus`` is the ``Organization.id`` whose
    collaborations it opens on.  Equal arguments give equal bytes on one machine.
    """
    ontology = load_ontology()
    edges = (*graph.collaborations, *graph.structures, *graph.denials)
    network = build_network(graph)
    table, sentences = edge_columns(edges, graph, ontology)
    organizations = organization_rows(graph.organizations, graph, ontology)
    for row, node in zip(organizations, network.nodes, strict=True):
        row += node["at"]
    page: dict[str, Json] = {
        "vocabulary": vocabulary(ontology),
        "shapes": [SHAPES[kind] for kind in ontology.organizations],
        "regions": region_rows(graph),
        "organizations": organizations,
        "seats": seat_rows(graph),
        "letters": letters(graph.organizations),
        "edges": table,
        "articles": article_rows(graph.articles),
        "title": title,
        "beyond": list(graph.beyond),
        "focus": next((at for at, each in enumerate(graph.organizations) if each.id == focus), None),
    }
    library, script = _vis_network(), _script()
    style = _spare(_asset("style.css"))
    template = Path(str(files("graph.view")))
    network.set_template_dir(str(template), "template.html")
    network.templateEnv.autoescape = True  # before the template is loaded, else without effect
    network.templateEnv.globals.update(
        page=script_json(page),
        sentences=script_json(sentences),
        texts=script_json(_texts()),
        library=_deflated(library),
        licence=library.partition("*/")[0] + "*/",
        script=script,
        style=style,
        policy="; ".join(
            [
                "default-src 'none'",
                "script-src " + " ".join(map(source_hash, (library, script))),
                "style-src " + source_hash(style),
                "img-src data: blob:",
                "base-uri 'none'",
                "form-action 'none'",
            ]
        ),
        title=(title or _texts()["zh"]["title"]).encode("utf-8", "replace").decode("utf-8"),
    )
    html: str = network.generate_html()
    return html


def build_network(graph: Graph) -> "Network":
    """A pyvis network of all organizations and edges, laid out, with one edge a collaboration.

    A node has ``x`` and ``y`` where the organization has an edge, and ``at``: ``[x, y]`` in the whole graph, then
    ``[x, y]`` in the first view where it is shown there.
    """
    from pyvis.network import Network  # takes a quarter of a second to load

    index = {organization.id: at for at, organization in enumerate(graph.organizations)}
    partners: list[set[int]] = [set() for _ in index]
    near: list[set[int]] = [set() for _ in index]
    for edge in (*graph.collaborations, *graph.structures):
        a, b = index[edge.source], index[edge.target]
        near[a].add(b)
        near[b].add(a)
        if edge.kind in load_ontology().collaborations:
            partners[a].add(b)
            partners[b].add(a)
    sizes = [disc_radius(len(own)) for own in partners]
    drawn = [at for at, own in enumerate(near) if own]
    first = choose_backbone(near, [each.region for each in graph.organizations], most=MOST_AT_FIRST)
    whole = _positions(drawn, near, sizes)
    view = whole if len(first) == len(drawn) else _positions(first, near, sizes)
    network = Network(height="100%", width="100%", directed=True, cdn_resources="in_line")
    # filled directly: add_node and add_edge search all that is there, and drop parallel edges
    network.nodes = []
    for at, organization in enumerate(graph.organizations):
        node: dict[str, object] = {
            "id": at,
            "label": organization.name,
            "size": sizes[at],
            "shape": SHAPES[organization.kind],
            "at": [*whole.get(at, ()), *view.get(at, ())],
        }
        if at in whole:
            node["x"], node["y"] = whole[at]
        network.nodes.append(node)
    network.node_ids = list(range(len(index)))
    network.node_map = dict(enumerate(network.nodes))
    network.edges = [
        {"id": at, "from": index[edge.source], "to": index[edge.target], "title": edge.kind}
        for at, edge in enumerate((*graph.collaborations, *graph.structures))
    ]
    network.options = {
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "nodes": {"borderWidth": 1.5},
        "interaction": {"hover": False, "dragNodes": True, "selectConnectedEdges": False, "tooltipDelay": 900_000_000},
    }
    return network


def disc_radius(partners: int) -> float:
    """The radius of an organization's disc, in units of the drawing; ``page/unpack.js`` has the same formula."""
    return 5 + 2.6 * math.sqrt(partners)


def _positions(vertices: Sequence[int], near: Sequence[set[int]], sizes: Sequence[float]) -> dict[int, tuple[int, int]]:
    at = {vertex: place for place, vertex in enumerate(vertices)}
    edges = [(at[a], at[b]) for a in vertices for b in near[a] if a < b and b in at]
    placed = np.rint(arrange(len(vertices), edges, np.array([sizes[vertex] for vertex in vertices])))
    return {vertex: (int(x), int(y)) for vertex, (x, y) in zip(vertices, placed.tolist(), strict=True)}


@cache
def _asset(name: str) -> str:
    return files("graph.view").joinpath(name).read_text(encoding="utf-8").strip()


def _spare(source: str) -> str:
    """A script or style without indentation and comments that have a line of their own."""
    lines = (line.strip() for line in source.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def _texts() -> dict[str, dict[str, str]]:
    return tomllib.loads(_asset("texts.toml"))


@cache
def _script() -> str:
    """Our scripts as one, in a scope of their own."""
    parts = "\n".join(_spare(_asset(f"page/{name}.js")) for name in SCRIPTS)
    return f'"use strict";\n(async () => {{\n{parts}\n}})();'


@cache
def _vis_network() -> str:
    """The vis-network that pyvis brings, its licence notice first, without the reference to a file it lacks."""
    text = files("pyvis").joinpath("lib", "vis-9.1.2", "vis-network.min.js").read_text(encoding="utf-8")
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "").strip()


@cache
def _deflated(script: str) -> str:
    """A script in a third of its room, for ``page/library.js``, which has no bytes but only letters to read."""
    return base64.b64encode(zlib.compress(script.encode(), 9)).decode()
