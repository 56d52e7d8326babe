"""Thousands of damaged files through ``extract.ingest``: no crash, no hang, no memory, nothing unreported.

    python benchmarks/fuzz.py --seconds 120

Prints one JSON object; the exit code is 1 when a file was not reported, or a reader failed as no file may make it.
"""

import argparse
import io
import json
import os
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import docx

from extract.ingest import ingest

ARTICLES = Path(__file__).parents[1] / "data/articles"
BATCH = 100
TIME = 20.0  # seconds that one document may take
MEMORY = 1_200_000  # kB that a child may have used at its highest

Make = Callable[[random.Random], tuple[str, bytes]]


@cache
def sound_files() -> list[tuple[str, bytes]]:
    """One whole file of each format, by name."""
    text = (ARTICLES / "03-funding.txt").read_text(encoding="utf-8")
    word, packed, book = io.BytesIO(), io.BytesIO(), io.BytesIO()
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(word)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", text)
        archive.writestr("b/文章.md", "# " + text)
    page = f"<html><head><title>x</title><script>while(1);</script></head><body><p>{text}</p></body></html>"
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="b.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "b.opf",
            '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml"/></manifest>'
            '<spine><itemref idref="a"/></spine></package>',
        )
        archive.writestr("a.xhtml", page)
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "x", "a@x.test"
    mail.set_content(text)
    mail.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="a.zip")
    rows = "".join(json.dumps({"title": "x", "text": text}, ensure_ascii=False) + "\n" for _ in range(3))
    return [
        ("a.txt", text.encode()),
        ("a.txt", text.encode("gb18030")),
        ("a.txt", text.encode("utf-16")),
        ("page.txt", (ARTICLES / "01-page.txt").read_bytes()),
        ("a.md", text.encode()),
        ("a.html", page.encode()),
        ("a.docx", word.getvalue()),
        ("a.zip", packed.getvalue()),
        ("a.epub", book.getvalue()),
        ("a.eml", mail.as_bytes()),
        ("a.jsonl", rows.encode()),
        ("a.csv", ("title,text\n" + f'x,"{text}"\n' * 3).encode()),
        ("a.pdf", pdf(["Harrowgate Cells and Brindle Laboratories", "signed an agreement to test batteries."])),
    ]


def pdf(lines: list[str]) -> bytes:
    """A page of Latin lines."""
    shown = "".join(f"1 0 0 1 50 {700 - 14 * at} Tm ({line}) Tj\n" for at, line in enumerate(lines))
    content = f"BT /F1 11 Tf\n{shown}ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%btrailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def damage(data: bytes, rng: random.Random) -> bytes:
    """The bytes with one to three accidents."""
    for _ in range(rng.randint(1, 3)):
        at, size = rng.randrange(len(data) + 1), rng.choice((1, 4, 64, 1000))
        head, tail = data[:at], data[at:]
        data = rng.choice(ACCIDENTS)(head, tail, size, rng)
    return data


def flip(head: bytes, tail: bytes, size: int, rng: random.Random) -> bytes:
    """About ``size`` bits turned over."""
    data = bytearray(head + tail)
    for _ in range(size if data else 0):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return bytes(data)


ACCIDENTS: tuple[Callable[[bytes, bytes, int, random.Random], bytes], ...] = (
    lambda head, tail, size, rng: head,
    lambda head, tail, size, rng: tail,
    lambda head, tail, size, rng: head + rng.randbytes(size) + tail[size:],
    lambda head, tail, size, rng: head + b"\0" * size + tail,
    lambda head, tail, size, rng: head + head[-size:] * rng.choice((2, 50)) + tail,
    lambda head, tail, size, rng: head + MIXED.encode(rng.choice(("gbk", "utf-16", "shift_jis")), "ignore") + tail,
    lambda head, tail, size, rng: head + INVISIBLE.encode() + tail,
    flip,
)
MIXED = "混合編碼のテキスト"
INVISIBLE = "\u202e\u200b\u200d🧪👩‍🔬\ufeff\u0007\x1b"


def zipped(name: str, data: bytes) -> bytes:
    """An archive of one file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def nested(depth: int) -> bytes:
    """An archive in an archive in an archive …"""
    data, name = b"text", "a.txt"
    for _ in range(depth):
        data, name = zipped(name, data), "a.zip"
    return data


def entities(rng: random.Random) -> bytes:
    """A Word file whose XML defines entities by entities."""
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 12}">' for n in range(1, 14))
    file = io.BytesIO()
    docx.Document().save(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(["word/document.xml", "word/styles.xml", "docProps/core.xml", "[Content_Types].xml"])
    body = parts[name].decode().split("?>", 1)[-1]
    parts[name] = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "甲">{bomb}]>{body}'.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return out.getvalue()


ABSURD = (
    *(
        "“",
        "（",
        "）",
        "与",
        "、",
        "公司",
        "A与B、",
        "1.",
        "的",
        " ",
        "\n",
        "甲\n",
        "北京",
        "有限公司与",
        "Inc. ",
        "and ",
    ),
    *(
        "以下简称“",
        "(",
        "双方",
        "2024年5月8日 ",
        "中国科学院",
        "嘉定、",
        "a",
        "-",
        "\u200b",
        "👩‍🔬",
        "图为",
        "记者",
        "称，",
    ),
    *("。", "，", "”", "共建", "大学", "昆山", "签约"),
)

MAKERS: tuple[tuple[int, Make], ...] = (
    (60, lambda rng: (lambda name, data: (name, damage(data, rng)))(*rng.choice(sound_files()))),
    (12, lambda rng: ("absurd.txt", (rng.choice(ABSURD) * rng.choice((10, 1000, 5000))).encode())),
    (8, lambda rng: ("mixed.txt", "".join(rng.choice(ABSURD) for _ in range(4000)).encode())),
    (3, lambda rng: ("random" + rng.choice((".txt", ".pdf", ".docx", ".zip", ".html", ".eml")), rng.randbytes(20_000))),
    (2, lambda rng: ("nested.zip", nested(rng.choice((2, 5, 40))))),
    (2, lambda rng: ("bomb.zip", zipped("a.txt", b"0" * rng.choice((10**6, 3 * 10**7))))),
    (2, lambda rng: ("bomb.docx", entities(rng))),
    (2, lambda rng: ("out.zip", zipped("../../../tmp/fuzz-wrote-this.txt", b"text"))),
    (2, lambda rng: ("deep.html", b"<div>" * rng.choice((1000, 100_000)) + b"text")),
    (2, lambda rng: ("deep.jsonl", b"[" * 100_000 + b"\n" + b'{"text":' * 50_000)),
    (1, lambda rng: ("wide.csv", b"text" + b",a" * 100_000 + b"\n" + b"b," * 100_000)),
    (1, lambda rng: ("long.txt", ("产业" * rng.choice((100_000, 8_700_000))).encode())),
    (1, lambda rng: ("long.html", b"<html><body><p>" + b"word " * 40_000)),
    (
        1,
        lambda rng: ("empty" + rng.choice((".txt", ".pdf", ".zip", ".xyz", "")), rng.choice((b"", b"\0", b"\xff" * 9))),
    ),
)


def files(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    """Damaged files without end."""
    makers = [make for weight, make in MAKERS for _ in range(weight)]
    while True:
        yield rng.choice(makers)(rng)


def run(*, seed: int, count: int, seconds: float, jobs: int) -> dict[str, object]:
    """Read up to ``count`` files, or for ``seconds``; what came of it."""
    rng = random.Random(seed)
    source = files(rng)
    outcomes: Counter[str] = Counter()
    bugs: list[str] = []
    slowest, done, start = 0.0, 0, time.monotonic()
    while done < count and time.monotonic() - start < seconds:
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for number in range(min(BATCH, count - done)):
                name, data = next(source)
                path = Path(folder, f"{done + number:05}-{name}")
                path.write_bytes(data)
                paths.append(path)
            seen = set()
            for item in ingest(paths, jobs=jobs, seconds=TIME):
                report = item.report
                seen.add(report.file)
                outcomes[report.outcome] += 1
                slowest = max(slowest, report.seconds)
                reason = report.reason or ""
                if any(sign in reason for sign in ("is a bug", "took over", "died", "MB of memory")):
                    bugs.append(f"seed {seed}, {Path(report.file).name}: {reason}")
                if report.outcome == "failed" and not reason:
                    bugs.append(f"seed {seed}, {Path(report.file).name}: failed without a reason")
            bugs += [f"seed {seed}, {path.name}: not reported" for path in paths if str(path) not in seen]
            written = sorted({entry.name for entry in Path(folder).iterdir()} - {path.name for path in paths})
            bugs += [f"seed {seed}: wrote {name}" for name in written]
        done += len(paths)
    if Path("/tmp/fuzz-wrote-this.txt").exists():
        bugs.append("an archive wrote outside")
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if memory > MEMORY:
        bugs.append(f"a child used {memory:,} kB")
    return {
        "files": done,
        **dict(outcomes),
        "seconds": round(time.monotonic() - start, 1),
        "slowest": slowest,
        "memory_mb": memory // 1000,
        "bugs": bugs,
    }


def main() -> None:
    """Read the arguments, run, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    found = run(seed=given.seed, count=given.files, seconds=given.seconds, jobs=given.jobs)
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
    raise SystemExit(1 if found["bugs"] else 0)


if __name__ == "__main__":
    main()
