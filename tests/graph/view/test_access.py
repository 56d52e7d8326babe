"""The page for everybody: read aloud, by keyboard, in either language, light and dark, on a phone."""

import pytest
from playwright.sync_api import Page

from graph.view.records import Graph

STATES = {
    "overview": "",
    "circle": "#focus=声学所",
    "sentence": "#show=",
    "table": "#view=collaborations",
    "comparison": "#compare=2019-2021,2022-2024",
}


def violations(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found, passed = page.evaluate("axe.run().then((result) => [result.violations, result.passes.length])")
    assert passed > 15, "the checks did run"
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary'][:200]}" for each in found for node in each["nodes"]
    ]


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_no_violation_in_any_state(reader, graph: Graph, axe: str, locale: str) -> None:
    page = reader.open(graph, locale=locale, dark=locale == "en-US")
    assert violations(page, axe) == []
    for name, address in STATES.items():
        page.evaluate("hash => { location.hash = hash }", address)
        if name == "sentence":
            page.get_by_role("combobox").fill("声学所")
            page.keyboard.press("Enter")
            page.locator("#panel .tag").first.click()
        page.wait_for_timeout(30)
        assert violations(page, axe) == [], name
        reader.picture(page, f"{name}-{locale}")


def test_phone_has_everything(reader, graph: Graph, axe: str) -> None:
    """At the width of a phone the filters open and close, the panel leaves room, nothing sticks out."""
    page = reader.open(graph, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    reader.picture(page, "phone")
    page.get_by_role("button", name="筛选").click()
    page.locator("#legend").get_by_role("button", name="成员").click()
    reader.picture(page, "phone-filters")
    assert violations(page, axe) == []
    page.locator("#legend").get_by_role("button", name="关闭").click()
    assert "5 条合作" in page.locator("#count").inner_text()
    page.get_by_role("combobox").fill("声学所")
    page.keyboard.press("Enter")
    panel, canvas = page.locator("#panel").bounding_box(), page.locator("#graph").bounding_box()
    assert panel["y"] > canvas["y"] + 120
    assert violations(page, axe) == []
    reader.picture(page, "phone-panel")


def test_prints_the_table(reader, graph: Graph) -> None:
    """On paper the rows stand under the drawing, and no button."""
    page = reader.open(graph)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("#table tbody tr").count() == 6
    assert not page.locator("#buttons").is_visible()
    reader.picture(page, "paper")
