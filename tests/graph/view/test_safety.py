"""What an article or an address says never runs: each of the two locks holds alone."""

import itertools
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from graph.view import make_page
from graph.view.escape import script_json
from graph.view.records import Article, Graph

HOSTILE = (
    "</script><script>window.ran=1</script>",
    '<img src=x onerror="window.ran=1">',
    "\"';window.ran=1;//\u2028\u2029`${window.ran=1}`",
    "{{ 7*7 }}{% raw %}<!--<script>",
    "<svg/onload=window.ran=1>",
    "javascript:window.ran=1",
    'x" onmouseover="window.ran=1',
    "<iframe srcdoc='<script>parent.ran=1</script>'>",
    "</style><style>*{display:none}</style>",
    "&lt;script&gt;window.ran=1&lt;/script&gt;",
    "half a surrogate \ud83d",
    "\x00\x08\u202e\u200b]]>-->",
    "＜script＞全角（上海）有限公司",
    "__proto__",
    "constructor",
)


def hostile_graph(make, text: str) -> Graph:
    article = Article(id="d", title=text, published=text, outlet=text, origin=text)
    return make(lambda name: f"{name} {text}", article=article)


@pytest.mark.parametrize("without_policy", [False, True], ids=["both locks", "escaping alone"])
def test_nothing_hostile_runs(reader, make_graph, without_policy: bool) -> None:
    """In every text field, in each language and view, no script runs, nothing is asked for, the page stays usable."""
    everything = " ".join(HOSTILE)
    page = reader.open(hostile_graph(make_graph, everything), title=everything, without_policy=without_policy)
    page.get_by_role("combobox").fill("应用声学")
    page.keyboard.press("Enter")
    page.locator("#panel .tag").first.click()
    page.locator("#language").click()
    for _ in range(3):
        page.keyboard.press("t")
    page.get_by_role("combobox").fill("<script>")
    assert page.evaluate("window.ran") is None
    assert (
        page.locator("#panel script, #panel img, #panel iframe, #hits img, table img, a[href^=javascript]").count() == 0
    )
    assert [each for each in reader.heard if not each.startswith("file:")] == []
    assert page.locator("#panel blockquote").count() >= 1


def test_no_field_alone_runs(reader, make_graph) -> None:
    """Each string by itself, as a whole name: what stands before it may hide what it does."""
    strings = itertools.cycle(HOSTILE)
    page = reader.open(make_graph(lambda name: f"{next(strings)} {name}"), title=HOSTILE[0])
    assert page.evaluate("window.ran") is None
    assert page.locator("#count").inner_text().startswith("7 ")
    assert page.title() == page.locator("h1").inner_text() == HOSTILE[0]


def test_no_address_runs(reader, make_graph) -> None:
    """Whatever stands in the address is checked: unknown words are passed over."""
    keys = ("lang", "theme", "view", "off", "years", "sure", "ego", "show", "focus", "compare", "sort")
    page = reader.open(make_graph())
    for text in HOSTILE:
        words = quote(text.encode("utf-8", "replace").decode())
        page.evaluate("words => { location.hash = words }", "&".join(f"{key}={words}" for key in keys))
        assert page.evaluate("window.ran") is None
        assert page.locator("#count").inner_text().startswith("7 ")
    assert len(reader.heard) == 1


def test_policy_holds_alone(reader, make_graph, tmp_path: Path) -> None:
    """With the escaping taken away a script would run; the policy does not let it."""
    file = tmp_path / "open.html"
    page = make_page(make_graph(lambda name: name + "MARK"))
    html = page.html.replace("MARK", "</script><script>window.ran=1</script>")
    file.write_text(html, encoding="utf-8")
    context = reader.browser.new_context(offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    assert page.evaluate("window.ran") is None
    context.close()
    control = reader.browser.new_context(offline=True, bypass_csp=True)
    page = control.new_page()
    page.goto(file.as_uri())
    assert page.evaluate("window.ran") == 1, "the control must be able to run"
    control.close()


def test_json_refuses_what_is_no_number() -> None:
    with pytest.raises(ValueError, match="JSON"):
        script_json(float("nan"))


def test_written_in_a_poor_locale(tmp_path: Path) -> None:
    """UTF-8 whatever the locale says, with the line ends of the page."""
    code = (
        "from extract.records import Organization; from graph.view import Graph, make_page\n"
        "o = Organization(id='0123456789', name='\\u4e0a\\u6d77\\u7532\\u6240', kind='institute')\n"
        f"make_page(Graph(organizations=(o,))).write({str(tmp_path / 'page.html')!r})"
    )
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    written = (tmp_path / "page.html").read_bytes()
    assert "上海甲所" in written.decode("utf-8")
    assert b"\r\n" not in written
