"""Found against gold: organization, pair, typed, directed and status F1, by kind, with the errors grouped by cause.

Micro-averaged over documents.  Names match when both resolve to one gold organization by its name or an
alias, folded.  What gold marks ``optional`` counts neither way.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from itertools import groupby

from extract.gold import Row
from extract.names import fold_name
from extract.ontology import load_ontology
from extract.sentences import split_sentences

VIEWS = ("organization", "pair", "typed", "directed", "status")


@dataclass(slots=True)
class Tally:
    """How many were right, wrongly found, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, need: Set[Hashable], allowed: Set[Hashable], got: Set[Hashable]) -> None:
        """Count one document: ``need`` must be found, ``allowed`` may be."""
        self.right += len(need & got)
        self.wrong += len(got - allowed)
        self.missed += len(need - got)

    @property
    def precision(self) -> float:
        """The share of what was found that is right, in [0, 1]; 0 when nothing was found."""
        return self.right / (self.right + self.wrong) if self.right else 0.0

    @property
    def recall(self) -> float:
        """The share of gold that was found, in [0, 1]."""
        return self.right / (self.right + self.missed) if self.right else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass(slots=True)
class Bin:
    """Finds whose confidence lies in one fifth of [0, 1]: their number, summed confidence, and how many are right."""

    count: int = 0
    confidence: float = 0.0
    right: int = 0


@dataclass(slots=True, kw_only=True)
class Scores:
    """The tallies of a set of documents.

    ``views`` has one for each of ``VIEWS``; ``kinds`` one for each organization kind (of gold names found
    and missed, of wrong names by the kind found) and collaboration kind; ``causes`` counts errors by
    (view, cause), and ``examples`` holds them as sentences; ``reliability`` has five bins for names and claims.
    """

    documents: int = 0
    views: dict[str, Tally] = field(default_factory=lambda: {view: Tally() for view in VIEWS})
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    causes: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    reliability: dict[str, list[Bin]] = field(
        default_factory=lambda: {part: [Bin() for _ in range(5)] for part in ("name", "claim")}
    )


class _Names:
    """The gold organizations of a document, and which of them each found name is."""

    def __init__(self, gold: Row, found: Row) -> None:
        self.of: dict[str, str] = {}
        self.forms: dict[str, list[str]] = {}
        self.kind: dict[str, str] = {}
        self.optional: set[str] = set()
        for number, organization in enumerate(gold["organizations"]):
            key = f"gold {number}"
            self.forms[key] = [fold_name(form) for form in (organization["name"], *organization.get("aliases", ()))]
            self.kind[key] = organization.get("kind", "enterprise")
            if organization.get("optional"):
                self.optional.add(key)
            for form in self.forms[key]:
                self.of.setdefault(form, key)
        self.found: dict[str, str] = {}
        self.joined: Counter[str] = Counter()
        for organization in found.get("organizations", ()):
            forms = [fold_name(form) for form in (organization["name"], *organization.get("aliases", ()))]
            key = next((self.of[form] for form in forms if form in self.of), f"wrong {forms[0]}")
            self.joined[key] += 1
            for form in forms:
                self.found[form] = key

    def gold_key(self, name: str) -> str:
        return self.of[fold_name(name)]

    def found_key(self, name: str) -> str:
        folded = fold_name(name)
        return self.of.get(folded) or self.found.get(folded) or f"wrong {folded}"

    def near(self, form: str, others: Iterable[str]) -> bool:
        """Whether one of ``others`` is this form with another edge: one holds the other, or half of it is shared."""
        return any(form in other or other in form or _shared(form, other) * 2 > len(form) for other in others if other)


def _shared(one: str, other: str) -> int:
    """The longest end of one that begins the other."""
    for length in range(min(len(one), len(other)), 0, -1):
        if one[-length:] == other[:length] or other[-length:] == one[:length]:
            return length
    return 0


View = Callable[[str, str, Row], Hashable]


def _views() -> dict[str, View]:
    kinds = load_ontology().collaborations

    def directed(source: str, target: str, claim: Row) -> Hashable:
        ends = (source, target) if kinds[claim["kind"]].directed else tuple(sorted((source, target)))
        return (ends, claim["kind"])

    return {
        "pair": lambda source, target, claim: frozenset((source, target)),
        "typed": lambda source, target, claim: (frozenset((source, target)), claim["kind"]),
        "directed": directed,
        "status": lambda source, target, claim: (frozenset((source, target)), claim.get("status", "active")),
    }


def score_documents(
    gold: Mapping[str, Row],
    found: Mapping[str, Row],
    *,
    candidates: Mapping[str, Iterable[str]] | None = None,
    cues: Iterable[str] = (),
) -> Scores:
    """The scores of ``found`` over all documents of ``gold``; a document that was not found counts as empty.

    Args:
        gold: Rows by id; their ``text``, where there is one, tells a list and another sentence apart.
        found: Rows by id.
        candidates: By id the names that were weighed, to tell a rejected name from one never proposed.
        cues: The cue words that the extractor knows, to tell an unknown cue.
    """
    scores, views, known = Scores(), _views(), tuple(cues)
    for identity in sorted(gold):
        row, other = gold[identity], found.get(identity, {})
        names = _Names(row, other)
        scores.documents += 1
        weighed = None if candidates is None else {fold_name(name) for name in candidates.get(identity, ())}
        _score_names(scores, row, other, names, weighed)
        live = [claim for claim in other.get("collaborations", ()) if claim.get("status", "active") != "negated"]
        _score_claims(scores, row, other, names, views)
        _explain_pairs(scores, row, live, names, known)
    return scores


def _score_names(scores: Scores, row: Row, found: Row, names: _Names, weighed: set[str] | None) -> None:
    got: dict[str, Row] = {}
    for organization in found.get("organizations", ()):
        got.setdefault(names.found_key(organization["name"]), organization)
    allowed = set(names.kind)
    need = allowed - names.optional
    scores.views["organization"].add(set(need), set(allowed), set(got))
    for key in need:
        scores.kinds[names.kind[key]].add({key}, {key}, {key} & set(got))
    wrong = {key: organization for key, organization in got.items() if key not in allowed}
    wrong_forms = [key.removeprefix("wrong ") for key in wrong]
    for key, organization in got.items():
        if key not in names.optional:
            _rely(scores.reliability["name"], organization.get("confidence", 1.0), key in need)
    for key in sorted(need - set(got)):
        forms = names.forms[key]
        if any(names.near(form, wrong_forms) for form in forms):
            cause = "edge wrong"
        elif weighed is None:
            cause = "missed"
        else:
            cause = "rejected" if any(form in weighed for form in forms) else "never proposed"
        _blame(scores, row, "organization", f"missed: {cause}", row["organizations"][int(key.split()[1])]["name"])
    gold_forms = [form for forms in names.forms.values() for form in forms]
    for key, organization in wrong.items():
        scores.kinds[organization.get("kind", "enterprise")].wrong += 1
        near = names.near(key.removeprefix("wrong "), gold_forms)
        _blame(scores, row, "organization", "wrong: edge" if near else "wrong: no organization", organization["name"])
    for key, count in names.joined.items():
        if key in need and count > 1:
            _blame(scores, row, "organization", "alias not joined", " / ".join(names.forms[key]))


def _score_claims(scores: Scores, row: Row, found: Row, names: _Names, views: Mapping[str, View]) -> None:
    for view, key in views.items():
        gold = [
            claim
            for claim in row.get("collaborations", ())
            if view == "status" or claim.get("status", "active") != "negated"
        ]
        ends = [(names.gold_key(claim["source"]), names.gold_key(claim["target"])) for claim in gold]
        need = {key(*end, claim) for end, claim in zip(ends, gold, strict=True) if not claim.get("optional")}
        if view == "pair":
            need |= {frozenset(map(names.gold_key, pair)) for pair in row.get("required_pairs", ())}
        allowed = need | {key(*end, claim) for end, claim in zip(ends, gold, strict=True)}
        got: dict[Hashable, Row] = {}
        for claim in found.get("collaborations", ()):
            source, target = names.found_key(claim["source"]), names.found_key(claim["target"])
            if source != target and (view == "status" or claim.get("status", "active") != "negated"):
                got.setdefault(key(source, target, claim), claim)
        scores.views[view].add(need, allowed, set(got))
        if view == "pair":
            for item, claim in got.items():
                if item in need or item not in allowed:
                    _rely(scores.reliability["claim"], claim.get("confidence", 1.0), item in need)
        if view == "typed":
            for item in need | set(got):
                kind = item[1]  # type: ignore[index]  # (pair, kind)
                scores.kinds[kind].add({item} & need, {item} & allowed, {item} & set(got))


def _explain_pairs(scores: Scores, row: Row, live: list[Row], names: _Names, cues: tuple[str, ...]) -> None:
    """Count why pairs were missed or wrongly found, and what is wrong with those that are right."""
    gold: dict[frozenset[str], list[Row]] = defaultdict(list)
    optional: set[frozenset[str]] = set()
    for claim in row.get("collaborations", ()):
        if claim.get("status", "active") != "negated":
            pair = frozenset((names.gold_key(claim["source"]), names.gold_key(claim["target"])))
            if claim.get("optional"):
                optional.add(pair)
            else:
                gold[pair].append(claim)
    for ends in row.get("required_pairs", ()):
        gold[frozenset(map(names.gold_key, ends))] += []
    found: dict[frozenset[str], list[Row]] = defaultdict(list)
    for claim in live:
        found[frozenset((names.found_key(claim["source"]), names.found_key(claim["target"])))].append(claim)
    text = row.get("text", "")
    sentences = [fold_name(span.of(text) + "。") for span in split_sentences(text, row.get("language", "zh"))]
    parts = {frozenset((names.gold_key(part["child"]), names.gold_key(part["parent"]))) for part in row["part_of"]}
    listed = _listed(gold)
    shown = {key: row["organizations"][int(key.split()[1])]["name"] for key in names.kind}

    def together(pair: frozenset[str]) -> bool:
        return any(
            all(any(form in sentence for form in names.forms.get(key, (key,))) for key in pair)
            for sentence in sentences
        )

    for pair in gold.keys() - found.keys():
        if any(key not in names.found.values() for key in pair):
            cause = "name missed"
        elif sentences and not together(pair):
            cause = "other sentence"
        elif cues and not any(cue in (claim.get("cue") or "") for claim in gold[pair] for cue in cues):
            cause = "cue unknown"
        else:
            cause = "list" if pair in listed else "not claimed"
        _blame(scores, row, "pair", f"missed: {cause}", _told(pair, shown))
    for pair in found.keys() - gold.keys() - optional:
        if len(pair) < 2:
            continue
        if any(key not in names.kind for key in pair):
            cause = "name wrong"
        elif pair in parts:
            cause = "part and parent"
        elif sentences and not together(pair):
            cause = "other sentence"
        else:
            cause = "not claimed in the text"
        _blame(scores, row, "pair", f"wrong: {cause}", _told(pair, shown))
    for pair in gold.keys() & found.keys():
        if gold[pair]:
            _blame_claims(scores, row, gold[pair], found[pair], names, _told(pair, shown))


def _blame_claims(scores: Scores, row: Row, gold: list[Row], found: list[Row], names: _Names, told: str) -> None:
    """Of a pair that was found: is the kind, the direction, the status another?"""
    kinds = {claim["kind"] for claim in gold} & {claim["kind"] for claim in found}
    if not kinds:
        said = ", ".join(sorted({claim["kind"] for claim in gold}))
        got = ", ".join(sorted({claim["kind"] for claim in found}))
        _blame(scores, row, "typed", "wrong: kind", f"{told}: {got}, not {said}")
    directed = load_ontology().collaborations
    for kind in sorted(kinds):
        if directed[kind].directed:
            want = {(names.gold_key(c["source"]), names.gold_key(c["target"])) for c in gold if c["kind"] == kind}
            got_ends = {
                (names.found_key(c["source"]), names.found_key(c["target"])) for c in found if c["kind"] == kind
            }
            if not want & got_ends:
                _blame(scores, row, "directed", "wrong: direction", f"{told}: {kind}")
    if not {c.get("status", "active") for c in gold} & {c.get("status", "active") for c in found}:
        _blame(scores, row, "status", "wrong: status", told)


def _listed(gold: Mapping[frozenset[str], list[Row]]) -> set[frozenset[str]]:
    """The pairs of gold whose cue and kind they share with two other pairs: members of a list."""
    cues = sorted((str(c.get("cue")), c["kind"], sorted(pair)) for pair, claims in gold.items() for c in claims)
    out: set[frozenset[str]] = set()
    for _, group in groupby(cues, key=lambda item: item[:2]):
        pairs = [frozenset(pair) for _, _, pair in group]
        if len(pairs) > 2:
            out.update(pairs)
    return out


def _told(pair: frozenset[str], shown: Mapping[str, str]) -> str:
    return " – ".join(sorted(shown.get(key, key.removeprefix("wrong ")) for key in pair))


def _rely(bins: list[Bin], confidence: float, right: bool) -> None:
    at = bins[min(4, int(confidence * 5))]
    at.count += 1
    at.confidence += confidence
    at.right += right


def _blame(scores: Scores, row: Row, view: str, cause: str, what: str) -> None:
    scores.causes[view, cause] += 1
    scores.examples.append(f"{row['id']}\t{view}\t{cause}\t{what}")
