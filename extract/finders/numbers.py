"""What the second reader looks at: one row of numbers for each name that may be one."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np

from extract.finders.candidates import Name, Span
from extract.finders.grammar import load_grammar
from extract.finders.judge import Evidence
from extract.finders.layers import TAGS, Layers
from extract.finders.lexical import lexical_features
from extract.finders.sequence import BEGIN, END, OUTSIDE, SINGLE, Reading
from extract.ontology import load_ontology

_SIDES = "，。、：；“”（）()《》\n与和由向对为的在被及是将同从了等—-·"
_SIDE = {character: at for at, character in enumerate(_SIDES, 2)}
_LISTED = "、和与及"
_TAG = {tag: at for at, tag in enumerate(TAGS, 1)}

_COLUMN_NAMES = """posterior mean_posterior sum_posterior begin end inside outside_before outside_after spans_share
shaped rank region nested defined entity length head head_kind latin digits hanzi_only
starts_known starts_region ends_known holds_register
left right left_tag right_tag left_edge right_edge first_tag last_tag words
outer outer_begins outer_gap inner crossing occurrences longer shorter
left_item right_item gap where document names quoted
begin_rival end_rival outer_ends left_tag_2 right_tag_2 left_item_known right_item_known company kind"""
COLUMNS = tuple(_COLUMN_NAMES.split())


class Strengths:
    """The strongest candidate that begins, ends, covers or crosses a place; sorted once a document."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = sorted(spans, key=lambda span: (span.start, span.end))
        self.starts = [span.start for span in self.spans]
        self.by_end: dict[int, float] = {}
        self.by_start: dict[int, float] = {}
        for span in spans:
            worth = weight(span)
            self.by_end[span.end] = max(worth, self.by_end.get(span.end, 0.0))
            self.by_start[span.start] = max(worth, self.by_start.get(span.start, 0.0))
        self.longest = max((span.end - span.start for span in spans), default=0)

    def around(self, span: Span) -> tuple[float, float, float, float, float]:
        """The weights of the strongest span outside, outside with the same start or end, inside, and crossing."""
        outer = begins = ends = inner = crossing = 0.0
        low = bisect_left(self.starts, span.start - self.longest)
        for other in self.spans[low : bisect_left(self.starts, span.end)]:
            if other.end <= span.start or (other.start == span.start and other.end == span.end):
                continue
            if other.start <= span.start and other.end >= span.end:
                outer = max(outer, weight(other))
                if other.start == span.start:
                    begins = max(begins, weight(other))
                if other.end == span.end:
                    ends = max(ends, weight(other))
            elif other.start >= span.start and other.end <= span.end:
                inner = max(inner, weight(other))
            else:
                crossing = max(crossing, weight(other))
        return outer, begins, ends, inner, crossing


def weight(span: Span) -> float:
    """How strongly a span is proposed before it is judged, in [0, 1]."""
    return span.posterior


def number_names(layers: Layers, reading: Reading, names: dict[str, Name]) -> Evidence:
    """A row of ``COLUMNS`` and the lexical features of each name, in the order of ``names``."""
    text, marginals = layers.text, reading.marginals
    every = [span for name in names.values() for span in name.spans]
    strengths = Strengths(every)
    grammar = load_grammar("zh")
    kinds = {kind: at for at, kind in enumerate(load_ontology().organizations, 1)}
    word_starts = [word.start for word in layers.words]
    outside = marginals[:, OUTSIDE].tolist()
    begins = (marginals[:, BEGIN] + marginals[:, SINGLE]).tolist()
    ends = (marginals[:, END] + marginals[:, SINGLE]).tolist()
    heads = {match.end(): match.group() for match in grammar.head.finditer(text)}
    known_start = {hit.start: hit.entry.rank for hit in layers.hits}
    known_end = {hit.end: hit.entry.rank for hit in layers.hits}
    region_start = {hit.start: hit.end for hit in layers.places}
    gap = layers.columns["gap"]
    starts, length = layers.starts.tolist(), len(text)
    inside_words = _substrings(names)
    company = [0.0] * len(starts)  # how many names the model expects in each sequence
    for stretch in reading.stretches:
        company[bisect_right(starts, stretch.start) - 1] += stretch.probability
    rows, features = [], []
    for written, name in names.items():
        spans = name.spans
        best = name.best
        start, end = best.start, best.end
        around = [strengths.around(span) for span in spans[:8]]
        outer, outer_begins, outer_ends, inner, crossing = (max(item[at] for item in around) for at in range(5))
        head = heads.get(end, "")
        if len(head) >= end - start:
            head = ""
        before, after = text[start - 1] if start else "\n", text[end] if end < length else "\n"
        first_word, last_word = bisect_right(word_starts, start) - 1, bisect_right(word_starts, end - 1) - 1
        words = layers.words
        word_before = text[words[first_word - 1].start : words[first_word - 1].end] if first_word else ""
        word_after = text[words[last_word + 1].start : words[last_word + 1].end] if last_word + 1 < len(words) else ""
        features.append(lexical_features(text, start, end, word_before, word_after))
        posteriors = [span.posterior for span in spans]
        sequence = bisect_right(starts, start)
        longer, shorter = inside_words[written]
        rows.append(
            (
                best.posterior,
                sum(posteriors) / len(posteriors),
                min(sum(posteriors), 5.0),
                max(begins[span.start] for span in spans),
                max(ends[span.end - 1] for span in spans),
                1.0 - max(outside[start:end]),
                outside[start - 1] if start else 1.0,
                outside[end] if end < length else 1.0,
                sum(span.posterior > 0.3 for span in spans) / len(spans),
                max(span.shaped for span in spans),
                max(span.rank for span in spans),
                max(span.region for span in spans),
                max(span.nested for span in spans),
                any(span.defined for span in spans),
                any(span.entity for span in spans),
                len(written),
                (len(head) + 10 * (head in grammar.weak)) if head else -1,
                kinds[grammar.kinds[head]] if head else 0,
                sum(character.isascii() and character.isalpha() for character in written) / len(written),
                sum(character.isdigit() for character in written),
                all("一" <= character <= "鿿" for character in written),
                known_start.get(start, 0) if best.rank == 0 else 0,
                min(region_start.get(start, start) - start, 5),
                known_end.get(end, 0) if best.rank == 0 else 0,
                any(known in known_start for known in range(start + 1, end)),
                _SIDE.get(before, 0 if "一" <= before <= "鿿" else 1),
                _SIDE.get(after, 0 if "一" <= after <= "鿿" else 1),
                _TAG.get(words[first_word - 1].tag, 0) if first_word else 0,
                _TAG.get(words[last_word + 1].tag, 0) if last_word + 1 < len(words) else 0,
                words[first_word].start == start,
                words[last_word].end == end,
                _TAG.get(words[first_word].tag, 0),
                _TAG.get(words[last_word].tag, 0),
                last_word - first_word + 1,
                outer,
                outer_begins,
                best.posterior - outer,
                inner,
                crossing,
                len(spans),
                longer,
                shorter,
                strengths.by_end.get(start - 1, 0.0) if before in _LISTED else -1.0,
                strengths.by_start.get(end + 1, 0.0) if after in _LISTED else -1.0,
                float(gap[start]),
                start - starts[sequence - 1],
                min(length, 3000),
                len(names) / max(1, length),
                before in "“《" and after in "”》",
                max(begins[max(0, start - 3) : start] + begins[start + 1 : start + 4], default=0.0),
                max(ends[max(0, end - 4) : end - 1] + ends[end : end + 3], default=0.0),
                outer_ends,
                _TAG.get(words[first_word - 2].tag, 0) if first_word > 1 else 0,
                _TAG.get(words[last_word + 2].tag, 0) if last_word + 2 < len(words) else 0,
                known_end.get(start - 1, 0) if before in _LISTED else -1,
                known_start.get(end + 1, 0) if after in _LISTED else -1,
                company[sequence - 1],
                kinds.get(best.kind, 0),
            )
        )
    numbers = np.array(rows, dtype=np.float64).reshape(len(rows), len(COLUMNS))
    return Evidence(numbers=numbers, features=features)


def _substrings(names: dict[str, Name]) -> dict[str, tuple[int, int]]:
    """For each name how many others it is part of, and how many are part of it (names of up to 40 characters)."""
    longer = dict.fromkeys(names, 0)
    shorter = dict.fromkeys(names, 0)
    for written in names:
        size = len(written)
        seen = set()
        for start in range(size - 1):
            for end in range(start + 2, size + 1):
                part = written[start:end]
                if part != written and part in longer and part not in seen:
                    seen.add(part)
                    longer[part] += 1
                    shorter[written] += 1
    return {written: (longer[written], shorter[written]) for written in names}
