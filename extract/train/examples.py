"""Labelled passages → examples for the readers of pairs: meetings with what gold says of each.

Each meeting of two organizations whose sentence holds the cue of a claim between them is an example of it; other
meetings of a claimed pair are left out, and so are doubtful claims.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.cues import load_cues
from extract.features import View, kind_hashes, meeting_hashes, meeting_numbers, name_confidences, read_view
from extract.gold import Row
from extract.names import fold_name
from extract.ontology import load_ontology
from extract.pairs import Meeting, read_meetings
from extract.records import Document, Mention, Offsets, Span
from extract.references import resolve_references
from extract.resolve import resolve_organizations
from extract.scenes import read_scenes
from extract.sentences import split_sentences
from extract.train.marks import mark_english, mark_row


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A passage read up to its meetings.

    ``claims[i]`` is the gold claim of meeting ``i``, ``False`` for none, ``None`` if the meeting is left out;
    ``required`` and ``doubtful`` are the pairs that gold claims surely and perhaps; ``of_gold`` maps an organization
    to the number of the gold one.
    """

    view: View
    meetings: tuple[Meeting, ...]
    words: list[NDArray[np.int64]]
    kind_words: list[NDArray[np.int64]]
    numbers: list[list[float]]
    claims: list[Row | bool | None]
    of_gold: Mapping[str, str]
    required: frozenset[tuple[str, str]]
    doubtful: frozenset[tuple[str, str]]


def gold_mentions(row: Row) -> tuple[Mention, ...]:
    """The gold names of a passage as mentions; an organization's id is its number."""
    return tuple(
        Mention(
            span=Span(start, end),
            text=row["text"][start:end],
            kind=row["organizations"][number]["kind"],
            organization=str(number),
            finder="gold",
        )
        for start, end, number in (mark_english(row) if row["language"] == "en" else mark_row(row))
    )


def read_gold(row: Row) -> Example:
    """The passage read with its gold names."""
    names = gold_mentions(row)
    sentences = split_sentences(row["text"], row["language"])
    mentions = [*names, *resolve_references(row["text"], row["language"], sentences, names)]
    mentions.sort(key=lambda mention: (mention.span.start, -mention.span.end))
    organizations = {str(n): organization["name"] for n, organization in enumerate(row["organizations"])}
    return _read(row, mentions, organizations, {one: one for one in organizations})


def read_found(row: Row, names: Sequence[Mention]) -> Example:
    """The passage read with names that a finder found, resolved as the extraction does."""
    text = row["text"]
    document = Document(id=row["id"], text=text, language=row["language"], offsets=Offsets.identity(text))
    mentions, organizations = resolve_organizations(document, names)
    gold = _numbers(row)
    of_gold: dict[str, str] = {}
    for organization in organizations:
        for form in (organization.name, *organization.aliases):
            if fold_name(form) in gold:
                of_gold.setdefault(organization.id, gold[fold_name(form)])
    return _read(row, mentions, {one.id: one.name for one in organizations}, of_gold)


def _read(row: Row, mentions: Sequence[Mention], names: Mapping[str, str], of_gold: Mapping[str, str]) -> Example:
    cues = load_cues(row["language"])
    text = row["text"]
    scenes = read_scenes(text, split_sentences(text, row["language"]), mentions, cues)
    view = read_view(scenes, names, name_confidences(mentions))
    meetings = read_meetings(text, scenes, cues)
    words = [meeting_hashes(meeting, view, cues) for meeting in meetings]
    required, doubtful = _gold_pairs(row)
    pairs: dict[tuple[str, str], tuple[str, str] | None] = {}
    for meeting in meetings:
        one, two = (of_gold.get(organization, "") for organization in meeting.pair)
        # what is said of a wrong name is no example of words; that it makes no claim, the second reader learns
        pairs[meeting.pair] = None if not one or not two or one == two else (min(one, two), max(one, two))
    labels = _label(text, meetings, pairs, required, doubtful)
    return Example(
        view=view,
        meetings=meetings,
        words=words,
        kind_words=[kind_hashes(meeting, view, cues, hashes) for meeting, hashes in zip(meetings, words, strict=True)],
        numbers=[meeting_numbers(meeting, view, cues) for meeting in meetings],
        claims=labels,
        of_gold=of_gold,
        required=frozenset(
            pair for pair, gold in pairs.items() if gold in required and any(is_live(claim) for claim in required[gold])
        ),
        doubtful=frozenset(pair for pair, gold in pairs.items() if gold in doubtful),
    )


def is_live(claim: Row) -> bool:
    """Whether a claim says that two do, or will, or did work together, and not that they do not."""
    return bool(claim.get("status", "active") != "negated")


def _numbers(row: Row) -> dict[str, str]:
    return {
        fold_name(form): str(n)
        for n, organization in enumerate(row["organizations"])
        for form in (organization["name"], *organization.get("aliases", ()))
        if form.strip()
    }


def _gold_pairs(row: Row) -> tuple[dict[tuple[str, str], list[Row]], set[tuple[str, str]]]:
    number = _numbers(row)
    required: dict[tuple[str, str], list[Row]] = {}
    doubtful: set[tuple[str, str]] = set()
    for claim in row["collaborations"]:
        source, target = number[fold_name(claim["source"])], number[fold_name(claim["target"])]
        pair = (min(source, target), max(source, target))
        if source == target:
            continue
        if claim.get("optional"):
            doubtful.add(pair)
        else:
            required.setdefault(pair, []).append(claim | {"from": source})
    kinds = tuple(load_ontology().collaborations)
    for claims in required.values():
        claims.sort(key=lambda claim: (not is_live(claim), kinds.index(claim["kind"])))
    return required, doubtful - set(required)


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _label(
    text: str,
    meetings: Sequence[Meeting],
    pairs: Mapping[tuple[str, str], tuple[str, str] | None],
    required: Mapping[tuple[str, str], list[Row]],
    doubtful: Collection[tuple[str, str]],
) -> list[Row | bool | None]:
    labels: list[Row | bool | None] = []
    of_pair: dict[tuple[str, str], list[int]] = {}
    for i, meeting in enumerate(meetings):
        gold = pairs[meeting.pair]
        labels.append(None if gold is None or gold in doubtful else False)
        if gold in required:
            of_pair.setdefault(meeting.pair, []).append(i)
    for pair, places in of_pair.items():
        claims = required[pairs[pair] or ("", "")]
        hits: dict[int, Row] = {}
        for i in places:
            here = _squeeze(text[meetings[i].scene.span.start : meetings[i].other.span.end])
            for claim in claims:
                if claim.get("cue") and _squeeze(claim["cue"]) in here:
                    hits.setdefault(i, claim)
        if not hits:
            hits[places[0]] = claims[0]
        for i in places:
            labels[i] = hits.get(i)
    return labels
