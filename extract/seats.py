"""Where an article says that an organization sits: 总部位于昆山的佩瓦能源; Peiwa, based in Kunshan."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from extract.cues import SPACED
from extract.lang import load_language
from extract.latin_regions import read_latin_division
from extract.records import Document, Mention, Organization, Span
from extract.regions import innermost, read_division
from extract.sentences import split_sentences

_KEYS = (
    *("ahead", "apart", "before", "behind", "beyond", "bracket", "branch", "closed", "kind", "kindred", "link"),
    *("more", "near", "settles"),
)
_CLOSING = {"bracket": "closed", "kindred": "kind"}  # which pattern must match behind the place
_OPENING = "。；！？\n”:：“，,.;!?"
_LINK = 32  # characters between a place and the organization that follows
_REACH = 16  # characters before an organization in which a word of planning counts
_ENDS = re.compile(r"[，。；：！？,;:!?\n]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An organization by its id, the division in which the text says that it sits, and where it says so."""

    organization: str
    region: str
    at: int


@cache
def _patterns(language: str) -> Mapping[str, re.Pattern[str]]:
    table = load_language(language).table("seats", _KEYS)
    return {key: re.compile("".join(words.split()).replace("_", " ")) for key, words in table.items()}


@cache
def _known(language: str) -> frozenset[str]:
    return frozenset(name for name, _ in load_language(language).rows("well_known", ("name", "kind")))


def state_seats(
    document: Document, mentions: Sequence[Mention], organizations: Sequence[Organization]
) -> tuple[Organization, ...]:
    """The organizations, each with the region in which the text says that it sits, and the sentence that says so.

    Only what is said of the organization itself counts, not of its plants, branches and plans, and not the place in
    a dateline.  Of places within each other the smallest holds; two places apart say nothing.
    """
    found: dict[str, list[Seat]] = defaultdict(list)
    for seat in read_seats(document.text, document.language, mentions):
        found[seat.organization].append(seat)
    if not found:
        return tuple(organizations)
    sentences = split_sentences(document.text, document.language)
    return tuple(_seated(each, found[each.id], sentences) if each.id in found else each for each in organizations)


def _seated(organization: Organization, seats: Sequence[Seat], sentences: Sequence[Span]) -> Organization:
    region = innermost(seat.region for seat in seats)
    if region is None:
        return organization
    at = next(seat.at for seat in seats if seat.region == region)
    sentence = next((span for span in sentences if span.start <= at < span.end), None)
    return replace(organization, region=region, region_ground="text", region_sentence=sentence)


def read_seats(text: str, language: str, mentions: Sequence[Mention]) -> Iterator[Seat]:
    """All statements, in order of the text, that an organization sits in a division of China."""
    reader = _Reader(text, language, mentions)
    found = {*reader.behind(), *reader.before(), *reader.near()}
    yield from sorted(found, key=lambda seat: (seat.at, seat.organization, seat.region))


def _outermost(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions, in order of the text, that lie in no other."""
    end = 0
    for mention in mentions:
        if mention.span.end > end:
            end = mention.span.end
            yield mention


class _Reader:
    """Reads one text."""

    def __init__(self, text: str, language: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        named = (mention for mention in mentions if mention.organization)
        self.mentions = tuple(_outermost(sorted(named, key=lambda each: (each.span.start, -each.span.end))))
        self.starts = [mention.span.start for mention in self.mentions]
        self.patterns = _patterns(language)
        self.known = _known(language)
        self.place = read_latin_division if language in SPACED else read_division
        self.plain = read_latin_division if language in SPACED else partial(read_division, told=False)

    def behind(self) -> Iterator[Seat]:
        """Organization first: 佩瓦能源总部位于昆山, 佩瓦能源（昆山）, 佩瓦能源是位于昆山的企业."""
        for mention in self.mentions:
            for opening in ("behind", "bracket", "kindred", "apart"):
                cue = self.patterns[opening].match(self.text, mention.span.end)
                found = self.place(self.text, cue.end()) if cue else None
                if not cue or not found or not self.fits(opening, found[1]) or self.planned(mention.span.start):
                    continue
                if not self.alone(mention, cue.end()) or (opening == "apart" and not self.opens(mention)):
                    continue
                if mention.text in self.known and self.patterns["settles"].search(cue[0]):
                    continue
                yield Seat(organization=str(mention.organization), region=found[0], at=cue.start())

    def before(self) -> Iterator[Seat]:
        """Place first: 总部位于昆山的佩瓦能源."""
        for cue in self.patterns["before"].finditer(self.text):
            found = self.place(self.text, cue.end())
            if not found:
                continue
            region, end = found
            ahead = bisect_left(self.starts, end)
            for mention in self.mentions[ahead : bisect_right(self.starts, end + _LINK)]:
                start, behind = mention.span.start, mention.span.end
                if self.patterns["link"].fullmatch(self.text, end, start):
                    if not self.patterns["branch"].match(self.text, behind):
                        yield Seat(organization=str(mention.organization), region=region, at=cue.start())
                    break

    def near(self) -> Iterator[Seat]:
        """Place first, with no word for sitting: 昆山的佩瓦能源; not so a firm that everybody knows."""
        for at, mention in enumerate(self.mentions):
            start = mention.span.start
            first = max(start - _LINK, self.mentions[at - 1].span.end if at else 0)
            links = {end for end in range(first, start) if self.patterns["near"].fullmatch(self.text, end, start)}
            if not links or mention.text in self.known or self.patterns["branch"].match(self.text, mention.span.end):
                continue
            for place in range(first, max(links)):
                found = self.plain(self.text, place)
                if found and found[1] in links:
                    if not self.patterns["more"].match(self.text, place - 1):
                        yield Seat(organization=str(mention.organization), region=found[0], at=place)
                    break

    def alone(self, subject: Mention, end: int) -> bool:
        """Whether no other organization is named between a mention and ``end``."""
        between = self.mentions[bisect_left(self.starts, subject.span.end) : bisect_left(self.starts, end)]
        return all(mention.organization == subject.organization for mention in between)

    def opens(self, mention: Mention) -> bool:
        """Whether a mention is the subject: nothing stands before it in its clause."""
        before = self.text[max(0, mention.span.start - 2) : mention.span.start].rstrip(" ")
        return not before or before[-1] in _OPENING

    def fits(self, opening: str, end: int) -> bool:
        """Whether what stands behind a place, which ends at ``end``, leaves it the one place of the organization."""
        if opening in _CLOSING:
            return self.patterns[_CLOSING[opening]].match(self.text, end) is not None
        border = _ENDS.search(self.text, end)
        clause = border.start() if border else len(self.text)
        if self.patterns["beyond"].search(self.text, end, clause):
            return False
        others = (more.end() for more in self.patterns["more"].finditer(self.text, end, clause + 1))
        return not any(self.place(self.text, other + self.text.startswith(" ", other)) for other in others)

    def planned(self, start: int) -> bool:
        """Whether the clause of an organization speaks of a plan, or of the past, before it."""
        clause = max((end.end() for end in _ENDS.finditer(self.text, max(0, start - _REACH), start)), default=0)
        return self.patterns["ahead"].search(self.text, max(clause, start - _REACH), start) is not None
