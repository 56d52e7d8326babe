"""What can be seen of a meeting in an English text: words for the linear readers, numbers for the boosted one."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from extract.cues import Cues
from extract.ontology import load_ontology
from extract.pairs import Meeting
from extract.scenes import HOLE

if TYPE_CHECKING:
    from extract.features import View

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|■|[^\w\s]")
_SAID = re.compile(r"\b(?:said|says|added|told|explained|commented|according to)\b")
_BETWEEN = (
    "with",
    "and",
    "by",
    "from",
    "of",
    "to",
    "for",
    "in",
    "between",
    "as",
    "at",
    ",",
    "’s",
    "'s",
    "which",
    "that",
)
_BETWEEN_MORE = (
    "its",
    "will",
    "has",
    "said",
    "through",
    "including",
    "subsidiary",
    "unit",
    "part",
    "not",
    "ceo",
    "(",
    ":",
)
_BEHIND = (
    "to",
    "for",
    "in",
    "on",
    ",",
    ".",
    "and",
    "’s",
    "'s",
    "will",
    "has",
    "have",
    "is",
    "said",
    "which",
    "(",
    "as",
    "of",
)
_AHEAD = (
    "with",
    "and",
    "by",
    "between",
    "from",
    "of",
    "to",
    "the",
    ",",
    "at",
    "for",
    HOLE,
    "that",
    "about",
    "including",
)
_KINDS = (
    "university",
    "institute",
    "hospital",
    "association",
    "government",
    "bank",
    "fund",
    "firm",
    "park",
    "other",
)
_HEADS = (
    ("university", re.compile(r"Universit|College|School|Polytechnic|Institute of Technology|\bMIT\b|\bETH\b")),
    ("hospital", re.compile(r"Hospital|Clinic|Medical Cent|Health System|Klinik|Ziekenhuis")),
    (
        "institute",
        re.compile(r"Institut|Laborator|\bLabs?\b|Research Cent|Academy|Observatory|Fraunhofer|Cent(?:er|re)\b"),
    ),
    ("association", re.compile(r"Association|Alliance|Society|Federation|Foundation|Council|Chamber|Union|Consortium")),
    (
        "government",
        re.compile(
            r"Ministry|Department|Agency|Authority|Government|Commission|Bureau|Administration|City of|County|Office"
        ),
    ),
    ("bank", re.compile(r"Bank|Bancorp|Credit")),
    ("fund", re.compile(r"Capital|Ventures?\b|Fund|Partners|Investment|Equity|Asset|Securities|Insurance|Advisors")),
    ("firm", re.compile(r"\b(?:Inc|Corp|Ltd|LLC|PLC|plc|GmbH|AG|Co|Company|Group|Holdings|Technologies|N\.V|AB|SE)\b")),
    ("park", re.compile(r"Park|Incubator|Accelerator|Exchange|NASDAQ|NYSE|Hub\b")),
)


def english_kind(name: str) -> str:
    """The kind that the words of an English name show; ``other`` when none does."""
    return next((kind for kind, pattern in _HEADS if pattern.search(name)), "other")


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def _stem(word: str) -> str:
    for end in ("ations", "ation", "ments", "ment", "ships", "ship", "ing", "ers", "ies", "ed", "es", "er", "or", "s"):
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: -len(end)]
    return word


def _runs(prefix: str, words: Sequence[str], longest: int) -> Iterable[str]:
    for size in range(1, longest + 1):
        for at in range(len(words) - size + 1):
            yield f"{prefix}{size}{' '.join(words[at : at + size])}"


def english_words(meeting: Meeting, view: "View", cues: Cues) -> set[str]:
    """The features of the linear readers: words and cue words before, between and behind the two, the bones of the
    sentence around them, and who they are.
    """
    left, middle, right = _words(meeting.left), _words(meeting.middle), _words(meeting.right)
    one, two = meeting.first.organization, meeting.second.organization
    k1, k2 = view.kind[one], view.kind[two]
    f1, f2 = meeting.first.form, meeting.second.form
    gap, between, listed = meeting.gap, min(meeting.between, 5), meeting.listed
    few = min(between, 2)
    out: set[str] = set()
    inner_words = middle if len(middle) <= 12 else (*middle[:7], "…", *middle[-5:])
    out.update(_runs("m", inner_words, 3))
    out.update(_runs("l", left[-4:], 3))
    out.update(_runs("r", right[:5], 3))
    out.update("M" + _stem(word) for word in middle)
    out.update("L" + _stem(word) for word in left[-12:])
    out.update("R" + _stem(word) for word in right[:14])
    if len(middle) <= 6:
        out.add("whole " + " ".join(middle))
        out.update(f"whole {' '.join(middle)} > {_stem(word)}" for word in right[:6])
        out.update(f"{_stem(word)} < whole {' '.join(middle)}" for word in left[-4:])
    for n in (1, 2, 3):
        out.update((f"l${' '.join(left[-n:])}", f"r^{' '.join(right[:n])}", f"m^{' '.join(middle[:n])}"))
        out.add(f"m${' '.join(middle[-n:])}")
    first_scene = meeting.scene
    quoted = (first_scene.text.count("“") + first_scene.text.count('"')) > 0
    said = bool(_SAID.search(first_scene.text))
    out.update(
        (
            f"gap{gap}",
            f"d{min(len(middle).bit_length(), 8)}|{few}",
            f"n{between}",
            f"N{min(view.sizes[first_scene.number], 8)}",
            f"k{k1}|{k2}",
            f"k1{k1}",
            f"k2{k2}",
            f"commas{min(middle.count(','), 3)}",
            f"list{listed}",
            f"pos{min(first_scene.number, 3)}",
            f"f{f1}|{f2}",
            f"f1{f1}|{gap}",
            f"f2{f2}|{gap}",
            f"P{meeting.clause}",
            f"quote{quoted}{said}",
            f"about{first_scene.text.startswith('about')}",
            "inside" if view.name[one] in view.name[two] or view.name[two] in view.name[one] else "apart",
            f"orgs{min(len(view.order), 10)}",
            f"o{min(view.order[one], 3)}|{min(view.order[two], 3)}",
            f"times{min(meeting.times, 3)}|{gap}",
        )
    )
    before, inner, after = meeting.cues
    for where, found in (
        ("<", [word for distance, word in before if distance < 60]),
        ("=", [word for _, word in inner]),
        (">", [word for distance, word in after if distance < 80]),
    ):
        for word in found:
            kind = cues.kind_of[word]
            out.update(
                (f"c{where}{word}", f"K{where}{kind}", f"K{where}{kind}|{few}|{listed}", f"c{where}{word}|{few}")
            )
        near = (found[-1] if where == "<" else found[0]) if found else "-"
        out.update((f"near{where}{near}", f"near{where}{near}|{k1}|{k2}", f"near{where}{near}|{f1}|{f2}"))
    parts = (("<", meeting.left[-60:]), ("=", meeting.middle[:90]), (">", meeting.right[:80]))
    for status, said_words in cues.statuses.items():
        for where, part in parts:
            held = f" {' '.join(_words(part))} "
            out.update(f"T{where}{status}|{word}" for word in said_words if f" {word} " in held)
            if any(f" {word} " in held for word in said_words):
                out.add(f"T{where}{status}")
    return out | bone_words(meeting)


def bone_words(meeting: Meeting) -> set[str]:
    """The features of the sentence's bones around the two, in any language."""
    out: set[str] = set()
    ahead, within, behind = meeting.bones
    inside = "list" if meeting.listed else " ".join((*within[:4], *("…" * (len(within) > 8)), *within[4:][-4:]))
    for n in range(3):
        end = " ".join(behind[: n + 1])
        start = " ".join(ahead[-n:]) if n else ""
        out.update((f"S{inside}>{end}", f"Sr{end}", f"S{start}<{inside}>{end}"))
    out.update((f"S{inside}", f"S{' '.join(ahead[-1:])}<{inside}", f"Sl{' '.join(ahead[-2:])}"))
    out.update("Sm" + " ".join(within[k : k + n]) for n in (1, 2, 3) for k in range(min(len(within), 30) - n + 1))
    return out


def english_kind_words(meeting: Meeting, view: "View", cues: Cues) -> set[str]:
    """The features of the readers of kind and status: cue words near and in the sentence, and who the two are."""
    k1, k2 = view.kind[meeting.first.organization], view.kind[meeting.second.organization]
    out = {f"k{k1}|{k2}", f"k1{k1}", f"k2{k2}", f"P{meeting.clause}"}
    for scene in {meeting.scene.number: meeting.scene, meeting.other.number: meeting.other}.values():
        for _, _, word in scene.cues:
            out.update((f"Q{word}", f"QK{cues.kind_of[word]}"))
            if word not in cues.vague:
                out.add(f"QS{cues.kind_of[word]}")
    out |= {word for word in english_words(meeting, view, cues) if word.startswith(("c", "K", "near", "T"))}
    return out


def english_numbers(meeting: Meeting, view: "View", cues: Cues) -> list[float]:
    """The features of the boosted reader: distances, counts, and how far the next cue of each kind is (199: none)."""
    left, middle, right = _words(meeting.left), _words(meeting.middle), _words(meeting.right)
    kinds = tuple(load_ontology().collaborations)
    row = view.outline(meeting, (left, middle, right), comma=",", name_kinds=_KINDS)
    row += [
        meeting.scene.text.count("“") + meeting.scene.text.count('"'),
        bool(_SAID.search(meeting.scene.text)),
        meeting.scene.text.startswith("about"),
    ]
    before, inner, after = meeting.cues
    for found in (
        [item for item in reversed(before) if item[0] < 60],
        inner,
        [item for item in after if item[0] < 80],
    ):
        places: dict[str, int] = {}
        for distance, word in found:
            if word not in cues.vague:
                places.setdefault(cues.kind_of[word], distance)
        row += [places.get(kind, 199) for kind in kinds]
        row.append(min((distance for distance, _ in found), default=199))
    row += [word in middle for word in (*_BETWEEN, *_BETWEEN_MORE)]
    row += [right[:1] == (word,) for word in _BEHIND]
    row += [left[-1:] == (word,) for word in _AHEAD]
    for words in cues.statuses.values():
        near = f" {' '.join((*left[-8:], *middle[:12], *right[:8]))} "
        row.append(sum(f" {word} " in near for word in words))
    return row
