"""The import order of docs/architecture.md, kept."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

LAYERS = [  # a module imports from its own layer or from those above it in this list
    # extract.show has no layer: a record asks it how to look in a notebook
    {"extract.errors"},
    {"extract.records"},
    {"extract.lang"},
    {"extract.names", "extract.ontology", "extract.jsonl"},
    {"extract.segment", "extract.page"},
    {"extract.clean", "extract.formats", "extract.finders", "extract.regions"},
    {"extract.read", "extract.find", "extract.score"},
    {"extract.resolve"},
    {"extract.relate"},
    {"extract.pipeline"},
    {"extract.component", "extract.workers"},
    {"extract.ingest"},
    {"extract.resume"},
    {"extract"},
    {"extract.train"},
    {"graph.errors"},
    {"graph.stores"},
    {"graph.reprints"},
    {
        "graph.decisions",
        "graph.derive",
        "graph.facts",
        "graph.registers",
        "graph.short",
        "graph.statements",
        "graph.told",
    },
    {"graph.forbid"},
    {"graph.identity"},
    {"graph.rows", "graph.seat"},
    {"graph.merge"},
    {"graph.known", "graph.migrate"},
    {"graph.plan"},
    {
        "graph.schema",
        "graph.digest",
        "graph.explain",
        "graph.fill",
        "graph.load",
        "graph.write",
        "graph.ask",
        "graph.view",
        "graph.analyse",
        "graph.brief",
    },
    {"graph.transfer"},
    {"graph.build", "graph.backup", "graph.status", "graph.export"},
    {"graph"},
    {"graph.scale", "graph.commands"},
    {"graph.cli"},
    {"graph.__main__"},
]

ONLY_IN = {  # third-party package: the modules that may import it
    "click": ("graph.cli", "graph.commands"),
    "pydantic": ("extract.jsonl",),
    "spacy": ("extract.component", "extract.show"),
    "networkx": ("graph.analyse", "graph.export"),
    "pyvis": ("graph.view",),
    "prompt_toolkit": ("graph.commands",),
    "opencc": ("extract.names", "graph.ask"),
    "neo4j": ("graph.stores",),
    "arcadedb": ("graph.stores",),
    "arcadedb_embedded": ("graph.stores",),
    "sklearn": ("extract.train",),
    "pyspark": ("graph.scale.on_spark",),
    "py4j": ("graph.scale.on_spark",),
    "pandas": ("graph.scale.on_spark",),
    "scipy": ("extract.train", "graph.scale.components"),
}

MODULES = sorted(path for top in ("extract", "graph") for path in (ROOT / top).rglob("*.py"))


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def layer_of(module: str) -> int | None:
    """The layer of the longest listed prefix of a module's name; ``None`` where only its package is listed."""
    parts = module.split(".")
    for length in range(len(parts), 0, -1):
        prefix = ".".join(parts[:length])
        for rank, names in enumerate(LAYERS):
            if prefix in names:
                return None if length == 1 < len(parts) else rank
    return None


def within(module: str, homes: tuple[str, ...]) -> bool:
    return any(module == home or module.startswith(home + ".") for home in homes)


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_imports_run_one_way(path: Path) -> None:
    """extract never imports graph, no module imports a later layer, and each third-party package has one home."""
    home = module_name(path)
    layer = layer_of(home)
    for name in imports(path):
        top = name.split(".")[0]
        if top in ("extract", "graph"):
            assert (home.split(".")[0], top) != ("extract", "graph"), f"{home} imports {name}"
            other = layer_of(name)
            if layer is not None and other is not None:
                assert other <= layer, f"{home} imports {name}, a later layer"
        elif top in ONLY_IN:
            assert within(home, ONLY_IN[top]), f"{home} imports {top}, which belongs in {', '.join(ONLY_IN[top])}"


def test_modules_hold_one_idea() -> None:
    """No module is over 450 lines."""
    assert not [module_name(path) for path in MODULES if len(path.read_text(encoding="utf-8").splitlines()) > 450]
