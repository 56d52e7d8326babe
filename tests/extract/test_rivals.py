"""What the second reader sees of a pair."""

import numpy as np

from extract.cues import load_cues
from extract.features import View, name_confidences, read_view
from extract.pairs import Meeting, read_meetings
from extract.records import Mention, Span
from extract.rivals import Scores, best_meetings, second_numbers
from extract.scenes import read_scenes
from extract.sentences import split_sentences

TEXT = "青禾电机与北湖大学签署协议。北湖大学、南屿医院参加了会议，青禾电机也到场。"
NAMES = ("青禾电机", "北湖大学", "南屿医院")


def _read() -> tuple[tuple[Meeting, ...], View]:
    mentions = [
        Mention(span=Span(at, at + 4), text=name, kind="enterprise", organization=name, finder="test")
        for name in NAMES
        for at in range(len(TEXT))
        if TEXT.startswith(name, at)
    ]
    mentions.sort(key=lambda mention: mention.span)
    cues = load_cues("zh")
    scenes = read_scenes(TEXT, split_sentences(TEXT), mentions, cues)
    return read_meetings(TEXT, scenes, cues), read_view(
        scenes, {name: name for name in NAMES}, name_confidences(mentions)
    )


def test_the_best_meeting_of_a_pair_is_its_first_of_equals() -> None:
    """Two meetings of one pair: the surer one counts, whichever comes first; of equal ones the first."""
    meetings, _ = _read()
    places = [at for at, meeting in enumerate(meetings) if set(meeting.pair) == {"青禾电机", "北湖大学"}]
    assert len(places) == 2
    pair = meetings[places[0]].pair
    scores = [0.0] * len(meetings)
    assert best_meetings(meetings, scores)[pair] == places[0]
    scores[places[1]] = 1.0
    assert best_meetings(meetings, scores)[pair] == places[1]


def test_a_row_of_numbers_for_each_pair() -> None:
    """All pairs have as many numbers, in the order of the best meetings; what they claim elsewhere is among them."""
    meetings, view = _read()
    odds = [float(at) for at in range(len(meetings))]
    best = best_meetings(meetings, odds)
    kinds, statuses = np.zeros((len(best), 11)), np.zeros((len(best), 4))
    rows = second_numbers(
        meetings, Scores(linear=odds, boosted=odds, best=best, kinds=kinds, statuses=statuses), view, wide=True
    )
    assert len(rows) == len(best) == 3
    assert len({len(row) for row in rows}) == 1
    assert [row[0] for row in rows] == [odds[at] for at in best.values()]
    kinds[0, 5] = 2.0
    told = second_numbers(
        meetings, Scores(linear=odds, boosted=odds, best=best, kinds=kinds, statuses=statuses), view, wide=True
    )
    assert sum(one != two for one, two in zip(rows, told, strict=True)) >= 2
    near = second_numbers(
        meetings, Scores(linear=odds, boosted=odds, best=best, kinds=kinds, statuses=statuses), view, wide=False
    )
    assert near == [row[: len(near[0])] for row in told]
