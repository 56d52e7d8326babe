from pathlib import Path

import numpy as np

from extract.train.names import cross_names, fit_names, save_names
from extract.train.passages import make_rows


def test_equal_rows_give_equal_weights(tmp_path: Path) -> None:
    """Training twice writes the same arrays, and models that never saw a row find most of its names."""
    rows = list(make_rows("zh", times=1))[:60]
    for turn in ("one", "other"):
        model = fit_names(rows, rounds=8)
        save_names(model, tmp_path / turn)
    for path in sorted((tmp_path / "one").iterdir()):
        with np.load(path) as one, np.load(tmp_path / "other" / path.name) as other:
            assert all((one[name] == other[name]).all() for name in one.files)
    found = cross_names(model, threshold=0.5)
    gold = [{organization["name"] for organization in row["organizations"]} for row in rows]
    hits = sum(
        len({row["text"][name.start : name.end] for name in names} & named)
        for row, names, named in zip(rows, found, gold, strict=True)
    )
    assert hits > 0.5 * sum(map(len, gold))
