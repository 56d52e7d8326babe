"""What a question wants to know, by the words in it and the number of its names."""

from collections.abc import Sequence

from graph.ask.conditions import asked_person
from graph.ask.reading import Intent
from graph.ask.relations import asked_relations, listed_kinds, relations_at
from graph.ask.sides import noun_holder, relation_form
from graph.ask.words import Word

_PLAIN = frozenset(
    (
        "follow",
        "pronoun",
        "filler",
        "mark",
        "which",
        "who",
        "and",
        "de",
        "organization",
        "all",
        "whether",
        "number",
        "unit",
        "between",
        "year",
    )
) | {"in_place"}
_THINGS = ("什么", "啥", "是什么", "有什么", "what")  # alone, they ask for a thing: 签了什么
_WORDED = ("cooperation", "partner", "common_noun", "paths", "parts", "parents", "via")
_ABOUT_TWO = ("how", "since", "why", "common", "whether", "patient", "agent", "from")
_STATUS = ("status:planned", "status:ended", "status:negated")
_HANGING = ("属", "隶", "从属", "归", "挂", "附")


def choose_intent(words: Sequence[Word], language: str) -> Intent | None:
    """The intent of the words, or ``None`` when they ask for nothing that the graph holds."""
    count = sum(word.has("name") for word in words)
    if not is_worded(words) and not is_bare(words) and not (count == 0 and statuses(words)):
        return None
    if count == 2 and not is_worded(words) and _says_whose(words):
        return "belongs"
    return _two(words) if count >= 2 else _one(words) if count == 1 else _none(words, language)


def _says_whose(words: Sequence[Word]) -> bool:
    """A是B的吗: the second name owns the first."""
    names = [at for at, word in enumerate(words) if word.has("name")]
    behind = names[1] + 1
    return (
        any(word.text == "是" for word in words[names[0] : names[1]])
        and behind < len(words)
        and words[behind].has("de")
    )


def is_worded(words: Sequence[Word]) -> bool:
    """Whether a word about collaborating or structure says what is asked."""
    return _has(words, *_WORDED) or bool(asked_relations(words))


def is_bare(words: Sequence[Word]) -> bool:
    """Whether the question is names and little words, which ask for partners, or for what joins two names."""
    names = sum(word.has("name") for word in words)
    content = [
        word
        for word in words
        if not word.has("name") and not word.tags <= _PLAIN and not (word.tags & _PLAIN and word.has("filler"))
    ]
    if names >= 2:
        return all(word.has(*_ABOUT_TWO, *_STATUS) for word in content)
    return names == 1 and all(word.values("kind:") or word.has("patient", *_STATUS) for word in content)


def statuses(words: Sequence[Word]) -> tuple[str, ...]:
    """The statuses that the words ask for, in their order."""
    return tuple(status for word in words for status in word.values("status:") if not word.has("years_until"))


def is_counting(words: Sequence[Word]) -> bool:
    """Whether the words ask how many."""
    return any(word.has("count") and not word.has("since") for word in words) and not _has(words, "most")


def _has(words: Sequence[Word], *tags: str) -> bool:
    return any(word.has(*tags) for word in words)


def _only(words: Sequence[Word], tag: str) -> bool:
    """Whether some word stands for ``tag`` and for nothing else."""
    return any(word.tags <= {tag, "filler", "connected", "person"} and tag in word.tags for word in words)


def _two(words: Sequence[Word]) -> Intent:
    relations = asked_relations(words)
    if _has(words, "common_noun") or _is_common(words):
        return "common"
    if _only(words, "paths") and not relations:
        return "paths"
    if _only(words, "via") or (_has(words, "via") and _has(words, "who", "which") and not _has(words, "paths")):
        return "via"
    if _has(words, "why") and not _has(words, "since"):
        return "why"
    if _only(words, "since"):
        return "since"
    if _has(words, "parts", "parents") and not _has(words, "cooperation", "partner") and not relations:
        return "belongs"
    if statuses(words) and (_has(words, "whether") or not _has(words, "who", "which")):
        return "status"
    if relations:
        return "pair"
    if _only(words, "paths"):
        return "paths"
    return "how" if _has(words, "how") or not _has(words, "whether") else "pair"


def _is_common(words: Sequence[Word]) -> bool:
    """Whether what two names share is asked: a word that says so and one for what is shared, or 谁和X、Y合作."""
    asks = _has(words, "who", "which", "partner", "organization") or any(word.values("kind:") for word in words)
    role = any(
        relation_form(words[at], kind) in ("source", "target")
        for at in range(len(words))
        for kind in relations_at(words, at)
    )
    if _has(words, "whether") and not asks and not role:
        return False
    if _has(words, "how") and not _has(words, "who", "partner") and not role:
        return False
    strong = any(word.has("common") and not word.has("filler") for word in words)
    if strong and (asks or role):
        return True
    if statuses(words) or _verb_between_names(words):
        return False
    weak = _has(words, "common") and not strong
    return _asks_for_third(words) and (
        weak or not _has(words, "how", "via", "paths", "why", "since", "parts", "parents")
    )


def _asks_for_third(words: Sequence[Word]) -> bool:
    """Whether a question word stands for an organization (谁, which partner), not for a kind of relation (什么关系)."""
    for at, word in enumerate(words):
        rest = [other for other in words[at + 1 :] if not other.tags <= {"filler", "de", "top"}]
        after = rest[0] if rest else None
        if word.has("who"):
            return True
        thing = word.text.lower() in _THINGS and not (
            after is not None and (after.has("organization", "partner", "unknown") or after.values("kind:"))
        )
        if (
            word.has("which")
            and not thing
            and not word.has("how")
            and not (after is not None and after.has("cooperation"))
        ):
            return True
    return False


def _verb_between_names(words: Sequence[Word]) -> bool:
    """Whether a verb parts the names (X投资Y): then they are its two ends."""
    names = [at for at, word in enumerate(words) if word.has("name")]
    return any(words[at].has("cooperation") or relations_at(words, at) for at in range(names[0] + 1, names[1]))


def _one(words: Sequence[Word]) -> Intent | None:
    collaborates = _has(words, "cooperation", "partner") or bool(asked_relations(words))
    if asked_person(words) and _has(words, "via"):
        return "via"
    if _only(words, "paths") and not collaborates:
        return None
    if _only(words, "since") and not _has(words, "who", "which", "partner", "cooperation"):
        return None
    if _has(words, "parents", "parts") and not _has(words, "with_parts") and not collaborates:
        return "parents" if _asks_parent(words) else "parts"
    if is_counting(words):
        return "count"
    return "parts" if not collaborates and _asks_what_it_has(words) else "partners"


def _asks_what_it_has(words: Sequence[Word]) -> bool:
    """中国科学院有哪些研究所: a name, a verb of having, a question word and a kind."""
    name = next(at for at, word in enumerate(words) if word.has("name"))
    for at in range(name + 1, len(words) - 1):
        has = words[at].text.startswith("有") and words[at].has("which")
        has = has or (words[at].has("which") and words[at - 1].text in ("有", "设", "设有"))
        if has and words[at + 1].values("kind:"):
            return True
    return False


def _asks_parent(words: Sequence[Word]) -> bool:
    """X属于谁 and X的母公司 ask for the parent; X的子公司 and what belongs to X for the parts."""
    name = next(at for at, word in enumerate(words) if word.has("name"))
    at = next(at for at, word in enumerate(words) if word.has("parts", "parents"))
    word = words[at]
    if word.has("parents") and not word.has("parts"):
        return name < at or "parent" in word.text.lower() or word.text.lower().startswith("who ")
    if word.has("parts") and not word.has("parents"):
        holder = noun_holder(words, at)  # X是谁的子公司: the name is the part
        return holder is not None and not words[holder].has("name") and name < holder
    return name < at


def _none(words: Sequence[Word], language: str) -> Intent | None:
    if asked_person(words) and _has(words, "via"):
        return "via"
    kinds = [word for word in words if word.values("kind:")]
    if _has(words, "most") or (_has(words, "top") and _has(words, "number") and not _has(words, "why")):
        return "rank"
    if is_counting(words):
        return None
    if len(kinds) >= 2:
        return "having" if listed_kinds(words, language) is not None else "pairs"
    if not statuses(words) and not kinds and _is_lone_verb(words):
        return None
    several = _has(words, "between", "all") or sum(word.has("who") for word in words) >= 2
    if asked_relations(words) or statuses(words) or several or (kinds and _has(words, "cooperation", "partner")):
        return "pairs"
    return None


def _is_lone_verb(words: Sequence[Word]) -> bool:
    """测试, invest: a verb and nothing that asks."""
    content = [at for at, word in enumerate(words) if not word.has("filler", "mark", "unknown")]
    return len(content) == 1 and "noun" not in {
        relation_form(words[content[0]], kind) for kind in relations_at(words, content[0])
    }


def is_child_second(words: Sequence[Word]) -> bool:
    """Of two names in a question about belonging, whether the second is the part: B旗下有A吗, is B the parent of A."""
    at = next((at for at, word in enumerate(words) if word.has("parts", "parents")), None)
    if at is None:
        return False
    word = words[at]
    one, two = [at for at, word in enumerate(words) if word.has("name")][:2]
    text = word.text.lower()
    if not word.text.isascii():
        holder = noun_holder(words, at)
        if one < at < two:
            follows = all(other.has("filler", "whether", "organization", "de") for other in words[at + 1 : two])
            return word.has("parts") and not word.has("parents") and holder == one and follows
        return two < at and not word.has("parts") and holder == two and not word.text.startswith(_HANGING)
    if "parent" in text or text in ("owner", "headquarters", "holding company", "umbrella"):
        return one < at < two
    owns = text.startswith(("own", "include", "comprise", "consist", "made up", "composed")) and not text.endswith("by")
    return one < at < two and owns
