"""``collabgraph score``: found against gold, and the score board."""

from pathlib import Path

import click

from extract.score import VIEWS, Scores, Tally
from graph.commands.options import user_errors

_WIDTH = 24


@click.command()
@click.argument("gold", required=False, type=click.Path(path_type=Path))
@click.argument("found", required=False, type=click.Path(path_type=Path))
@click.option("--board", type=click.Path(path_type=Path), help="A folder of labelled data to run the extraction over.")
@click.option("--part", "parts", multiple=True, help="seed, dev, eval or train; all but train unless given.")
@click.option("--language", type=click.Choice(["zh", "en"]), help="One language alone.")
@click.option("--names", "only_names", is_flag=True, help="Names alone: no organizations are joined, no claims read.")
@click.option("--kinds", is_flag=True, help="Also show each kind.")
@click.option("--errors", is_flag=True, help="Also list each error with its cause.")
def command(
    gold: Path | None,
    found: Path | None,
    board: Path | None,
    parts: tuple[str, ...],
    language: str | None,
    only_names: bool,
    kinds: bool,
    errors: bool,
) -> None:
    """Compare FOUND organizations and claims with GOLD, or run the extraction over labelled data.

    \b
        collabgraph extract articles/ --format gold > found.jsonl
        collabgraph score gold.jsonl found.jsonl --errors
        collabgraph score --board ../shared/data --names
    """
    from extract.gold import read_rows
    from extract.score import score_documents

    with user_errors():
        if board is None:
            if gold is None or found is None:
                raise click.UsageError("give GOLD and FOUND, or --board FOLDER")
            scores = score_documents(read_rows(gold), read_rows(found))
            _show([("all", scores)], VIEWS, kinds=kinds, errors=errors)
            return
        from extract.board import PARTS, read_all, read_labelled, read_names, score_labelled

        results = []
        for part in parts or PARTS:
            for labelled in read_labelled(board, part=part, language=language):
                results.append((labelled.name, score_labelled(labelled, read_names if only_names else read_all)))
        _show(results, ("organization",) if only_names else VIEWS, kinds=kinds, errors=errors)


def _show(results: list[tuple[str, Scores]], views: tuple[str, ...], *, kinds: bool, errors: bool) -> None:
    click.echo(f"{'P / R / F1':{_WIDTH}}" + "".join(f"{view:^18}" for view in views) + "documents")
    for name, scores in [*results, *_totals(results)]:
        cells = "".join(f"{_figures(scores.views[view]):^18}" for view in views)
        click.echo(f"{name:{_WIDTH}}{cells}{scores.documents:5}")
    total = _sum(results)
    click.echo("\ncauses of errors")
    for (view, cause), count in sorted(total.causes.items(), key=lambda item: (VIEWS.index(item[0][0]), -item[1])):
        if view in views:
            click.echo(f"  {view:13} {cause:30} {count:5}")
    click.echo("\nconfidence → share right (number)")
    for part, bins in total.reliability.items():
        shares = [f"{b.confidence / b.count:.2f} → {b.right / b.count:.2f} ({b.count})" for b in bins if b.count]
        click.echo(f"  {part:6} " + "   ".join(shares))
    if kinds:
        click.echo("\nby kind")
        for kind, tally in sorted(total.kinds.items()):
            click.echo(f"  {kind:14} {_figures(tally)}   right {tally.right} wrong {tally.wrong} missed {tally.missed}")
    if errors:
        for name, scores in results:
            for line in scores.examples:
                if line.split("\t")[1] in views:
                    click.echo(f"{name}\t{line}")


def _counted(tally: Tally) -> bool:
    return bool(tally.right + tally.wrong + tally.missed)


def _figures(tally: Tally) -> str:
    return f"{tally.precision:.3f} {tally.recall:.3f} {tally.f1:.3f}" if _counted(tally) else "–"


def _totals(results: list[tuple[str, Scores]]) -> list[tuple[str, Scores]]:
    """A line for each part and language that several sets belong to."""
    groups: dict[str, list[tuple[str, Scores]]] = {}
    for name, scores in results:
        words = name.split()
        for group in {" ".join(words[:2]), words[0]}:
            groups.setdefault(group, []).append((name, scores))
    return [(f"= {group}", _sum(members)) for group, members in sorted(groups.items()) if len(members) > 1]


def _sum(results: list[tuple[str, Scores]]) -> Scores:
    total = Scores()
    for _, scores in results:
        total.documents += scores.documents
        for part, tally in [*scores.views.items(), *scores.kinds.items()]:
            into = total.views[part] if part in total.views else total.kinds[part]
            into.right, into.wrong, into.missed = (
                into.right + tally.right,
                into.wrong + tally.wrong,
                into.missed + tally.missed,
            )
        total.causes.update(scores.causes)
        for part, bins in scores.reliability.items():
            for into_bin, one in zip(total.reliability[part], bins, strict=True):
                into_bin.count += one.count
                into_bin.confidence += one.confidence
                into_bin.right += one.right
    return total
