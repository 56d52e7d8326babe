"""Sentences and their mentions → claims with evidence."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from extract.aliases import has_aliases, is_part
from extract.clauses import plain_kind
from extract.cues import SMALL, Cues, has_cues, load_cues
from extract.english_events import english_date, english_forward, english_person, english_status
from extract.english_forms import apposed_parents, english_parent
from extract.events import event_date, has_events, read_person, runs_forward, status_hint
from extract.features import (
    View,
    kind_hashes,
    meeting_hashes,
    meeting_numbers,
    name_confidences,
    read_view,
)
from extract.ontology import load_ontology
from extract.pairs import Meeting, read_meetings
from extract.readers import PairReader, load_reader
from extract.records import STATUSES, Claim, Document, Evidence, Mention, Organization, Span, Status
from extract.rivals import HOPELESS, Scores, best_meetings, second_numbers
from extract.scenes import Scene, read_scenes
from extract.sentences import split_sentences

THRESHOLDS = {"zh": 0.45, "en": 0.4}  # where the pairs of articles that were not learned from come out best
_HINT = 3.5  # what the words around the trigger add to the log-odds of their status
_ACTIVE = tuple(float(status == "active") for status in STATUSES)
_PLAIN = 0.8  # confidence of a plain construction
_NAMES = 0.5  # power of the confidence of both names in that of a claim
_BLOCK = 60_000  # characters that are judged together
_VOTE = 1.0  # what a clause pattern adds to the log-odds of its kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader takes a meeting to say: ``forward`` when source and target stand in the order of the text;
    ``statuses`` are the log-odds of the statuses in their order.
    """

    meeting: Meeting
    kind: str
    statuses: tuple[float, ...]
    forward: bool
    confidence: float
    method: str


def relate(
    document: Document,
    mentions: Sequence[Mention],
    organizations: Sequence[Organization],
    *,
    threshold: float | None = None,
) -> tuple[Claim, ...]:
    """What the document claims between its organizations, in order of the text; one claim a pair, kind and sentence.

    Args:
        document: The document.
        mentions: Those of ``resolve_organizations``.
        organizations: Likewise.
        threshold: Claims of a lower confidence, in [0, 1], are left out; that of ``THRESHOLDS`` unless given.
    """
    if not has_cues(document.language):
        return ()
    if threshold is None:
        threshold = THRESHOLDS[document.language]
    cues = load_cues(document.language)
    sentences = split_sentences(document.text, document.language)
    apposed = apposed_parents(document.text, mentions) if document.language == "en" else {}
    acting = [mention for at, mention in enumerate(mentions) if at not in apposed]
    scenes = read_scenes(document.text, sentences, acting, cues)
    names = {organization.id: organization.name for organization in organizations}
    sure = name_confidences(mentions)
    reader = load_reader(document.language)
    power = _NAMES if reader is None else 0.0  # the trained reader weighs the names itself
    claims: list[Claim] = []
    seen: set[tuple[str, str, str, Span]] = set()
    for block in _blocks(scenes):
        view = read_view(block, names, sure)
        meetings = read_meetings(document.text, block, cues)
        if reader is None:
            readings = read_clauses(meetings)
        else:
            readings = [*read_plain(meetings, cues), *judge_meetings(meetings, view, cues, reader, threshold)]
        plain = {reading.meeting.pair for reading in readings if reading.method == "clause"}
        for reading in readings:
            one, two = reading.meeting.pair
            confidence = reading.confidence * (sure[one] * sure[two]) ** power
            if confidence < threshold:
                continue
            claim = _claim(document, reading, round(confidence, 4), cues)
            key = (one, two, claim.kind, claim.evidence.sentence)
            if key not in seen and (reading.method == "clause" or (one, two) not in plain):
                seen.add(key)
                claims.append(claim)
    wholes = {mentions[child].organization: mentions[parent].organization for parent, child in apposed.items()}
    claims += _parts(document, sentences, mentions, names, wholes)
    return tuple(sorted(claims, key=lambda claim: (claim.evidence.sentence, claim.evidence.source)))


def _parts(
    document: Document,
    sentences: Sequence[Span],
    mentions: Sequence[Mention],
    names: Mapping[str, str],
    wholes: Mapping[str | None, str | None],
) -> list[Claim]:
    """Who is a part of whom by its name: 南屿大学材料学院 is one of 南屿大学; the longest parent that is named.

    ``wholes`` are parents that stand behind the name of their part.
    """
    english = document.language == "en"
    if not english and not has_aliases(document.language):
        return []
    first: dict[str, Mention] = {}
    for mention in mentions:
        if mention.organization is not None and mention.form != "reference":
            first.setdefault(mention.organization, mention)
    by_name = {names[one]: one for one in first}
    starts = [sentence.start for sentence in sentences]
    claims: list[Claim] = []
    for child, mention in first.items():
        name = names[child]
        if english:
            parent = by_name.get(english_parent(name, by_name) or "") or wholes.get(child)
        else:
            parents = (name[:size] for size in range(len(name) - 2, 2, -1))
            parent = next((by_name[p] for p in parents if p in by_name and is_part(name, p, document.language)), None)
        if parent is None:
            continue
        other = first[parent].span
        claims.append(
            Claim(
                source=child,
                target=parent,
                kind="part_of",
                evidence=Evidence(
                    document=document.id,
                    sentence=sentences[bisect_right(starts, mention.span.start) - 1],
                    source=mention.span,
                    target=other,
                    confidence=round(min(mention.confidence, first[parent].confidence), 4),
                    method="name",
                ),
            )
        )
    return claims


def read_clauses(meetings: Sequence[Meeting]) -> list[Reading]:
    """What clause patterns alone read: the way without weights."""
    return [
        Reading(meeting=meeting, kind=meeting.clause, statuses=_ACTIVE, forward=True, confidence=0.6, method="clause")
        for meeting in meetings
        if meeting.clause is not None
    ]


def read_plain(meetings: Sequence[Meeting], cues: Cues) -> list[Reading]:
    """What constructions say that are rare in the labelled passages, and nearly always right: see ``plain_kind``."""
    readings: list[Reading] = []
    for meeting in meetings:
        if cues.spaced or meeting.gap or meeting.listed or meeting.between or meeting.first.form == "silent":
            continue
        if kind := plain_kind(meeting.middle, meeting.right, cues):
            readings.append(
                Reading(meeting=meeting, kind=kind, statuses=_ACTIVE, forward=True, confidence=_PLAIN, method="clause")
            )
    return readings


def _blocks(scenes: Sequence[Scene]) -> Iterator[Sequence[Scene]]:
    """The scenes in stretches of up to 60,000 characters, which keeps time and memory linear in the document."""
    first = 0
    for at, scene in enumerate(scenes):
        if scene.span.end - scenes[first].span.start > _BLOCK:
            yield scenes[first:at]
            first = at
    yield scenes[first:]


def judge_meetings(
    meetings: Sequence[Meeting], view: View, cues: Cues, reader: PairReader, threshold: float
) -> list[Reading]:
    """One reading for each pair whose best meeting reaches the threshold and is not hopeless."""
    if not meetings:
        return []
    numbers = np.array([meeting_numbers(meeting, view, cues) for meeting in meetings], dtype=np.float64)
    boosted = reader.first.log_odds(numbers)
    linear = boosted.copy()
    worth = np.flatnonzero(boosted > HOPELESS)
    hashed = {i: meeting_hashes(meetings[i], view, cues) for i in worth.tolist()}
    linear[worth] = reader.claim.scores(list(hashed.values()))[:, 0]
    best = best_meetings(meetings, ((linear + boosted) / 2).tolist())
    chosen = list(best.values())
    read = [row for row, i in enumerate(chosen) if i in hashed]
    telling = [kind_hashes(meetings[chosen[row]], view, cues, hashed[chosen[row]]) for row in read]
    kinds, statuses = np.zeros((len(best), len(reader.kind.bias))), np.zeros((len(best), len(STATUSES)))
    kinds[read], statuses[read] = reader.kind.scores(telling), reader.status.scores(telling)
    scores = Scores(linear=linear.tolist(), boosted=boosted.tolist(), best=best, kinds=kinds, statuses=statuses)
    rows = second_numbers(meetings, scores, view, wide=not cues.spaced)
    sure = reader.second.probabilities(np.array(rows, dtype=np.float64)).tolist()
    kept = [row for row in read if sure[row] >= threshold]
    forward = reader.forward.scores([hashed[chosen[row]] for row in kept])
    names = tuple(load_ontology().collaborations)
    readings: list[Reading] = []
    for row, (runs_on,) in zip(kept, forward, strict=True):
        meeting = meetings[chosen[row]]
        if meeting.clause is not None:
            kinds[row, names.index(meeting.clause)] += _VOTE
        readings.append(
            Reading(
                meeting=meeting,
                kind=names[int(kinds[row].argmax())],
                statuses=tuple(statuses[row].tolist()),
                forward=bool(runs_on >= 0),
                confidence=sure[row],
                method="pairs",
            )
        )
    return readings


def _claim(document: Document, reading: Reading, confidence: float, cues: Cues) -> Claim:
    meeting = reading.meeting
    code = document.language
    source, target = meeting.first, meeting.second
    if load_ontology().claim_kind(reading.kind).directed:
        if code == "en":
            plain = english_forward(meeting, reading.kind)
        else:
            plain = runs_forward(meeting, reading.kind, code) if has_events(code) else None
        if not (reading.forward if plain is None else plain):
            source, target = target, source
    elif source.organization > target.organization:
        source, target = target, source
    trigger = _trigger(document.text, meeting, reading.kind, cues)
    person = reading.kind == "talent" and has_events(code)
    when = english_date if code == "en" else event_date
    return Claim(
        source=source.organization,
        target=target.organization,
        kind=reading.kind,
        status=_status(document, reading, trigger),
        date=when(document.text, meeting.other.span, trigger, document.published) if has_events(code) else None,
        via=_person(document.text, meeting, code) if person else None,
        evidence=Evidence(
            document=document.id,
            sentence=_sentence(meeting),
            source=source.mention.span,
            target=target.mention.span,
            trigger=trigger,
            confidence=confidence,
            method=reading.method,
        ),
    )


def _status(document: Document, reading: Reading, trigger: Span | None) -> Status:
    """The likeliest status; of equally likely ones the first."""
    hint: Status | None = None
    if document.language == "en":
        hint = english_status(reading.meeting)
    elif has_events(document.language):
        hint = status_hint(document.text, reading.meeting.other.span, trigger, document.language)
    sure = [odds + _HINT * (status == hint) for status, odds in zip(STATUSES, reading.statuses, strict=True)]
    return STATUSES[sure.index(max(sure))]


def _person(text: str, meeting: Meeting, code: str) -> str | None:
    return english_person(text, meeting) if code == "en" else read_person(text, meeting, code)


def _sentence(meeting: Meeting) -> Span:
    return Span(meeting.scene.span.start, meeting.other.span.end)


def _trigger(text: str, meeting: Meeting, kind: str, cues: Cues) -> Span | None:
    """The cue of the claim's kind next to the second mention, else the next cue of any kind in the sentence."""
    span = meeting.other.span
    at = meeting.second.mention.span.start
    searched = text.translate(SMALL) if cues.spaced else text
    found = [
        (cues.kind_of[match.group()] != kind, abs(match.start() - at), match.start(), match.end())
        for match in cues.pattern.finditer(searched, span.start, span.end)
    ]
    return Span(*min(found)[2:]) if found else None
