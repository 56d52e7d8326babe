"""A small graph of invented organizations, and a real browser that has no network."""

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from extract.names import organization_id
from extract.records import Organization, RegionGround
from graph.view import make_page
from graph.view.records import Article, Collaboration, Graph, SeatSentence, Sentence

ROOT = Path(__file__).parents[3]
AXE = "4.11.0"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "collabgraph", f"axe-core-{AXE}")
PICTURES = ROOT / "build" / "pictures"

ORGANIZATIONS = (
    ("上海应用声学研究所", "institute", "Shanghai Institute of Applied Acoustics", "310000", ("声学所", "SIAA")),
    ("昆山鹿鸣传感技术有限公司", "enterprise", "Kunshan Luming Sensing Technology Co., Ltd.", "320583", ("鹿鸣传感",)),
    ("太仓衡山航空动力有限公司", "enterprise", "Taicang Hengshan Aviation Power Co., Ltd.", "320585", ("衡山航空",)),
    ("苏州青禾大学", "university", "Suzhou Qinghe University", "320500", ()),
    ("上海市嘉禾区科学技术委员会", "government", "Jiahe District Science Commission", "310000", ("嘉禾区科委",)),
    ("太仓天镜激光科技有限公司", "enterprise", "Taicang Tianjing Laser Technology Co., Ltd.", "320585", ("天镜激光",)),
    ("长三角声学产业联盟", "association", "Yangtze Delta Acoustics Alliance", None, ()),
    ("苏州青禾大学材料学院", "university", "School of Materials, Suzhou Qinghe University", "320500", ()),
)
GROUNDS: dict[str, RegionGround] = {"昆山鹿鸣传感技术有限公司": "text", "上海应用声学研究所": "register"}
SEAT = "总部位于昆山的{}扩建了厂房。"
CLAIMS = (
    # source, target, kind, status, sentence, trigger, article, confidence
    (
        1,
        2,
        "tech_service",
        "active",
        "昆山鹿鸣传感技术有限公司为太仓衡山航空动力有限公司提供振动测试。",
        "测试",
        0,
        0.9,
    ),
    (0, 1, "joint_rd", "active", "上海应用声学研究所与昆山鹿鸣传感技术有限公司联合研制水听器。", "联合研制", 0, 0.95),
    (0, 1, "joint_rd", "active", "上海应用声学研究所同昆山鹿鸣传感技术有限公司的水听器通过验收。", "验收", 2, 0.6),
    (1, 0, "invest", "planned", "昆山鹿鸣传感技术有限公司拟向上海应用声学研究所的中试线注资。", "注资", 1, 0.7),
    (0, 3, "talent", "active", "上海应用声学研究所和苏州青禾大学合招十名博士生。", "合招", 1, 0.8),
    (4, 2, "agreement", "ended", "上海市嘉禾区科学技术委员会与太仓衡山航空动力有限公司的协议已到期。", "协议", 2, 0.75),
    (0, 6, "membership", "active", "上海应用声学研究所是长三角声学产业联盟的理事长单位。", "理事长单位", 3, 0.85),
    (7, 3, "part_of", "active", "苏州青禾大学材料学院隶属于苏州青禾大学。", "隶属于", 3, 1.0),
    (0, 5, "supply", "negated", "上海应用声学研究所否认向太仓天镜激光科技有限公司供货。", "供货", 3, 0.9),
)
ARTICLES = (
    Article(
        id="d0", title="水听器走出实验室", published="2019-04-02", outlet="鹿城日报", origin="https://example.org/1"
    ),
    Article(id="d1", title="声学所的新伙伴", published="2022-10-11", outlet="鹿城日报", origin="articles/partners.txt"),
    Article(id="d2", title="验收与到期", published="2024-06-30", outlet="江畔早报", origin=None),
    Article(id="d3", title=None, published=None, outlet=None, origin="articles/undated.txt"),
)


def small_graph(rename: Callable[[str], str] = lambda name: name, *, article: Article | None = None) -> Graph:
    """The small graph; ``rename`` is put over every name, and ``article`` in place of every article."""
    names = [rename(row[0]) for row in ORGANIZATIONS]
    organizations = tuple(
        Organization(
            id=organization_id(f"{row[0]}"),
            name=name,
            kind=row[1],
            label=rename(row[2]),
            region=row[3],
            region_ground=GROUNDS.get(row[0], "name") if row[3] else None,
            aliases=tuple(map(rename, row[4])),
        )
        for name, row in zip(names, ORGANIZATIONS, strict=True)
    )
    edges: dict[str, Collaboration] = {}
    sentences = []
    for source, target, kind, status, text, trigger, at, confidence in CLAIMS:
        identity = f"{source} {kind} {target}"
        written = text.replace(ORGANIZATIONS[source][0], "\1").replace(ORGANIZATIONS[target][0], "\2")
        written = written.replace("\1", names[source]).replace("\2", names[target])
        edge = Collaboration(
            id=identity, source=organizations[source].id, target=organizations[target].id, kind=kind, status=status,
            since=ARTICLES[at].published, last=ARTICLES[at].published, confidence=confidence,
        )  # fmt: skip
        edges.setdefault(identity, edge)
        start, end = written.index(names[source]), written.rindex(names[target])
        sentences.append(
            Sentence(
                collaboration=identity, article=ARTICLES[at].id, text=written, status=status, confidence=confidence,
                source=(start, start + len(names[source])), target=(end, end + len(names[target])),
                trigger=(written.rindex(trigger), written.rindex(trigger) + len(trigger)),
                method="test", line=at + 1,
            )
        )  # fmt: skip
    articles = tuple(
        each if article is None else Article(id=each.id, title=article.title, published=article.published,
                                             outlet=article.outlet, origin=article.origin)
        for each in ARTICLES
    )  # fmt: skip
    structures = tuple(edge for edge in edges.values() if edge.kind == "part_of")
    denials = tuple(edge for edge in edges.values() if edge.status == "negated")
    return Graph(
        organizations=organizations,
        collaborations=tuple(edge for edge in edges.values() if edge not in (*structures, *denials)),
        structures=structures,
        denials=denials,
        sentences=tuple(sentences),
        articles=articles,
        seats={organizations[1].id: (SeatSentence(article="d3", text=SEAT.format(names[1])),)},
        regions={
            "310000": {"zh": "上海", "en": "Shanghai"},
            "320500": {"zh": "苏州", "en": "Suzhou"},
            "320583": {"zh": "昆山", "en": "Kunshan"},
            "320585": {"zh": "太仓", "en": "Taicang"},
        },
    )


@pytest.fixture(scope="session")
def synthetic() -> ModuleType:
    """``benchmarks/synthetic.py``, which makes graphs of any size."""
    spec = importlib.util.spec_from_file_location("synthetic", ROOT / "benchmarks" / "synthetic.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, which these tests need and do not bring."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium here; install it, or run sh tests/setup.sh as root")
    with sync_playwright() as playwright:
        # without the sandbox because tests may run as root in a container
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


class Reader:
    """A person at a browser: opens pages, and hears of whatever they ask for or complain about."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.heard: list[str] = []
        self._contexts: list[object] = []

    def open(
        self,
        graph: Graph,
        address: str = "",
        *,
        width: int = 1440,
        height: int = 900,
        locale: str = "zh-CN",
        dark: bool = False,
        without_policy: bool = False,
        **options: object,
    ) -> Page:
        """The page of a graph, drawn; its address may be given, of which the file has blanks and Chinese."""
        file = self.folder / "合作 图谱 1.html"
        make_page(graph, **options).write(file)  # type: ignore[arg-type]
        return self.show(
            file, address, width=width, height=height, locale=locale, dark=dark, without_policy=without_policy
        )

    def show(self, file: Path, address: str = "", *, width: int = 1440, height: int = 900, locale: str = "zh-CN",
             dark: bool = False, without_policy: bool = False) -> Page:  # fmt: skip
        """The page of a file, drawn."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            offline=True,
            accept_downloads=True,
            bypass_csp=without_policy,
        )
        self._contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("request", lambda request: self.heard.append(request.url))
        page.on("pageerror", lambda error: self.heard.append(f"error: {error}"))
        page.on("console", lambda message: message.type == "error" and self.heard.append(f"console: {message.text}"))
        page.goto(file.as_uri() + address)
        page.wait_for_selector("body[data-ready]", state="attached")  # a function to wait for would be eval
        return page

    def address(self, page: Page) -> str:
        """What the page says of its state; ``page.url`` hears of it later."""
        said: str = page.evaluate("location.hash")
        return said

    def picture(self, page: Page, name: str) -> None:
        """Keep what the page looks like now, for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png")

    def close(self) -> None:
        for context in self._contexts:
            context.close()  # type: ignore[attr-defined]


@pytest.fixture
def reader(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    reader = Reader(browser, tmp_path)
    yield reader
    reader.close()


@pytest.fixture(scope="session")
def graph() -> Graph:
    return small_graph()


@pytest.fixture(scope="session")
def make_graph() -> Callable[..., Graph]:
    return small_graph


@pytest.fixture(scope="session")
def axe() -> str:
    """The script that looks for what people with a screen reader, a keyboard or poor sight cannot use."""
    script = CACHE / "package" / "axe.min.js"
    if not script.is_file():
        pytest.skip(f"no axe-core in {CACHE}; run sh tests/setup.sh")
    return script.read_text(encoding="utf-8")
