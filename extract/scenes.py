"""Sentences as scenes: which organizations each one names, refers to, or leaves out as its topic."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.cues import SMALL, Cues
from extract.records import Mention, Span
from extract.references import read_topics

HOLE = "■"
FORMS = ("name", "silent", "topic", "latest", "speaker", "pair", "three", "several", "former", "latter", "other")
_LISTED = re.compile(r"[、和与及暨或以“”]+")
_NOISE = re.compile(r"[（(\[][^（()）\[\]■]{0,40}[)）\]]|\s+")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９.,，:%％]*")
_LISTED_WORDS = re.compile(r"(?:,|&|;|\band\b|\bor\b|\bas well as\b|\bthe\b|[“”\s])+")
_NOISE_WORDS = re.compile(r"\s*[(\[][^()\[\]■]{0,60}[)\]]|\s+")
_BONE_WORDS = re.compile(
    r"[■,;:.(“”—–]|(?<!\w)(?:and|with|by|of|for|to|from|in|between|as|at|on|under|its|their|our|his|her|that|which|who|will"
    r"|would|not|no|has|have|had|is|was|are|were|be|been|said|says|including|such|through|via|called|led|while|but|both|the"
    r"|a|an|it|they|we|or|than|about|also)(?!\w)|[’']s(?!\w)"
)
_BONE = re.compile(
    "[■，；：。、（“与和同跟及由为向对被将把让给是的称从经按拟未不曾获受]|分别|其中|没有|并未|否认|终止|旗下|子公司|下属|所属|等|宣布|公告"
    "|以及|通过|来自|包括|作为|成为"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """An organization in a sentence: named, referred to, or the topic that the sentence leaves out.

    ``form`` is one of ``FORMS``: ``name``, ``silent`` (the topic), or how a reference takes its organization.
    """

    mention: Mention
    form: str

    @property
    def organization(self) -> str:
        """The organization's id."""
        return self.mention.organization or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A sentence with its slots in order.

    ``text`` is the sentence without numbers and bracketed codes, with one hole for each list of slots; ``place[k]`` is
    the hole of slot ``k``, -1 for a topic, ``list_of[k]`` the number of its list.  ``cues`` are the cue words as
    (start, end, word), ``bones`` the (start, symbol) of cues, holes, punctuation and function words.
    """

    number: int
    span: Span
    slots: tuple[Slot, ...]
    text: str
    place: tuple[int, ...]
    list_of: tuple[int, ...]
    cues: tuple[tuple[int, int, str], ...]
    bones: tuple[tuple[int, str], ...]


def read_scenes(text: str, sentences: Sequence[Span], mentions: Sequence[Mention], cues: Cues) -> tuple[Scene, ...]:
    """The sentences that have a slot, in order; ``mentions`` are resolved ones in order of the text."""
    outer: list[Mention] = []
    for mention in mentions:
        if mention.organization is None:
            continue
        if outer and mention.span.start < outer[-1].span.end and mention.span != outer[-1].span:
            continue
        outer.append(mention)
    starts = [sentence.start for sentence in sentences]
    at = [max(0, bisect_right(starts, mention.span.start) - 1) for mention in outer]
    named = [k for k, mention in enumerate(outer) if mention.form != "reference"]
    topics = read_topics(sentences, [outer[k] for k in named], [at[k] for k in named])
    inside: dict[int, list[Mention]] = defaultdict(list)
    for mention, number in zip(outer, at, strict=True):
        inside[number].append(mention)
    return tuple(
        _read_scene(text, number, sentences[number], inside[number], topics[number - 1] if number else None, cues)
        for number in sorted(inside)
    )


def _plain(text: str, *, spaced: bool = False) -> str:
    if spaced:
        return _NUMBER.sub("0", _NOISE_WORDS.sub(" ", text)).translate(SMALL)
    return _NUMBER.sub("0", _NOISE.sub("", text))


def _form(mention: Mention) -> str:
    return mention.finder.partition(":")[2] if mention.form == "reference" else "name"


def _read_scene(
    text: str, number: int, span: Span, mentions: Sequence[Mention], topic: Mention | None, cues: Cues
) -> Scene:
    slots: list[Slot] = []
    parts: list[str] = []
    place: list[int] = []
    list_of: list[int] = []
    size, here, lists = 0, span.start, -1
    joined, most = (_LISTED_WORDS, 14) if cues.spaced else (_LISTED, 6)
    for k, mention in enumerate(mentions):
        slots.append(Slot(mention=mention, form=_form(mention)))
        between = text[here : mention.span.start]
        if k and mention.span.start == mentions[k - 1].span.start:  # 双方: one hole for both
            pass
        elif not k or len(between) >= most or not joined.fullmatch(between):
            between = _plain(between, spaced=cues.spaced)
            parts += (between, HOLE)
            size += len(between) + 1
            lists += 1
        place.append(size - 1)
        list_of.append(lists)
        here = max(here, mention.span.end)
    parts.append(_plain(text[here : span.end], spaced=cues.spaced))
    masked = "".join(parts)
    if topic is not None and all(slot.organization != topic.organization for slot in slots):
        slots.insert(0, Slot(mention=topic, form="silent"))
        place.insert(0, -1)
        list_of.insert(0, -1)
    found = tuple((match.start(), match.end(), match.group()) for match in cues.pattern.finditer(masked))
    taken = {at for start, end, _ in found for at in range(start, end)}
    bones = [(at, cues.kind_of[word]) for at, _, word in found]
    bones += [
        (match.start(), match.group())
        for match in (_BONE_WORDS if cues.spaced else _BONE).finditer(masked)
        if match.start() not in taken
    ]
    return Scene(
        number=number,
        span=span,
        slots=tuple(slots),
        text=masked,
        place=tuple(place),
        list_of=tuple(list_of),
        cues=found,
        bones=tuple(sorted(bones)),
    )
