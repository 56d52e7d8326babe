"""The values that the steps hand on: frozen, slotted, keyword-only."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

Form = Literal["name", "alias", "reference"]
Status = Literal["planned", "active", "ended", "negated"]
RegionGround = Literal["given", "name", "register", "text"]
"""How a region is known: rows of facts give it, the name says it, a register has it, an article says it."""

STATUSES: tuple[Status, ...] = ("planned", "active", "ended", "negated")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open stretch ``[start, end)`` of ``Document.text``, in code points.

    Raises:
        ValueError: The span is empty or runs backwards.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty span [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The characters of ``text`` inside the span."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """``length`` characters of the clean text from ``clean`` on, which stand in the raw text from ``raw`` on."""

    clean: int
    raw: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offsets:
    """The map from a document's clean text back to its raw text.

    ``runs`` cover the clean text without gaps, in order of ``clean``; their ``raw`` need not rise
    (columns are put in reading order).  ``lines`` and ``pages`` hold the raw offset at which each
    line and each page begins; both start with 0.
    """

    runs: tuple[Run, ...]
    lines: tuple[int, ...] = (0,)
    pages: tuple[int, ...] = (0,)

    def raw(self, position: int) -> int:
        """The raw offset of the clean character at ``position``.

        Raises:
            IndexError: No run covers the position.
        """
        at = bisect_right(self.runs, position, key=lambda run: run.clean) - 1
        if at < 0 or position >= self.runs[at].clean + self.runs[at].length:
            raise IndexError(f"no character at {position} of the clean text")
        return self.runs[at].raw + position - self.runs[at].clean

    def line(self, position: int) -> int:
        """The line of the raw text, counted from 1, that holds the clean character at ``position``."""
        return bisect_right(self.lines, self.raw(position))

    def page(self, position: int) -> int:
        """The page of the raw text, counted from 1, that holds the clean character at ``position``."""
        return bisect_right(self.pages, self.raw(position))

    @classmethod
    def identity(cls, text: str) -> "Offsets":
        """The map of a text that cleaning left as it was."""
        lines = tuple(at + 1 for at, character in enumerate(text) if character == "\n")
        return cls(runs=(Run(0, 0, len(text)),) if text else (), lines=(0, *lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Raw characters ``[start, end)`` that cleaning left out, and why (``shadow``, ``header``, …)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article: its clean text, which is the coordinate system of all offsets, and where it came from.

    ``id`` is the digest of the text; ``published`` an ISO date (``2024-05-01``, ``2024-05``, ``2024``) or ``None``;
    ``origin`` the path or address it was read from, with ``#n`` behind it for the n-th article of a page or table.
    """

    id: str
    text: str
    language: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    origin: str | None = None
    offsets: Offsets
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that stands for an organization: by name, by alias or as a reference (``双方``).

    ``organization`` is an ``Organization.id`` or ``None`` rather than a guess.  A reference to several
    organizations is several mentions with one span.  ``kind`` is an organization kind of ontology.toml.
    ``finder`` names what proposed it; ``confidence`` is in [0, 1].
    """

    span: Span
    text: str
    form: Form = "name"
    kind: str
    organization: str | None = None
    finder: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A named body: canonical name (the longest official one seen), aliases, kind.

    ``id`` comes from the folded canonical name, so equal names meet without coordination.  ``label`` is a
    readable Latin label of a Chinese name.  ``region`` is a division code or ``None``, ``region_ground`` how it is
    known, and ``region_sentence`` the sentence that says it, of an article; ``identifiers`` are register entries such
    as ``ror:02x681a42``.
    """

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()
    label: str | None = None
    region: str | None = None
    region_ground: RegionGround | None = None
    region_sentence: Span | None = None
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a document says it: ``text[start:end]`` of each span is the quote.

    ``source`` and ``target`` are the mentions' spans, ``trigger`` that of the word that says it (``None``
    when no single word does); ``confidence`` is in [0, 1]; ``method`` names the reader that claimed it.
    """

    document: str
    sentence: Span
    source: Span
    target: Span
    trigger: Span | None = None
    confidence: float = 1.0
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence saying that two organizations work together, or do not; also ``part_of``.

    ``source`` and ``target`` are ``Organization.id``; for a symmetric kind ``source`` is the smaller, so
    that equal claims compare equal.  ``date`` is an ISO date, month or year of the event, or ``None``.
    """

    source: str
    target: str
    kind: str
    status: Status = "active"
    date: str | None = None
    via: str | None = None
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What one document yields; one JSON line (``extract.jsonl``)."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    organizations: tuple[Organization, ...] = ()
    claims: tuple[Claim, ...] = ()
    warnings: tuple[str, ...] = ()

    def _repr_html_(self) -> str:
        """How a notebook shows it: the text with its organizations and claims marked."""
        from extract.show import to_html

        return to_html(self)
