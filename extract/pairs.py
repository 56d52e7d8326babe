"""Where two organizations of a document meet: in a sentence, in neighbouring ones, or over the topic."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.clauses import clause_kind
from extract.cues import Cues
from extract.scenes import HOLE, Scene, Slot

_WIDEST = 10  # slots between two of one sentence
_MOST = 4  # meetings that a pair is judged by
_NEAR = 2  # sentences over which two meet that never share one


Pair = tuple[str, str]


def pair_of(one: str, two: str) -> Pair:
    """The two ids, the smaller first."""
    return (one, two) if one < two else (two, one)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two slots near each other, in order of the text; ``pair`` is their organizations, the smaller id first.

    ``gap`` is the number of sentence ends between them; ``between`` that of slots.  ``left``, ``middle`` and ``right``
    are the sentence around them, with holes at ``places``; ``listed`` says that both are members of one list, which
    has one hole.
    ``cues`` and ``bones`` are the cue words (with their distance) and the symbols of the three parts.  ``clause`` is
    the kind that a clause pattern claims; ``times`` counts the meetings of the two in the document.
    """

    pair: Pair
    first: Slot
    second: Slot
    scene: Scene
    other: Scene
    lists: tuple[int, int]
    places: tuple[int, int]
    gap: int
    between: int
    times: int
    left: str
    middle: str
    right: str
    listed: bool
    cues: tuple[tuple[tuple[int, str], ...], tuple[tuple[int, str], ...], tuple[tuple[int, str], ...]]
    bones: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    clause: str | None


def read_meetings(text: str, scenes: Sequence[Scene], cues: Cues) -> tuple[Meeting, ...]:
    """The meetings of all pairs, up to four a pair, the nearest first; pairs in order of their first meeting.

    Slots of one sentence meet when at most nine stand between them; those of sentences at most two apart meet where
    the pair shares no sentence.
    """
    found: dict[Pair, list[tuple[int, int, int, int, Scene, Scene, int, int]]] = defaultdict(list)

    def note(scene: Scene, other: Scene, i: int, j: int) -> None:
        a, b = scene.slots[i], other.slots[j]
        one, two = a.organization, b.organization
        if one != two:
            weak = (a.form == "silent") + (b.form == "silent")
            found[pair_of(one, two)].append(
                (other.number - scene.number, weak, j - i, other.number, scene, other, i, j)
            )

    for n, other in enumerate(scenes):
        for j, second in enumerate(other.slots):
            for i in range(max(0, j - _WIDEST), j):
                note(other, other, i, j)
            if second.form == "silent" or j >= _WIDEST:
                continue
            for before in scenes[max(0, n - _NEAR) : n]:
                if other.number - before.number <= _NEAR:
                    for i in range(max(0, len(before.slots) - _WIDEST), len(before.slots)):
                        if before.slots[i].form != "silent":
                            note(before, other, i, j)
    meetings: list[Meeting] = []
    for places in found.values():
        places.sort(key=lambda item: item[:4])
        same = [item for item in places if item[0] == 0][:_MOST] or places[:1]
        meetings += [_meet(text, *item[4:], len(places), cues) for item in same]
    return tuple(meetings)


def _meet(text: str, scene: Scene, other: Scene, i: int, j: int, times: int, cues: Cues) -> Meeting:
    p, q = scene.place[i], other.place[j]
    first, second = scene.slots[i], other.slots[j]
    same = scene is other
    listed = same and scene.list_of[i] == other.list_of[j]
    left, right = scene.text[: max(p, 0)], other.text[q + 1 :]
    at, to = bisect_left(scene.cues, (p,)), bisect_left(other.cues, (q,))
    bone, end = bisect_left(scene.bones, (p,)), bisect_left(other.bones, (q,))
    while bone < len(scene.bones) and scene.bones[bone][0] <= p:
        bone += 1
    if listed:
        span = text[first.mention.span.end : second.mention.span.start]
        middle = HOLE * (j - i - 1) + span[-2:]
        inner: list[tuple[int, str]] = []
        within: list[str] = []
    elif same:
        middle = scene.text[p + 1 : q]
        inner = [(start - p - 1, word) for start, _, word in scene.cues[at:to]]
        within = [symbol for _, symbol in scene.bones[bone:end]]
    else:
        middle = scene.text[p + 1 :] + "…" * (other.number - scene.number > 1) + other.text[:q]
        inner = [(start - p - 1, word) for start, _, word in scene.cues[at:]]
        inner += [(start + len(scene.text) - p, word) for start, _, word in other.cues[:to]]
        within = [symbol for _, symbol in scene.bones[bone:]] + ["/"] + [symbol for _, symbol in other.bones[:end]]
    ahead = [symbol for place, symbol in scene.bones[max(0, bone - 4) : bone] if place < p]
    behind = [symbol for place, symbol in other.bones[end : end + 5] if place > q]
    clause = None
    if same and first.mention.span != second.mention.span:
        clause = clause_kind(left, "、" if listed else middle, right, cues)
    return Meeting(
        pair=pair_of(first.organization, second.organization),
        first=first,
        second=second,
        scene=scene,
        other=other,
        lists=(scene.list_of[i], other.list_of[j]),
        places=(p, q),
        gap=other.number - scene.number,
        between=j - i - 1 if same else len(scene.slots) - i - 1 + j,
        times=times,
        left=left,
        middle=middle,
        right=right,
        listed=listed,
        cues=(
            tuple((p - stop, word) for _, stop, word in scene.cues[max(0, at - 6) : at]),
            tuple(inner),
            tuple((start - q - 1, word) for start, _, word in other.cues[to : to + 8]),
        ),
        bones=(tuple(ahead[-3:]), tuple(within), tuple(behind[:4])),
        clause=clause,
    )
