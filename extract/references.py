"""References (双方, 该公司, 我校) → the organizations they stand for: one reading, or none."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.cues import SMALL, SPACED
from extract.errors import DataError
from extract.records import Mention, Span

_TAKES = {"latest", "topic", "speaker", "pair", "three", "several", "former", "latter", "other"}
_KEYS = {"words", "takes", "kinds", "heads", "bare"}
# A bare 公司 counts behind punctuation or one of these characters, and not before one that makes it a longer word.
_BEFORE = frozenset(
    "与和由为向对给在从将把被让到是但而经就因按据则后时前现称示了跟同及等该使令请替帮助至于日年月来"
    "，。、；：！？“”‘’（）()《》【】,;:!?·—-　 \n\t"
)
_AFTER = re.compile("们|家|化|债|法|章程|治理|文化|所得税|主体|群|名称|类|型|制|级|界|站|路|附近|门口")
_REACH = 4  # sentences that 该公司 looks back over
_RECENT = 24  # mentions that any reference looks back over


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """How the words of one rule are read; the fields are those of references.toml."""

    takes: str
    kinds: frozenset[str]
    heads: tuple[str, ...]
    bare: bool

    def fits(self, mention: Mention) -> bool:
        """Whether the word can stand for the mention's organization."""
        if self.heads:
            return mention.text.endswith(self.heads)
        return not self.kinds or mention.kind in self.kinds


@cache
def has_references(language: str) -> bool:
    """Whether there are reference words for the language; without them only names are read."""
    return files("extract").joinpath("lang", language, "references.toml").is_file()


@cache
def load_references(language: str) -> tuple[re.Pattern[str], dict[str, Reference]]:
    """The pattern of all reference words of ``lang/<language>/references.toml``, and the rule of each.

    Raises:
        DataError: A rule has an unknown key or ``takes``, or a word stands in two rules.
        FileNotFoundError: The language has no such file.
    """
    where = f"lang/{language}/references.toml"
    path = files("extract").joinpath("lang", language, "references.toml")
    rules: dict[str, Reference] = {}
    for raw in tomllib.loads(path.read_text(encoding="utf-8"))["reference"]:
        if set(raw) - _KEYS or raw["takes"] not in _TAKES:
            raise DataError(f"{where}: {raw} has an unknown key or takes")
        rule = Reference(
            takes=raw["takes"],
            kinds=frozenset(raw.get("kinds", ())),
            heads=tuple(raw.get("heads", ())),
            bare=raw.get("bare", False),
        )
        for word in (phrase.replace("_", " ") for phrase in raw["words"].split()):
            if word in rules:
                raise DataError(f"{where}: {word} stands in two rules")
            rules[word] = rule
    ordered = sorted(rules, key=lambda word: (-len(word), word))
    words = "|".join(map(re.escape, ordered))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if language in SPACED else words), rules


def resolve_references(
    text: str, language: str, sentences: Sequence[Span], names: Sequence[Mention]
) -> tuple[Mention, ...]:
    """The references of ``text`` that have one reading, as mentions with form ``reference``; of several organizations
    one mention each with the same span.

    ``names`` are mentions with an organization, in order of the text.  Nothing inside a name is a reference.
    """
    pattern, rules = load_references(language)
    reader = _Reader(text, sentences, names)
    found: list[Mention] = []
    searched = text.translate(SMALL) if language in SPACED else text
    for match in pattern.finditer(searched):
        rule = rules[match.group()]
        if reader.inside(match.start(), match.end()) or (rule.bare and not _stands_alone(text, match)):
            continue
        found += reader.read(match, rule)
    return tuple(found)


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1] if match.start() else "\n"
    return before in _BEFORE and not _AFTER.match(text, match.end())


class _Reader:
    """Reads references against the names before them."""

    def __init__(self, text: str, sentences: Sequence[Span], names: Sequence[Mention]) -> None:
        self._text = text
        self._names = [m for m in names if m.organization is not None]
        self._starts = [m.span.start for m in self._names]
        self._sentence_starts = [s.start for s in sentences]
        self._at = [self._sentence(start) for start in self._starts]
        self._topics = read_topics(sentences, self._names, self._at)
        self._first: dict[str, list[Mention]] = {}
        for mention in self._names:
            self._first.setdefault(mention.kind, []).append(mention)

    def _sentence(self, position: int) -> int:
        return max(0, bisect_right(self._sentence_starts, position) - 1)

    def inside(self, start: int, end: int) -> bool:
        at = bisect_right(self._starts, end - 1) - 1
        return any(self._names[k].span.end > start for k in range(max(0, at - 2), at + 1))

    def read(self, match: re.Match[str], rule: Reference) -> list[Mention]:
        end = bisect_right(self._starts, match.start())
        here = self._sentence(match.start())
        before = list(range(max(0, end - _RECENT), end))
        chosen: list[Mention] = []
        if rule.takes in ("latest", "topic"):
            topic = self._topics[here] if self._topics else None
            chosen = self._one(rule, before, here, topic if rule.takes == "topic" else None)
        elif rule.takes == "speaker":
            chosen = self._speaker(rule, end)
        else:
            chosen = self._several(rule, before, here)
        span = Span(match.start(), match.end())
        return [
            Mention(
                span=span,
                text=span.of(self._text),
                form="reference",
                kind=mention.kind,
                organization=mention.organization,
                finder=f"reference:{rule.takes}",
                confidence=mention.confidence,
            )
            for mention in chosen
        ]

    def _one(self, rule: Reference, before: list[int], here: int, topic: Mention | None) -> list[Mention]:
        if topic is not None and rule.fits(topic):
            return [topic]
        reach = here if topic is not None or rule.takes == "topic" else _REACH
        fitting = [k for k in before if rule.fits(self._names[k]) and here - self._at[k] <= reach]
        return [self._names[fitting[-1]]] if fitting else []

    def _speaker(self, rule: Reference, end: int) -> list[Mention]:
        for kind in sorted(rule.kinds):
            if fitting := [m for m in self._first.get(kind, ()) if rule.fits(m)]:
                return [fitting[0]]
        return []

    def _several(self, rule: Reference, before: list[int], here: int) -> list[Mention]:
        wanted = {"three": 3, "several": 6}.get(rule.takes, 2)
        groups: dict[int, list[Mention]] = {}
        for k in before:
            if rule.fits(self._names[k]) and here - self._at[k] <= _REACH:
                group = groups.setdefault(self._at[k], [])
                if all(m.organization != self._names[k].organization for m in group):
                    group.append(self._names[k])
        for at in sorted(groups, reverse=True):
            group = groups[at]
            if len(group) >= (2 if rule.takes == "several" else wanted):
                return self._pick(rule, group, wanted)
        last: list[Mention] = []  # no sentence names enough of them: take the last ones, sentence by sentence
        for at in sorted(groups, reverse=True):
            for mention in reversed(groups[at]):
                if all(m.organization != mention.organization for m in last):
                    last.insert(0, mention)
                if len(last) == wanted:
                    return self._pick(rule, last, wanted)
        return []

    def _pick(self, rule: Reference, group: list[Mention], wanted: int) -> list[Mention]:
        if rule.takes == "former":
            return [group[-2]]
        if rule.takes == "latter":
            return [group[-1]]
        if rule.takes == "other":
            return [group[-1]]
        return group[-wanted:] if rule.takes == "several" else group[:wanted]


def read_topics(sentences: Sequence[Span], names: Sequence[Mention], at: Sequence[int]) -> list[Mention | None]:
    """For each sentence the organization that the passage up to its end is about, or ``None``.

    It is the first one of the last sentence that names any in its first twelve characters, else the first of the
    document; ``at`` holds the sentence of each name.
    """
    topics: list[Mention | None] = []
    first_in: dict[int, Mention] = {}
    for mention, sentence in zip(names, at, strict=True):
        first_in.setdefault(sentence, mention)
    topic: Mention | None = None
    for number, stretch in enumerate(sentences):
        own = first_in.get(number)
        if (own is not None and own.span.start - stretch.start <= 12) or topic is None:
            topic = own
        topics.append(topic)
    return topics
