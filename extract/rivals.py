"""What the second reader sees of a pair: its own scores beside those of its rivals and of its list mates."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from extract.features import NAME_KINDS, View
from extract.pairs import Meeting, Pair, pair_of
from extract.readers import Floats
from extract.scenes import FORMS

HOPELESS = -3.0  # log-odds of the boosted reader below which hardly a claim lies (1 in 1,500): not read further
_NONE = -9.0  # stands for the score of what is not there


def best_meetings(meetings: Sequence[Meeting], scores: Sequence[float]) -> dict[Pair, int]:
    """The index of each pair's meeting of the highest score, of equals the first; in order of their first meetings."""
    best: dict[Pair, int] = {}
    for i, meeting in enumerate(meetings):
        if meeting.pair not in best or scores[i] > scores[best[meeting.pair]]:
            best[meeting.pair] = i
    return best


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the first readers say.

    ``linear`` and ``boosted`` are the log-odds of each meeting to state a claim; ``best`` is that of ``best_meetings``
    by their mean; ``kinds`` and ``statuses`` are the log-odds of its meetings, a row each in its order, all equal
    for a hopeless one.
    """

    linear: Sequence[float]
    boosted: Sequence[float]
    best: Mapping[Pair, int]
    kinds: Floats
    statuses: Floats

    def mean(self) -> list[float]:
        """The mean log-odds of each meeting."""
        return [(one + two) / 2 for one, two in zip(self.linear, self.boosted, strict=True)]


def _above(rising: Sequence[float], limit: float) -> int:
    return len(rising) - bisect_right(rising, limit)


def second_numbers(meetings: Sequence[Meeting], scores: Scores, view: View, *, wide: bool) -> list[list[float]]:
    """A row of numbers for each pair, in the order of ``scores.best``.

    ``wide`` adds what a pair and its rivals would claim in the whole document: it helps where passages are many.
    """
    mean = scores.mean()
    near = list(_in_sentence(meetings, scores, mean, view))
    if not wide:
        return near
    return [[*row, *far] for row, far in zip(near, _in_document(meetings, scores, mean, view), strict=True)]


def _in_sentence(
    meetings: Sequence[Meeting], scores: Scores, score: Sequence[float], view: View
) -> Iterable[list[float]]:
    """The pair itself, and the pairs that meet where it does."""
    first, boosted, best = scores.linear, scores.boosted, scores.best
    of_pair: dict[Pair, list[int]] = {}
    in_scene: dict[tuple[int, int], list[int]] = {}
    in_lists: dict[tuple[int, int, tuple[int, int]], list[int]] = {}
    touching: dict[tuple[int, int, str], list[int]] = {}
    for i, meeting in enumerate(meetings):
        of_pair.setdefault(meeting.pair, []).append(i)
        where = meeting.scene.number, meeting.other.number
        in_scene.setdefault(where, []).append(i)
        in_lists.setdefault((*where, meeting.lists), []).append(i)
        for one in meeting.pair:
            touching.setdefault((*where, one), []).append(i)
    for found in in_scene.values():
        found.sort(key=lambda i: -score[i])
    rivals: dict[str, list[float]] = {}
    for pair, i in best.items():
        for one in pair:
            rivals.setdefault(one, []).append(score[i])
    for rising in rivals.values():
        rising.sort()
    likely = sum(score[i] > 0 for i in best.values())
    for pair, i in best.items():
        meeting = meetings[i]
        own = sorted((score[k] for k in of_pair[pair]), reverse=True)
        where = meeting.scene.number, meeting.other.number
        best_mate = next((score[k] for k in in_scene[where] if meetings[k].pair != pair), _NONE)
        same = [score[k] for k in in_lists[(*where, meeting.lists)] if meetings[k].pair != pair]
        shared = [score[k] for one in pair for k in touching[(*where, one)] if meetings[k].pair != pair]
        one, two = view.name[pair[0]], view.name[pair[1]]
        source, target = meeting.first.organization, meeting.second.organization
        yield [
            first[i],
            boosted[i],
            own[0],
            own[1] if len(own) > 1 else _NONE,
            len(own),
            sum(same) / len(same) if same else _NONE,
            len(same),
            max(shared, default=_NONE),
            sum(shared) / len(shared) if shared else _NONE,
            len(shared),
            sum(_above(rivals[one], own[0]) for one in pair),
            max(_above(rivals[one], -0.5) for one in pair),
            min(_above(rivals[one], -0.5) for one in pair),
            likely,
            len(best),
            len(view.order),
            meeting.gap,
            meeting.listed,
            meeting.between,
            FORMS.index(meeting.first.form),
            FORMS.index(meeting.second.form),
            one.startswith(two) or two.startswith(one),
            one in two or two in one,
            NAME_KINDS.index(view.kind[source]),
            NAME_KINDS.index(view.kind[target]),
            meeting.clause is not None,
            view.count[source],
            view.count[target],
            meeting.scene.number,
            len(meeting.middle),
            best_mate,
            min(view.sure[pair[0]], view.sure[pair[1]]),
            max(view.sure[pair[0]], view.sure[pair[1]]),
        ]


def _in_document(
    meetings: Sequence[Meeting], scores: Scores, mean: Sequence[float], view: View
) -> Iterable[list[float]]:
    """What the pair would claim, and what each of the two, and a third one with both, claims elsewhere."""
    best = scores.best
    value = {pair: mean[i] for pair, i in best.items()}
    kinds = scores.kinds - scores.kinds.max(axis=1, keepdims=True)
    kind_of: dict[Pair, int] = dict(zip(best, kinds.argmax(axis=1).tolist(), strict=True))
    margin = np.sort(kinds, axis=1)[:, -2].tolist()
    statuses = (scores.statuses[:, 1:] - scores.statuses[:, :1]).tolist()
    kind_rows = kinds.tolist()
    partners: dict[str, dict[str, float]] = {}
    for (one, two), score in value.items():
        partners.setdefault(one, {})[two] = score
        partners.setdefault(two, {})[one] = score
    falling = sorted(value.values(), reverse=True)
    rank = {score: at for at, score in reversed(list(enumerate(falling)))}
    mentions = max(1, sum(view.count.values()))

    def kind_with(one: str, two: str) -> int:
        return kind_of[pair_of(one, two)]

    for row, (pair, i) in enumerate(best.items()):
        one, two = pair
        few, many = sorted((partners[one], partners[two]), key=len)
        thirds = sorted(((min(few[third], many[third]), third) for third in few if third in many), reverse=True)
        host = thirds[0] if thirds else None
        outside = _NONE
        if meetings[i].listed:  # a third one outside their list, with whom both are
            for score, third in thirds:
                if not meetings[best[pair_of(one, third)]].listed:
                    outside, host = score, (score, third)
                    break
        ones = max(((s, third) for third, s in partners[one].items() if third != two), default=(_NONE, ""))
        twos = max(((s, third) for third, s in partners[two].items() if third != one), default=(_NONE, ""))
        rival = kind_with(one, ones[1]) if ones >= twos and ones[1] else kind_with(two, twos[1]) if twos[1] else -1
        yield [
            kind_of[pair],
            margin[row],
            *kind_rows[row],
            *statuses[row],
            thirds[0][0] if thirds else _NONE,
            sum(score > 0 for score, _ in thirds),
            sum(score > -1 for score, _ in thirds),
            outside,
            kind_with(one, host[1]) if host else -1,
            min(ones[0], twos[0]),
            max(ones[0], twos[0]),
            value[pair] - max(ones[0], twos[0]),
            rival,
            rank[value[pair]],
            falling[0],
            value[pair] - falling[0],
            min(view.order[one], view.order[two]),
            max(view.order[one], view.order[two]),
            (view.count[one] + view.count[two]) / mentions,
            view.most,
        ]
