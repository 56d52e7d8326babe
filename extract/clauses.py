"""Clause patterns: what a sentence plainly claims between two of its organizations."""

import re

from extract.cues import Cues
from extract.ontology import load_ontology
from extract.scenes import HOLE

SEPARATORS = re.compile(r"[、，,和与及以或暨等" + HOLE + r"\s“”（）()《》]*")
_JOINED = re.compile(r"(已|将|拟|今日|近日|还|也|分别|正式|[^，。]{0,6})?(与|和|同|跟|向|对|为|被|由|联合|携手|联手)")


def clause_kind(left: str, middle: str, right: str, cues: Cues) -> str | None:
    """The kind that the clause claims between two mentions, or ``None``.

    ``left``, ``middle`` and ``right`` are the sentence around the two, with a hole for every other mention.  Of
    several kinds the first of the ontology wins.
    """
    if cues.spaced:
        return _english_kind(left, middle, right, cues)
    clause = re.split("[；。]", right)[0][:25]
    after = [word for word in cues.pattern.findall(clause) if word not in cues.vague]
    inner = [word for word in cues.pattern.findall(middle) if word not in cues.vague]
    listed = bool(middle) and bool(SEPARATORS.fullmatch(middle))
    hit: list[str] = []
    if listed and re.search("[和与及、]", middle) and after and "的" not in clause[:2]:
        hit = after  # A与B、C…签约
    elif _JOINED.match(middle) and len(middle) < 16 and "，" not in middle:
        hit = inner + after  # A向B…, A联合B…
    elif inner and HOLE not in middle and len(middle) < 18 and "，" not in middle:
        hit = inner  # A收购B
    elif inner and HOLE in middle and len(middle) < 40 and SEPARATORS.fullmatch(middle[middle.index(HOLE) :]):
        hit = inner  # A收购B、C
    if not hit:
        return None
    return load_ontology().first({cues.kind_of[word] for word in hit})


_WITH = re.compile(r"\s*(?:[^■.;“”]{0,60}?)\b(?:with|to|from|by|in|for|between)\s+(?:[a-z-]+\s+){0,3}$")
_PLAIN = re.compile(r"[^■,;:.“”]{1,60}$")
_LIST = re.compile(r"[\s,]*(?:and|&|,|of)\s*(?:the\s*)?$|、")
_AHEAD = re.compile(r"(?:between|among|by|of)\s+(?:the\s+)?$")


def _english_kind(left: str, middle: str, right: str, cues: Cues) -> str | None:
    """As ``clause_kind``: A partnered with B; A acquired B; A and B signed; an agreement between A and B."""

    def sure(text: str) -> list[str]:
        return [word for word in cues.pattern.findall(text) if word not in cues.vague]

    clause = re.split(r"[;.■]", right)[0][:60]
    hit: list[str] = []
    if _LIST.fullmatch(middle):
        hit = sure(clause)
        if not hit and _AHEAD.search(left):
            hit = sure(left[-50:])  # an agreement between A and B
    elif HOLE not in middle and len(middle) < 90 and (_WITH.fullmatch(middle) or _PLAIN.fullmatch(middle)):
        hit = sure(middle)  # A has partnered with B, A acquired B
    if not hit:
        return None
    return load_ontology().first({cues.kind_of[word] for word in hit})


_OFFERED = re.compile(r"[^，。；■]{0,16}提供了[^，。；■]{0,12}")
_ENGAGED = re.compile(r"(?:受聘|被聘|获聘)(?:于|为|到|任|担任)?$")


def plain_kind(middle: str, right: str, cues: Cues) -> str | None:
    """The kind that one of two constructions claims wherever they stand, or ``None``.

    A…，为B…提供了技术支持; A董事长某某……，他受聘于B.  No other organization stands between the two.
    """
    if middle.endswith(("，为", "，给", "，向", "并为", "将为", "来为")) and (match := _OFFERED.match(right)):
        kinds = {cues.kind_of[word] for word in cues.pattern.findall(match.group())} & {"tech_service", "supply"}
        return load_ontology().first(kinds) if kinds else None
    return "talent" if _ENGAGED.search(middle) else None
