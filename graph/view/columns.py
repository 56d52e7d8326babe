"""The graph as columns of numbers and words: what the page's script unpacks (``page/unpack.js``)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extract.names import fold_name
from extract.ontology import Ontology
from extract.records import STATUSES, Organization
from graph.view.label import initial, pinyin_initials, short_labels
from graph.view.records import Article, Collaboration, Graph, Sentence, Stretch

Json = None | bool | int | float | str | Sequence["Json"] | Mapping[str, "Json"]

MANY = 20_000  # collaborations beyond which only the best sentences of each travel with the page
BEST = 2


@dataclass(slots=True)
class _Words:
    """Distinct words, each with its number; ``None`` is 0."""

    words: list[str | None] = field(default_factory=lambda: [None])
    numbers: dict[str | None, int] = field(default_factory=lambda: {None: 0})

    def number(self, word: str | None) -> int:
        at = self.numbers.get(word)
        if at is None:
            at = self.numbers[word] = len(self.words)
            self.words.append(word)
        return at


def organization_rows(organizations: Sequence[Organization], graph: Graph, ontology: Ontology) -> list[list[Json]]:
    """A row for each organization; 0 stands for what it lacks or what equals the full name.

    ``[key, name, kind, region, short, latin, short latin, initials, aliases, identifiers, forms]``: ``key`` is the
    shortest start of the id that no other shares; ``kind`` counts in the ontology, ``region`` in ``region_rows``;
    ``initials`` are given where those of ``letters`` would be others; an alias on another ground than that an article
    says so is ``[alias, ground]``; ``forms`` are folded and only for finding.
    """
    kinds = {kind: at for at, kind in enumerate(ontology.organizations)}
    places = {code: at for at, code in enumerate(region_codes(organizations))}
    short = short_labels(organizations, graph.regions, "zh")
    latin = short_labels(organizations, graph.regions, "en")
    length = _key_length([organization.id for organization in organizations])
    rows: list[list[Json]] = []
    for organization, zh, en in zip(organizations, short, latin, strict=True):
        name = organization.name
        forms = graph.forms.get(organization.id, {})
        initials = pinyin_initials(name)
        usual = "".join(map(initial, name))
        rows.append(
            [
                organization.id[:length],
                name,
                kinds.get(organization.kind, 0),
                places[organization.region or ""],
                zh if zh != name else 0,
                organization.label or 0,
                en if en != (organization.label or name) else 0,
                initials if initials != usual else 0,
                _aliases(organization, forms) or 0,
                list(organization.identifiers) or 0,
                [text for text, ground in forms.items() if ground == "label" and text != _folded(organization.label)]
                or 0,
            ]
        )
    return rows


def _aliases(organization: Organization, forms: Mapping[str, str]) -> list[Json]:
    """The aliases to show, each with its ground unless that is an article; lawful short forms come last."""
    shown: dict[str, Json] = {}
    for alias in organization.aliases:
        if alias != organization.name:
            ground = forms.get(_folded(alias), "alias")
            shown[_folded(alias)] = alias if ground == "alias" else [alias, ground]
    for text, ground in forms.items():
        if ground == "short":
            shown.setdefault(text, [text, ground])
    return list(shown.values())


def _folded(name: str | None) -> str:
    return fold_name(name) if name and name.strip() else ""


def letters(organizations: Iterable[Organization]) -> dict[str, str]:
    """The first letter, in pinyin, of each Chinese character of the organizations' names."""
    characters = sorted({character for organization in organizations for character in organization.name})
    return {character: initial(character) for character in characters if initial(character) != character.lower()}


def region_codes(organizations: Iterable[Organization]) -> list[str]:
    """The regions that occur, in order of code; the empty one, for none, is always first."""
    return ["", *sorted({organization.region for organization in organizations if organization.region})]


def region_rows(graph: Graph) -> list[Json]:
    """The names ``[zh, en]`` of the regions that occur; a region without a name is called by its code."""
    rows: list[Json] = []
    for code in region_codes(graph.organizations):
        names = graph.regions.get(code, {})
        rows.append([names.get("zh", code), names.get("en", names.get("zh", code))])
    return rows


def seat_rows(graph: Graph) -> list[Json]:
    """How it is known where an organization sits, for those whose name does not say it.

    ``[organization, ground, sentence, article, sentence, article …]``; organization and article are their places.
    """
    at_article = {article.id: at for at, article in enumerate(graph.articles)}
    rows: list[Json] = []
    for at, organization in enumerate(graph.organizations):
        if organization.region and organization.region_ground not in (None, "name"):
            said = [
                part for own in graph.seats.get(organization.id, ()) for part in (own.text, at_article[own.article])
            ]
            rows.append([at, organization.region_ground, *said])
    return rows


def edge_columns(
    edges: Sequence[Collaboration], graph: Graph, ontology: Ontology
) -> tuple[dict[str, Json], dict[str, Json]]:
    """The edges with what filters need of their evidence, and apart from it the sentences, which can wait.

    The first holds a column a field, of one entry an edge (``source``, ``target``, ``kind``, ``status``,
    ``sure``, ``since``, ``last``, ``reports``, ``count``) or of one entry a piece of evidence, in order of the edges
    (``article``, ``date``, ``certain``, ``state``); dates are numbers in ``dates`` (``last`` is 0
    where it is ``since``), confidences are in percent.
    The second holds distinct ``texts`` and a row a sentence: ``[text, source, target, trigger (start and end each,
    -1 for none, in UTF-16 units as scripts count), via, line, page, method]``, ``kept`` of them an edge at most.
    """
    kinds = {kind: at for at, kind in enumerate((*ontology.collaborations, *ontology.structures))}
    states = {status: at for at, status in enumerate(STATUSES)}
    at_organization = {organization.id: at for at, organization in enumerate(graph.organizations)}
    at_article = {article.id: at for at, article in enumerate(graph.articles)}
    dates, texts, words = _Words(), _Words(), _Words()
    said: dict[str, list[Sentence]] = {edge.id: [] for edge in edges}
    for sentence in graph.sentences:
        if sentence.collaboration in said:
            said[sentence.collaboration].append(sentence)
    kept = BEST if len(edges) > MANY else 0
    ordered = [sorted(said[edge.id], key=_best_first) for edge in edges]
    everything = [sentence for own in ordered for sentence in own]
    shown = [sentence for own in ordered for sentence in (own[:kept] if kept else own)]
    table: dict[str, Json] = {
        "source": [at_organization[edge.source] for edge in edges],
        "target": [at_organization[edge.target] for edge in edges],
        "kind": [kinds[edge.kind] for edge in edges],
        "status": [states[edge.status] for edge in edges],
        "sure": [round(100 * edge.confidence) for edge in edges],
        "since": [dates.number(edge.since) for edge in edges],
        "last": [dates.number(edge.last if edge.last != edge.since else None) for edge in edges],
        "reports": [edge.reports or 0 for edge in edges],
        "count": [len(own) for own in ordered],
        "article": [at_article[sentence.article] for sentence in everything],
        "date": [dates.number(sentence.date) for sentence in everything],
        "certain": [round(100 * sentence.confidence) for sentence in everything],
        "state": [states[sentence.status] for sentence in everything],
        "dates": dates.words,
    }
    rows: list[Json] = [
        [
            texts.number(sentence.text),
            *_stretches(sentence),
            words.number(sentence.via),
            sentence.line or 0,
            sentence.page or 0,
            words.number(sentence.method),
        ]
        for sentence in shown
    ]
    return table, {"kept": kept, "rows": rows, "texts": texts.words, "words": words.words}


def article_rows(articles: Sequence[Article]) -> dict[str, Json]:
    """The articles, ``[title, published, outlet, origin]`` each, 0 for what is unknown, and the outlets' names."""
    outlets = _Words()
    rows: list[Json] = [
        [article.title or 0, article.published or 0, outlets.number(article.outlet or None), article.origin or 0]
        for article in articles
    ]
    return {"rows": rows, "outlets": outlets.words}


def vocabulary(ontology: Ontology) -> dict[str, Json]:
    """The kinds and families with their labels, in the order that numbers in the columns count by."""
    return {
        "organizations": [[kind.name, dict(kind.label)] for kind in ontology.organizations.values()],
        "kinds": [
            [kind.name, dict(kind.label), kind.family or "structure", kind.directed]
            for kind in (*ontology.collaborations.values(), *ontology.structures.values())
        ],
        "families": [[name, dict(label)] for name, label in ontology.families.items()],
        "statuses": list(STATUSES),
    }


def _best_first(sentence: Sentence) -> tuple[float, str, int, str]:
    return -sentence.confidence, sentence.article, sentence.line or 0, sentence.text


def _stretches(sentence: Sentence) -> list[int]:
    """The three stretches of a sentence in UTF-16 units; ``-1, -1`` for one that is missing."""
    astral = max(sentence.text, default="") > "\uffff"

    def units(stretch: Stretch | None) -> tuple[int, int]:
        if stretch is None:
            return -1, -1
        if not astral:
            return stretch
        start, end = (sum(1 + (ord(character) > 0xFFFF) for character in sentence.text[:at]) for at in stretch)
        return start, end

    return [at for stretch in (sentence.source, sentence.target, sentence.trigger) for at in units(stretch)]


def _key_length(ids: Sequence[str]) -> int:
    """The least length, 6 or more, at which the starts of all ids differ."""
    length = 6
    longest = max(map(len, ids), default=0)
    while length < longest and len({each[:length] for each in ids}) < len(ids):
        length += 1
    return length
