"""The nodes and relationships of a first batch: what ``Batch.write`` would come to in an empty store, made at once."""

from collections import defaultdict
from collections.abc import Sequence

from graph.derive import derive
from graph.rows import Article
from graph.stores import Bulk, Value
from graph.write import Batch, evidence, label, named, properties, related

DOCUMENTS = 5000  # whose rows are in memory at a time

Node = str
Rows = list[tuple[Node, Node, dict[str, Value]]]


def fill(batch: Batch, bulk: Bulk) -> None:
    """Make all of a batch that adds only, in an empty store."""
    at = _fill_organizations(batch, bulk)
    for start in range(0, len(batch.fresh), DOCUMENTS):
        _fill_documents(batch, bulk, batch.fresh[start : start + DOCUMENTS], at)
    by_kind: dict[str, Rows] = defaultdict(list)
    for key in batch.keys.values():
        if key.source != key.target and (derived := derive(batch.stated[key.id].values())) is not None:
            by_kind[key.kind].append((at[key.source], at[key.target], related(key, derived)))
    for kind, rows in sorted(by_kind.items()):
        bulk.relationships(kind.upper(), rows)


def _fill_organizations(batch: Batch, bulk: Bulk) -> dict[str, Node]:
    """Make organizations, with their names and the forms that lead to them; returns each by its id."""
    at: dict[str, Node] = {}
    by_kind: dict[str, list[dict[str, Value]]] = defaultdict(list)
    for held in batch.plan.after.values():
        by_kind[held.merged.organization.kind].append(properties(held.merged.organization))
    for kind, rows in sorted(by_kind.items()):
        nodes = bulk.nodes(("Organization", label(kind)), rows)
        at |= zip((str(row["id"]) for row in rows), nodes, strict=True)
    names = [named(name, batch.plan.joins[key]) for key, name in batch.plan.named.items()]
    homes = [at[batch.home[key]] for key in batch.plan.named]
    bulk.relationships("OF", [(name, home, {}) for name, home in zip(bulk.nodes(("Name",), names), homes, strict=True)])
    texts = sorted({text for held in batch.plan.after.values() for text in held.texts})
    alias = dict(zip(texts, bulk.nodes(("Alias",), [{"text": text} for text in texts]), strict=True))
    leads: Rows = [
        (alias[text], at[organization], {"as": what})
        for organization, held in batch.plan.after.items()
        for text, what in held.texts.items()
    ]
    bulk.relationships("NAMES", leads)
    return at


def _fill_documents(batch: Batch, bulk: Bulk, articles: Sequence[Article], at: dict[str, Node]) -> None:
    """Make documents, with what they name and what they say."""
    documents = bulk.nodes(("Document",), [{**article.properties, "id": article.id} for article in articles])
    mentions: Rows = []
    facts: list[dict[str, Value]] = []
    ends: list[tuple[Node, Node, Node]] = []
    for document, article in zip(documents, articles, strict=True):
        for name, appearance in article.appearances.items():
            mentions.append((document, at[batch.home[name]], appearance.properties()))
        for fact, key in batch.facts[article.id]:
            facts.append(evidence(fact, key))
            ends.append((document, at[batch.home[fact.source]], at[batch.home[fact.target]]))
    bulk.relationships("MENTIONS", mentions)
    nodes = bulk.nodes(("Evidence",), facts)
    for number, kind in enumerate(("FROM", "SOURCE", "TARGET")):
        bulk.relationships(kind, [(node, end[number], {}) for node, end in zip(nodes, ends, strict=True)])
