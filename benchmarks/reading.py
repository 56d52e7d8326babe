"""How fast articles are read, beside jieba's tagger alone on the same text; what long documents take.

    python -m benchmarks.reading                     # our sample articles
    python -m benchmarks.reading articles/ --long    # those of a folder; then documents of 10 kB to 10 MB

Seconds are those of one process, user and system; the two readers take turns, and the median of three is printed.
Long documents are written from the training passages, in order; the last one is a line without punctuation.
"""

import argparse
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jieba
import jieba.posseg

from extract.pipeline import extract_document
from extract.read import read_file, read_text
from extract.records import Document
from extract.train.written import load_written

SAMPLES = Path(__file__).parents[1] / "data/articles"
SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
ROUNDS = 3


def seconds(read: Callable[[Document], object], documents: list[Document]) -> float:
    """Processor seconds that the documents take."""
    start = time.process_time()
    for document in documents:
        read(document)
    return time.process_time() - start


def tag(document: Document) -> list[str]:
    """The tags of jieba's words."""
    return [tag for _, tag in jieba.posseg.cut(document.text)]


def side_by_side(folder: Path) -> None:
    """Print the characters a second of both, and the ratio."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    documents = [one for path in files for one in read_file(path) if one.language == "zh"]
    characters = sum(len(one.text) for one in documents)
    jieba.initialize()
    seconds(tag, documents[:1])
    seconds(extract_document, documents)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(characters / seconds(extract_document, documents))
        theirs.append(characters / seconds(tag, documents))
    one, two = statistics.median(ours), statistics.median(theirs)
    print(f"{len(documents)} articles, {characters:,} characters")
    print(f"{one:,.0f} characters a second; jieba's tagger {two:,.0f}; {one / two:.2f} of it")


def long_text(size: int) -> str:
    """At least ``size`` bytes of UTF-8, cut at a character."""
    passages = "\n".join(row["text"] for row in load_written("zh")) + "\n"
    raw = passages.encode()
    return (raw * (size // len(raw) + 1))[:size].decode(errors="ignore")


def read_long(size: int, *, bare: bool) -> None:
    """Print what one document of a size costs; run in a process of its own, whose peak memory is its own."""
    text = long_text(size)
    if bare:
        text = re.sub(r"[^\w]", "", text)
    extract_document(read_text(text[:300], language="zh"))
    start = time.process_time()
    extraction = extract_document(read_text(text, language="zh"))
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    kind = "one line without punctuation" if bare else "one document"
    print(
        f"{kind}, {size / 1e6:g} MB, {len(text):,} characters: {spent:.1f} s, {len(text) / spent:,.0f} a second, "
        f"peak {peak:.0f} MB, {len(extraction.claims):,} claims",
        flush=True,
    )


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLES)
    parser.add_argument("--long", action="store_true", help="also documents of growing length, a process each")
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.size:
        read_long(options.size, bare=options.bare)
        return
    side_by_side(options.folder)
    if options.long:
        for size, bare in (*((size, False) for size in SIZES), (1_000_000, True)):
            again = [sys.executable, "-m", "benchmarks.reading", "--size", str(size), *(["--bare"] if bare else [])]
            subprocess.run(again, check=True)


if __name__ == "__main__":
    main()
