"""A conversation about one store: questions, follow-ups and commands, line by line, without a terminal."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from extract.names import fold_name
from graph.ask.answer import LIMIT, Answer, answer
from graph.ask.describe import phrases
from graph.ask.render import render, render_evidence, render_query
from graph.stores import Store

_BEGINNING = (
    "MATCH (n:Alias) WHERE n.text STARTS WITH $begin WITH n LIMIT 200 MATCH (n)-[:NAMES]->(o:Organization) "
    "RETURN DISTINCT o.name AS name ORDER BY name LIMIT $limit"
)


class Session:
    """Remembers the last answer, which follow-ups and commands are about."""

    def __init__(
        self,
        store: Store,
        *,
        limit: int = LIMIT,
        timeout: float | None = None,
        open_page: Callable[[Path], object] = lambda page: None,
    ) -> None:
        self.store = store
        self.limit = limit
        self.timeout = timeout
        self.open_page = open_page
        self.last: Answer | None = None

    def say(self, line: str) -> str:
        """What the line is answered with: the answer to a question, or what a command (``:help``) gives."""
        line = line.strip()
        if line.startswith(":"):
            return self._command(line)
        before = self.last.reading if self.last is not None and self.last.verdict in ("answered", "none") else None
        said = answer(self.store, line, limit=self.limit, timeout=self.timeout, before=before)
        if said.reading is not None:
            self.last = said
        return render(said)

    def complete(self, text: str, *, most: int = 20) -> tuple[int, tuple[str, ...]]:
        """(length of a stretch at the end of ``text``, names of the graph that begin with it).

        The longest stretch that any name begins with wins.
        """
        for start in range(max(0, len(text) - 30), len(text)):
            stretch = text[start:]
            inside_word = (
                start > 0 and stretch[:1].isascii() and text[start - 1].isascii() and text[start - 1].isalnum()
            )
            if stretch[:1].isspace() or inside_word or not stretch.strip():
                continue
            try:
                begin = fold_name(stretch)
            except ValueError:
                continue
            if len(begin) < 2 and begin.isascii():
                continue
            rows = self.store.run(_BEGINNING, {"begin": begin, "limit": most})
            if rows:
                return len(stretch), tuple(str(row["name"]) for row in rows)
        return 0, ()

    def _command(self, line: str) -> str:
        word, _, rest = line.partition(" ")
        language = self.last.language if self.last is not None else "en"
        text = phrases(language)["prompt"]
        if word == ":help":
            return str(text["help"])
        if self.last is None:
            return str(text["nothing"])
        if word == ":cypher":
            return render_query(self.last)
        if word == ":evidence":
            number = int(rest) if rest.strip().isdigit() else 0
            if not 0 < number <= len(self.last.rows):
                return str(text["no_row"]).format(n=len(self.last.rows))
            return render_evidence(self.last, number)
        if word == ":open":
            return self._open(self.last)
        return str(text["no_command"]).format(word=word)

    def _open(self, said: Answer) -> str:
        """Write the page around what the answer is about, and hand it to the browser."""
        from graph.view import write_view

        focus = said.names[0].organizations[0].name if said.names else None
        page = Path(tempfile.mkdtemp(prefix="collabgraph-")) / "page.html"
        write_view(self.store, page, focus=focus)
        self.open_page(page)
        return str(page)
