"""Labelled English passages → the readers of pairs, fitted on gold names, swapped names and found names."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from extract.finders.chinese import choose
from extract.finders.english import kind_of
from extract.finders.token_features import load_lexicon
from extract.finders.trees import Trees
from extract.gold import Row
from extract.readers import PAIRS, save_reader
from extract.records import Mention, Span
from extract.train.english import SETTINGS, make_english, weigh
from extract.train.english_passages import make_english_rows
from extract.train.english_swaps import swap_english
from extract.train.examples import Example, read_found, read_gold
from extract.train.pairs import fit_examples
from extract.train.sequences import fit_sequences

FOLDS = 2
NAME_THRESHOLD = 0.4
PRIOR = 0.3  # rare kinds are as likely here as common ones are
PASSAGES = 6  # times that each of our own passages is filled


def found_mentions(rows: Sequence[Row], judge: Trees) -> list[tuple[Mention, ...]]:
    """The names of each row as models find them that were fitted on the other rows."""
    random = Random(7)
    own = [make_english(row) for row in rows]
    more = [make_english(swap_english(row, random)) for row in rows]
    slots = [make_english(row) for row in make_english_rows(times=2)]
    found: list[tuple[Mention, ...]] = [()] * len(rows)
    for fold in range(FOLDS):
        others = [at for at in range(len(rows)) if at % FOLDS != fold]
        examples = [example for at in others for example in (own[at], more[at])]
        model = fit_sequences([*examples, *slots], **SETTINGS).model()  # type: ignore[arg-type]
        for at in range(fold, len(rows), FOLDS):
            names, numbers = weigh(own[at], model)
            sure = dict(zip(names, judge.probabilities(numbers).tolist(), strict=True))
            weighed = [(sure[key], span, name) for key, name in names.items() for span in name.spans]
            found[at] = tuple(
                Mention(
                    span=Span(span.start, span.end),
                    text=rows[at]["text"][span.start : span.end],
                    kind=kind_of(name.text, name, load_lexicon()),
                    finder="sequence",
                    confidence=probability,
                )
                for probability, span, name in choose(item for item in weighed if item[0] >= NAME_THRESHOLD)
            )
    return found


def train_pairs(rows: Sequence[Row], judge: Trees, folder: Path) -> None:
    """Fit on the English ``rows`` and our own passages and write the weights to ``folder``."""
    rows = [row for row in rows if row["language"] == "en"]
    random = Random(3)
    examples: list[Example] = []
    passage_of: list[int] = []
    for number, (row, mentions) in enumerate(zip(rows, found_mentions(rows, judge), strict=True)):
        examples += (read_gold(row), read_gold(swap_english(row, random)), read_found(row, mentions))
        passage_of += (number, number, number)
    places: dict[str, int] = {}
    for row in make_english_rows(times=PASSAGES):
        examples.append(read_gold(row))
        passage_of.append(places.setdefault(row["id"].rpartition("-")[0], len(rows) + len(places)))
    save_reader(folder / PAIRS, fit_examples(examples, passage_of, prior=PRIOR, wide=False))
