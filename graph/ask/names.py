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
    linked = sum(word.has("name") for word in grown)
    for at, word in enumerate(grown):
        if word.has("unknown") and len(word.text) >= 2 and not word.text.isdigit() and _is_name(grown, at, linked):
            grown[at] = replace(word, tags=frozenset({"name"}))
            linked += 1
    named = {word.text for word in grown if word.has("name")}
    return tuple(
        replace(word, tags=frozenset({"name"})) if word.has("unknown") and word.text in named else word
        for word in grown
    )


def _is_name(words: Sequence[Word], at: int, linked: int) -> bool:
    """Whether an unknown stretch stands where the question needs a name, and looks like one."""
    left, right = _past_filler(words, at, -1), _past_filler(words, at, 1)
    if left is not None and words[left].has("which", "number", "unit", "count"):
        return False  # 哪些组合: what is asked for, not whose
    if not linked and words[at].text.islower() and words[at].text.isascii() and not _asks(words):
        return False
    ordinary = _is_ordinary(words, at)
    if not linked and ordinary and sum(bool(word.values("kind:")) for word in words) > 1:
        return False  # 哪些大学给企业转让过技术: both ends are there
    if right is not None and words[right].has("which", "organization") and (linked or ordinary):
        return False  # 跟外面哪些单位
    capitals = any(word.has("name") and any(map(str.isupper, word.text)) for word in words)
    if linked and ordinary and words[at].text.isascii() and capitals:
        return False
    if ordinary and words[at].text.isascii():
        ordinary = bool(linked) is False
    if linked == 1 and all(other.has("name", "unknown") or other.tags <= {"filler", "mark"} for other in words):
        return True  # 浪潮 曙光
    if linked:
        joined = _is_joined(words, left, right) or _is_marked(words, left, ordinary=ordinary)
        return joined or (linked == 1 and not ordinary and _needs_second(words))
    if left is not None and _marks_end(words[left]) and _is_thing(words[at].text):
        return True
    if ordinary and not _is_thing(words[at].text):
        return _is_partner_slot(words, left, right)
    return not ordinary or (
        _is_thing(words[at].text) and _is_slot(words, left, _BEFORE) and _is_slot(words, right, _BEHIND)
    )


_BEFORE = ("how", "filler", "and", "patient", "agent", "from", "ask", "between", "de", "mark", "cooperation", "whether")
_BEHIND = ("gives", "and", "de", "mark", "cooperation", "partner", "whether", "patient", "agent", "get", "from")


def _asks(words: Sequence[Word]) -> bool:
    """Whether something is asked at all: open the door asks nothing."""
    return any(word.has("who", "which", "whether", "partner", "cooperation", "count", "de", "how") for word in words)


def _is_slot(words: Sequence[Word], near: int | None, tags: Sequence[str]) -> bool:
    """Whether the neighbour of a stretch leaves room for a name: nothing, a marker, a word for a relation."""
    if near is None or words[near].has(*tags) or words[near].values("relation:"):
        return True
    return words[near].text.isascii() and bool(words[near].values("kind:"))  # verdant labs


def _is_partner_slot(words: Sequence[Word], left: int | None, right: int | None) -> bool:
    """和_合作, _的合作伙伴: where a verb (奔驰) can only be a name."""
    if (
        left is not None
        and words[left].text.lower().endswith(("with", "of"))
        and (right is None or words[right].has("mark"))
    ):
        return True
    if right is None or not (left is None or words[left].has("and", "patient", "agent", "from")):
        return False
    beyond = _past_filler(words, right, 1) if words[right].has("de") else right
    if words[right].has("and") and right + 1 < len(words) and words[right + 1].has("who", "which"):
        return True
    return beyond is not None and words[beyond].has("cooperation", "partner")


def _is_ordinary(words: Sequence[Word], at: int) -> bool:
    """Whether a stretch is a plain word: in the dictionary and no proper name, or in small letters among capitals."""
    text = words[at].text
    if text.isascii():
        return text.islower()
    tags = _dictionary_tags(text)
    return len(tags) == 1 and not tags[0].startswith(("nr", "ns", "nt", "nz", "j", "x"))


def _is_thing(text: str) -> bool:
    """Whether a plain word can be a name at all: one in small letters, or a noun (苹果), not a verb or an adverb."""
    return text.isascii() or _dictionary_tags(text)[0].startswith("n")


def _dictionary_tags(text: str) -> tuple[str, ...]:
    from extract.segment import segment  # a dictionary of a second to load, needed by few questions

    return tuple(word.tag for word in segment(text))


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


def _is_joined(words: Sequence[Word], left: int | None, right: int | None) -> bool:
    """Whether a stretch is joined to a name: X和…, … and X."""
    for near, step in ((left, -1), (right, 1)):
        if near is not None and words[near].has("and"):
            beyond = _past_filler(words, near, step)
            if beyond is not None and words[beyond].has("name"):
                return True
    return False


def _is_marked(words: Sequence[Word], left: int | None, *, ordinary: bool) -> bool:
    """Whether a stretch stands behind the marker of one end: 向, 被, 从, with, by."""
    return left is not None and not ordinary and (words[left].has("and", "between") or _marks_end(words[left]))


def _marks_end(word: Word) -> bool:
    """Whether a word marks an organization as one end; 把 marks what is handed over as well."""
    return word.has("agent", "patient", "from", "ask") and word.text not in ("把", "将")


def _past_filler(words: Sequence[Word], at: int, step: int) -> int | None:
    at += step
    while 0 <= at < len(words) and words[at].tags <= {"filler"}:
        at += step
    return at if 0 <= at < len(words) else None


def _needs_second(words: Sequence[Word]) -> bool:
    """A yes-or-no question about one known name needs the other end."""
    open_end = any(word.has("who", "which", "partner", "count") or word.values("kind:") for word in words)
    return any(word.has("whether") for word in words) and not open_end
