"""The score board: the extraction run over labelled sets, source by source."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from extract.cues import load_cues
from extract.find import find_mentions
from extract.gold import Row, gold_row, read_rows
from extract.pipeline import extract_document
from extract.read import read_text
from extract.records import Document
from extract.score import Scores, score_documents

PARTS = ("seed", "dev", "eval")
# dev tells the source of a document by the repository it is from
_SOURCES = {
    "china-data/xwlb": "xwlb",
    "ssymmetry/BBT-FinCUGE-Applications": "fincuge",
    "DreamBlooms/ChinaXiv-201601-to-202209": "chinaxiv",
    "Newsworthyai/press-release-archive": "press",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """The documents of one source of one part: gold rows, with their text, by id."""

    part: str
    language: str
    source: str
    rows: Mapping[str, Row]

    @property
    def name(self) -> str:
        """``eval zh xwlb``."""
        return f"{self.part} {self.language} {self.source}".strip()


def read_labelled(folder: Path, *, part: str, language: str | None = None) -> Iterator[Labelled]:
    """The labelled documents of ``seed``, ``dev``, ``eval`` or ``train`` under a folder of data, one set a source.

    Raises:
        DataError: A file is missing or damaged.
    """
    sets: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row, source in _rows(folder, part):
        if language in (None, row["language"]):
            sets[row["language"], source][row["id"]] = row
    for (code, source), rows in sorted(sets.items(), key=lambda item: (item[0][0] != "zh", item[0])):
        yield Labelled(part=part, language=code, source=source, rows=rows)


def _rows(folder: Path, part: str) -> Iterator[tuple[Row, str]]:
    if part == "seed":
        text = (folder / "seed/jiakuntai-2024.txt").read_text(encoding="utf-8")
        for row in read_rows(folder / "seed/gold.jsonl").values():
            yield row | {"text": text}, ""
    elif part == "dev":
        lines = (folder / "dev/sources.jsonl").read_text(encoding="utf-8").splitlines()
        repos = {line["id"]: line["repo"] for line in map(json.loads, lines)}
        for row in read_rows(folder / "dev/gold.jsonl").values():
            text = (folder / f"dev/texts/{row['id']}.txt").read_text(encoding="utf-8")
            yield row | {"text": text}, _SOURCES.get(repos[row["id"]], "other")
    else:
        for row in read_rows(folder / f"silver/{part}.jsonl").values():
            yield row, row["source"]


Reader = Callable[[Document], tuple[Row, Iterable[str]]]


def read_all(document: Document) -> tuple[Row, Iterable[str]]:
    """What the whole extraction finds, as a gold row, and the names it weighed."""
    row = gold_row(document.id, [extract_document(document)])
    return row, {mention.text for mention in find_mentions(document, threshold=0.0)}


def read_names(document: Document) -> tuple[Row, Iterable[str]]:
    """The names alone, each distinct one an organization, and the names that were weighed."""
    best: dict[str, Row] = {}
    for mention in find_mentions(document):
        known = best.setdefault(mention.text, {"name": mention.text, "kind": mention.kind, "confidence": 0.0})
        known["confidence"] = max(known["confidence"], mention.confidence)
    row: Row = {"id": document.id, "organizations": list(best.values()), "collaborations": [], "part_of": []}
    return row, {mention.text for mention in find_mentions(document, threshold=0.0)}


def score_labelled(labelled: Labelled, read: Reader = read_all) -> Scores:
    """The scores of the extraction over one set."""
    found: dict[str, Row] = {}
    candidates: dict[str, Iterable[str]] = {}
    for identity, row in labelled.rows.items():
        found[identity], candidates[identity] = read(read_text(row["text"], language=row["language"]))
    cues = load_cues(labelled.language).kind_of if labelled.language == "zh" else ()
    return score_documents(labelled.rows, found, candidates=candidates, cues=cues)
