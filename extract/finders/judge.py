"""The second reader: numbers and words of each candidate → how likely it is an organization's name."""

from dataclasses import dataclass

import numpy as np

from extract.finders.lexical import LinearReader
from extract.finders.sequence import Floats
from extract.finders.trees import Trees


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known of the candidates of a document: a row of ``numbers.COLUMNS`` and lexical features for each."""

    numbers: Floats
    features: list[list[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """Trees over the numbers of a candidate and the log-odds that a linear reader of its words gives."""

    words: LinearReader
    trees: Trees

    def probabilities(self, evidence: Evidence) -> Floats:
        """The calibrated probability of each candidate, in [0, 1]."""
        if not evidence.features:
            return np.zeros(0)
        return self.trees.probabilities(np.column_stack([evidence.numbers, self.words.log_odds(evidence.features)]))
