"""Which words of a question are names: those found in the graph, and the stretches that look like one.

A stretch that no list holds is a name where the question needs one: it stands for an organization that the graph may
know under a similar name, or not at all.
"""

from collections.abc import Sequence
from dataclasses import replace

from graph.ask.similar import place_names
from graph.ask.stretches import grow_stretches
from graph.ask.words import Word

_ALONE = frozenset(
    (
        "自己",
        "本身",
        "自身",
        "本部",
        "自家",
        "直接",
        "单独",
        "itself",
        "directly",
        "alone",
        "itself directly",
        "own right",
    )
)


def take_names(text: str, words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with unknown stretches grown to whole names and tagged ``name`` where the question needs them."""
    grown = _mark_places(_drop_excluded(grow_stretches(text, words)))
    if any(word.has("via") for word in grown):
        return tuple(grown)
    linked = [at for at, word in enumerate(grown) if word.has("name")]
    unknown = [at for at, word in enumerate(grown) if word.has("unknown") and _nameable(word)]
    for at in unknown:
        if not linked or _joined(grown, at) or _second_needed(grown, linked):
            grown[at] = replace(grown[at], tags=frozenset({"name"}))
            linked.append(at)
    named = {word.text for word in grown if word.has("name")}
    return tuple(
        replace(word, tags=frozenset({"name"})) if word.has("unknown") and word.text in named else word
        for word in grown
    )


def _nameable(word: Word) -> bool:
    return len(word.text) >= 2 and not word.text.isdigit()


def _mark_places(words: list[Word]) -> list[Word]:
    """苏州的企业, 昆山公司, beside the name of an organization: the place is a condition, though it be a name too."""
    if not any(word.has("name") and word.text not in place_names() for word in words):
        return words
    out = list(words)
    for at, word in enumerate(words[:-1]):
        after = words[at + 1]
        led = after.has("de", "which", "organization", "partner") or bool(after.values("kind:"))
        if word.has("unknown", "name") and word.text in place_names() and led:
            out[at] = replace(word, tags=frozenset({"place"}), organizations=())
    return out


def _drop_excluded(words: list[Word]) -> list[Word]:
    """What stands behind 不算, excluding … up to the next mark, or the one name there, is no end of the question."""
    out: list[Word] = []
    at = 0
    while at < len(words):
        word = words[at]
        out.append(word)
        at += 1
        if not word.has("without_parts") or word.text.lower() in _ALONE:
            continue
        mark = next((i for i in range(at, min(at + 6, len(words))) if words[i].has("mark")), None)
        if mark is not None:
            at = mark
            continue
        while at < len(words) and _excludable(words[at]):
            at += 1
    return out


def _excludable(word: Word) -> bool:
    return word.has("unknown", "name") or bool(word.values("kind:")) or word.tags <= {"filler", "de"}


def _joined(words: Sequence[Word], at: int) -> bool:
    """Whether the word is joined to a name (X和…, … and X) or stands behind a marker of one end (向, 被, 从)."""
    for step in (-1, 1):
        near = _past_filler(words, at, step)
        if near is None:
            continue
        if words[near].has("and") and not words[near].has("filler"):
            beyond = _past_filler(words, near, step)
            if beyond is not None and words[beyond].has("name"):
                return True
        if step == -1 and words[near].has("and", "agent", "patient", "from", "ask", "between"):
            return True
    return False


def _past_filler(words: Sequence[Word], at: int, step: int) -> int | None:
    at += step
    while 0 <= at < len(words) and words[at].tags <= {"filler"}:
        at += step
    return at if 0 <= at < len(words) else None


def _second_needed(words: Sequence[Word], linked: Sequence[int]) -> bool:
    """A yes-or-no question about one known name needs the other end."""
    whether = any(word.has("whether") for word in words)
    open_end = any(word.has("who", "which", "partner", "count") or word.values("kind:") for word in words)
    return len(linked) == 1 and whether and not open_end
