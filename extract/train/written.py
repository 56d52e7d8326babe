"""Training passages of our own, written out with their labels (``<code>/written/*.txt``), as labelled rows.

A passage is its text, then its labels a line; a blank line ends it:

    @ KIND NAME = ALIAS = ALIAS             an organization, with the other forms that the text uses
    + SOURCE > KIND > TARGET > STATUS | CUE a claim; active where the status is left out
    < CHILD > PARENT                        part_of

``@?`` and ``?`` mark an organization and a claim that a careful reader could leave out.  ``#`` begins a comment.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

from extract.errors import DataError
from extract.gold import Row, claim_row
from extract.ontology import load_ontology
from extract.records import Status

WRITTEN = "written"  # the source of these rows: denser in names and claims than what will be read

_NAME = re.compile(r"@(\??) (\w+) (.+)")
_CLAIM = re.compile(r"([+?]) (.+?) > (\w+) > (.+?)(?: > (\w+))? \| (.+)")
_PART = re.compile(r"< (.+) > (.+)")


@cache
def load_written(code: str) -> tuple[Row, ...]:
    """The rows of all passages of a language, in the order of the files' names.

    Raises:
        DataError: A label is misspelt, is of an unknown kind, or names what the text lacks.
    """
    folder = files("extract.train").joinpath(code, "written")
    paths = sorted((each for each in folder.iterdir() if each.name.endswith(".txt")), key=lambda each: each.name)
    return tuple(row for path in paths for row in read_passages(path.read_text("utf-8").splitlines(), code, path.name))


def read_passages(lines: Iterable[str], code: str, name: str) -> Iterator[Row]:
    """The passages of a file as rows of the labelled form, whose ids are the file's name and their line."""
    text, labels, first = list[str](), list[tuple[int, str]](), 1
    for number, line in enumerate([*lines, ""], 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if text:
                yield _row("\n".join(text), labels, code, f"{name}:{first}")
            text, labels = [], []
        elif line.startswith(("@", "+ ", "? ", "< ")):
            labels.append((number, line))
        else:
            first = first if text else number
            text.append(line)


def _row(text: str, labels: list[tuple[int, str]], code: str, identity: str) -> Row:
    row: dict[str, Any] = {
        "id": f"{code}-{Path(identity).name}",
        "language": code,
        "source": WRITTEN,
        "text": text,
        "organizations": [],
        "collaborations": [],
        "part_of": [],
    }
    written = "".join(text.split())
    ontology = load_ontology()
    names: dict[str, str] = {}

    def wrong(number: int, line: str, why: str) -> DataError:
        return DataError(f"{identity}: line {number}: {why}: {line}")

    for number, line in labels:
        if match := _NAME.fullmatch(line):
            forms = [form.strip() for form in match[3].split(" = ")]
            if match[2] not in ontology.organizations:
                raise wrong(number, line, "an unknown kind of organization")
            for form in forms:
                if "".join(form.split()) not in written:
                    raise wrong(number, line, f"the text lacks {form}")
                if form in names:
                    raise wrong(number, line, f"{form} is there twice")
                names[form] = forms[0]
            row["organizations"].append(
                {"name": forms[0], "kind": match[2], "aliases": forms[1:], "optional": bool(match[1])}
            )
        elif match := _CLAIM.fullmatch(line):
            sign, source, kind, target, status, cue = match.groups(default="active")
            if kind not in ontology.collaborations or status not in get_args(Status):
                raise wrong(number, line, "an unknown kind or status")
            if source not in names or target not in names or names[source] == names[target]:
                raise wrong(number, line, "no two organizations of the passage")
            if "".join(cue.split()) not in written:
                raise wrong(number, line, f"the text lacks {cue}")
            claim = claim_row(names[source], names[target], kind, status, cue=cue, optional=sign == "?")
            row["collaborations"].append(claim)
        elif match := _PART.fullmatch(line):
            if not {match[1], match[2]} <= names.keys():
                raise wrong(number, line, "no two organizations of the passage")
            row["part_of"].append({"child": names[match[1]], "parent": names[match[2]], "optional": False})
        else:
            raise wrong(number, line, "no label")
    return row
