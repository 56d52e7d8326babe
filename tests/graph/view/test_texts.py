"""The words of the page."""

import re
import tomllib
from pathlib import Path

import graph.view

FOLDER = Path(graph.view.__file__).parent
TEXTS = tomllib.loads((FOLDER / "texts.toml").read_text(encoding="utf-8"))
SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in (FOLDER / "page").glob("*.js"))


def test_languages_have_the_same_keys() -> None:
    """English words some counts of one apart; all else comes in both languages, with the same places to fill in."""
    plain = {language: {key for key in words if not key.endswith("_one")} for language, words in TEXTS.items()}
    assert plain["zh"] == plain["en"]
    for key in plain["zh"]:
        places = [sorted(re.findall(r"\{(\w+)\}", words[key])) for words in TEXTS.values()]
        assert places[0] == places[1], key


def test_every_key_is_used_and_every_used_key_is_there() -> None:
    """What scripts ask for by name is there; what is there is named in a script, or put together there."""
    asked = set(re.findall(r'\btext\("(\w+)"', SCRIPTS))
    assert not asked - set(TEXTS["zh"]) - {"ground_", "seat_", "table_"}, "a key is missing"
    named = set(re.findall(r'"(\w+)"', SCRIPTS)) | {"title", "graph", "planned", "ended", "negated", "active"}
    unused = {key for key in TEXTS["zh"] if key not in named and not key.startswith(("ground_", "seat_", "table_"))}
    assert unused == set()
