"""Raw text → clean text, with the map back.

Every clean character is the raw character that the map names, or its fold (``fold_character``):
full-width digits and letters, odd spaces, line ends.
"""

from extract.records import Dropped, Offsets, Run

_FOLDS = {
    **{
        chr(code): chr(code - 0xFEE0)
        for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    },
    **dict.fromkeys(
        "\t\x0b\x0c\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    ),
    "\r": "\n",
    "\x85": "\n",
    "\u2028": "\n",
    "\u2029": "\n",
}


def fold_character(character: str) -> str:
    """The clean form of a raw character: full-width digit → digit, any space → space; most stay as they are."""
    return _FOLDS.get(character, character)


def clean_text(raw: str, *, pages: tuple[int, ...] = (0,)) -> tuple[str, Offsets, tuple[Dropped, ...]]:
    """The clean text of ``raw``, the map back to it, and what was left out."""
    folded = raw.translate(_TABLE)
    pieces: list[str] = []
    runs: list[Run] = []
    clean = 0
    lines = [0]
    position = 0
    for line in folded.split("\n"):
        kept = line.strip()
        if kept:
            start = position + len(line) - len(line.lstrip())
            if pieces:
                pieces.append("\n")
                runs.append(Run(clean, position - 1, 1))
                clean += 1
            pieces.append(kept)
            runs.append(Run(clean, start, len(kept)))
            clean += len(kept)
        position += len(line) + 1
        lines.append(position)
    return "".join(pieces), Offsets(runs=tuple(runs), lines=tuple(lines[:-1]), pages=pages), ()


_TABLE = str.maketrans(_FOLDS)
