"""The page in a browser: what a person sees and does."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page

from graph.view.records import Graph

INSTITUTE = "上海应用声学研究所"


def overlapping(boxes: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs of boxes ``[left, top, right, bottom]`` of which one lies on the other."""
    return [
        (i, j)
        for i, a in enumerate(boxes)
        for j, b in enumerate(boxes[:i])
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]


def marked(page: Page, selector: str) -> list[str]:
    return page.locator(f"{selector} mark").all_inner_texts()


def test_asks_for_nothing_but_itself(reader, graph: Graph) -> None:
    """One request, the file itself, with blanks and Chinese in its path; nothing is complained of."""
    page = reader.open(graph)
    reader.picture(page, "overview")
    page.keyboard.press("t")
    page.keyboard.press("t")
    page.keyboard.press("t")
    assert len(reader.heard) == 1, reader.heard
    assert reader.heard[0].startswith("file:")


def test_a_stranger_finds_partners_and_the_sentence(reader, graph: Graph) -> None:
    """Typing part of a name and Enter shows the partners, each with the sentence; a click shows where it stands."""
    page = reader.open(graph)
    page.get_by_role("combobox").fill("应用声学")
    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    assert panel.locator("h2").inner_text() == INSTITUTE
    names = panel.locator(".partners .name").all_inner_texts()
    assert sorted(names) == ["昆山鹿鸣传感技术有限公司", "苏州青禾大学", "长三角声学产业联盟"]
    assert "上海应用声学研究所和苏州青禾大学合招十名博士生。" in panel.inner_text()
    reader.picture(page, "organization")
    panel.get_by_role("button", name="联合研发").first.click()
    assert marked(page, "blockquote:first-of-type") == [INSTITUTE, "昆山鹿鸣传感技术有限公司", "联合研制"]
    assert page.locator("blockquote").count() == 2
    link = page.locator("blockquote a")
    assert (link.inner_text(), link.get_attribute("href")) == ("水听器走出实验室", "https://example.org/1")
    assert "鹿城日报" in page.locator("blockquote").first.inner_text()
    reader.picture(page, "sentence")


def test_the_panel_says_how_a_region_is_known(reader, graph: Graph) -> None:
    """By its name, by a register, or by an article, whose sentence stands there and where it is from."""
    page = reader.open(graph)
    panel = page.locator("#panel")
    for name, words in (("青禾大学", "苏州据名称"), ("应用声学", "上海据名录"), ("鹿鸣", "昆山据报道")):
        page.get_by_role("combobox").fill(name)
        page.keyboard.press("Enter")
        assert words in panel.locator("dl").inner_text().replace("\n", "")
    assert "总部位于昆山的昆山鹿鸣传感技术有限公司扩建了厂房。 articles/undated.txt" in panel.inner_text()


def test_an_empty_graph_says_so(reader) -> None:
    page = reader.open(Graph())
    assert "还没有机构" in page.locator("#scope").inner_text()
    page.keyboard.press("t")
    assert page.locator("#table tbody tr").count() == 0
    assert len(reader.heard) == 1


def test_a_click_on_a_line_shows_its_sentence(reader, graph: Graph) -> None:
    """Of the two lines between one pair each can be clicked: they lie apart."""
    page = reader.open(graph)
    seen = set()
    box = page.locator("#graph").bounding_box()
    for x, y in page.evaluate("collabgraph.middles('昆山鹿鸣传感技术有限公司', '上海应用声学研究所')"):
        page.mouse.click(box["x"] + x, box["y"] + y)
        seen.add(page.locator("#panel .tag").first.inner_text())
    assert seen == {"联合研发", "投资"}


def test_a_disc_is_dragged_alone_and_the_window_over_all(reader, graph: Graph) -> None:
    """A disc taken by the pointer moves and takes its lines along; from an empty place the whole drawing moves."""
    page = reader.open(graph)
    box = page.locator("#graph").bounding_box()
    partner, pair = "昆山鹿鸣传感技术有限公司", f"collabgraph.middles('{INSTITUTE}', '昆山鹿鸣传感技术有限公司')"

    def drag(x: float, y: float) -> None:
        page.mouse.move(box["x"] + x, box["y"] + y)
        page.mouse.down()
        for step in range(1, 9):
            page.mouse.move(box["x"] + x + step * 5, box["y"] + y + step * 4)
        page.mouse.up()

    def places() -> list[list[float]]:
        own = [page.evaluate("name => collabgraph.at(name)", name) for name in (INSTITUTE, partner)]
        return [*own, *page.evaluate(pair)]

    def moves(before: list[list[float]]) -> list[tuple[int, int]]:
        now = zip(places(), before, strict=True)
        return [(round(x - x0), round(y - y0)) for (x, y), (x0, y0) in now]

    before = places()
    drag(*before[0])
    institute, other, *lines = moves(before)
    assert (institute, other) == ((40, 32), (0, 0))
    assert all(10 <= x <= 30 for x, _ in lines), "the middle of a line goes half the way"
    page.wait_for_timeout(60)  # two touches within 50 ms are one to vis-network
    before = places()
    drag(8, 120)
    assert set(moves(before)) == {(40, 32)}


@pytest.mark.parametrize(
    "long",
    [
        lambda name: f"Joint Laboratory of Marine Instruments and Underwater {name}",
        lambda name: f"{name.split()[0]} Joint Laboratory of Marine Instruments and Underwater Sound Sources",
        lambda name: f"Joint Laboratory of Marine Instruments of {name} for Underwater Sound Sources",
    ],
    ids=["end", "start", "middle"],
)
def test_labels_that_are_cut_differ(reader, make_graph, long) -> None:
    """Of names that begin alike the label leaves out the middle, so that each still says whose it is."""
    page = reader.open(make_graph(lambda name: long(name) if name.isascii() else name), locale="en-US")
    words = page.evaluate("collabgraph.drawn().words")
    assert len(set(words)) == len(words) >= 6
    assert all(len(label) <= 60 and "…" in label for label in words), words


SHADES = """() => {
  const canvas = document.querySelector("#graph canvas"), copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const context = copy.getContext("2d");
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--ground");
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  const now = context.getImageData(0, 0, copy.width, copy.height).data, before = window.shades;
  window.shades = now;
  return before ? now.filter((value, at) => Math.abs(value - before[at]) > 8).length / now.length : 1;
}"""


@pytest.mark.parametrize("selected", [False, True])
def test_a_drawing_that_was_moved_looks_as_if_drawn_there(reader, synthetic, selected: bool) -> None:
    """While the window moves its frames are parts of a picture: the same shades, but for a few at the rims of lines."""
    page = reader.open(synthetic.synthetic_graph(400))
    if selected:
        page.locator("#graph").focus()
        page.keyboard.press("Enter")
    box = page.locator("#graph").bounding_box()
    page.mouse.move(box["x"] + 300, box["y"] + 30)
    page.mouse.down()
    for step in range(1, 60):  # farther than the picture goes beyond the window
        page.mouse.move(box["x"] + 300 + step * 9, box["y"] + 30 + step * 5)
    page.mouse.up()
    page.mouse.move(box["x"] - 20, box["y"])  # nothing under the pointer
    page.wait_for_timeout(100)
    page.evaluate(SHADES)
    for _ in range(2):  # other colours, and these again: nothing of what was drawn can be used
        page.locator("#theme").click()
        page.wait_for_timeout(100)
    assert page.evaluate(SHADES) < 0.001


@pytest.mark.parametrize("typed", ["声学所", "yysx", "Applied Acoustics", "acoustics shanghai", "应用声雪研究", "siaa"])
def test_search_finds_by_any_name(reader, graph: Graph, typed: str) -> None:
    """An alias, pinyin initials, the Latin label, words in another order, a wrong character, an acronym."""
    page = reader.open(graph)
    page.get_by_role("combobox").fill(typed)
    assert page.locator("#hits [role=option]:not(.note)").first.locator("span").inner_text().startswith(INSTITUTE)


def test_every_edge_is_drawn(reader, synthetic) -> None:
    """What comes in is in the page and in the drawing, and no label lies on another; the leaders are all labelled."""
    graph = synthetic.synthetic_graph(400)
    page = reader.open(graph)
    drawn = page.evaluate("collabgraph.drawn()")
    assert drawn["collaborations"] == len(graph.collaborations) == 400
    assert len(drawn["labels"]) >= 40
    assert not overlapping(drawn["labels"])
    assert drawn["leaders"] == 12
    page.locator("#graph").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_timeout(60)
    circle = page.evaluate("collabgraph.drawn()")
    assert 9 <= circle["organizations"] < 100
    assert not overlapping(circle["labels"])
    reader.picture(page, "big circle")


def test_address_carries_the_state(reader, graph: Graph, tmp_path: Path) -> None:
    """The address of a page, opened again, shows the same filters, selection, language and view."""
    page = reader.open(graph)
    page.get_by_role("button", name="EN", exact=True).click()
    page.locator("#legend").get_by_role("button", name="signed an agreement with").click()
    page.get_by_role("combobox").fill("Luming")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Show only its circle").click()
    before = page.locator("#count").inner_text()
    address = reader.address(page)
    other = reader.show(tmp_path / "合作 图谱 1.html", address)
    assert other.locator("#count").inner_text() == before
    assert other.locator("#panel h2").inner_text() == "Kunshan Luming Sensing Technology Co., Ltd."
    assert other.locator("#legend [aria-pressed=false]").all_inner_texts()[0].startswith("signed an agreement with")
    assert reader.address(other) == address


def test_legend_filters(reader, graph: Graph) -> None:
    """A kind that is switched off leaves the drawing, the count says so, and a reset brings it back."""
    page = reader.open(graph)
    assert "7 家机构 · 6 条合作" in page.locator("#count").inner_text()
    page.locator("#legend").get_by_role("button", name="成员").click()
    assert "6 家机构 · 5 条合作（全图共 8 家 · 6 条）" in page.locator("#count").inner_text()
    page.get_by_role("button", name="全部恢复").click()
    assert "6 条合作" in page.locator("#count").inner_text()


def test_tables_sort_and_are_saved(reader, graph: Graph) -> None:
    """Both tables show what passes the filters, sort by a column, and come as CSV that a spreadsheet reads."""
    page = reader.open(graph)
    page.get_by_role("button", name="合作表", exact=True).click()
    rows = page.locator("#table tbody tr")
    assert rows.count() == 6
    page.get_by_role("columnheader", name="可信度").get_by_role("button").click()
    assert rows.first.locator("td").last.inner_text() == "70"
    reader.picture(page, "collaborations")
    page.locator("#save summary").click()
    with page.expect_download() as download:
        page.locator("#save_collaborations").click()
    text = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    assert [row["可信度"] for row in table] == ["70", "75", "80", "85", "90", "95"]
    assert table[0]["原句"].startswith("昆山鹿鸣传感技术有限公司拟向")
    page.get_by_role("button", name="机构表", exact=True).click()
    assert page.locator("#table tbody tr").count() == 8
    reader.picture(page, "organizations")


def test_pictures_are_saved(reader, graph: Graph) -> None:
    """The drawing comes as PNG, and as SVG with every line and every label."""
    page = reader.open(graph)
    page.locator("#save summary").click()
    with page.expect_download() as download:
        page.locator("#save_png").click()
    assert Path(download.value.path()).read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    page.locator("#save summary").click()
    with page.expect_download() as download:
        page.locator("#save_svg").click()
    drawing = ElementTree.parse(download.value.path())
    assert len(drawing.findall("{*}path[@fill='none']")) == 7
    assert "声学所" in [text.text for text in drawing.findall("{*}text")]


def test_keys_reach_everything(reader, graph: Graph) -> None:
    """Without a mouse: the biggest organization, its circle, its partners in turn, and back."""
    page = reader.open(graph)
    page.locator("#graph").focus()
    page.keyboard.press("Enter")
    assert page.locator("#panel h2").inner_text() == INSTITUTE
    page.keyboard.press("]")
    first = page.locator("#panel h2").inner_text()
    page.keyboard.press("]")
    assert INSTITUTE != first != page.locator("#panel h2").inner_text()
    page.keyboard.press("Enter")
    assert "ego=" in reader.address(page)
    page.keyboard.press("Escape")
    assert "ego=" not in reader.address(page)


def test_focus_opens_on_a_circle(reader, graph: Graph) -> None:
    """A page written with a focus opens on it; so does an address that names one."""
    page = reader.open(graph, focus="声学所", hops=1)
    assert page.locator("#panel h2").inner_text() == INSTITUTE
    assert page.locator("#count").inner_text().startswith("4 家机构")
    assert "图库另有 4 家机构、2 条合作不在本页" in page.locator("#scope").inner_text()
    reader.picture(page, "circle")
    page = reader.open(graph, "#focus=衡山航空")
    assert page.locator("#panel h2").inner_text() == "太仓衡山航空动力有限公司"


def test_denied_and_structure_stand_apart(reader, graph: Graph) -> None:
    """What articles deny is shown with its sentence and is no partner; parts and parents are listed."""
    page = reader.open(graph, "#focus=声学所")
    assert "文中否认的合作" in page.locator("#panel").inner_text()
    assert "天镜激光" not in "".join(page.locator("#panel .partners").all_inner_texts())
    page = reader.open(graph, "#focus=苏州青禾大学材料学院")
    assert "隶属于" in page.locator("#panel dl").inner_text()


def test_shows_itself_in_a_notebook(reader, graph: Graph, tmp_path: Path) -> None:
    """The value of a cell is the page in a frame of its own, which draws and is used as elsewhere."""
    from graph.view import make_page

    file = tmp_path / "notebook.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><p>Out[1]:{make_page(graph)._repr_html_()}", encoding="utf-8")
    page = reader.browser.new_context(offline=True, locale="zh-CN").new_page()
    page.goto(file.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("body[data-ready]").wait_for(state="attached")
    frame.get_by_role("combobox").fill("声学所")
    frame.get_by_role("combobox").press("Enter")
    # in either language: a frame in a process of its own may have begun before it hears of the locale
    assert INSTITUTE in frame.locator("#panel .head").inner_text()
    page.context.close()


def test_two_periods_are_compared(reader, graph: Graph) -> None:
    """What is new, no longer mentioned and kept is counted and coloured; a chip takes one of them out."""
    page = reader.open(graph)
    page.get_by_role("button", name="比较两段时期").click()
    chips = page.locator(".chip").all_inner_texts()
    assert chips == ["新增 3", "不再提及 1", "有变化 0", "延续 1"], chips
    page.locator(".chip").first.click()
    assert "2 条合作" in page.locator("#count").inner_text()
    assert "compare=2019-2021" in reader.address(page)
    reader.picture(page, "comparison")


def test_years_and_outlets_filter_by_what_was_said(reader, graph: Graph) -> None:
    """A collaboration stays if one sentence of it is of a wanted year and a wanted outlet; undated ones are counted."""
    page = reader.open(graph, "#years=2024-2024")
    assert "4 家机构" not in page.locator("#count").inner_text()
    assert "3 条合作" in page.locator("#count").inner_text()
    page.get_by_role("checkbox").uncheck()
    assert "2 条合作" in page.locator("#count").inner_text()
    page.locator("#legend").get_by_role("button", name="江畔早报").click()
    assert "0 条合作" in page.locator("#count").inner_text()
