"""Labelled English passages → the weights of the reader of names: sequence model and second reader."""

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import numpy as np

from extract.finders.candidates import Name
from extract.finders.english import Page, propose, read_page
from extract.finders.sequence import Floats, SequenceModel
from extract.finders.token_features import hash_tokens
from extract.finders.token_numbers import number_names
from extract.finders.tokens import Token
from extract.finders.trees import Trees
from extract.finders.weights import JUDGE, SEQUENCE, save_judge, save_sequence
from extract.gold import Row
from extract.train.english_swaps import swap_english
from extract.train.judges import fit_judge
from extract.train.marks import forms_of, verdicts
from extract.train.sequences import Example, Weights, fit_sequences, label_places
from extract.train.written import WRITTEN

FOLDS = 4
SETTINGS = {"rounds": 60, "lasso": 0.02, "ridge": 0.1, "least": 1}
JUDGE_ROUNDS = 150


def make_english(row: Row) -> Example[Page]:
    """The passage of a labelled row with its features and the labels of its words."""
    page, rows = read_page(row["text"])
    labels = label_places(len(page.tokens), (range(first, last) for first, last in mark_tokens(row, page.tokens)))
    return Example(row=row, reading=page, features=hash_tokens(rows), labels=labels)


def mark_tokens(row: Row, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The places of gold names as ranges of tokens, spelled just so; the longest name wins."""
    starts = {token.start: at for at, token in enumerate(tokens)}
    ends = {token.end: at for at, token in enumerate(tokens)}
    taken = [False] * len(tokens)
    found = []
    forms = {form for organization in row["organizations"] for form in forms_of(organization) if form.strip()}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        for match in re.finditer(r"\s+".join(map(re.escape, form.split())), row["text"]):
            first, last = starts.get(match.start()), ends.get(match.end(), ends.get(match.end() + 1))
            if first is None or last is None or last < first or any(taken[first : last + 1]):
                continue
            if tokens[last].end > match.end() and tokens[last].text[-1] != ".":
                continue
            taken[first : last + 1] = [True] * (last + 1 - first)
            found.append((first, last + 1))
    return sorted(found)


def weigh(example: Example[Page], model: SequenceModel) -> tuple[dict[str, Name], Floats]:
    """The candidates of a passage and their rows of numbers."""
    reading = model.read(example.features, example.reading.starts)
    names = propose(example.reading, reading)
    return names, number_names(example.reading, reading, names)


def fit_names(rows: Sequence[Row], *, swaps: int = 1) -> tuple[Weights, Trees]:
    """Sequence model and second reader; the second learns from candidates of models that did not see its rows."""
    random = Random(5)
    own = [make_english(row) for row in rows]
    more = [[make_english(swap_english(row, random)) for _ in range(swaps)] for row in rows]

    def fitted(keep: Sequence[int]) -> Weights:
        return fit_sequences([example for at in keep for example in (own[at], *more[at])], **SETTINGS)  # type: ignore[arg-type]

    numbers, judged, groups = [], [], []
    for fold in range(FOLDS):
        model = fitted([at for at in range(len(rows)) if at % FOLDS != fold]).model()
        for at in range(fold, len(rows), FOLDS):
            names, table = weigh(own[at], model)
            numbers.append(table)
            judged.append(np.array(verdicts(rows[at], [name.text for name in names.values()]), dtype=np.int8))
            groups.append(np.full(len(table), at, dtype=np.int64))
    table, truth, group = np.vstack(numbers), np.concatenate(judged), np.concatenate(groups)
    sure = truth >= 0
    typical = np.array([row.get("source") != WRITTEN for row in rows])[group[sure]]
    judge = fit_judge(table[sure], truth[sure], group[sure], typical=typical, rounds=JUDGE_ROUNDS)
    return fitted(range(len(rows))), judge


def train_names(rows: Sequence[Row], folder: Path) -> Trees:
    """Fit on ``rows``, write the weights to ``folder`` (``extract/lang/en/model``), and give back the second reader."""
    weights, judge = fit_names([row for row in rows if row["language"] == "en"])
    folder.mkdir(parents=True, exist_ok=True)
    save_sequence(folder / SEQUENCE, weights.keys, weights.weights.astype(np.float32), weights.transitions)
    save_judge(folder / JUDGE, judge)
    return judge
