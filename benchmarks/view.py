"""What the page costs: a graph to HTML beside stock pyvis, and the page in a real browser.

    python -m benchmarks.view [--sizes 1000,5000,15000,50000] [--without-browser] [--stock-up-to 15000]

CPU seconds, user and system; in the browser of all its processes together, so that the work of a
compositor or a GPU stand-in counts.  Wall times would measure what else the machine does.

A page is opened in a window that stands there, empty and at rest, and counted from the address to its first
drawn frame: reading the file, its scripts, and its first drawing, but not the window.  That is measured apart:
today's Chromium, headless or not, loads some 400 script files of its own surface for each new window, most of
them while the page is loading, which costs more than the page does and is the same for an empty file.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright
from pyvis.network import Network

from benchmarks.synthetic import synthetic_graph
from graph.view import make_page
from graph.view.label import pinyin_initials
from graph.view.page import build_network
from graph.view.records import Graph

TICKS = os.sysconf("SC_CLK_TCK")


def cpu(work: Callable[[], object]) -> tuple[float, object]:
    """CPU seconds of this process that ``work`` takes, and what it gives back."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def stock(graph: Graph) -> tuple[int, int]:
    """The graph as pyvis alone would show it: edges that it keeps, and bytes."""
    network = Network(cdn_resources="in_line")
    for organization in graph.organizations:
        network.add_node(organization.id, label=organization.name, title=organization.label)
    for edge in graph.collaborations:
        network.add_edge(edge.source, edge.target, title=edge.kind)
    return len(network.edges), len(network.generate_html().encode())


def touching(graph: Graph) -> float:
    """The share of the discs of the first view that lie on another."""
    nodes = [node for node in build_network(graph).nodes if len(node["at"]) == 4]
    at, size = np.array([node["at"][2:] for node in nodes]), np.array([node["size"] for node in nodes])
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + np.eye(len(at)) * 1e9
    return float((apart < size[:, None] + size[None]).any(1).mean())


def build(sizes: list[int], stock_up_to: int) -> Iterator[tuple[int, Path]]:
    """Write the pages, saying what each took."""
    print("| collaborations | page CPU s | stock pyvis CPU s | edges, page / stock | page MB |", end="")
    print(" bytes a collaboration beside evidence | discs touching |\n|---|---|---|---|---|---|---|")
    folder = Path(tempfile.mkdtemp(prefix="collabgraph-bench-"))
    pinyin_initials("重庆石化")  # its tables are loaded once a process
    empty = len(make_page(Graph()).html.encode())
    for size in sizes:
        graph = synthetic_graph(size)
        took, page = cpu(lambda graph=graph: make_page(graph))  # type: ignore[misc]
        bare = make_page(replace(graph, sentences=(), articles=())).html
        each = (len(bare.encode()) - empty) / size
        other, kept = cpu(lambda graph=graph: stock(graph)) if size <= stock_up_to else (0.0, (0, 0))  # type: ignore[misc]
        beside = f"{other:.2f} | {size} / {kept[0]}" if other else f"not run | {size} / –"
        file = folder / f"{size}.html"
        page.write(file)
        print(f"| {size:,} | {took:.2f} | {beside} | {file.stat().st_size / 1e6:.2f} | {each:.0f} |", end="")
        print(f" {touching(graph):.2%} |", flush=True)
        yield size, file
    print(f"\nA page without organizations: {empty / 1e6:.3f} MB.", flush=True)


def browser_processes(root: int) -> Iterator[tuple[int, int]]:
    """Every process that the driver of the browser, a child of ``root``, has started, with its CPU ticks."""
    parents, ticks = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            parents[int(entry.name)], ticks[int(entry.name)] = int(fields[1]), int(fields[11]) + int(fields[12])
    for process in parents:
        above = parents[process]
        while above in parents and parents[above] != root:
            above = parents[above]
        if parents.get(above) == root:
            yield process, ticks[process]


class Meter:
    """CPU seconds of the browser's processes between two looks; one that has ended counts as last seen."""

    def __init__(self) -> None:
        self.seen: dict[int, int] = {}
        self.last = self._now()

    def _now(self) -> float:
        self.seen.update(browser_processes(os.getpid()))
        return sum(self.seen.values()) / TICKS

    def lap(self) -> float:
        """CPU seconds since the last lap."""
        before, self.last = self.last, self._now()
        return self.last - before

    def rest(self, page: Page) -> float:
        """CPU seconds since the last lap, once nothing more is done."""
        spent = self.lap()
        while True:
            page.wait_for_timeout(400)
            more = self.lap()
            spent += more
            if more <= 1 / TICKS:
                return spent


@contextmanager
def window(browser: Browser) -> Iterator[Page]:
    """An empty window of its own."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN", offline=True)
    yield context.new_page()
    context.close()


def show(page: Page, file: Path) -> None:
    """Open a page in a window, and wait for its first frame."""
    page.goto(file.as_uri())
    page.wait_for_selector("body[data-ready]", state="attached", timeout=120_000)


def cost(meter: Meter, page: Page, act: Callable[[], object]) -> float:
    """CPU seconds of all that an act causes, to the last frame of its animation."""
    act()
    return meter.rest(page)


def browse(pages: list[tuple[int, Path]]) -> None:
    """Open each page in Chromium and use it, saying what each act took."""
    print(
        "\n| collaborations | open s | filter s | search s | typing, wall ms a key | go to a hit s | circle s",
        end="",
    )
    print(" | table s | show all s | pan, CPU ms a frame | frames | mouse move, CPU ms |")
    print("|---|---|---|---|---|---|---|---|---|---|---|---|")
    windows: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        with window(browser) as page:
            show(page, pages[0][1])  # the first page of a browser pays for its start
            Meter().rest(page)
        for size, file in pages:
            meter = Meter()
            with window(browser) as page:
                windows.append(meter.rest(page))
                show(page, file)
                took = [meter.lap()]
                meter.rest(page)
                filters = page.locator("#legend .row.sub").first
                took.append(max(cost(meter, page, filters.click) for _ in range(2)))
                start = time.perf_counter()
                page.locator("#query").press_sequentially("上海")
                page.locator("#hits li").first.wait_for()
                typing = (time.perf_counter() - start) * 500
                took.append(meter.rest(page))
                took.append(cost(meter, page, lambda: page.keyboard.press("Enter")))
                circle = page.locator("#panel .actions button")
                took.append(max(cost(meter, page, circle.click) for _ in range(2)))
                took.append(cost(meter, page, lambda: page.keyboard.press("t")))
                for key in ("t", "t", "Escape", "Escape"):
                    page.keyboard.press(key)
                meter.rest(page)
                button = page.locator("#scope button")
                whole = ""
                if button.count():
                    whole = f"{cost(meter, page, button.click):.2f}"
                    cost(meter, page, button.click)
                frames, per_frame = pan(page)
                print(
                    f"| {size:,} | {took[0]:.2f} | {took[1]:.2f} | {took[2]:.2f} | {typing:.0f} | {took[3]:.2f}", end=""
                )
                print(
                    f" | {took[4]:.2f} | {took[5]:.2f} | {whole or 'not offered'} | {per_frame:.0f} | {frames}"
                    f" | {hover(page):.1f} |",
                    flush=True,
                )
        browser.close()
    print(f"\nAn empty window of the browser, on top of that: {min(windows):.2f} to {max(windows):.2f} s.")


def pan(page: Page) -> tuple[int, float]:
    """Frames drawn while the drawing is dragged about, and CPU ms of each, of all processes."""
    page.locator("#fit").click()
    page.wait_for_timeout(600)
    page.mouse.move(300, 120)
    before, meter = page.evaluate("collabgraph.drawn().frames"), Meter()
    page.mouse.down()
    for step in range(80):
        page.mouse.move(300 + step * 4, 120 + step)
    page.mouse.up()
    spent, frames = meter.lap(), page.evaluate("collabgraph.drawn().frames") - before
    return frames, 1000 * spent / max(1, frames)


def hover(page: Page) -> float:
    """CPU ms of a move of the mouse over the drawing, what it then draws included."""
    page.locator("#fit").click()
    page.wait_for_timeout(600)
    meter = Meter()
    for step in range(100):
        page.mouse.move(350 + step * 4, 200 + step * 3)
    return 1000 * meter.lap() / 100


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="400,1000,5000,15000,50000")
    parser.add_argument("--stock-up-to", type=int, default=15_000)
    parser.add_argument("--without-browser", action="store_true")
    chosen = parser.parse_args()
    written = list(build([int(size) for size in chosen.sizes.split(",")], chosen.stock_up_to))
    if not chosen.without_browser:
        browse(written)
