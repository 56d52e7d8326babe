"""Labelled passages → the readers of pairs.

Each meeting of two organizations whose sentence holds the cue of a claim between them is an example of it; other
meetings of a claimed pair are left out, and so are doubtful claims.  The second reader is fitted on scores that the
first two give to passages they have not seen.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]  # scipy ships no types
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from extract.cues import load_cues
from extract.features import (
    BITS,
    View,
    kind_hashes,
    meeting_hashes,
    meeting_numbers,
    name_confidences,
    read_view,
    second_numbers,
)
from extract.finders.trees import Trees
from extract.gold import Row
from extract.names import fold_name
from extract.ontology import load_ontology
from extract.pairs import Meeting, read_meetings
from extract.readers import Floats, Linear, PairReader
from extract.records import STATUSES, Document, Mention, Offsets, Span
from extract.references import resolve_references
from extract.resolve import resolve_organizations
from extract.scenes import read_scenes
from extract.sentences import split_sentences
from extract.train.judges import knots_of, to_trees
from extract.train.marks import mark_english, mark_row
from extract.train.passages import make_rows
from extract.train.written import WRITTEN

FOLDS = 5
BAGS = 3  # boosted readers whose mean is the second reader
SLOT_TIMES = 3


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
            pair for pair, gold in pairs.items() if gold in required and any(_live(claim) for claim in required[gold])
        ),
        doubtful=frozenset(pair for pair, gold in pairs.items() if gold in doubtful),
    )


def _live(claim: Row) -> bool:
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
        claims.sort(key=lambda claim: (not _live(claim), kinds.index(claim["kind"])))
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


def _matrix(words: Sequence[NDArray[np.int64]]) -> csr_matrix:
    ends = np.cumsum([0, *map(len, words)])
    values = np.concatenate([np.full(len(row), len(row) ** -0.5) for row in words])
    return csr_matrix((values, np.concatenate(words), ends), shape=(len(words), 1 << BITS))


def _fit_two(words: Sequence[NDArray[np.int64]], verdicts: NDArray[np.int8]) -> Linear:
    model = LogisticRegression(C=3, solver="liblinear", random_state=0).fit(_matrix(words), verdicts)
    return Linear(weights=model.coef_.astype(np.float32), bias=model.intercept_.astype(np.float64))


def _fit_many(
    words: Sequence[NDArray[np.int64]], labels: Sequence[str], classes: Sequence[str], prior: float
) -> Linear:
    """One class each of ``classes``; ``prior`` is the power of their shares that is taken back."""
    model = LogisticRegression(C=20, max_iter=150, tol=1e-3).fit(_matrix(words), list(labels))
    weights = np.zeros((len(classes), 1 << BITS), dtype=np.float32)
    bias = np.full(len(classes), -99.0)
    for row, name in enumerate(model.classes_):
        at = list(classes).index(name)
        weights[at] = model.coef_[row]
        bias[at] = model.intercept_[row] - prior * np.log(list(labels).count(name) / len(labels))
    return Linear(weights=weights, bias=bias)


def _first_trees() -> HistGradientBoostingClassifier:
    """Boosted trees for meetings."""
    return HistGradientBoostingClassifier(
        max_iter=300,
        learning_rate=0.08,
        max_leaf_nodes=31,
        min_samples_leaf=20,
        l2_regularization=5.0,
        max_features=0.5,
        early_stopping=False,
        random_state=0,
    )


def _bags(rows: Floats, verdicts: NDArray[np.int8]) -> list[HistGradientBoostingClassifier]:
    """Boosted trees for pairs, each of whose splits see other halves of the columns."""
    return [
        HistGradientBoostingClassifier(
            max_iter=250,
            learning_rate=0.03,
            max_leaf_nodes=8,
            min_samples_leaf=40,
            l2_regularization=5.0,
            max_features=0.5,
            early_stopping=False,
            random_state=seed,
        ).fit(rows, verdicts)
        for seed in range(BAGS)
    ]


def _odds(bags: Sequence[HistGradientBoostingClassifier], rows: Floats) -> Floats:
    total: Floats = np.mean([bag.decision_function(rows) for bag in bags], axis=0)
    return total


def _join_bags(bags: Sequence[HistGradientBoostingClassifier], knots: Floats) -> Trees:
    """All trees of the bags as one, whose log-odds are the mean of theirs."""
    each = [to_trees(bag, knots) for bag in bags]
    starts = np.cumsum([0, *(len(trees.column) for trees in each)])[:-1].astype(np.int32)
    return Trees(
        base=float(np.mean([trees.base for trees in each])),
        roots=np.concatenate([trees.roots + start for trees, start in zip(each, starts, strict=True)]),
        column=np.concatenate([trees.column for trees in each]),
        threshold=np.concatenate(
            [np.where(trees.column < 0, trees.threshold / len(each), trees.threshold) for trees in each]
        ),
        left=np.concatenate([trees.left + start for trees, start in zip(each, starts, strict=True)]),
        right=np.concatenate([trees.right + start for trees, start in zip(each, starts, strict=True)]),
        knots=knots,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    words: list[NDArray[np.int64]]
    numbers: Floats
    verdicts: NDArray[np.int8]
    groups: NDArray[np.int64]


def _rows(examples: Sequence[Example]) -> _Rows:
    verdicts = [
        -1 if claim is None else int(isinstance(claim, dict) and _live(claim))
        for example in examples
        for claim in example.claims
    ]
    return _Rows(
        words=[words for example in examples for words in example.words],
        numbers=np.array([row for example in examples for row in example.numbers], dtype=np.float64),
        verdicts=np.array(verdicts, dtype=np.int8),
        groups=np.array([n for n, example in enumerate(examples) for _ in example.claims], dtype=np.int64),
    )


def fit_readers(rows: Sequence[Row], found: Sequence[Sequence[Mention]], *, seed: int = 0) -> PairReader:
    """The readers fitted on labelled Chinese passages, and on passages made from our own texts with slots.

    ``found`` are the names that a finder finds in each row without having seen it.  Words and kinds are learned from
    those beside the gold names; how sure a pair is from those alone, so that a wrong name makes a wrong pair.
    Equal rows, names and seeds give equal readers.
    """
    slots = [read_gold(row) for row in make_rows("zh", times=SLOT_TIMES, seed=seed)]
    examples = [*map(read_gold, rows), *map(read_found, rows, found), *slots]
    numbers = range(len(rows))
    usual = [row.get("source") != WRITTEN for row in rows]
    return fit_examples(
        examples,
        [*numbers, *numbers, *range(len(rows), len(rows) + len(slots))],
        judged=[*(False for _ in rows), *(True for _ in rows), *(True for _ in slots)],
        typical=[*(False for _ in rows), *usual, *(False for _ in slots)],
    )


def fit_examples(
    examples: Sequence[Example],
    passage_of: Sequence[int],
    *,
    prior: float = 0.0,
    judged: Sequence[bool] | None = None,
    typical: Sequence[bool] | None = None,
) -> PairReader:
    """The readers fitted on examples; ``passage_of`` numbers their passages, which folds keep together.

    ``prior`` is the power of the kinds' shares that is taken back.  ``judged`` says which examples the second reader
    learns from, and ``typical`` which of those are such as will be read, to which its confidence is calibrated; all
    without them.
    """
    data = _rows(examples)
    folds = np.array(passage_of)[data.groups] % FOLDS
    used = data.verdicts >= 0
    linear_odds, boosted_odds = np.zeros(len(used)), np.zeros(len(used))

    def fit(chosen: NDArray[np.bool_]) -> tuple[Linear, HistGradientBoostingClassifier]:
        places = np.flatnonzero(chosen)
        linear = _fit_two([data.words[i] for i in places], data.verdicts[places])
        return linear, _first_trees().fit(data.numbers[places], data.verdicts[places])

    for fold in range(FOLDS):
        linear, boosted = fit(used & (folds != fold))
        held = np.flatnonzero(folds == fold)
        linear_odds[held] = linear.scores([data.words[i] for i in held])[:, 0]
        boosted_odds[held] = boosted.decision_function(data.numbers[held])
    claim, first = fit(used)
    pairs, verdicts, owners = _second_rows(examples, linear_odds, boosted_odds, judged)
    groups = np.array(passage_of)[owners]
    odds = np.zeros(len(pairs))
    for fold in range(FOLDS):
        held_pairs = groups % FOLDS == fold
        odds[held_pairs] = _odds(_bags(pairs[~held_pairs], verdicts[~held_pairs]), pairs[held_pairs])
    like = np.ones(len(pairs), dtype=bool) if typical is None else np.array(typical)[owners]
    no_knots = np.zeros((2, 1))
    words, kind_words, labels = _labelled(examples)
    kinds = tuple(load_ontology().collaborations)
    directed = [i for i, (label, _) in enumerate(labels) if load_ontology().claim_kind(label["kind"]).directed]
    return PairReader(
        claim=claim,
        kind=_fit_many(kind_words, [label["kind"] for label, _ in labels], kinds, prior),
        status=_fit_many(kind_words, [label.get("status", "active") for label, _ in labels], STATUSES, 0.0),
        forward=_fit_two(
            [words[i] for i in directed],
            np.array([labels[i][1] for i in directed], dtype=np.int8),
        ),
        first=to_trees(first, no_knots),
        second=_join_bags(_bags(pairs, verdicts), knots_of(odds[like], verdicts[like])),
    )


def _labelled(
    examples: Sequence[Example],
) -> tuple[list[NDArray[np.int64]], list[NDArray[np.int64]], list[tuple[Row, bool]]]:
    """The words of each meeting that states a claim, those that tell its kind, the claim, and whether it runs in the
    order of the text.
    """
    words: list[NDArray[np.int64]] = []
    kind_words: list[NDArray[np.int64]] = []
    labels: list[tuple[Row, bool]] = []
    for example in examples:
        each = zip(example.meetings, example.words, example.kind_words, example.claims, strict=True)
        for meeting, hashes, kind_hash, claim in each:
            if isinstance(claim, dict):
                words.append(hashes)
                kind_words.append(kind_hash)
                labels.append((claim, claim["from"] == example.of_gold.get(meeting.first.organization)))
    return words, kind_words, labels


def _second_rows(
    examples: Sequence[Example], linear: Floats, boosted: Floats, judged: Sequence[bool] | None
) -> tuple[Floats, NDArray[np.int8], NDArray[np.int64]]:
    rows: list[list[float]] = []
    verdicts: list[int] = []
    owners: list[int] = []
    at = 0
    for number, example in enumerate(examples):
        end = at + len(example.meetings)
        pairs, _, numbers = second_numbers(
            example.meetings, linear[at:end].tolist(), boosted[at:end].tolist(), example.view
        )
        at = end
        if judged is not None and not judged[number]:
            continue
        for pair, row in zip(pairs, numbers, strict=True):
            if pair not in example.doubtful:
                rows.append(row)
                verdicts.append(pair in example.required)
                owners.append(number)
    return np.array(rows, dtype=np.float64), np.array(verdicts, dtype=np.int8), np.array(owners, dtype=np.int64)
