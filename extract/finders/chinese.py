"""Chinese organization names: candidates of all finders, judged by the trained reader over the whole document."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from extract.finders.candidates import Name, Span, group_names, propose
from extract.finders.grammar import load_grammar
from extract.finders.judge import Evidence, Judge
from extract.finders.layers import Layers, read_layers
from extract.finders.numbers import number_names
from extract.finders.register import Entry, Register
from extract.finders.sequence import SequenceModel
from extract.finders.templates import hash_features
from extract.finders.weights import load_judge, load_sequence, load_words
from extract.lang import load_language

LONGEST_PART = 50_000  # characters judged together
SURE_ENOUGH_TO_REPEAT = 0.5  # a name this sure is a name wherever it stands
_GRAMMAR_ALONE = (0.0, 0.3, 0.6)  # confidence of a weak and a strong head word when there are no weights
_REGISTER_ALONE = 0.9


class Found(NamedTuple):
    """A name at ``[start, end)`` of the text, its organization kind, what found it, and its confidence in [0, 1]."""

    start: int
    end: int
    kind: str
    finder: str
    confidence: float


class Reader(NamedTuple):
    """What is trained: the sequence model that proposes, and the reader that judges."""

    sequence: SequenceModel
    judge: Judge


@cache
def _trained() -> Reader | None:
    sequence, trees, words = load_sequence("zh"), load_judge("zh"), load_words("zh")
    if sequence is None or trees is None or words is None:
        return None
    return Reader(sequence, Judge(words=words, trees=trees))


def find_chinese(
    text: str, *, threshold: float, own: Register | None = None, entities: Iterable[tuple[int, int]] = ()
) -> list[Found]:
    """The organizations named in a Chinese text, in order; see ``choose`` for which of overlapping ones stay.

    Without trained weights a register or another model makes a name sure, and its head word a guess.  A text of
    more than ``LONGEST_PART`` characters is read in parts, each as a document of its own, so that memory is bounded.
    """
    spans, found = sorted(entities), list[Found]()
    for start, end in _parts(text):
        inside = [(first - start, last - start) for first, last in spans if start <= first and last <= end]
        found += [
            name._replace(start=name.start + start, end=name.end + start)
            for name in _find_part(text[start:end], threshold=threshold, own=own, entities=inside)
        ]
    return found


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of at most ``LONGEST_PART`` characters that end, where they can, at a line or a sentence."""
    start = 0
    while len(text) - start > LONGEST_PART:
        last = start + LONGEST_PART
        cut = max(text.rfind("\n", start, last), text.rfind("。", last - 2000, last)) + 1
        yield start, (cut if cut > start else last)
        start = cut if cut > start else last
    yield start, len(text)


def _find_part(
    text: str, *, threshold: float, own: Register | None, entities: Iterable[tuple[int, int]]
) -> list[Found]:
    layers = read_layers(text, own)
    flat_entities, reader = _flat(layers, entities), _trained()
    if reader is None:
        names = group_names(layers, propose(layers, None, entities=flat_entities))
        confidence = {key: _without_weights(name) for key, name in names.items()}
    else:
        names, evidence = number_candidates(layers, reader.sequence, entities=flat_entities)
        confidence = dict(zip(names, reader.judge.probabilities(evidence).tolist(), strict=True))
    return select_names(layers, names, confidence, threshold=threshold, own=own)


def number_candidates(
    layers: Layers, sequence: SequenceModel, *, entities: Iterable[tuple[int, int]] = ()
) -> tuple[dict[str, Name], Evidence]:
    """The candidates of a text by their folded name, and what is known of them."""
    reading = sequence.read(hash_features(layers), layers.starts)
    names = group_names(layers, propose(layers, reading, entities=entities))
    return names, number_names(layers, reading, names)


def select_names(
    layers: Layers,
    names: dict[str, Name],
    confidence: dict[str, float],
    *,
    threshold: float,
    own: Register | None = None,
) -> list[Found]:
    """The places of the names that are sure enough, with the place in the text as it was given."""
    if own is not None:
        confidence = confidence | {key: 1.0 for key, name in names.items() if own.get(name.text)}
    weighed = [(confidence[key], span, name) for key, name in names.items() for span in name.spans]
    weighed += _repeated(layers, names, confidence)
    place = layers.place
    return [
        Found(int(place[span.start]), int(place[span.end - 1]) + 1, kind_of(name), finder_of(name, own), sure)
        for sure, span, name in choose(item for item in weighed if item[0] >= threshold)
    ]


def choose(weighed: Iterable[tuple[float, Span, Name]]) -> list[tuple[float, Span, Name]]:
    """Of overlapping spans the surest, of equals the longest, then the first; in the order of the text.

    A name that begins a longer one stays beside it: the parent in a department's name.
    """
    ranked = sorted(weighed, key=lambda item: (-item[0], item[1].start - item[1].end, item[1].start))
    chosen: list[tuple[float, Span, Name]] = []
    owner: dict[int, int] = {}  # of each character that is taken, where the span that took it begins
    for item in ranked:
        span = item[1]
        places = range(span.start, span.end)
        if all(owner.get(place, span.start) == span.start for place in places):
            chosen.append(item)
            owner.update(dict.fromkeys(places, span.start))
    return sorted(chosen, key=lambda item: (item[1].start, item[1].end))


def _repeated(layers: Layers, names: dict[str, Name], confidence: dict[str, float]) -> list[tuple[float, Span, Name]]:
    """The other places of names that are sure: a name found once is found everywhere."""
    sure = {name.text: key for key, name in names.items() if confidence[key] >= SURE_ENOUGH_TO_REPEAT}
    known = {(span.start, span.end) for name in names.values() for span in name.spans}
    out: list[tuple[float, Span, Name]] = []
    if sure:
        for hit in Register({text: Entry("", "repeated") for text in sure}).hits(layers.text):
            key = sure.get(layers.text[hit.start : hit.end])
            if key and (hit.start, hit.end) not in known and not _inside_word(layers.text, hit.start, hit.end):
                out.append((confidence[key], Span(hit.start, hit.end), names[key]))
    return out


def _inside_word(text: str, start: int, end: int) -> bool:
    """Whether a Latin name is part of a longer Latin word."""
    before, after = text[start - 1 : start + 1], text[end - 1 : end + 1]
    return (len(before) == 2 and before.isascii() and before.isalnum()) or (
        len(after) == 2 and after.isascii() and after.isalnum()
    )


def _flat(layers: Layers, entities: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of the text as spans of the flat text; what is blank is left out."""
    places: Sequence[int] = layers.place.tolist()
    out = []
    for start, end in entities:
        low, high = bisect_left(places, start), bisect_left(places, end)
        if low < high:
            out.append((low, high))
    return out


def kind_of(name: Name) -> str:
    """The organization kind: what a register, the head word or the tail says; a place acts as its government."""
    kinds = [span.kind for span in name.spans if span.kind]
    if kinds:
        return kinds[0]
    grammar = load_grammar("zh")
    for length in range(min(len(name.text), 6), 0, -1):
        if kind := grammar.kinds.get(name.text[-length:]):
            return kind
    if any(span.region for span in name.spans):
        return "government"
    return next(
        (kind for tail, kind, within in _tails() if name.text.endswith(tail) and within in name.text), "enterprise"
    )


@cache
def _tails() -> tuple[tuple[str, ...], ...]:
    return load_language("zh").rows("tails", ("tail", "kind", "within"))


def finder_of(name: Name, own: Register | None) -> str:
    """What proposed the name: a person's list, a register, the grammar, another model, or the sequence model."""
    if own is not None and own.get(name.text):
        return "own"
    for finder, has in (
        ("register", any(span.rank for span in name.spans)),
        ("grammar", any(span.shaped for span in name.spans)),
        ("sequence", any(span.posterior for span in name.spans)),
        ("place", any(span.region for span in name.spans)),
        ("model", any(span.entity for span in name.spans)),
    ):
        if has:
            return finder
    return "definition"


def _without_weights(name: Name) -> float:
    """The confidence of a name when nothing trained judges it."""
    if any(span.rank or span.entity for span in name.spans):
        return _REGISTER_ALONE
    return max(_GRAMMAR_ALONE[span.shaped] for span in name.spans)
