"""A document in the making, from names: its organizations, and evidence for each stated claim."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache

from extract.lang import load_language
from extract.names import fold_name, organization_id
from extract.ontology import load_ontology
from extract.records import Claim, Document, Evidence, Extraction, Offsets, Organization, Span, Status
from extract.sentences import split_sentences
from graph.facts import METHOD


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A claim by names; ``row`` is where the text of a row states it, ``line`` where the file does."""

    source: str
    target: str
    kind: str
    status: Status
    date: str | None
    via: str | None
    cue: str | None
    confidence: float
    row: Span
    line: int


@dataclass(slots=True, kw_only=True)
class Draft:
    """A document in the making; ``said`` is whether ``text`` is an article, else it is the row."""

    text: str
    said: bool
    organizations: dict[str, Organization] = field(default_factory=dict)  # by folded name
    claims: list[Stated] = field(default_factory=list)

    def add_organization(self, name: str, kind: str | None, aliases: Sequence[str], region: str | None = None) -> None:
        """Add an organization, or what is new of one that is there."""
        text = fold_name(name)
        held = self.organizations.get(text)
        known = held.aliases if held else ()
        region = region or (held.region if held else None)
        self.organizations[text] = Organization(
            id=organization_id(name),
            name=held.name if held else name.strip(),
            kind=kind or (held.kind if held else guess_kind(name)),
            aliases=tuple(dict.fromkeys([*known, *(alias.strip() for alias in aliases if fold_name(alias) != text)])),
            region=region,
            region_ground="given" if region else None,
        )

    def organization(self, name: str) -> Organization:
        """The organization of that name, or of that alias if it is of one alone; a new one otherwise."""
        text = fold_name(name)
        if text not in self.organizations:
            owners = [each for each in self.organizations.values() if text in map(fold_name, each.aliases)]
            if len(owners) == 1:
                return owners[0]
            self.add_organization(name, None, ())
        return self.organizations[text]

    def extraction(
        self,
        *,
        identity: str | None,
        origin: str,
        language: str,
        title: str | None,
        published: str | None,
        outlet: str | None,
    ) -> Extraction:
        """The finished document."""
        digest = identity or hashlib.blake2b(self.text.encode(), digest_size=10).hexdigest()
        sentences = split_sentences(self.text, language) if self.said else ()
        claims = tuple(self._claim(digest, stated, sentences) for stated in self.claims)
        document = Document(
            id=digest,
            text=self.text,
            language=language,
            title=title,
            published=published,
            outlet=outlet,
            origin=origin,
            offsets=Offsets.identity(self.text),
        )
        return Extraction(document=document, organizations=tuple(self.organizations.values()), claims=claims)

    def _claim(self, document: str, stated: Stated, sentences: Sequence[Span]) -> Claim:
        source, target = self.organization(stated.source), self.organization(stated.target)
        evidence = (
            self._said(document, stated, source, target, sentences) if self.said else self._stated(document, stated)
        )
        if not load_ontology().claim_kind(stated.kind).directed and source.id > target.id:
            source, target = target, source
            evidence = replace(evidence, source=evidence.target, target=evidence.source)
        return Claim(
            source=source.id,
            target=target.id,
            kind=stated.kind,
            status=stated.status,
            date=stated.date,
            via=stated.via,
            evidence=evidence,
        )

    def _said(
        self,
        document: str,
        stated: Stated,
        source: Organization,
        target: Organization,
        sentences: Sequence[Span],
    ) -> Evidence:
        """Where the article says it: the two names nearest to the cue, or to each other without one.

        An article that has not both names in so many words says it in the sentence of the one, or of the cue.
        """
        sources, targets = (
            [span for form in (one.name, *one.aliases) for span in occurrences(self.text, form)]
            for one in (source, target)
        )
        cues: Sequence[Span | None] = occurrences(self.text, stated.cue) if stated.cue else ()
        choices = [(s, t, cue) for cue in cues or (None,) for s, t in _nearest(sources, targets, cue)]
        if choices:
            at, other, cue = min(choices, key=lambda choice: (_spread(*choice), *choice[:2]))
        else:
            whole = next(iter(sentences), Span(0, len(self.text)))
            at, other, cue = next(iter(sources), whole), next(iter(targets), whole), next(iter(cues), None)
        anchor = cue or min(at, other)
        sentence = next((each for each in sentences if each.start <= anchor.start < each.end), anchor)
        return Evidence(
            document=document,
            sentence=sentence,
            source=at,
            target=other,
            trigger=cue,
            confidence=stated.confidence,
            method=METHOD,
        )

    def _stated(self, document: str, stated: Stated) -> Evidence:
        """Where the row states it: the row is the evidence of itself."""
        row = stated.row
        quoted = row.of(self.text)

        def span(written: str | None) -> Span | None:
            at = quoted.find(written) if written else -1
            return Span(row.start + at, row.start + at + len(written or "")) if at >= 0 else None

        return Evidence(
            document=document,
            sentence=row,
            source=span(stated.source) or row,
            target=span(stated.target) or row,
            trigger=span(stated.cue),
            confidence=stated.confidence,
            method=METHOD,
        )


def _nearest(sources: Sequence[Span], targets: Sequence[Span], cue: Span | None) -> Iterator[tuple[Span, Span]]:
    """Pairs of places to choose from: with a cue the nearest of each, else each source with its nearest target."""
    if cue is not None and sources and targets:
        near = cue
        yield min(sources, key=lambda span: _gap(span, near)), min(targets, key=lambda span: _gap(span, near))
    elif cue is None and targets:
        for at in sources:
            yield at, min(targets, key=lambda span: _gap(span, at))


def _gap(one: Span, other: Span) -> int:
    return abs(one.start - other.start)


def _spread(source: Span, target: Span, cue: Span | None) -> int:
    return _gap(source, target) if cue is None else _gap(source, cue) + _gap(target, cue)


def occurrences(text: str, form: str) -> list[Span]:
    r"""Where ``form`` stands in the text, in any case, also over a line's end.

    >>> [span.of("甲\n公司与乙") for span in occurrences("甲\n公司与乙", "甲公司")]
    ['甲\n公司']
    """
    return [Span(*match.span()) for match in _pattern(form).finditer(text)]


@lru_cache(maxsize=10_000)
def _pattern(form: str) -> re.Pattern[str]:
    return re.compile(r"\s*".join(re.escape(character) for character in "".join(form.split())), re.IGNORECASE)


def named(value: object) -> bool:
    """Whether a value is a text that can name an organization."""
    if not isinstance(value, str):
        return False
    try:
        fold_name(value)
    except ValueError:
        return False
    return True


def unknown_kind(value: str, known: Iterable[str], what: str = "kind") -> str:
    """What to say of a value that is none of the known ones."""
    return f"{value!r} is no {what}; one of {', '.join(known)}"


CHINESE = re.compile(r"[\u3400-\u9fff]")


@cache
def _heads() -> Sequence[tuple[str, str]]:
    rows = load_language("zh").rows("heads", ("word", "kind", "strength"))
    return sorted(((fold_name(word), kind) for word, kind, _ in rows), key=lambda row: (-len(row[0]), row[0]))


def guess_kind(name: str) -> str:
    """The kind that the last word of a name speaks for; ``enterprise`` where none does.

    >>> guess_kind("青禾大学"), guess_kind("Qinghe")
    ('university', 'enterprise')
    """
    text = fold_name(name)
    return next((kind for word, kind in _heads() if text.endswith(word)), "enterprise")
