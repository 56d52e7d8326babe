"""``collabgraph train``: labelled passages → the weights that the extraction reads."""

import json
from pathlib import Path

import click

from graph.commands.options import user_errors


@click.command()
@click.argument("rows", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where to write; the package's own files."
)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Whose readers.")
@click.option("--seed", default=0, show_default=True, help="Equal rows and seeds give equal weights.")
@click.option("--jobs", default=2, show_default=True, help="Processes that fit side by side.")
def command(rows: Path, out: Path | None, language: str, seed: int, jobs: int) -> None:
    """Fit the weights of a language's readers to labelled ROWS, one JSON object a line (needs the extra `train`).

    The passages that ship with the package (extract/train/LANGUAGE) are learned from beside them.

    \b
        collabgraph train labelled.jsonl --out weights/
    """
    import logging
    from importlib.resources import files

    from extract.errors import DataError
    from extract.gold import read_rows

    try:
        from extract.readers import PAIRS, save_reader
        from extract.records import Mention, Span
        from extract.train.names import cross_names, fit_names, save_names
        from extract.train.pairs import fit_readers
        from extract.train.written import load_written
    except ModuleNotFoundError as error:
        raise click.ClickException(f"training needs {error.name}: pip install 'collabgraph[train]'") from error
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if language == "en":
        _train_english(rows, out)
        return
    with user_errors():
        chinese = [row for row in read_rows(rows).values() if row.get("language") == "zh"]
        if not chinese:
            raise DataError(f"{rows} has no Chinese rows to learn from")
        chinese += load_written("zh")
        folder = out or Path(str(files("extract.lang").joinpath("zh", "model")))
        model = fit_names(chinese, jobs=jobs)
        save_names(model, folder)
        found = [
            [
                Mention(
                    span=Span(name.start, name.end),
                    text=row["text"][name.start : name.end],
                    kind=name.kind,
                    finder=name.finder,
                    confidence=name.confidence,
                )
                for name in names
            ]
            for row, names in zip(chinese, cross_names(model, threshold=0.3), strict=True)
        ]
        save_reader(folder / PAIRS, fit_readers(chinese, found, seed=seed))
        click.echo(json.dumps({"rows": len(chinese), "features": len(model.weights.keys), "folder": str(folder)}))


def _train_english(rows: Path, out: Path | None) -> None:
    from importlib.resources import files

    from extract.errors import DataError
    from extract.gold import read_rows
    from extract.train.english import train_names
    from extract.train.english_pairs import train_pairs
    from extract.train.written import load_written

    with user_errors():
        english = [row for row in read_rows(rows).values() if row.get("language") == "en"]
        if not english:
            raise DataError(f"{rows} has no English rows to learn from")
        english += load_written("en")
        folder = out or Path(str(files("extract.lang").joinpath("en", "model")))
        train_pairs(english, train_names(english, folder), folder)
        click.echo(json.dumps({"rows": len(english), "folder": str(folder)}))
