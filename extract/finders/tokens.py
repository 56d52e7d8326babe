"""Words of a text in Latin letters, with their places, lines and sentence starts."""

import re
from dataclasses import dataclass
from functools import cache

from extract.lang import load_language

# dotted forms are one word: Inc. Corp. U.S. S.p.A. No. 5 stays apart
_ABBREVIATED = (
    r"(?:Inc|Corp|Ltd|Co|Cos|Bros|Mfg|Intl|Dept|Univ|Assn|Dr|Mr|Mrs|Ms|Prof|St|Mt|Jr|Sr|No|vs|Gov|Sen|Rep|Gen|Lt|Col"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Calif|Mass|Conn|Colo|Fla|Ill|Ind|Mich|Minn|Ont|Ore|Penn|Tenn"
    r"|Tex|Va|Wash|Wis|a\.s|s\.r\.o|S\.r\.l|S\.p\.A|d\.o\.o|e\.V|S\.L|S\.A\.S)\."
)
_WORD = r"[^\W_]"
_TOKEN = re.compile(
    rf"https?://\S+|www\.\S+|\S+@\S+\.\S+"
    rf"|\b{_ABBREVIATED}"
    rf"|(?:[A-Z]\.){{2,}}(?:[A-Z](?!{_WORD}))?"
    rf"|\b[A-Z]\.(?=\s?[A-Z][a-z.])"
    rf"|[ap]\.m\.|\d+[A-Z][a-z]+{_WORD}*"
    rf"|\d+(?:[.,]\d+)*(?:st|nd|rd|th|[A-Z](?!{_WORD}))?"
    rf"|{_WORD}+(?:\.(?:com|ai|io|org|net|co|de|cn|tech)\b)"
    rf"|(?:O|D|d|L|l)['’](?=[A-Z]){_WORD}+"
    rf"|{_WORD}+(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b"
    rf"|{_WORD}+|--+|\.\.\.|\S",
)
_GLUE = re.compile(r"[a-z](?=[A-Z])|[A-Z](?=[A-Z][a-z])|[A-Z]{3}(?=[A-Z])")
_ENDS = frozenset(".!?…;:")
_OPENERS = frozenset("\"“”‘’'([*•·#>–—-")


@dataclass(frozen=True, slots=True, kw_only=True)
class EnglishGrammar:
    """The word groups of ``lang/en/grammar.toml``, which says what each holds."""

    inside: frozenset[str]
    roles: frozenset[str]
    titles: frozenset[str]
    givers: frozenset[str]
    labels: frozenset[str]
    house: frozenset[str]
    before: tuple[str, ...]
    after: tuple[str, ...]


@cache
def load_grammar() -> EnglishGrammar:
    """The groups of English words around names.

    Raises:
        DataError: The file is missing or has or lacks a group.
    """
    groups = load_language("en").word_groups("grammar", tuple(EnglishGrammar.__dataclass_fields__))
    sets = {key: frozenset(words) for key, words in groups.items()}
    return EnglishGrammar(**sets | {"before": groups["before"], "after": groups["after"]})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A word or mark at ``[start, end)``; ``line`` counts from 0; ``first`` says that a sentence or line begins."""

    start: int
    end: int
    text: str
    line: int
    first: bool
    glued: bool  # no blank before it


def tokenize(text: str) -> list[Token]:
    """The words and marks of ``text`` in order; the possessive ``'s`` is one of its own.

    >>> [token.text for token in tokenize("Duke’s U.S. partner, Acme Inc.")]
    ['Duke', '’s', 'U.S.', 'partner', ',', 'Acme', 'Inc.']
    """
    tokens: list[Token] = []
    line, last, first = 0, 0, True
    for start, end in _spans(text):
        gap = text[last:start]
        if "\n" in gap:
            line += gap.count("\n")
            first = True
        word = text[start:end]
        tokens.append(Token(start=start, end=end, text=word, line=line, first=first, glued=not gap and start > 0))
        last = end
        first = word in _ENDS or (first and word in _OPENERS)
    return tokens


def _spans(text: str) -> list[tuple[int, int]]:
    """Where the words stand; two that a lost line end glued (``ContactAcme``) are parted, if the text has both."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    known = {text[start:end] for start, end in spans} | load_grammar().labels
    out = []
    for start, end in spans:
        word = text[start:end]
        cut = 0
        if end - start > 5 and not word.islower() and _GLUE.search(word):
            cuts = [match.end() for match in _GLUE.finditer(word)]
            cut = next((at for at in cuts if word[:at] in known and word[at:] in known and len(word[at:]) > 2), 0)
        if cut:
            out += [(start, start + cut), (start + cut, end)]
        else:
            out.append((start, end))
    return out


def heading(words: list[str]) -> str:
    """What a line looks like: ``capitals``, ``title`` (most long words capitalized, no end mark), or ``""``."""
    letters = [word for word in words if word[0].isalpha()]
    if len(letters) < 3:
        return ""
    if sum(word.isupper() for word in letters) >= 0.8 * len(letters):
        return "capitals"
    long = [word for word in letters if len(word) > 3]
    if words[-1] not in ".!?" and long and sum(word[0].isupper() for word in long) >= 0.75 * len(long):
        return "title"
    return ""
