"""The spaCy component."""

from pathlib import Path

import pytest
import spacy

from extract.component import load_model
from extract.errors import DataError
from extract.finders.own import read_names
from extract.pipeline import Options, extract_text

TEXT = "娄江智能装备有限公司与澄湖新材料研究院联合研发碳纤维。星桥实验坊提供了检测。"


def test_the_component_is_found_by_its_name() -> None:
    """A blank pipeline takes the component by name, and a doc then holds the extraction and a span a mention."""
    nlp = spacy.blank("zh")
    nlp.add_pipe("collaborations")
    doc = nlp(TEXT)
    extraction = doc._.extraction
    assert extraction.document.text == TEXT
    assert extraction.organizations
    assert [span.text for span in doc.spans["organizations"]] == [mention.text for mention in extraction.mentions]
    assert nlp("")._.extraction.mentions == ()


def test_entities_of_an_own_pipeline_join_the_candidates(tmp_path: Path) -> None:
    """What the pipeline before it, or a pipeline given by path, takes for an organization is a mention."""
    nlp = spacy.blank("zh")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "星桥实验坊"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "model")
    nlp.add_pipe("collaborations")
    doc = nlp(TEXT)
    assert "星桥实验坊" in [span.text for span in doc.spans["organizations"]]
    extraction = extract_text(TEXT, Options(model=load_model(str(tmp_path / "model"))))
    assert "星桥实验坊" in [mention.text for mention in extraction.mentions]


def test_an_own_list_of_names_is_read(tmp_path: Path) -> None:
    """A name of a person's own list is found with its kind; a wrong kind is said with its line."""
    path = tmp_path / "names.txt"
    path.write_text("# ours\n星桥实验坊\tplatform\n", encoding="utf-8")
    extraction = extract_text(TEXT, Options(names=read_names(path)))
    assert ("星桥实验坊", "platform") in [(mention.text, mention.kind) for mention in extraction.mentions]
    path.write_text("星桥实验坊\tworkshop\n", encoding="utf-8")
    with pytest.raises(DataError, match="line 1: 'workshop' is no kind"):
        read_names(path)
