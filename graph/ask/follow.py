"""A follow-up to the question before: 那苏州的呢, and with universities?, why?

What it leaves out stays as it was: the names, the relation, the conditions.  A pronoun stands for the first name.
"""

from collections.abc import Sequence
from dataclasses import replace

from graph.ask.conditions import asked_kinds, asked_years
from graph.ask.intents import choose_intent, is_counting, is_worded, statuses
from graph.ask.names import take_names
from graph.ask.reading import Intent, Name, Reading
from graph.ask.relations import asked_relations, asked_side
from graph.ask.similar import place_names
from graph.ask.understand import read_words
from graph.ask.words import Word, normalize, split_words

_OF_PARTNERS = frozenset(("partners", "count", "having", "pairs"))


def follow_up(before: Reading, question: str, names: Sequence[Word] = ()) -> Reading | None:
    """The reading of a follow-up to ``before``, or ``None`` when the question stands on its own or says nothing new.

    ``names`` are the stretches of the normalized question that are names in the graph.
    """
    text = normalize(question)
    words = take_names(text, split_words(text, names))
    place = next((word.text for word in words if word.text in place_names() and before.names), None)
    words = tuple(word for word in words if word.text != place)
    if any(word.has("pronoun") for word in words) and is_worded(words):
        return _with_pronoun(before, words)
    own = [at for at, word in enumerate(words) if word.has("name")]
    marked = any(word.has("follow", "pronoun") for word in words)
    if (
        len(own) > 1
        or (is_worded(words) and not marked)
        or (own and words[own[0]].tags == {"name"} and is_worded(words))
    ):
        return None
    read = _merged(before, words, own, place)
    return read if read != before else None


def _with_pronoun(before: Reading, words: tuple[Word, ...]) -> Reading | None:
    """A question that says it, they … in the place of the names of the one before."""
    at = next(at for at, word in enumerate(words) if word.has("pronoun"))
    known = [word.text for word in words if word.has("name")]
    names = [_named(name) for name in before.names if name.text not in known]
    if not names:
        return None
    both = len(names) == 2 and not known and not asked_relations(words)
    link = Word(start=0, end=0, text="和", tags=frozenset({"and"}))
    put = (names[0], link, names[1]) if both else (names[0],)
    whole = (*words[:at], *put, *words[at + 1 :])
    intent = choose_intent(whole, before.language)
    return read_words(whole, intent, before.language) if intent is not None else None


def _named(name: Name) -> Word:
    return Word(start=0, end=0, text=name.text, tags=frozenset({"name"}), organizations=name.organizations)


def _merged(before: Reading, words: tuple[Word, ...], own: list[int], place: str | None) -> Reading:
    read = replace(before, bare=False, passed_over=())
    if own:
        at = own[0]
        name = Name(text=words[at].text, organizations=words[at].organizations)
        with_it = (
            at > 0 and words[at - 1].has("and") and before.intent == "partners" and not words[at - 1].has("follow")
        )
        if with_it:
            return replace(read, names=(before.names[0], name), intent="pair", kinds=(), status=None, region=None)
        read = replace(read, names=(*before.names[:-1], name))
    intent = _asked_intent(before, words)
    if intent is not None:
        read = replace(read, intent=intent)
    kinds, asked, years = asked_kinds(words), statuses(words), asked_years(words)
    relations = asked_relations(words)
    if relations and before.names:
        rest = tuple(word for word in words if not word.has("follow"))
        side = asked_side((_named(before.names[0]), *rest), relations, ends=False)
        read = replace(read, relations=relations, side=side)
        if read.intent not in _OF_PARTNERS and len(before.names) == 1:
            read = replace(read, intent="partners")
    return replace(
        read,
        kinds=kinds or read.kinds,
        status=asked[0] if asked else read.status,
        years=years or read.years,
        region=place or read.region,
        with_parts=read.with_parts or any(word.has("with_parts") for word in words),
    )


def _asked_intent(before: Reading, words: Sequence[Word]) -> Intent | None:
    """Another intent about the same names: how many, why, how, since when."""
    if is_counting(words) and before.intent in _OF_PARTNERS:
        return "count"
    if len(before.names) == 2:
        wanted: tuple[Intent, ...] = ("why", "since", "how", "paths", "common", "via")
        return next((intent for intent in wanted if any(word.has(intent) for word in words)), None)
    return None
