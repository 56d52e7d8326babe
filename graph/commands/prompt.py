"""The prompt of ``collabgraph ask``: history, completion of names, and a session behind it."""

import sys
import webbrowser
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from extract.errors import CollabGraphError
from graph.ask.session import Session

if TYPE_CHECKING:
    from prompt_toolkit.completion import CompleteEvent, Completion
    from prompt_toolkit.document import Document

_PROMPT = "? "
_QUIT = (":quit", ":q", "exit", "quit", "退出")


def run_prompt(session: Session) -> None:
    """Answer line after line until ``:quit`` or the end of the input; a mistake of the user does not end it."""
    read = _reader(session) if sys.stdin.isatty() else lambda: input()
    session.open_page = lambda page: webbrowser.open(page.as_uri())
    while True:
        try:
            line = read()
        except (EOFError, KeyboardInterrupt):
            return
        if line.strip().lower() in _QUIT:
            return
        if not line.strip():
            continue
        try:
            click.echo(session.say(line))
        except CollabGraphError as error:
            click.echo(f"collabgraph: {error}", err=True)


def _reader(session: Session) -> Callable[[], str]:
    """Reads a line with history and completion: prompt_toolkit where it is installed, else readline."""
    history = Path(click.get_app_dir("collabgraph")) / "history"
    history.parent.mkdir(parents=True, exist_ok=True)
    try:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.completion import Completer, Completion
        from prompt_toolkit.history import FileHistory
    except ImportError:
        return _plain_reader(session, history)

    class Names(Completer):
        def get_completions(self, document: "Document", complete_event: "CompleteEvent") -> Iterator["Completion"]:
            length, names = session.complete(document.text_before_cursor)
            for name in names:
                yield Completion(name, start_position=-length)

    prompt: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)), completer=Names(), complete_while_typing=False
    )
    return lambda: prompt.prompt(_PROMPT)


def _plain_reader(session: Session, history: Path) -> Callable[[], str]:
    try:
        import readline
    except ImportError:  # Windows
        return lambda: input(_PROMPT)
    if history.exists():
        readline.read_history_file(history)
    found: list[str] = []

    def complete(text: str, state: int) -> str | None:
        if state == 0:
            length, names = session.complete(text)
            found[:] = [text[: len(text) - length] + name for name in names]
        return found[state] if state < len(found) else None

    readline.set_completer(complete)
    readline.set_completer_delims("")
    readline.parse_and_bind("tab: complete")

    def read() -> str:
        line = input(_PROMPT)
        readline.write_history_file(history)
        return line

    return read
