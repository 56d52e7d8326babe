"""Questions of a file, and an answer in the form of a test: type and what it lists, one JSON object a question."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.errors import DataError
from graph.ask.answer import Answer

Row = dict[str, Any]


def read_questions(path: Path) -> Iterator[tuple[str, str]]:
    """The (id, question) of each line of a file of ``{"id", "question"}`` objects.

    Raises:
        DataError: The file is missing or a line is no such object; names file and line.
    """
    if not path.is_file():
        raise DataError(
            f'{path} is missing; give a file of lines like {{"id": "q1", "question": "谁和佩瓦能源合作？"}}'
        )
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield str(row["id"]), str(row["question"])
        except (ValueError, TypeError, KeyError) as error:
            raise DataError(f'{path}, line {number}: no object with "id" and "question"') from error


def as_test(identity: str, said: Answer) -> Row:
    """``{"id", "type", …}`` and what the type lists.

    ``organizations``, ``pairs``, ``documents``, ``yes``, ``kinds``, ``count``, ``paths``, ``via`` stand where they
    apply; a name that fits several organizations counts as unknown.
    """
    row: Row = {"id": identity}
    if said.verdict in ("unknown", "ambiguous"):
        return row | {"type": "unknown"}
    if said.verdict == "not_understood" or said.reading is None:
        return row | {"type": "not_understood"}
    if said.verdict == "none":
        return row | {"type": "none"}
    intent = said.reading.intent
    if intent == "count":
        return row | {"type": "count", "count": said.count}
    if said.yes is not None:
        kinds = sorted({link.kind for found in said.rows for link in found.links if link.status != "negated"})
        return row | {"type": "yes_no", "yes": said.yes} | ({"kinds": kinds} if kinds and said.yes else {})
    if intent == "why":
        return row | {"type": "documents", "documents": sorted({quote.document for quote in said.evidence})}
    if intent == "paths":
        paths = [[organization.name for organization in found.organizations] for found in said.rows]
        return row | {"type": "path", "length": said.rows[0].value, "paths": paths}
    if intent in ("pairs", "via"):
        pairs = [[organization.name for organization in found.organizations] for found in said.rows]
        row |= {"type": "pairs", "pairs": pairs}
        return row | ({"via": sorted({quote.via for quote in said.evidence if quote.via})} if intent == "via" else {})
    return row | {"type": "organizations", "organizations": [found.organizations[0].name for found in said.rows]}
