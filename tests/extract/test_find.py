import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from extract.find import find_mentions
from extract.finders.register import Entry, Register
from extract.ontology import load_ontology
from extract.read import read_text
from extract.records import Document, Span

CASES = tomllib.loads((Path(__file__).parents[1] / "cases/zh/find.toml").read_text(encoding="utf-8"))["case"]
ARTICLE = (
    "本报讯 昨日，远帆能源科技有限公司（以下简称“远帆能源”）与东南大学在南京签署战略合作协议，双方将共建联合实验室。"
    "远帆能源董事长表示，公司还将同中国科学院宁波材料技术与工程研究所、华为技术有限公司开展合作。\n工信部有关负责人出席。"
)


def document(text: str) -> Document:
    return read_text(text, language="zh")


def expected(marked: str) -> tuple[str, list[str]]:
    outer = [name.replace("〔", "").replace("〕", "") for name in re.findall("【(.+?)】", marked)]
    return re.sub("[【】〔〕]", "", marked), sorted([*outer, *re.findall("〔(.+?)〕", marked)])


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_names_of_a_sentence(case: dict[str, Any]) -> None:
    """Each case of find.toml."""
    text, names = expected(case["text"])
    assert sorted(mention.text for mention in find_mentions(document(text))) == names


def test_mentions_are_what_the_records_say() -> None:
    """In order, quoting the text, of a kind of the ontology, with a confidence over the threshold."""
    article = document(ARTICLE)
    mentions = find_mentions(article, threshold=0.2)
    assert list(mentions) == sorted(mentions, key=lambda mention: mention.span)
    for mention in mentions:
        assert mention.text == mention.span.of(article.text)
        assert mention.kind in load_ontology().organizations
        assert 0.2 <= mention.confidence <= 1.0
        assert mention.organization is None


def test_a_higher_threshold_only_leaves_names_out() -> None:
    """What is sure at a high threshold is found at a low one."""
    low, high = (
        {mention.text for mention in find_mentions(document(ARTICLE), threshold=threshold)} for threshold in (0.2, 0.8)
    )
    assert high <= low


def test_a_name_of_ones_own_list_is_found_everywhere() -> None:
    """A person's register is sure, whatever stands around the name, and gives the kind."""
    register = Register({"苍梧七号": Entry("platform", "own")})
    mentions = find_mentions(document("苍梧七号昨天开放，人们在苍梧七号门前排队。"), names=register)
    assert [(m.text, m.kind, m.finder, m.confidence) for m in mentions] == [("苍梧七号", "platform", "own", 1.0)] * 2


def test_spans_of_another_model_join_the_candidates() -> None:
    """What another model proposes is weighed."""
    text = "他在苍梧七号工作了三年。"
    found = find_mentions(document(text), threshold=0.0, entities=[Span(2, 6)])
    assert "苍梧七号" in {mention.text for mention in found}


@pytest.mark.parametrize(
    ("seed", "locale"),
    [("0", "C"), ("1", "C.UTF-8"), ("4711", "POSIX")],
)
def test_the_same_text_gives_the_same_mentions(seed: str, locale: str) -> None:
    """Neither the hash seed nor the locale moves a byte."""
    code = (
        "import sys; from extract.find import find_mentions; from extract.read import read_text;"
        "text = sys.stdin.buffer.read().decode();"
        "sys.stdout.buffer.write(repr(find_mentions(read_text(text, language='zh'), threshold=0.1)).encode())"
    )
    environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale}
    run = subprocess.run(
        [sys.executable, "-c", code], input=ARTICLE.encode(), capture_output=True, check=True, env=environment
    )
    assert run.stdout.decode() == repr(find_mentions(document(ARTICLE), threshold=0.1))


def test_the_time_grows_with_the_text_alone() -> None:
    """A text without punctuation or line ends is read in pieces, and finds what stands in it."""
    text = "远帆能源科技有限公司与东南大学合作" * 2000
    mentions = find_mentions(document(text))
    assert sum(mention.text == "东南大学" for mention in mentions) > 1900


def test_a_long_text_is_read_in_parts() -> None:
    """Where a text is cut, no name and no offset is lost."""
    line = "远帆能源科技有限公司与东南大学签署合作协议。\n"
    article = document(line * 3000)
    mentions = find_mentions(article)
    assert sum(mention.text == "远帆能源科技有限公司" for mention in mentions) == 3000
    assert all(mention.text == mention.span.of(article.text) for mention in mentions)
