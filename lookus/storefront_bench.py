"""Visits of a storefront by a phone: bytes, web vitals, and the main thread's time.

As Lighthouse's mobile run: 4 times slower than this processor, 150 ms away, 1.6 Mbit/s. A visit
with the widget's files refused is the same page without it.
"""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2.625,
    "has_touch": True,
    "is_mobile": True,
    "service_workers": "block",
}
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
SLOWER = 4
WIDGET = "**/widget/**"
WAIT_MS = 90_000
STEP_PX = 400
PAUSE_MS = 250
LONG_TASK_MS = 50
"""What a task takes longer than this blocks a finger."""
WATCH = """
window.vitals = { lcp: 0, cls: 0, tbt: 0 };
const watch = (type, read) =>
  new PerformanceObserver((list) => list.getEntries().forEach(read))
    .observe({ type, buffered: true });
watch("largest-contentful-paint", (entry) => (vitals.lcp = entry.startTime));
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) vitals.cls += entry.value; });
watch("longtask", (entry) => (vitals.tbt += Math.max(0, entry.duration - LONG)));
""".replace("LONG", str(LONG_TASK_MS))


@dataclass
class Line:
    """What came through the network."""

    requests: int = 0
    bytes: float = 0.0
    widget: float = 0.0
    _widgets: set[str] = field(default_factory=set)

    def hear(self, cdp: CDPSession) -> None:
        cdp.on("Network.requestWillBeSent", self._asked)
        cdp.on("Network.loadingFinished", self._came)

    def _asked(self, event: dict[str, Any]) -> None:
        if "/widget/" in event["request"]["url"]:
            self._widgets.add(event["requestId"])

    def _came(self, event: dict[str, Any]) -> None:
        self.requests += 1
        self.bytes += event["encodedDataLength"]
        if event["requestId"] in self._widgets:
            self.widget += event["encodedDataLength"]


@dataclass(frozen=True)
class Visit:
    """A page on the phone, with what it takes to look at it."""

    page: Page
    cdp: CDPSession
    line: Line

    def vitals(self) -> dict[str, float]:
        found: dict[str, float] = self.page.evaluate("vitals")
        return found

    def busy_ms(self) -> float:
        """The main thread's time so far: of the processor, whoever else uses it."""
        metrics = self.cdp.send("Performance.getMetrics")["metrics"]
        return 1000 * next(one["value"] for one in metrics if one["name"] == "TaskDuration")

    def rest(self) -> None:
        self.page.wait_for_load_state("networkidle", timeout=WAIT_MS)


def measured(url: str, *, chromium: str, rounds: int) -> dict[str, float]:
    """Medians over the rounds: ms, kB as sent, the sum of all layout shifts."""
    every: list[dict[str, float]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        product = _a_product(browser, url)
        for _ in range(rounds):
            every.append(one_round(browser, url, product))
        browser.close()
    return {name: statistics.median(one[name] for one in every) for name in every[0]}


def one_round(browser: Browser, url: str, product: str) -> dict[str, float]:
    """Every figure once. The lens is first used where nothing else loads: in the empty bag."""
    bag = urljoin(url.partition("?")[0], "bag/")
    return {
        **_loaded("front", browser, url, widget=True),
        **_loaded("front without the widget", browser, url, widget=False),
        **_loaded("product", browser, product, widget=True),
        **_loaded("product without the widget", browser, product, widget=False),
        **_first_use("", browser, bag, slower=1),
        **_first_use(f" at {SLOWER}x", browser, bag, slower=SLOWER),
    }


def _loaded(name: str, browser: Browser, url: str, *, widget: bool) -> dict[str, float]:
    """A page from its address to its last photo in view, then scrolled to its end."""
    with visit(browser, slower=SLOWER, widget=widget) as seen:
        seen.page.goto(url, wait_until="load", timeout=WAIT_MS)
        seen.rest()
        line, vitals = seen.line, seen.vitals()
        figures = {
            "requests": line.requests,
            "kB": line.bytes / 1000,
            "widget kB": line.widget / 1000,
            "LCP ms": vitals["lcp"],
            "TBT ms": vitals["tbt"],
            "main thread ms": seen.busy_ms(),
        }
        _to_end(seen.page)
        figures["CLS"] = seen.vitals()["cls"]
        figures["widget kB after scrolling"] = line.widget / 1000
    return {f"{name}: {of}": round(value, 4) for of, value in figures.items()}


def _first_use(name: str, browser: Browser, url: str, *, slower: float) -> dict[str, float]:
    """From the press on the button to the first screen of the lens, with nothing loaded before."""
    with visit(browser, slower=slower, widget=True) as seen:
        seen.page.goto(url, wait_until="load", timeout=WAIT_MS)
        seen.rest()
        seen.page.wait_for_timeout(2 * PAUSE_MS)
        busy, kilobytes, requests = seen.busy_ms(), seen.line.bytes, seen.line.requests
        seen.page.locator("lookus-lens [part=button]").click()
        seen.page.locator("lookus-lens [part=ways]").wait_for(timeout=WAIT_MS)
        seen.rest()
        figures = {
            "main thread ms": seen.busy_ms() - busy,
            "kB": (seen.line.bytes - kilobytes) / 1000,
            "requests": seen.line.requests - requests,
        }
    return {f"first use{name}: {of}": round(value, 4) for of, value in figures.items()}


@contextmanager
def visit(browser: Browser, *, slower: float, widget: bool) -> Iterator[Visit]:
    """A phone that has never been here."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    page.add_init_script(WATCH)
    if not widget:
        page.route(WIDGET, lambda route: route.abort())
    cdp = context.new_cdp_session(page)
    line = Line()
    line.hear(cdp)
    cdp.send("Network.enable")
    cdp.send("Network.emulateNetworkConditions", NETWORK)
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
    try:
        yield Visit(page, cdp, line)
    finally:
        context.close()


def _a_product(browser: Browser, url: str) -> str:
    """The page of the first product of the catalogue; this visit also fills the server's caches."""
    page = browser.new_page(**PHONE)
    page.goto(url, wait_until="networkidle", timeout=WAIT_MS)
    _to_end(page)
    address: str = page.locator(".catalogue .card").first.evaluate("(link) => link.href")
    page.goto(address, wait_until="networkidle", timeout=WAIT_MS)
    _to_end(page)
    page.context.close()
    return address


def _to_end(page: Page) -> None:
    """As a thumb does, and until nothing loads any more."""
    for top in range(0, page.evaluate("document.documentElement.scrollHeight"), STEP_PX):
        page.evaluate("(top) => scrollTo({ top, behavior: 'instant' })", top)
        page.wait_for_timeout(PAUSE_MS)
    page.wait_for_load_state("networkidle", timeout=WAIT_MS)
