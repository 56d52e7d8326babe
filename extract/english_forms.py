"""Which of the names of an English article are forms of one: legal forms, brackets, initials, shortened names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from extract.finders.token_features import load_lexicon
from extract.finders.tokens import load_grammar
from extract.records import Mention

_LEGAL = re.compile(
    r",? (?:Inc\.?|Incorporated|Corp\.?|Corporation|Ltd\.?|Limited|LLC\.?|L\.L\.C\.|LLP|PLC|plc|Plc"
    r"|GmbH|AG|SE|N\.V\.|B\.V\.|NV|BV|AB|A/S|S\.p\.A\.|S\.A\.|SA|SpA|Co\.,? Ltd\.?|Co\."
    r"|Company|LP|L\.P\.|Oy|ASA|AS|Pty|Pte|s\.r\.o\.|a\.s\.|K\.K\.)$"
)
_ARTICLE = re.compile(r"^(?:[Tt]he|[Aa]n?) ")
_STATE = re.compile(r"^(?:U\.S\.|US|UK|U\.K\.) ")
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(["of", "the", "and", "for", "in", "at", "on", "de", "la", "des", "du", "et", "und", "für", "y"])
_INSTITUTE = re.compile(r"\b(?:Institute|Laboratory|Observatory|Cent(?:er|re)|Station)\b")
_ACADEMY = re.compile(r"\bAcademy of \w")
_APPOSED = re.compile(r"(?: \([^()]{2,20}\))?(?:,| of| at| under)? (?:the )?")
_DEFINED = re.compile(
    r",?\s?[(\[](?:the |collectively,? |together,? |hereinafter |formerly |dba |d/b/a )*"
    r"[“\"‘]?([^()“”\"‘’\[\]]{2,40}?)[”\"’]?(?:[,;:][^()]{0,60})?[)\]]"
)


def core(name: str) -> str:
    """A name without article and legal form, as shown; of ``The Acme Co., Ltd.`` that is ``Acme``.

    >>> core("The Acme Motors Co., Ltd.")
    'Acme Motors'
    """
    name = _ARTICLE.sub("", " ".join(name.split()))
    return _LEGAL.sub("", _LEGAL.sub("", name)) or name


def initials(name: str) -> str:
    """The first letters of the capitalized words of a name."""
    return "".join(word[0] for word in _WORD.findall(name) if word[0].isupper())


def join_forms(text: str, places: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """For each form the longest form of its organization; ``places`` maps forms to their ends in ``text``.

    A form joins a longer one when: they differ by article and legal form; the longer is followed by the form in
    brackets; it is the longer one's initials; or it begins the one longer name that it can shorten, whose further
    words say a trade or a place, not another house (``Siemens`` stays apart from ``Siemens Energy``).
    """
    forms = sorted(places, key=lambda form: (-len(core(form)), -len(form), form))
    of: dict[str, str] = {}
    heads: list[str] = []
    defined = _defined(text, places)
    by_core: dict[str, str] = {}
    for form in forms:
        plain = core(form).casefold()
        bare = _STATE.sub("", core(form)).casefold()
        host = by_core.get(plain) or by_core.get(bare)
        if host is None and form in defined and defined[form] in of:
            host = of[defined[form]]
        if host is None:
            fitting = [head for head in heads if _shortens(form, head)]
            host = fitting[0] if len(fitting) == 1 else None
        if host is None:
            host = form
            heads.append(form)
        of[form] = host
        by_core.setdefault(plain, host)
        by_core.setdefault(bare, host)
    return of


def _defined(text: str, places: Mapping[str, Sequence[int]]) -> dict[str, str]:
    """Short forms that a longer name brings along in brackets: ``Long Name (“Short”)``."""
    out: dict[str, str] = {}
    for form, ends in places.items():
        for end in ends:
            if match := _DEFINED.match(text, end):
                short = match[1].strip()
                for other in (short, _ARTICLE.sub("", short)):
                    if other in places and other != form and len(other) < len(form):
                        out.setdefault(other, form)
    return out


def _shortens(short: str, long: str) -> bool:
    one, other = core(short), core(long)
    if one.isupper() and " " not in one and 2 <= len(one) <= 7:
        full = initials(other)
        return one == full or one == full.replace("A", "") or one.replace("&", "") == full
    small, large = _WORD.findall(one), _WORD.findall(other)
    if not small or len(small) >= len(large) or large[: len(small)] != small:
        return False
    lexicon = load_lexicon()
    known = lexicon.names.get(one, "")
    if known.startswith("p") or small[-1] in _SMALL or (len(small) == 1 and len(small[0]) < 3):
        return False
    if len(small) == 1 and lexicon.heads.get(small[0]):
        return False
    rest = large[len(small) :]
    if known.startswith("k") and not all(word in load_grammar().house for word in rest):
        return False
    head = lexicon.heads.get(large[-1], ("", ""))[0]
    if rest[0].lower() in _SMALL:
        return head in ("", "enterprise") or lexicon.heads.get(small[-1], ("", ""))[0] == "university"
    return all(
        word.lower() in _SMALL
        or word in lexicon.heads
        or word in load_grammar().house
        or (lexicon.names.get(word, "").startswith("p") and f"({word})" in other)
        for word in rest
    )


_WHOLES = frozenset({"university", "institute", "hospital", "government"})


def apposed_parents(text: str, mentions: Sequence[Mention]) -> dict[int, int]:
    """The academies that only say whose institute the name before them is: their places in ``mentions`` and its.

    ``Shanghai Institute of Applied Physics, Chinese Academy of Sciences, signed …`` has one party.
    """
    return {
        at + 1: at
        for at, (one, two) in enumerate(pairwise(mentions))
        if _INSTITUTE.search(one.text)
        and _ACADEMY.search(two.text)
        and one.organization != two.organization
        and _APPOSED.fullmatch(text[one.span.end : two.span.start])
    }


def english_parent(name: str, others: Iterable[str]) -> str | None:
    """The longest of ``others`` that stands inside ``name`` and is a body that has departments, or ``None``.

    >>> english_parent("Oakhaven University School of Law", ["Oakhaven University", "School of Law"])
    'Oakhaven University'
    """
    heads = load_lexicon().heads
    fitting = [
        other
        for other in others
        if len(other) < len(name)
        and (name.startswith(tuple(other + mark for mark in " ’',")) or name.endswith((", " + other, "of " + other)))
        and any(heads.get(word, ("", ""))[0] in _WHOLES for word in (*_WORD.findall(other)[:1], other.split()[-1]))
    ]
    return max(fitting, key=lambda other: (len(other), other), default=None)
