"""The relation that a question asks about, and the part that its first name plays in it."""

from collections.abc import Sequence
from itertools import pairwise

from extract.ontology import load_ontology
from graph.ask.reading import Side
from graph.ask.sides import End, name_end, noun_holder, relation_form, relation_kinds
from graph.ask.words import Word

_OR = ("或", "或者", "or")
_ORDER = {"source": 0, "target": 0, "undergoes": 1, "does": 2, "noun": 3}
_MANY = ("most", "最多", "最多的", "最受")


def relations_at(words: Sequence[Word], at: int) -> tuple[str, ...]:
    """The kinds of collaboration that a word asks about; none where it stands for something else here."""
    word = words[at]
    incidental = word.has("why", "organization", "partner") and not word.has("cooperation")
    return () if incidental else relation_kinds(words, at)


def asked_relations(words: Sequence[Word]) -> tuple[str, ...]:
    """The kinds asked about: those that 'or' joins, else of several the first in the ontology."""
    asked = [(at, kind) for at in range(len(words)) for kind in relations_at(words, at)]
    kinds = {kind for _, kind in asked}
    places = sorted({at for at, _ in asked})
    if len(kinds) < 2 or len(places) == 1:
        return tuple(sorted(kinds))
    apart = [word for low, high in pairwise(places) for word in words[low + 1 : high]]
    if apart and all(word.has("and", "mark", "filler") for word in apart) and any(word.text in _OR for word in apart):
        return tuple(sorted(kinds))
    return (load_ontology().first(kinds),)


def asked_side(words: Sequence[Word], relations: Sequence[str], *, ends: bool) -> Side | None:
    """The side of the first name, or without a name of what is ranked or listed; ``None`` where nothing says.

    ``ends`` says that the first two names are the two ends of the relation.
    """
    kinds = load_ontology().collaborations
    if not relations or not all(kinds[relation].directed for relation in relations):
        return None
    names = [at for at, word in enumerate(words) if word.has("name")]
    if len(names) == 1 and _done_together(words):
        return None
    places = [at for at in range(len(words)) if relations[0] in relations_at(words, at)]
    places.sort(key=lambda at: _ORDER[relation_form(words[at], relations[0])])
    for at in places:
        form = relation_form(words[at], relations[0])
        if names and words[at].text.startswith("合资") and form != "target":
            return None  # a joint venture has no sides
        if at + 1 < len(words) and (noun := _role(words[at + 1])) is not None:
            at, form = at + 1, noun
        elif at + 1 < len(words) and words[at + 1].text in ("方", "商") and form in ("does", "undergoes"):
            at, form = at + 1, "source" if form == "does" else "target"
        if not names:
            return _nameless_side(words, at, form)
        role = form in ("source", "target")
        if role and at != places[-1] and noun_holder(words, at) is None:
            continue
        end = _first_end(words, names, at, form) if ends and not role else name_end(words, names[0], at, form)
        if end is not None:
            return "from" if end == "source" else "into"
    return None


def _role(word: Word) -> str | None:
    """The side that a role noun names, of whatever kind: engineering service provider."""
    forms = {tag.split(":")[1] for tag in word.values("relation:")}
    return next((side for side in ("source", "target") if forms == {side}), None)


def _done_together(words: Sequence[Word]) -> bool:
    """和谁共建, a joint venture with X: the two ends do it together, and neither side is asked for."""
    ends = [at for at, word in enumerate(words) if word.has("name", "who", "which")]
    return any(at and words[at - 1].has("and") and not (at == 1 and words[0].has("follow")) for at in ends)


def _first_end(words: Sequence[Word], names: Sequence[int], at: int, form: str) -> End | None:
    """The end of the first of two names; 'X and Y' before the verb leave it open."""
    one, two = names[0], names[1]
    between = words[one + 1 : two]
    joined = all(word.has("and", "mark", "filler") and not word.has("agent", "patient") for word in between)
    if joined and any(word.has("and") for word in between) and two < at:
        return None
    first, second = name_end(words, one, at, form), name_end(words, two, at, form)
    if first != second or first is None:
        return first
    marked = any(word.has("agent", "patient", "from", "ask") for word in between)
    return first if not marked else "source" if second == "target" else "target"


def _nameless_side(words: Sequence[Word], at: int, form: str) -> Side:
    if form in ("source", "target"):
        before = words[at - 1] if at else None
        ranked = before is not None and before.has("most", "top") and before.text.lower() not in _MANY
        return "from" if ranked == (form == "source") else "into"  # the top investor; the most investors
    passive = any(word.has("agent", "get") for word in words)
    return "from" if (form != "undergoes") != passive else "into"


def listed_kinds(words: Sequence[Word], language: str) -> tuple[str, ...] | None:
    """Of two kinds of organizations the one that is listed, or ``None`` when the pairs of both are asked for.

    哪些企业和高校合作, 跟大学合作的公司, companies that work with universities.
    """
    places = [at for at, word in enumerate(words) if word.values("kind:")]
    between = any(word.has("between") for word in words)
    for at in places:
        if at and words[at - 1].has("which") and not words[at - 1].has("how") and not between:
            return words[at].values("kind:")
    last = places[-1]
    if language == "zh" and not between and last and words[last - 1].has("de"):
        return words[last].values("kind:")
    if language == "en" and not between and not any(word.has("common") for word in words):
        return words[places[0]].values("kind:")
    return None
