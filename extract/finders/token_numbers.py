"""What the second reader looks at in an English text: one row of numbers for each name that may be one."""

import re
from bisect import bisect_left

import numpy as np

from extract.finders.candidates import Name
from extract.finders.english import Page
from extract.finders.numbers import Strengths
from extract.finders.sequence import BEGIN, END, OUTSIDE, SINGLE, Floats, Reading
from extract.finders.token_features import load_lexicon, shape
from extract.finders.tokens import heading, load_grammar
from extract.ontology import load_ontology

_WRITING = {"low": 0, "any": 1, "cap": 2, "all": 3}
_TICKER = re.compile(r"\s?\((?:[A-Za-z]{2,8}(?:[ -][A-Z]{1,7})?):\s?[A-Z0-9.]{1,8}")
_ACRONYM = re.compile(r"\s?\((?:the\s)?[“\"]?([A-Z][A-Za-z&-]{1,9})[”\"]?\)")
_COLUMN_NAMES = """posterior mean sum begin end inside outside_before outside_after share
rank kind nested entity own tokens length head head_kind opening legal
low cap oov capitals digits camel the first_name last_name acronym_list initials defined
before after before_shape after_shape ticker acronym possessive
outer outer_begins inner crossing places found longer longer_worth shorter shorter_worth
where heading document names first_word_low mid clash"""
COLUMNS = tuple(_COLUMN_NAMES.split())


def number_names(page: Page, reading: Reading, names: dict[str, Name]) -> Floats:
    """A row of ``COLUMNS`` for each name, in the order of ``names``."""
    text, tokens, marginals = page.text, page.tokens, reading.marginals
    lexicon, grammar = load_lexicon(), load_grammar()
    befores = {word: at for at, word in enumerate(grammar.before, 2)}
    afters = {word: at for at, word in enumerate(grammar.after, 2)}
    kinds = {kind: at for at, kind in enumerate(load_ontology().organizations, 1)}
    starts = [token.start for token in tokens]
    ends = [token.end for token in tokens]
    lines = _headings(page)
    outside = marginals[:, OUTSIDE].tolist()
    begins = (marginals[:, BEGIN] + marginals[:, SINGLE]).tolist()
    closes = (marginals[:, END] + marginals[:, SINGLE]).tolist()
    strengths = Strengths([span for name in names.values() for span in name.spans])
    worth = {key: name.best.posterior for key, name in names.items()}
    words_of = {key: tuple(re.findall(r"[^\W_]+", name.text.lower())) for key, name in names.items()}
    longer, shorter = _families(words_of, worth)
    initials = {"".join(word[0] for word in re.findall(r"[A-Z][\w]*", name.text)) for name in names.values()}
    rows = []
    for key, name in names.items():
        spans, best, written = name.spans, name.best, name.text
        first, last = bisect_left(starts, best.start), bisect_left(ends, best.end)
        words = [token.text for token in tokens[first : last + 1]] or [written]
        letters = [word for word in words if word[0].isalpha() and word not in ("of", "and", "for", "the", "&")]
        writing = [_writing(word, lexicon.words) for word in letters] or [1]
        around = [strengths.around(span) for span in spans[:8]]
        outer, outer_begins, inner, crossing = (max(item[at] for item in around) for at in range(4))
        before = tokens[first - 1].text if first and tokens[first - 1].line == tokens[first].line else "\n"
        after = (
            tokens[last + 1].text if last + 1 < len(tokens) and tokens[last + 1].line == tokens[first].line else "\n"
        )
        head = lexicon.heads.get(words[-1]) or lexicon.heads.get(words[-1].capitalize())
        opening = lexicon.heads.get(words[0]) if len(words) > 1 else None
        posteriors = [span.posterior for span in spans]
        mid = [not tokens[bisect_left(starts, span.start)].first for span in spans]
        count = len(re.findall(rf"(?<!\w){re.escape(written)}(?!\w)", text))
        possessive = any(text[span.end : span.end + 2] in ("’s", "'s") for span in spans)
        acronym = _ACRONYM.match(text, best.end)
        rows.append(
            (
                best.posterior,
                sum(posteriors) / len(posteriors),
                min(sum(posteriors), 5.0),
                max(begins[first], 0.0),
                closes[last] if last < len(closes) else 0.0,
                1.0 - max(outside[first : last + 1], default=1.0),
                outside[first - 1] if first else 1.0,
                outside[last + 1] if last + 1 < len(tokens) else 1.0,
                sum(span.posterior > 0.3 for span in spans) / max(len(spans), count),
                max(span.rank for span in spans),
                max(kinds.get(span.kind, 0) for span in spans),
                max(span.nested for span in spans),
                any(span.entity for span in spans),
                any(span.rank == 9 for span in spans),
                len(words),
                len(written),
                (2 if head[1] == "strong" else 1) if head else 0,
                kinds[head[0]] if head else 0,
                (2 if opening[1] == "strong" else 1) if opening else 0,
                any(lexicon.heads.get(word) == ("enterprise", "strong") for word in words),
                sum(value == 0 for value in writing) / len(writing),
                sum(value >= 2 for value in writing) / len(writing),
                sum(value == -1 for value in writing) / len(writing),
                written.isupper() + (written.isupper() and len(words) == 1),
                sum(character.isdigit() for character in written),
                any(shape(word) in ("XxX", "XxXx", "xX", "xXx") for word in words),
                words[0].lower() == "the",
                lexicon.people.get(words[0]) == "first",
                lexicon.people.get(words[-1]) in ("last", "first"),
                written in lexicon.acronyms,
                written.isupper() and written in initials,
                bool(re.match(r"[(“\"]", text[best.start - 1 : best.start])),
                befores.get(before.lower(), 0 if before[0].isalpha() else 1),
                afters.get(after.lower(), 0 if after[0].isalpha() else 1),
                before[0].isupper() + 2 * before[0].isdigit(),
                after[0].isupper() + 2 * after[0].isdigit(),
                any(bool(_TICKER.match(text, span.end)) for span in spans),
                (2 if acronym[1] in initials else 1) if acronym else 0,
                possessive,
                outer,
                outer_begins,
                inner,
                crossing,
                len(spans),
                count,
                *longer[key],
                *shorter[key],
                first / max(1, len(tokens)),
                lines.get(tokens[first].line if first < len(tokens) else 0, 0),
                min(len(tokens), 1000),
                len(names) / max(1, len(tokens)),
                writing[0],
                sum(mid) / len(mid),
                best.posterior - max(outer, inner, crossing),
            )
        )
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(COLUMNS))


def _writing(word: str, words: object) -> int:
    entry = load_lexicon().words.get(word.lower())
    return _WRITING[entry[2]] if entry else -1


def _headings(page: Page) -> dict[int, int]:
    lines: dict[int, list[str]] = {}
    for token in page.tokens:
        lines.setdefault(token.line, []).append(token.text)
    kinds = {"": 0, "title": 1, "capitals": 2}
    return {line: kinds[heading(words)] for line, words in lines.items()}


def _families(
    words_of: dict[str, tuple[str, ...]], worth: dict[str, float]
) -> tuple[dict[str, tuple[int, float]], dict[str, tuple[int, float]]]:
    """How many names each is part of and holds, and the best posterior of those."""
    by_words: dict[tuple[str, ...], list[str]] = {}
    for key, words in words_of.items():
        by_words.setdefault(words, []).append(key)
    longer = dict.fromkeys(words_of, (0, 0.0))
    shorter = dict.fromkeys(words_of, (0, 0.0))
    for key, words in words_of.items():
        size = len(words)
        if size > 16:
            continue
        for start in range(size):
            for end in range(start + 1, size + 1):
                if end - start == size:
                    continue
                for other in by_words.get(words[start:end], ()):
                    longer[other] = (longer[other][0] + 1, max(longer[other][1], worth[key]))
                    shorter[key] = (shorter[key][0] + 1, max(shorter[key][1], worth[other]))
    return longer, shorter
