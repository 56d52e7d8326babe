"""An answer → lines of text in the language of its question, in the words of ``extract/lang/<code>/answers.toml``."""

from collections.abc import Iterable

from extract.ontology import load_ontology
from graph.ask.answer import Answer
from graph.ask.describe import label, phrases
from graph.ask.found import Found, Link, Quote


def render(said: Answer) -> str:
    """The answer as text: what was understood, the rows with their best sentences, the totals; or why there is none."""
    return "\n".join(_lines(said))


def render_query(said: Answer) -> str:
    """The Cypher and its parameters, in a form that Neo4j Browser takes: ``:param`` lines, then the statement."""
    lines = [f":param {name} => {_literal(value)};" for name, value in (said.parameters or {}).items()]
    return "\n".join([*lines, f"{said.cypher};"]) if said.cypher else ""


def render_evidence(said: Answer, number: int) -> str:
    """All quotes behind a row, which is counted from 1, with their places."""
    row = said.rows[number - 1]
    lines = [" – ".join(organization.name for organization in row.organizations)]
    for link in row.links:
        lines.append(f"  {_link(link, said.language)}")
        lines += [line for quote in link.quotes for line in _quote(quote, said.language)]
    return "\n".join(lines)


def _literal(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_literal, value)) + "]"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{escaped}'"
    return str(value)


def _lines(said: Answer) -> Iterable[str]:
    code = said.language
    text, words = phrases(code)["says"], phrases(code)["words"]
    if said.verdict == "not_understood":
        yield from _refused(said)
        return
    if said.verdict == "unknown":
        for name in said.names:
            if not name.organizations:
                yield text["unknown"].format(name=name.text)
                yield text["nearest"] if name.nearest else text["no_nearest"]
                yield from (f"  {organization.name}" for organization in name.nearest)
        return
    if said.verdict == "ambiguous":
        for name in said.names:
            if len(name.organizations) > 1:
                yield text["ambiguous"].format(name=name.text)
                yield from (
                    f"  {organization.name} ({label(organization.kind, code)})" for organization in name.organizations
                )
        return
    yield words["understood_as"].format(text=said.understood_as)
    if said.yes is not None:
        yield _yes(said)
    if said.verdict == "none":
        yield text["none"]
        yield from _known(said)
        return
    for number, found in enumerate(said.rows, 1):
        yield from _row(number, found, said)
    yield _totals(said)


def _refused(said: Answer) -> Iterable[str]:
    table = phrases(said.language)
    refusal = said.refusal
    if refusal is not None and refusal.reason == "order":
        yield table["says"]["order"]
    elif refusal is not None and refusal.reason == "scope" and refusal.word:
        yield table["says"]["scope"].format(word=refusal.word)
    else:
        yield table["says"]["not_understood"]
    yield table["says"]["examples"]
    yield from (f"  {question}" for question in table["examples"]["questions"])


def _yes(said: Answer) -> str:
    text: dict[str, str] = phrases(said.language)["says"]
    words = phrases(said.language)["words"]
    if said.yes:
        return text["yes"]
    statuses = {link.status for found in said.rows for link in found.links}
    if statuses and "active" not in statuses and said.reading is not None and said.reading.intent != "status":
        return f"{text['no']} " + text["only"].format(
            status=words["and"].join(words[status] for status in sorted(statuses))
        )
    return text["no"]


def _known(said: Answer) -> Iterable[str]:
    text = phrases(said.language)["says"]
    for known in said.known:
        yield text["known"].format(a=known.name, n=known.partners, m=known.documents)
    if len(said.known) == 2 and said.reading is not None and said.reading.intent in ("pair", "how", "since", "why"):
        yield text["known_chain"].format(a=said.known[0].name, b=said.known[1].name)


def _row(number: int, found: Found, said: Answer) -> Iterable[str]:
    code = said.language
    words = phrases(code)["words"]
    intent = said.reading.intent if said.reading else "partners"
    if intent == "paths":
        yield f"{number:>3}  " + " – ".join(organization.name for organization in found.organizations)
        return
    shown = " – ".join(organization.name for organization in found.organizations)
    if len(found.organizations) == 1 and found.organizations[0].kind:
        shown += f" ({label(found.organizations[0].kind, code)})"
    if found.value is not None:
        shown += (
            f"  {words['parts_level'].format(n=found.value)}"
            if intent in ("parts", "parents", "belongs")
            else f"  {found.value}"
        )
    yield f"{number:>3}  {shown}"
    for link in found.links:
        yield f"       {_link(link, code)}"
        if link.quotes:
            yield from _quote(link.quotes[0], code)


def _link(link: Link, code: str) -> str:
    words = phrases(code)["words"]
    kind = load_ontology().claim_kind(link.kind)
    arrow = "→" if kind.directed else "–"
    parts = [f"{label(link.kind, code)}: {link.source} {arrow} {link.target}", words[link.status]]
    if link.since and link.last and link.since != link.last:
        parts.append(words["between_dates"].format(since=link.since, last=link.last))
    elif link.since:
        parts.append(words["since"].format(since=link.since))
    if link.reports:
        parts.append(words["reports"].format(n=link.reports))
    people = sorted({quote.via for quote in link.quotes if quote.via})
    parts += [words["via"].format(person=person) for person in people]
    return " · ".join(parts)


def _quote(quote: Quote, code: str) -> Iterable[str]:
    source = " ".join(part for part in (quote.title or quote.document, quote.date or quote.published) if part)
    if quote.sentence:
        yield f"         “{quote.sentence}” ({source})"
    else:
        yield f"         ({source})"


def _totals(said: Answer) -> str:
    assert said.reading is not None
    text = phrases(said.language)["totals"]
    intent = said.reading.intent
    shown = len(said.rows)
    parts: list[str] = []
    if intent == "count":
        parts.append(text["count"].format(n=said.count))
    elif intent == "why":
        documents = {quote.document for quote in said.evidence}
        parts.append(text["documents"].format(n=len(documents), m=len(said.evidence)))
    elif intent == "paths":
        parts.append(text["paths"].format(all=shown, shown=shown, steps=said.rows[0].value))
    elif intent in ("pairs", "via"):
        parts.append(text["pairs"].format(all=shown, shown=shown))
    elif said.yes is None:
        parts.append(text["partners"].format(all=shown, shown=shown))
    if not said.complete:
        more = text["more"].format(shown=said.limit)
        parts = [*parts, more] if intent == "count" else [more]
    if said.reading.status is None and said.yes is None:
        for status in ("planned", "ended"):
            if number := sum(found.status == status for found in said.rows):
                parts.append(text[status].format(n=number))
    if said.denied:
        parts.append(text["denied"].format(n=said.denied))
    if said.latest:
        parts.append(text["latest"].format(date=said.latest))
    if said.parts and not said.reading.with_parts:
        parts.append(text["parts"].format(n=said.parts, a=said.reading.names[0].organizations[0].name))
    return ("；" if said.language == "zh" else "; ").join(parts)
