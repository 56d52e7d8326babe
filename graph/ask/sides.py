"""Which side of a directed relation a named organization stands on, from the words around it.

A verb has an agent and a patient: who invests, what is invested in.  ``does`` verbs have the source as agent,
``undergoes`` verbs (采购, buys) the target; role nouns (供应商, investor) name one side and are held by the other.
"""

from collections.abc import Sequence
from typing import Literal

from graph.ask.words import Word

End = Literal["source", "target"]

_SKIP = ("filler", "organization", "whether", "mark", "all")
TAKES = "takes_organization"
_OTHER: dict[End, End] = {"source": "target", "target": "source"}
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "get", "got", "gets"})


def relation_form(word: Word, kind: str) -> str:
    """The form a relation word of ``kind`` has: ``does``, ``undergoes``, ``source``, ``target`` or ``noun``."""
    forms = [tag.split(":")[1] for tag in word.values("relation:") if tag.startswith(kind + ":")]
    return next(
        (form for form in ("source", "target", "undergoes", "does") if form in forms),
        "does" if TAKES in forms else "noun",
    )


def relation_kinds(words: Sequence[Word], at: int) -> tuple[str, ...]:
    """The kinds of collaboration that a word stands for here.

    A verb such as buy means one kind where its object is an organization (买下哪家公司), another elsewhere.
    """
    forms = [tuple(tag.split(":")) for tag in words[at].values("relation:")]
    taking = {kind for kind, form in forms if form == TAKES}
    if not taking:
        return tuple(sorted({kind for kind, _ in forms}))
    if _takes_organization(words, at):
        return tuple(sorted(taking))
    return tuple(sorted({kind for kind, form in forms if form != TAKES}))


def _takes_organization(words: Sequence[Word], at: int) -> bool:
    if any((word.has("from") and not word.has("in_place")) or word.text.lower() == "from" for word in words):
        return False
    behind = [word for word in words[at + 1 :] if not word.tags <= {"filler"}]
    if behind and (behind[0].has("name") or behind[0].has("who")):
        return len(behind) < 2 or not behind[1].has("de")
    if len(behind) > 1 and behind[0].has("which") and behind[1].values("kind:"):
        return True
    named = any(word.has("name") for word in words[:at])
    if named and any(word.has("agent") for word in (behind[:1] if _english(words[at]) else words[:at])):
        return True  # bought by whom, 被谁买下
    asked = [word for word in words[:at] if word.values("kind:") or word.has("who")]
    return (
        _english(words[at])
        and bool(asked)
        and any(word.has("name") for word in words[:at])
        and (not behind or behind[0].has("mark"))
    )


def is_holder(words: Sequence[Word], at: int) -> bool:
    """Whether a word can be one end of a relation: a name, or a question word for one."""
    word = words[at]
    return word.has("name", "who") or (word.has("which") and not word.has("how"))


def _before(words: Sequence[Word], at: int) -> Word | None:
    """The word before, passing over the other members of a list (X和Y)."""
    at -= 1
    while at >= 0 and (words[at].tags <= {"filler", "organization", "all"} or (words[at].has("name") and at > 0)):
        at -= 1
    return words[at] if at >= 0 else None


def _behind(words: Sequence[Word], at: int) -> Word | None:
    at += 1
    while at < len(words) and words[at].tags <= {"filler", "mark"}:
        at += 1
    return words[at] if at < len(words) else None


def name_end(words: Sequence[Word], name: int, relation: int, form: str) -> End | None:
    """The end of the relation word at ``relation`` that the name at ``name`` stands on, or ``None`` when nothing says.

    Positions are those in ``words``.
    """
    if form in ("source", "target"):
        return _by_noun(words, name, relation, "source" if form == "source" else "target")
    if form == "noun" and not _english(words[relation]) and not any(word.has("get") for word in words):
        return None
    subject: End = "target" if form == "undergoes" else "source"
    return _by_verb(words, name, relation, subject)


def _english(word: Word) -> bool:
    return word.text.isascii()


def _marked(words: Sequence[Word], at: int, *tags: str) -> bool:
    before = _before(words, at)
    return before is not None and before.has(*tags)


def _by_verb(words: Sequence[Word], name: int, relation: int, subject: End) -> End | None:
    """By grammar: markers before the name, then markers before the other end, then the order of words."""
    thing = _OTHER[subject]
    verb = words[relation]
    others = [at for at in range(len(words)) if at != name and is_holder(words, at)]
    gets = [at for at, word in enumerate(words) if word.has("get") and at != relation]
    asks = [at for at, word in enumerate(words) if word.has("ask") and not word.has("filler") and at != relation]
    asks += [
        at
        for at, word in enumerate(words)
        if word.has("ask") and word.has("filler") and at + 1 < len(words) and is_holder(words, at + 1) and at > 0
    ]
    if _marked(words, name, "from"):
        return "source"
    if _english(verb) and _marked(words, name, "agent"):
        return subject
    if not _english(verb) and _marked(words, name, "agent"):
        return subject
    if gets and not _marked(words, name, "patient"):
        return thing if name < gets[0] else subject
    if asks and subject == "source":
        if name > asks[0]:
            return "source"
        return "target"
    if _given(words, name, relation):
        return thing
    if _marked(words, name, "patient") and not (
        _english(verb) and name < relation and not words[name - 1].has("patient")
    ):
        return thing
    for at in others:
        if _marked(words, at, "agent"):
            return thing
        if _marked(words, at, "from"):
            return "target"
        if not _english(verb) and at < name < relation and _marked(words, at, "patient"):
            return subject
    if _english(verb):
        return _english_order(words, name, relation, subject)
    if name > relation:
        return thing
    between = [at for at in others if name < at < relation and not _marked(words, at, "and", "patient", "from")]
    if between:
        return thing
    passive = relation > 0 and (
        words[relation - 1].has("agent") or any(word.has("agent") for word in words[name + 1 : relation])
    )
    return thing if passive else subject


def _given(words: Sequence[Word], name: int, relation: int) -> bool:
    """X的技术服务是谁在提供: the verb that gives stands behind, with its own agent."""
    gives = [at for at in range(relation + 1, len(words)) if words[at].has("gives") and not _english(words[at])]
    return (
        bool(gives) and name < relation and any(words[at].has("who", "which") for at in range(relation + 1, gives[0]))
    )


def _english_order(words: Sequence[Word], name: int, relation: int, subject: End) -> End | None:
    thing = _OTHER[subject]
    text = words[relation].text.lower().split()[0]
    behind = _behind(words, relation)
    passive = behind is not None and behind.has("agent") and text.endswith(("ed", "en", "t", "n", "d"))
    if passive:
        return thing if name < relation else subject
    if name < relation:
        if any(word.has("gives") for word in words[:name]) and not any(
            word.has("gives") for word in words[name:relation]
        ):
            return thing  # gave X support
        near = [word.text.lower() for word in words[name + 1 : relation]]
        lead = [word.text.lower() for word in words[max(0, name - 1) : name]]
        if text.endswith(("ed", "en")) and (set(near) & _BE or set(lead) & {"is", "was"}) and "has" not in near:
            return thing
        return subject
    return thing


def _by_noun(words: Sequence[Word], name: int, relation: int, side: End) -> End:
    """By who holds the noun: X的供应商, X's suppliers, a supplier of X."""
    holder = noun_holder(words, relation)
    if name and words[name - 1].text in ("把", "将"):
        return side  # 把X列为供应商
    if holder is None:
        names = [at for at, word in enumerate(words) if word.has("name")]
        holder = names[0] if names else name
    return _OTHER[side] if holder == name else side


def _is_inside(word: Word, *, closest: bool) -> bool:
    """Whether a word may stand between a role noun and its holder: X's engineering service provider."""
    if word.has("de") or word.values("kind:") or (closest and word.values("relation:")):
        return True
    return word.tags <= {"filler", "organization", "all", "top", "unknown"}


def noun_holder(words: Sequence[Word], relation: int) -> int | None:
    """The position of the name or question word that holds a role noun, or ``None``."""
    at = relation - 1
    while at >= 0 and _is_inside(words[at], closest=at == relation - 1):
        at -= 1
    if _english(words[relation]):
        if at >= 0 and is_holder(words, at) and any(word.text == "'s" for word in words[at + 1 : relation]):
            return at
        if at >= 0 and words[at].text.lower() == "whose":
            return at
        for after in range(relation + 1, min(relation + 6, len(words))):
            if words[after].text.lower() in ("of", "to", "for", "in", "behind"):
                holders = [at for at in range(after + 1, min(after + 5, len(words))) if is_holder(words, at)]
                if holders:
                    return holders[0]
                kinds = [at for at in range(after + 1, min(after + 4, len(words))) if words[at].values("kind:")]
                if kinds:  # a member of any alliance
                    return kinds[0]
                others = [at for at, word in enumerate(words) if word.has("who", "which")]
                return others[0] if others else relation  # a member of anything: held by no name
        if at >= 0 and words[at].has("name") and at == relation - 1:
            return at
        return None
    if (
        at >= 0
        and is_holder(words, at)
        and (words[at].has("name") or any(word.has("de") for word in words[at + 1 : relation]))
    ):
        return at  # 哪家客户 asks which customer; 哪家的客户 whose
    return None
