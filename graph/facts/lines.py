"""JSON lines → documents: rows of facts in the gold form, and extractions."""

import json
from collections.abc import Iterator
from pathlib import Path

from extract.errors import DataError
from extract.jsonl import from_line
from extract.names import fold_name
from extract.ontology import load_ontology
from extract.records import STATUSES, Span
from graph.facts import DOUBTED, Imported, Problem, Report
from graph.facts.draft import CHINESE, Draft, Stated, named, unknown_kind
from graph.facts.places import Located, locate


def read_lines(path: Path, report: Report) -> Iterator[Imported]:
    """The documents of a file of JSON lines: rows of facts, and extractions as ``collabgraph extract`` prints them.

    Of a shard (``graph.scale``) the documents that could not be read are reported, with the reason.
    """
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            try:
                line = raw.decode("utf-8").removeprefix("\ufeff").strip()
                if line and not _says_more(line, report, path, number):
                    yield read_row(line, report, path=path, number=number)
            except UnicodeDecodeError as error:
                report(Problem(origin=str(path), line=number, column=error.start + 1, message="the line is no UTF-8"))
            except json.JSONDecodeError as error:
                message = f"the line is no JSON ({error.msg})"
                report(Problem(origin=str(path), line=number, column=error.colno, message=message))
            except DataError as error:
                report(Problem(origin=str(path), line=number, column=None, message=str(error)))


def _says_more(line: str, report: Report, path: Path, number: int) -> bool:
    """Whether a line of a shard is about it, and not a document; what failed is reported."""
    if line.startswith('{"failed"'):
        reason = json.loads(line)["failed"]["reason"]
        report(Problem(origin=str(path), line=number, column=None, message=str(reason)))
        return True
    return line.startswith('{"shard"')


def read_row(line: str, report: Report, *, path: Path, number: int) -> Imported:
    """The document of one line, which is line ``number`` of ``path``.

    Raises:
        json.JSONDecodeError: The line is no JSON.
        DataError: It is neither an extraction nor a row of facts.
    """
    if line.startswith('{"document"'):
        return Imported(extraction=from_line(line, where="the line"), lines=None)
    row = locate(line)
    if not isinstance(row.value, dict) or not {"organizations", "collaborations"} & row.members.keys():
        if "document" in row.members:
            return Imported(extraction=from_line(line, where="the line"), lines=None)
        raise DataError("neither an extraction nor a row of facts: it has no organizations and no collaborations")
    reader = _RowReader(path, number, line, report)
    return reader.read(row)


class _RowReader:
    """Reads one row of facts."""

    def __init__(self, path: Path, number: int, line: str, report: Report) -> None:
        self.path, self.number, self.line, self.report = path, number, line, report

    def bad(self, place: Located, message: str) -> None:
        """Report what is wrong at a place."""
        self.report(Problem(origin=str(self.path), line=self.number, column=place.start + 1, message=message))

    def text_of(self, row: Located, name: str) -> str | None:
        """A text of the row, ``None`` where it is missing, null or blank; anything else is reported."""
        place = row.members.get(name)
        if place is None or place.value is None:
            return None
        if not isinstance(place.value, str):
            self.bad(place, f"{name} is no text")
            return None
        return place.value.strip() or None

    def read(self, row: Located) -> Imported:
        """The document of the row."""
        identity = self.text_of(row, "id")
        beside = self.path.parent / "texts" / f"{identity}.txt"
        text, origin, here = self.text_of(row, "text"), f"{self.path}#{self.number}", True
        if text is None and identity and "/" not in identity and beside.is_file():
            text, origin, here = beside.read_text(encoding="utf-8-sig"), str(beside), False
        draft = Draft(text=self.line if text is None else text, said=text is not None)
        for place in self.items(row, "organizations"):
            self.add_organization(draft, place)
        for place in self.items(row, "collaborations"):
            self.add_claim(draft, place, "source", "target", self.text_of(place, "kind") or "")
        for place in self.items(row, "part_of"):
            self.add_claim(draft, place, "child", "parent", "part_of")
        given = self.text_of(row, "language")
        extraction = draft.extraction(
            identity=identity,
            origin=origin,
            language=given or ("zh" if CHINESE.search(draft.text) else "en"),
            title=self.text_of(row, "title"),
            published=self.text_of(row, "published"),
            outlet=self.text_of(row, "outlet"),
        )
        return Imported(extraction=extraction, lines=tuple(stated.line for stated in draft.claims) if here else None)

    def items(self, row: Located, name: str) -> Iterator[Located]:
        """The objects of a list of the row; what is no object is reported."""
        place = row.members.get(name)
        if place is None or place.value is None:
            return
        if not isinstance(place.value, list):
            self.bad(place, f"{name} is no list")
        for item in place.items:
            if isinstance(item.value, dict):
                yield item
            else:
                self.bad(item, f"{name} holds something that is no object")

    def add_organization(self, draft: Draft, place: Located) -> None:
        """Add an organization of the row."""
        name = self.text_of(place, "name")
        if not named(name):
            self.bad(place.members.get("name", place), "an organization has no name")
            return
        kind = self.text_of(place, "kind")
        if kind is not None and kind not in load_ontology().organizations:
            self.bad(place.members["kind"], unknown_kind(kind, load_ontology().organizations))
            kind = None
        aliases = place.members.get("aliases")
        given = aliases.items if aliases else ()
        for alias in given:
            if not named(alias.value):
                self.bad(alias, "an alias is no text")
        draft.add_organization(
            name or "", kind, [alias.value for alias in given if named(alias.value)], self.text_of(place, "region")
        )

    def add_claim(self, draft: Draft, place: Located, source: str, target: str, kind: str) -> None:
        """Add a claim of the row."""
        names = {field: self.text_of(place, field) for field in (source, target)}
        for field_, name in names.items():
            if not named(name):
                self.bad(place.members.get(field_, place), f"a {kind or 'collaboration'} has no {field_}")
                return
        ontology = load_ontology()
        if kind not in ontology.collaborations and kind not in ontology.structures:
            self.bad(place.members.get("kind", place), unknown_kind(kind, ontology.collaborations))
            return
        status = self.text_of(place, "status") or "active"
        if status not in STATUSES:
            self.bad(place.members["status"], unknown_kind(status, STATUSES, "status"))
            return
        if fold_name(names[source] or "") == fold_name(names[target] or ""):
            self.bad(place.members[target], f"{source} and {target} are one organization")
            return
        confidence = place.members.get("confidence")
        sure = DOUBTED if place.value.get("optional") is True else 1.0
        if confidence is not None and confidence.value is not None:
            if not isinstance(confidence.value, int | float) or not 0 <= confidence.value <= 1:
                self.bad(confidence, "the confidence is no number from 0 to 1")
                return
            sure = float(confidence.value)
        draft.claims.append(
            Stated(
                source=names[source] or "",
                target=names[target] or "",
                kind=kind,
                status=status,
                date=self.text_of(place, "date"),
                via=self.text_of(place, "via"),
                cue=self.text_of(place, "cue"),
                confidence=sure,
                row=Span(place.start, place.end),
                line=self.number,
            )
        )
