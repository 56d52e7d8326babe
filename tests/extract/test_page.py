"""Newspaper pages dumped as text: broken lines, shadows, headers, captions, several articles."""

import textwrap
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.clean import CleanText, clean_page, clean_text
from extract.read import read_file

INSTITUTE = "中国科学院上海应用物理研究所"
SEED = Path(__file__).parents[3] / "shared/data/seed/jiakuntai-2024.txt"

PARAGRAPHS = (
    "沙溪镇的产业园里，一座中试车间刚刚封顶。澄湖新材料研究院与娄江智能装备有限公司在这里联合研发高强度碳纤维，"
    "第一批样件已经送到客户手中，反响良好。",
    "研究院院长说，三年来双方共投入4600万元，申请专利58件，其中31件已经授权。下一步，两家单位还将把成果送到上海的"
    "整车厂验证，并向更多企业开放。",
)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of ``width`` characters, whatever they break."""
    return [text[at : at + width] for at in range(0, len(text), width)]


def column(paragraphs: Sequence[str], width: int = 18, *, indent: bool = False) -> list[str]:
    """The lines of a printed column, whose paragraphs begin two characters in; dumps mostly lose that ``indent``."""
    lines = [line for paragraph in paragraphs for line in wrapped("　　" + paragraph, width)]
    return lines if indent else [line.strip() for line in lines]


COLUMN = column(PARAGRAPHS)


def dropped(raw: str, clean: CleanText) -> dict[str, list[str]]:
    """What cleaning left out, by reason."""
    found: dict[str, list[str]] = {}
    for part in clean.dropped:
        found.setdefault(part.reason, []).append(raw[part.start : part.end])
    return found


def test_a_name_broken_at_every_place_is_whole_again() -> None:
    """200 mentions of one institute in lines of 18 characters, broken at each of its 14 places: 200 are found."""
    sentences = "".join(f"第{'一' * (at % 18)}批样品由{INSTITUTE}检测，结果良好。" for at in range(200))
    for parting in ("\n", "\n\n"):
        raw = parting.join(wrapped(sentences, 18))
        assert raw.count(INSTITUTE) < 100
        clean = clean_text(raw)
        assert clean.text.count(INSTITUTE) == 200
        assert clean.text == sentences


@pytest.mark.parametrize("width", [10, 13, 18, 26, 50])
def test_lines_of_any_width_become_paragraphs(width: int) -> None:
    """Whatever the width of the column, its lines are joined and its paragraphs stay apart."""
    paragraphs = ["".join(PARAGRAPHS), "".join(PARAGRAPHS[::-1]), *PARAGRAPHS, "".join(PARAGRAPHS * 2)]
    for indent in (True, False):
        raw = "\n".join(column(paragraphs, width, indent=indent))
        assert clean_text(raw).text.split("\n") == paragraphs


@pytest.mark.parametrize(
    "between",
    [
        "■ 东郊区报优秀品牌",
        "第3版 要闻",
        "2024年5月8日 星期三",
        "责任编辑：林一舟 电话：0512-00000000",
        "图为中试车间内景。",
        "产学研联动",
        "17",
        "积极联动积极联动，，样板样板初成初成。。",
    ],
)
@pytest.mark.parametrize("parting", ["\n", "\n\n"])
def test_what_interrupts_a_sentence_is_taken_out_of_it(between: str, parting: str) -> None:
    """A header, page number, caption or heading between two lines of one sentence does not part them."""
    raw = parting.join([*COLUMN[:2], between, *COLUMN[2:]])
    assert PARAGRAPHS[0] in clean_text(raw).text.split("\n")


def test_shadow_captions_are_read_once() -> None:
    """A caption of which each piece stands twice is kept once, and the copies are reported."""
    shadow = "三地联合攻关三地联合攻关，，共建共建““样板样板””。图为。图为··中试车间中试车间。。"
    raw = "\n\n".join([*COLUMN, shadow])
    clean = clean_text(raw)
    assert clean.text.split("\n")[-1] == "三地联合攻关，共建“样板”。图为·中试车间。"
    assert "".join(dropped(raw, clean)["shadow"]) == "三地联合攻关，共建“样板”。图为·中试车间。"


def test_what_is_dropped_is_reported() -> None:
    """Headers, by-lines and bad characters are left out, each with its place and reason."""
    raw = "\n".join(["东郊日报", "2024年5月8日 星期三", *COLUMN[:4], "■本报记者 林一舟", "5", *COLUMN[4:]]).replace(
        "车间", "车\u200b间"
    )
    clean = clean_text(raw)
    assert dropped(raw, clean) == {
        "header": ["东郊日报", "2024年5月8日 星期三", "5"],
        "byline": ["■本报记者 林一舟"],
        "bad character": ["\u200b"],
    }
    assert (clean.published, clean.outlet) == ("2024-05-08", "东郊日报")


def test_columns_out_of_order_are_put_together() -> None:
    """A sentence that goes on in a column further down the dump is joined over what lies between."""
    box = ["东郊产业园年内新签约", "项目十二个，其中八个", "来自上海，投资总额超", "过三十亿元。"]
    raw = "\n".join([*COLUMN, *COLUMN[:2], *box, *COLUMN[2:4], *COLUMN[4:]])
    text = clean_text(raw).text.split("\n")
    assert text.count(PARAGRAPHS[0]) == 2
    assert "".join(box) in text


def test_the_first_column_may_come_last() -> None:
    """A dump that begins within a sentence has the beginning of that sentence at its end."""
    lines = column([*PARAGRAPHS, PARAGRAPHS[0]])
    raw = "\n\n".join([*lines[6:], *lines[:6]])
    text = clean_text(raw).text.split("\n")
    assert PARAGRAPHS[0] in text
    assert PARAGRAPHS[1] in text


@pytest.mark.parametrize(
    "line",
    [
        "截至2013年8月31日，双方已投入四千六百万元",
        "记者在现场看到一台台崭新设备正在运转",
        "C919大型客机用上了这种轻质高强的材料",
        "第3版本的软件系统去年冬天已经正式上线",
        "星期三上午，两家单位的负责人来到会场",
        "图1展示了样件在试验台上的受力变化情况",
    ],
)
def test_a_line_of_a_sentence_is_no_header(line: str) -> None:
    """What begins as headers, by-lines and captions do, within a sentence, stays in it."""
    clean = clean_text("\n".join([*COLUMN[:2], line, *COLUMN[2:]]))
    assert line in clean.text
    assert not clean.dropped


def test_several_articles_are_told_apart() -> None:
    """Each article of a page is one text with its title; date and outlet of the page hold for all."""
    other = [line.replace("研究院", "职教院") for line in COLUMN]
    head = ["东郊日报", "2024年5月8日 星期三"]
    titles = ["碳纤维有了本地造", "职校与工厂同开一门课"]
    raw = "\n".join([*head, titles[0], "■本报记者 林一舟", *COLUMN, titles[1], "■本报记者 沈若水", *other])
    first, second = clean_page(raw)
    assert [first.title, second.title] == titles
    assert {article.published for article in (first, second)} == {"2024-05-08"}
    assert {article.outlet for article in (first, second)} == {"东郊日报"}
    assert "职教院" not in first.text
    assert "职教院" in second.text


ARTICLE = """娄江智能装备与澄湖新材料研究院签约

5月8日，娄江智能装备有限公司与澄湖新材料研究院签署合作协议。
双方将共建联合实验室。
主要完成单位
娄江智能装备有限公司
澄湖新材料研究院
沙溪职业技术学院
东郊区科学技术局

图为签约现场。
来源：东郊日报
5
"""

ENGLISH = """# Loujiang Robotics and Chenghu Institute sign pact

Loujiang Robotics Co., Ltd. said on 8 May 2024 that it will work with the Chenghu Institute of Materials.

By the numbers
- 46 million yuan
- 58 patents

About Loujiang Robotics
Loujiang Robotics makes welding robots.
"""


@pytest.mark.parametrize("raw", [ARTICLE, ENGLISH], ids=["chinese", "english"])
def test_an_article_that_is_no_page_is_left_as_it_is(raw: str) -> None:
    """Paragraphs, lists and short lines of an ordinary article stay, and nothing is dropped."""
    (clean,) = clean_page(raw)
    assert clean.text.split("\n") == [line for line in raw.split("\n") if line]
    assert not clean.dropped


def test_english_lines_are_joined_with_spaces() -> None:
    """Lines that a margin broke are joined by a space, words that a hyphen parts without, compounds with it."""
    raw = (
        "Loujiang Robotics and the Chenghu Institute have run a joint labora-\n"
        "tory for welding robots and carbon fibre since 2021. Their new long-\n"
        "term plan covers sensors as well, and the budget of the long-term\n"
        "work is 46 million yuan until the end of the decade, the two part-\n"
        "ners said on Monday.\n"
        "\n"
        "The city will give the land for a building in Shaxi, and lend its\n"
        "own testing centre until that stands.\n"
    )
    first, second = clean_text(raw).text.split("\n")
    assert "a joint laboratory for welding" in first
    assert "new long-term plan" in first
    assert first.endswith("the two partners said on Monday.")
    assert (
        second
        == "The city will give the land for a building in Shaxi, and lend its own testing centre until that stands."
    )


def test_english_paragraphs_with_indents_quotes_and_a_broken_title() -> None:
    """An indented line reaches as far as its end, quotes belong to their word, and a title of two lines is one."""
    paragraphs = [
        "Loujiang Robotics and the Chenghu Institute of Materials open a joint laboratory in Shaxi",
        'The two partners have worked together since 2021. "Our machines are better for it," said the director, '
        "who added that forty engineers will move in before the summer is over.",
        "The city gives the land (two hectares) and lends its own testing centre until the new building stands and all "
        "machines have been set up, tested and handed over.",
    ]
    raw = "\n".join(line for text in paragraphs for line in textwrap.wrap("    " + text, 48)).replace("    Lou", "Lou")
    assert clean_text(raw).text.split("\n") == paragraphs


def test_time_grows_with_the_length_alone() -> None:
    """A page ten times as long takes about ten times as long; a line without end is no trap."""

    def seconds(raw: str) -> float:
        start = time.process_time()
        clean_page(raw)
        return time.process_time() - start

    page = "\n".join(COLUMN * 40) + "\n"
    seconds(page)
    short, long = min(seconds(page * 5) for _ in range(3)), seconds(page * 50)
    assert long < 40 * short
    assert seconds("研究院" * 300_000) < 40 * short


@pytest.mark.skipif(not SEED.exists(), reason="the page of the seed is not on this machine")
def test_the_real_page_is_read_in_sentences() -> None:
    """On a real page the institute's name is whole over a line end, and captions come once."""
    (document,) = read_file(SEED)
    assert INSTITUTE in document.text
    assert document.text.count("图为昆如意") == 1
    assert {part.reason for part in document.dropped} == {"shadow", "header"}
    assert len(document.text) > 2700
