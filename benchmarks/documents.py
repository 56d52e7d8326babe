"""A seeded graph of any size, as documents: a few hubs, a long tail.

Scale 1 is 44,000 organizations, 40,000 documents and 294,000 collaborations with 1.3 pieces of evidence each.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from extract.names import organization_id
from extract.ontology import load_ontology
from extract.records import Claim, Document, Evidence, Extraction, Offsets, Organization, Span

ORGANIZATIONS, DOCUMENTS, COLLABORATIONS = 44_000, 40_000, 294_000
KINDS = {"enterprise": 60, "institute": 15, "university": 12, "government": 8, "hospital": 5}
TAILS = {
    "enterprise": "有限公司",
    "institute": "研究院",
    "university": "大学",
    "government": "管理局",
    "hospital": "医院",
}
STEMS = "华东远星云海天河龙泉金石智新科瑞宏达恒"
FIELDS = ("电池", "航空", "传感", "医药", "芯片", "材料", "能源", "软件")
HUB = 2.2  # the larger, the more collaborations the first organizations have
ALIASED = 0.3  # share of documents' organizations that are named by a short name, which the document defines


@dataclass(frozen=True, slots=True)
class Planned:
    """One piece of evidence to be written."""

    source: int
    target: int
    kind: str
    status: str
    confidence: float


def make_organizations(scale: float, chance: random.Random) -> list[tuple[str, str, str]]:
    """(name, short name, kind) of each."""
    rows = []
    for number in range(int(ORGANIZATIONS * scale)):
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        short = "".join(chance.choice(STEMS) for _ in range(3)) + chance.choice(FIELDS) + str(number)
        rows.append((short + TAILS[kind], short, kind))
    return rows


def make_extractions(scale: float, seed: int = 7) -> Iterator[Extraction]:
    """The documents of a graph of that scale, in order."""
    chance = random.Random(seed)
    organizations = make_organizations(scale, chance)
    documents: list[list[Planned]] = [[] for _ in range(int(DOCUMENTS * scale))]
    kinds = list(load_ontology().collaborations.values())
    seen: set[tuple[int, int, str]] = set()

    def pick() -> int:
        return min(int(len(organizations) * chance.random() ** HUB), len(organizations) - 1)

    while len(seen) < int(COLLABORATIONS * scale):
        one, other, kind = pick(), pick(), chance.choice(kinds)
        if not kind.directed and one > other:
            one, other = other, one
        if one == other or (one, other, kind.name) in seen:
            continue
        seen.add((one, other, kind.name))
        for _ in range(chance.choices([1, 2, 3], [77, 16, 7])[0]):
            status = chance.choice(["active", "active", "planned", "ended"])
            planned = Planned(one, other, kind.name, status, round(chance.uniform(0.5, 1), 3))
            documents[chance.randrange(len(documents))].append(planned)
    for number, rows in enumerate(documents):
        yield write(number, rows, organizations, chance)


def write(
    number: int, rows: list[Planned], organizations: list[tuple[str, str, str]], chance: random.Random
) -> Extraction:
    """The article of one document: a sentence a claim, with its spans."""
    identity = f"d{number:07d}"
    text, claims = "", []
    found: dict[int, Organization] = {}
    for row in rows:
        for at in (row.source, row.target):
            if at not in found:
                name, short, kind = organizations[at]
                aliases = (short,) if chance.random() < ALIASED else ()
                found[at] = Organization(id=organization_id(name), name=name, kind=kind, aliases=aliases)
        source, target = found[row.source], found[row.target]
        start = len(text)
        said = f"{source.name}与{target.name}日前签署协议，双方将在{chance.choice(FIELDS)}领域合作，项目总投资"
        at_target, at_trigger = start + len(source.name) + 1, start + len(source.name) + len(target.name) + 3
        text += f"{said}{chance.randrange(1, 900)}万元。"
        claims.append(
            Claim(
                source=source.id,
                target=target.id,
                kind=row.kind,
                status=row.status,  # type: ignore[arg-type]
                evidence=Evidence(
                    document=identity,
                    sentence=Span(start, len(text)),
                    source=Span(start, start + len(source.name)),
                    target=Span(at_target, at_target + len(target.name)),
                    trigger=Span(at_trigger, at_trigger + 4),
                    confidence=row.confidence,
                    method="synthetic",
                ),
            )
        )
    text = text or "无。"
    date = f"20{chance.randrange(15, 26)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
    document = Document(
        id=identity,
        text=text,
        language="zh",
        title=f"签约报道第{number}号",
        published=date,
        outlet=f"报纸{chance.randrange(40)}",
        origin=f"synthetic/{identity}",
        offsets=Offsets.identity(text),
    )
    return Extraction(document=document, organizations=tuple(found.values()), claims=tuple(claims))
