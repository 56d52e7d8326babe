"""What is new since a date, for the weekly report: every line with the sentence that says so and its article."""

import html
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from extract.names import fold_name
from extract.ontology import load_ontology
from extract.records import Status
from graph.derive import Statement, derive
from graph.stores import Row, Store

PAGE = 2_000  # collaborations of one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a brief: what happened between two organizations, with the latest sentence that says so.

    ``change`` is ``new``, or a change of status such as ``planned → active``; ``first_time`` whether the two had no
    collaboration of any kind before; ``watched`` whether one of them is on the watch list.
    """

    source: str
    target: str
    kind: str
    change: str
    date: str
    sentence: str
    title: str
    origin: str | None
    first_time: bool
    watched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What was first said, or said otherwise, on or after ``since`` (an ISO date, month or year), by date."""

    since: str
    items: tuple[Item, ...]

    def to_markdown(self) -> str:
        """The brief as Markdown, a heading a section."""
        lines = [f"# 合作动态 · since {self.since}", ""]
        for title, items in _sections(self.items):
            lines += [f"## {title} ({len(items)})", ""]
            for item in items:
                lines += [
                    f"- **{item.source}** – **{item.target}** · {_what(item)} · {item.date}",
                    f"  > {item.sentence}",
                    f"  — {item.title}" + (f" ({item.origin})" if item.origin else ""),
                ]
            lines.append("")
        return "\n".join(lines)

    def to_html(self) -> str:
        """The brief as one HTML page that asks nothing of any network."""
        parts = []
        for title, items in _sections(self.items):
            rows = "".join(
                f"<li><b>{_safe(item.source)}</b> – <b>{_safe(item.target)}</b> · {_safe(_what(item))} · "
                f"<time>{_safe(item.date)}</time><blockquote>{_safe(item.sentence)}</blockquote>"
                f"<cite>{_safe(item.title)}</cite></li>"
                for item in items
            )
            parts.append(f"<h2>{_safe(title)} ({len(items)})</h2><ul>{rows}</ul>")
        heading = f"合作动态 · since {_safe(self.since)}"
        return (
            f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{heading}</title>'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
            "<style>body{font:16px/1.6 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}"
            "blockquote{margin:.3em 0;color:#444}cite{color:#666;font-size:.9em}li{margin:.8em 0}</style>"
            f"<h1>{heading}</h1>{''.join(parts)}</html>\n"
        )


def make_brief(store: Store, since: str, *, watch: Collection[str] = ()) -> Brief:
    """What a store says anew since ``since``; ``watch`` are names of organizations in any form.

    A claim counts by its own date, or else by its document's; one without either is not news.  A collaboration is
    new when nothing was said of it before, and has changed when what was said before came to another status.
    """
    watched = frozenset(fold_name(name) for name in watch if name.strip())
    news = [item for rows in _touched(store, since) if (item := _news(rows, since))]
    ids = sorted({end for _, rows in news for end in (str(rows[0]["source"]), str(rows[0]["target"]))})
    before = _partners_before(store, ids, since)
    items = []
    for change, rows in news:
        latest = max(rows, key=lambda row: (str(row["date"] or ""), _number(row["confidence"]), str(row["id"])))
        names = {fold_name(str(form)) for row in rows for form in cast(list[str], row["forms"])}
        items.append(
            Item(
                source=str(latest["source_name"]),
                target=str(latest["target_name"]),
                kind=str(latest["kind"]),
                change=change,
                date=str(latest["date"]),
                sentence=str(latest["sentence"]),
                title=str(latest["title"] or latest["document"]),
                origin=None if latest["origin"] is None else str(latest["origin"]),
                first_time=frozenset((str(latest["source"]), str(latest["target"]))) not in before,
                watched=bool(watched & names),
            )
        )
    return Brief(since=since, items=tuple(sorted(items, key=lambda item: (item.date, item.source, item.target))))


def _touched(store: Store, since: str) -> Iterator[list[Row]]:
    """All evidence of each collaboration that something was said of since then."""
    ids = [
        str(row["id"])
        for row in store.run(
            """MATCH (e:Evidence)-[:FROM]->(d:Document)
            WHERE e.kind <> 'part_of' AND coalesce(e.date, d.published) >= $since
            RETURN DISTINCT e.collaboration AS id ORDER BY id""",
            {"since": since},
        )
        if row["id"] is not None
    ]
    for start in range(0, len(ids), PAGE):
        said: dict[str, list[Row]] = defaultdict(list)
        for row in store.run(
            """UNWIND $ids AS id MATCH (e:Evidence {collaboration: id})-[:FROM]->(d:Document)
            MATCH (e)-[:SOURCE]->(a:Organization) MATCH (e)-[:TARGET]->(b:Organization)
            RETURN e.id AS id, e.collaboration AS collaboration, e.kind AS kind, e.status AS status,
                coalesce(e.date, d.published) AS date, e.confidence AS confidence, e.sentence AS sentence,
                d.id AS document, d.title AS title, d.origin AS origin, a.id AS source, b.id AS target,
                a.name AS source_name, b.name AS target_name,
                [a.name, b.name] + coalesce(a.aliases, []) + coalesce(b.aliases, []) AS forms""",
            {"ids": ids[start : start + PAGE]},
        ):
            said[str(row["collaboration"])].append(row)
        yield from (said[key] for key in sorted(said))


def _news(rows: Sequence[Row], since: str) -> tuple[str, list[Row]] | None:
    """What changed of one collaboration, and the evidence since then; ``None`` when it is said as before."""
    earlier = derive(_statement(row) for row in rows if str(row["date"] or "") < since)
    now = derive(map(_statement, rows))
    recent = [row for row in rows if str(row["date"] or "") >= since]
    if now is None or (earlier is not None and earlier.status == now.status):
        return None
    return ("new" if earlier is None else f"{earlier.status} → {now.status}"), recent


def _statement(row: Row) -> Statement:
    return Statement(
        document=str(row["document"]),
        date=str(row["date"] or ""),
        status=cast(Status, row["status"]),
        confidence=_number(row["confidence"]),
        sentence=str(row["sentence"]),
    )


def _partners_before(store: Store, ids: Sequence[str], since: str) -> set[frozenset[str]]:
    """The pairs among ``ids`` of which a collaboration was said before ``since``, or without a date."""
    rows = store.run(
        """UNWIND $ids AS id MATCH (a:Organization {id: id})<-[:SOURCE]-(e:Evidence)-[:FROM]->(d:Document)
        WHERE e.kind <> 'part_of' AND e.status <> 'negated' AND coalesce(e.date, d.published, '') < $since
        MATCH (e)-[:TARGET]->(b:Organization) RETURN DISTINCT a.id AS a, b.id AS b""",
        {"ids": list(ids), "since": since},
    )
    return {frozenset((str(row["a"]), str(row["b"]))) for row in rows}


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _sections(items: Sequence[Item]) -> Iterator[tuple[str, list[Item]]]:
    """The sections that have a line, in order; a line stands in each section that it belongs to."""
    sections = {
        "关注名单 · watch list": [item for item in items if item.watched],
        "首次合作 · first-time partners": [item for item in items if item.change == "new" and item.first_time],
        "新增合作 · new collaborations": [item for item in items if item.change == "new" and not item.first_time],
        "进展 · changes of status": [item for item in items if item.change != "new"],
    }
    for title, found in sections.items():
        if found:
            yield title, found


def _what(item: Item) -> str:
    label = load_ontology().claim_kind(item.kind).label
    return f"{label['zh']} {label['en']}" + ("" if item.change == "new" else f" ({item.change})")


def _safe(text: str) -> str:
    return html.escape(text, quote=True)
