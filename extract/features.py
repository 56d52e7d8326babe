"""What can be seen of a meeting: words for the linear readers, numbers for the boosted ones."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from extract.cues import Cues
from extract.english_features import bone_words, english_kind, english_kind_words, english_numbers, english_words
from extract.ontology import load_ontology
from extract.pairs import Meeting
from extract.records import Mention
from extract.scenes import FORMS, HOLE, Scene

_HEADS = (
    ("university", re.compile("大学|学院|学校")),
    ("institute", re.compile("研究院|研究所|实验室|科学院|研究中心|设计院|中心$")),
    ("hospital", re.compile("医院")),
    ("association", re.compile("协会|联盟|学会|联合会|商会|委员会$|党$|联合国|组织")),
    ("government", re.compile("政府|[部局厅]$|省委|市委|国务院|[市省县区]$|委$|法院|海关|国$")),
    ("bank", re.compile("银行|[建工农交中]行")),
    ("fund", re.compile("基金|资本|投资|证券|信托|保险|资产")),
    ("firm", re.compile("公司|集团|科技|股份")),
    ("park", re.compile("园$|基地|平台|孵化器|开发区|高新区")),
)
NAME_KINDS = (*(name for name, _ in _HEADS), "other")
_LATIN = re.compile(r"[^\u3400-\u9fff]*[A-Za-z]{4,}[^\u3400-\u9fff]*")
_JOINT = re.compile("[与和同跟、及]|联合|携手|向|对|被|由|为|将|是|的")
_BETWEEN = (*tuple("与和、向对被由为的是及在以从给并拟未曾"), "联合", "携手", "旗下", "子公司", "分别")
_BEHIND = ("签", "合作", "共", "联合", "的", "、", "和", "与", "在", "，", "股", "等", "将", "分别", "拟")
_AHEAD = ("与", "和", "由", "对", "、", "向", HOLE, "，", "的", "公司", "为")


def name_kind(name: str) -> str:
    """The kind that the head words of a name show; finer than the ontology's, ``other`` when none does."""
    if _LATIN.fullmatch(name):
        return english_kind(name)
    return next((kind for kind, pattern in _HEADS if pattern.search(name)), "other")


BITS = 18  # of a hashed feature
Hashes = NDArray[np.uint32]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What features need of a whole block of the document.

    By organization id: its name, the kind of the name, how often and in which order it is mentioned, and how sure it
    is; ``most`` is the largest count.  By number of the sentence: ``sizes`` counts its organizations, ``grams`` are the
    hashes of its characters, pairs and triples of characters.
    """

    name: Mapping[str, str]
    kind: Mapping[str, str]
    count: Mapping[str, int]
    order: Mapping[str, int]
    sizes: Mapping[int, int]
    sure: Mapping[str, float]
    most: int
    grams: Mapping[int, tuple[Hashes, Hashes, Hashes]]

    def outline(
        self, meeting: Meeting, around: Sequence[Sequence[str]], *, comma: str, name_kinds: Sequence[str]
    ) -> list[float]:
        """The numbers of a meeting that no language changes: distances and counts, who the two are, its clause.

        ``around`` is what stands before, between and behind the two, as characters or as words.
        """
        left, middle, right = around
        one, two = meeting.first.organization, meeting.second.organization
        return [
            meeting.gap,
            len(middle),
            meeting.between,
            middle.count(HOLE),
            middle.count(comma),
            self.sizes[meeting.scene.number],
            len(self.order),
            meeting.times,
            meeting.scene.number,
            len(left),
            len(right),
            meeting.listed,
            name_kinds.index(self.kind[one]),
            name_kinds.index(self.kind[two]),
            FORMS.index(meeting.first.form),
            FORMS.index(meeting.second.form),
            self.count[one],
            self.count[two],
            self.order[one],
            self.order[two],
            self.most,
            -1 if meeting.clause is None else list(load_ontology().collaborations).index(meeting.clause),
        ]


def name_confidences(mentions: Sequence[Mention]) -> dict[str, float]:
    """How sure the surest name of each organization is, by its id."""
    sure: dict[str, float] = {}
    for mention in mentions:
        if mention.organization is not None and mention.form != "reference":
            sure[mention.organization] = max(mention.confidence, sure.get(mention.organization, 0.0))
    return sure


def read_view(scenes: Sequence[Scene], names: Mapping[str, str], sure: Mapping[str, float]) -> View:
    """The view of a document; ``names`` maps the id of each organization to its canonical name."""
    count: Counter[str] = Counter()
    order: dict[str, int] = {}
    sizes: dict[int, int] = {}
    for scene in scenes:
        real = [slot.organization for slot in scene.slots if slot.form != "silent"]
        count.update(real)
        sizes[scene.number] = len(set(real))
        for one in real:
            order.setdefault(one, len(order))
    for scene in scenes:  # the topic of a block's first sentence may be named in the block before
        for slot in scene.slots:
            order.setdefault(slot.organization, len(order))
    return View(
        name=names,
        kind={one: name_kind(name) for one, name in names.items()},
        count=count,
        order=order,
        sizes=sizes,
        sure=sure,
        most=max(count.values(), default=0),
        grams={scene.number: _grams_of(scene.text) for scene in scenes},
    )


def _grams_of(text: str) -> tuple[Hashes, Hashes, Hashes]:
    one = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32) * np.uint32(0x9E3779B1)
    two = (one[:-1] ^ np.uint32(0x5BD1E995)) * np.uint32(0x01000193) + one[1:]
    three = (two[:-1] ^ np.uint32(0x27D4EB2F)) * np.uint32(0x01000193) + one[2:]
    return one, two, three


_SALTS = {
    (part, n): np.uint32(crc32(f"{part}{n}".encode())) for part in ("m", "l", "r", "R", "Lr", "Ll") for n in range(3)
}


def _window(grams: tuple[Hashes, Hashes, Hashes], part: str, start: int, end: int, longest: int = 3) -> list[Hashes]:
    """The hashes of all runs of up to ``longest`` characters in ``[start, end)`` of a sentence, told apart by part."""
    return [grams[n][start : end - n] ^ _SALTS[part, n] for n in range(longest) if end - n > start]


def _meeting_grams(meeting: Meeting, view: View) -> list[Hashes]:
    p, q = meeting.places
    grams, others = view.grams[meeting.scene.number], view.grams[meeting.other.number]
    size, end = len(meeting.scene.text), len(meeting.other.text)
    out = _window(grams, "l", max(0, p - 8), max(p, 0))
    out += _window(others, "r", q + 1, min(end, q + 11))
    out += _window(others, "R", q + 1, min(end, q + 41), 2)
    if meeting.listed:
        out += _window(others, "Lr", q + 1, min(end, q + 9))
        out += _window(grams, "Ll", max(0, p - 6), p, 2)
    elif meeting.gap:
        out += _window(grams, "m", p + 1, min(size, p + 16))
        out += _window(others, "m", max(0, q - 15), q)
    elif q - p - 1 <= 30:
        out += _window(grams, "m", p + 1, q)
    else:
        out += _window(grams, "m", p + 1, p + 16)
        out += _window(grams, "m", q - 15, q)
    return out


def meeting_hashes(meeting: Meeting, view: View, cues: Cues) -> NDArray[np.int64]:
    """The features of the linear readers as numbers of 18 bits, each once, in order: ``meeting_words``, and the runs
    of characters around and between the two.
    """
    if cues.spaced:
        return _hashed(english_words(meeting, view, cues))
    grams = np.concatenate(_meeting_grams(meeting, view) or [np.zeros(0, dtype=np.uint32)])
    mixed = (grams * np.uint32(0x85EBCA6B)) >> np.uint32(32 - BITS)
    words = _hashes(meeting_words(meeting, view, cues))
    both = np.concatenate((mixed.astype(np.int64), words))
    both.sort()
    return both[np.concatenate(([True], both[1:] != both[:-1]))]


def kind_hashes(meeting: Meeting, view: View, cues: Cues, hashes: NDArray[np.int64]) -> NDArray[np.int64]:
    """The features of the readers of kind and status; ``hashes`` are ``meeting_hashes``, which serve in Chinese too."""
    return _hashed(english_kind_words(meeting, view, cues)) if cues.spaced else hashes


def _hashed(words: Iterable[str]) -> NDArray[np.int64]:
    return np.unique(_hashes(words))


def _hashes(words: Iterable[str]) -> NDArray[np.int64]:
    return np.fromiter(map(_hash, words), dtype=np.int64)


@lru_cache(maxsize=1 << 16)  # most words are of few sorts and come again in each meeting
def _hash(word: str) -> int:
    return crc32(word.encode()) & ((1 << BITS) - 1)


def meeting_words(meeting: Meeting, view: View, cues: Cues) -> set[str]:
    """The features that have a name: cue words before, between and behind the two, the bones of the sentence around
    them, and who they are.
    """
    left, middle, right = meeting.left, meeting.middle, meeting.right
    one, two = meeting.first.organization, meeting.second.organization
    k1, k2 = view.kind[one], view.kind[two]
    f1, f2 = meeting.first.form, meeting.second.form
    gap, between, listed = meeting.gap, min(meeting.between, 5), meeting.listed
    out: set[str] = set()
    for n in (1, 2, 3):
        out.update(("l$" + left[-n:], "r^" + right[:n], "m^" + middle[:n], "m$" + middle[-n:]))
    out.update(
        (
            "r^" + right[:4],
            "M" + middle[:10],
            f"gap{gap}",
            f"d{min(len(middle).bit_length(), 8)}",
            f"n{between}",
            f"N{min(view.sizes[meeting.scene.number], 8)}",
            f"k{k1}|{k2}",
            f"k1{k1}",
            f"k2{k2}",
            f"commas{min(middle.count('，'), 3)}",
            f"list{listed}",
            f"pos{min(meeting.scene.number, 3)}",
            f"f{f1}|{f2}",
            f"f1{f1}|{gap}",
            f"f2{f2}|{gap}",
            f"P{meeting.clause}",
            "inside" if view.name[one] in view.name[two] or view.name[two] in view.name[one] else "apart",
            f"orgs{min(len(view.order), 10)}",
            f"times{min(meeting.times, 3)}|{gap}",
        )
    )
    few = min(between, 2)
    before, inner, after = meeting.cues
    for where, found in (
        ("<", [word for distance, word in before if distance < 30]),
        ("=", [word for _, word in inner]),
        (">", [word for distance, word in after if distance < 40]),
    ):
        for word in found:
            out.update((f"c{where}{word}", f"K{where}{cues.kind_of[word]}", f"c{where}{word}|list{listed}|{few}"))
        near = (found[-1] if where == "<" else found[0]) if found else "-"
        out.update((f"near{where}{near}", f"near{where}{near}|{k1}|{k2}"))
    for status, words in cues.statuses.items():
        for where, part in (("<", left[-12:]), ("=", middle[:40]), (">", right[:40])):
            out.update(f"T{where}{status}" for word in words if word in part)
    joint = _JOINT.search(middle)
    close = after[0][1] if after and after[0][0] < 25 else "-"
    out.add(f"J{joint.group() if joint and len(middle) < 12 else '-'}|{close}|{few}")
    out.add(f"I{inner[0][1] if inner else '-'}|{min(len(middle) // 5, 6)}|{few}")
    return out | bone_words(meeting)


def meeting_numbers(meeting: Meeting, view: View, cues: Cues) -> list[float]:
    """The features of the boosted reader: distances, counts, and how far the next cue of each kind is (99: none)."""
    if cues.spaced:
        return english_numbers(meeting, view, cues)
    left, middle, right = meeting.left, meeting.middle, meeting.right
    kinds = tuple(load_ontology().collaborations)
    row = view.outline(meeting, (left, middle, right), comma="，", name_kinds=NAME_KINDS)
    before, inner, after = meeting.cues
    for found in (
        [item for item in reversed(before) if item[0] < 30],
        inner,
        [item for item in after if item[0] < 40],
    ):
        places: dict[str, int] = {}
        for distance, word in found:
            places.setdefault(cues.kind_of[word], distance)
        row += [places.get(kind, 99) for kind in kinds]
    row += [word in middle for word in _BETWEEN]
    row += [right.startswith(word) for word in _BEHIND]
    row += [left.endswith(word) for word in _AHEAD]
    return row
