"""``collabgraph ask``: a question in Chinese or English, answered from the graph."""

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import click

from graph.ask.answer import LIMIT, Answer, answer
from graph.ask.batch import as_test, read_questions
from graph.ask.render import render, render_query
from graph.ask.session import Session
from graph.commands.options import opened_store, store_options
from graph.commands.prompt import run_prompt
from graph.stores import Store

EXIT_CODES = {"answered": 0, "ambiguous": 3, "unknown": 4, "none": 5, "not_understood": 6}


@click.command()
@click.argument("question", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as one JSON object.")
@click.option("--cypher", "show_query", is_flag=True, help="Print the query, with its parameters, before the answer.")
@click.option(
    "--batch",
    type=click.Path(dir_okay=False, path_type=Path),
    help='Answer a file of {"id", "question"} lines, one JSON line each.',
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=LIMIT,
    show_default=True,
    help="Rows of an answer at most; it says when there are more.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0.001),
    default=30.0,
    show_default=True,
    help="Seconds that one look-up may take.",
)
@store_options
def command(
    question: tuple[str, ...],
    as_json: bool,
    show_query: bool,
    batch: Path | None,
    limit: int,
    timeout: float,
    store: str,
    user: str | None,
    password: str | None,
) -> None:
    """Answer a QUESTION in Chinese or English; without one, a prompt that also takes follow-ups.

    \b
        collabgraph ask "谁和佩瓦能源合作？"
        collabgraph ask "Which universities does Pewa Energy work with?" --cypher
        collabgraph ask --batch questions.jsonl > answers.jsonl

    Exit codes: 0 answered; 2 a mistake to put right; 3 a name fits several organizations;
    4 an organization is not in the graph; 5 nothing of the kind is recorded; 6 not understood.
    """
    with opened_store(store, user, password) as opened:
        if batch is not None:
            _answer_batch(opened, batch, limit, timeout)
            return
        if not question:
            run_prompt(Session(opened, limit=limit, timeout=timeout))
            return
        said = answer(opened, " ".join(question), limit=limit, timeout=timeout)
        print_answer(said, as_json=as_json, show_query=show_query)
    sys.exit(EXIT_CODES[said.verdict])


def print_answer(said: Answer, *, as_json: bool = False, show_query: bool = False) -> None:
    """Write an answer to stdout; on a terminal, one that is longer than the screen goes through the pager."""
    if as_json:
        whole = asdict(said) | {"evidence": [asdict(quote) for quote in said.evidence]}
        click.echo(json.dumps(whole, ensure_ascii=False))
        return
    text = render(said)
    if show_query and said.cypher:
        text = f"{render_query(said)}\n\n{text}"
    if sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines:
        click.echo_via_pager(text)
    else:
        click.echo(text)


def _answer_batch(store: Store, path: Path, limit: int, timeout: float) -> None:
    for identity, question in read_questions(path):
        said = answer(store, question, limit=limit, timeout=timeout)
        click.echo(json.dumps(as_test(identity, said), ensure_ascii=False))
