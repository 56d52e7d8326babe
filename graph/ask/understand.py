"""The words of a question → what it asks: a ``Reading``, or a ``Refusal``.

Names come first and are given; the rest is decided by the tags of the words.  A question needs a word about
collaborating or about structure, or consists of names alone; anything else is refused rather than guessed at.
"""

import re
from collections.abc import Sequence

from graph.ask.conditions import asked_kinds, asked_person, asked_region, asked_years, kinds_of_rank, top_number
from graph.ask.intents import choose_intent, is_child_second, is_worded, statuses
from graph.ask.names import take_names
from graph.ask.reading import Intent, Name, Reading, Refusal
from graph.ask.relations import asked_relations, asked_side, listed_kinds
from graph.ask.words import Word, normalize, split_words

_CODE = re.compile(
    r"[{}]|\$\(|\)\s*<?-|-\s*\[|;\s*\S|//|/\*|--\s*$|<script|\bor\s+1\s*=\s*1|\$\w|=~|<>|"
    r"\b(?:match|merge|create|call|unwind|foreach|detach|load\s+csv|set|remove|delete|drop|return|select|insert|update"
    r"|alter|exec)\b\s*(?:[(\[{'\"]|\w+\.\w|\bdelete\b|csv\b|from\b|into\b|table\b|database\b|constraint\b|index\b"
    r"|user\b|n\b|\*)",
    re.IGNORECASE,
)
_LETS = ("让", "令", "使", "叫", "make", "let")
_CLAUSE_ENDS = frozenset(",.;?!。，；？！:")
_NO_KINDS = frozenset(("pair", "how", "since", "why", "paths", "via", "status", "parts", "parents", "belongs"))
_NO_RELATIONS = frozenset(("how", "since", "why", "paths", "via", "parts", "parents", "belongs"))
_NO_STATUS = frozenset(("how", "since", "why", "paths", "common", "parts", "parents", "belongs", "pair"))


def understand(question: str, names: Sequence[Word] = ()) -> Reading | Refusal:
    """What a question asks; ``names`` are the stretches of the normalized question that are names in the graph.

    Names in the reading that no organization fits are still to be looked for.
    """
    text = normalize(question)
    rest = _without(text, names)
    language = "zh" if any("一" <= character <= "鿿" for character in (rest.strip() or text)) else "en"
    if _CODE.search(rest):
        return Refusal(reason="order", language=language)
    words = take_names(text, split_words(text, names))
    for word in words:
        if word.has("order") and _imperative(words, word):
            return Refusal(reason="order", language=language, word=word.text)
        if word.tags == {"scope_out"}:
            return Refusal(reason="scope", language=language, word=word.text)
    if _lets(words):
        return Refusal(reason="order", language=language)
    words = _asking_clause(words)
    intent = choose_intent(words, language)
    if intent is None:
        return Refusal(reason="words", language=language)
    return read_words(words, intent, language)


def _without(text: str, names: Sequence[Word]) -> str:
    """The text with blanks for its names."""
    for name in names:
        text = text[: name.start] + " " * (name.end - name.start) + text[name.end :]
    return text


def _imperative(words: Sequence[Word], word: Word) -> bool:
    """Whether an order word is one here: nothing else it can be, or it opens a sentence that asks nothing."""
    if word.tags == {"order"}:
        return True
    before = [other for other in words if other.end <= word.start]
    asks = any(
        other.has("who", "which", "count") or (other.has("whether") and not other.has("filler")) for other in words
    )
    return not asks and all(other.tags <= {"filler", "mark"} for other in before)


def _lets(words: Sequence[Word]) -> bool:
    """让浪潮和百度合作, let Boeing invest: a wish, no question."""
    first = next(
        (word for word in words if word.text.lower() in _LETS or not word.tags <= {"filler", "mark", "ask"}), None
    )
    asks = any(word.has("who", "which", "count", "whether", "how") for word in words)
    return first is not None and first.text.lower() in _LETS and not asks


def _asking_clause(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Of more than two names, those of the last clause that asks about two: what stands before it is its occasion."""
    if len({word.text for word in words if word.has("name")}) <= 2:
        return words
    clauses: list[list[Word]] = [[]]
    for word in words:
        if word.has("mark") and word.text in _CLAUSE_ENDS:
            clauses.append([])
        else:
            clauses[-1].append(word)
    for clause in reversed(clauses):
        names = {word.text for word in clause if word.has("name")}
        if len(names) == 2 and any(word.has("whether", "who", "which", "how", "why") for word in clause):
            return tuple(clause)
    return words


def read_words(words: tuple[Word, ...], intent: Intent, language: str) -> Reading:
    """The reading of words, their names taken, whose intent is known."""
    names = tuple(Name(text=word.text, organizations=word.organizations) for word in words if word.has("name"))
    if intent == "belongs" and is_child_second(words):
        names = (names[1], names[0])
    relations = () if intent in _NO_RELATIONS else asked_relations(words)
    kinds = () if intent in _NO_KINDS else asked_kinds(words)
    among: tuple[str, ...] = ()
    if intent == "rank":
        among, kinds = kinds_of_rank(words)
    if intent == "having":
        among = listed_kinds(words, language) or ()
        kinds = tuple(kind for kind in kinds if kind not in among) or among
    asked = statuses(words)
    person = asked_person(words) if intent == "via" and len(names) < 2 else None
    return Reading(
        intent=intent,
        language=language,
        names=names,
        kinds=kinds,
        among=among,
        relations=relations,
        side=None if intent == "pairs" else asked_side(words, relations, ends=intent in ("pair", "status")),
        status=asked[0] if asked and intent not in _NO_STATUS else None,
        years=asked_years(words),
        region=asked_region(words) if names else None,
        person=person,
        top=top_number(words) if intent == "rank" else 1,
        with_parts=any(word.has("with_parts") for word in words),
        bare=not is_worded(words),
        connected=len(names) == 2 and _is_connected(words, intent),
        passed_over=tuple(word.text for word in words if word.tags == {"unknown"} and word.text != person),
    )


def _is_connected(words: Sequence[Word], intent: Intent) -> bool:
    """How are X and Y connected, through whom are they linked: a way over others answers it too."""
    if intent == "via":
        return not any(word.has("person") for word in words)
    return intent == "how" and any(word.has("connected") for word in words)
