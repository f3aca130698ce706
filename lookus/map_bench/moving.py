"""The map's page in Chromium, moved at every frame for some seconds."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from wsgiref.simple_server import WSGIRequestHandler

from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tenants.models import Shop

HOST = "127.0.0.1"
WAIT_MS = 120_000
VIEW: ViewportSize = {"width": 1440, "height": 900}
FLAGS = ["--headless", "--no-sandbox", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
# As the page chooses it; and WebGL even where the processor plays the graphics card.
WAYS = {"as chosen": "", "webgl": "?draw=webgl"}
PERCENTILE = 0.95
# Keys and the wheel, at every frame: near, across, back, and far again, with photos on and off.
MOVE = """
(seconds) => new Promise((resolve) => {
  const stage = document.querySelector("[data-stage]");
  const gaps = [];
  const key = (name) => stage.dispatchEvent(new KeyboardEvent("keydown", { key: name }));
  const box = stage.getBoundingClientRect();
  const [clientX, clientY] = [box.left + box.width / 2, box.top + box.height / 2];
  let first, before, frame = 0;
  const step = (now) => {
    first ??= now;
    if (before !== undefined) gaps.push(now - before);
    before = now;
    frame += 1;
    const turn = Math.floor(frame / 60) % 4;
    key(["ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"][turn]);
    const deltaY = turn < 2 ? -12 : 12;
    stage.dispatchEvent(new WheelEvent("wheel", { deltaY, clientX, clientY, cancelable: true }));
    if (now - first < 1000 * seconds) requestAnimationFrame(step);
    else resolve({ gaps, seconds: (now - first) / 1000 });
  };
  requestAnimationFrame(step);
})
"""


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its own name
        pass


def moved(
    shop: Shop, cookies: dict[str, str], way: str, *, seconds: float, chromium: str
) -> dict[str, float]:
    """Frames a second, and the main thread's milliseconds a frame."""
    with _served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(viewport=VIEW)
        context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.goto(f"{address}/admin/{shop.slug}/map/{WAYS[way]}", timeout=WAIT_MS)
        page.locator("[data-map][data-ready]").wait_for(timeout=WAIT_MS)
        found = _figures(page, way, seconds)
        browser.close()
    return found


def _figures(page: Page, way: str, seconds: float) -> dict[str, float]:
    root = page.locator("[data-map]")
    cdp = page.context.new_cdp_session(page)
    cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    def busy() -> float:
        metrics = cdp.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")

    drawn, before = int(root.get_attribute("data-drawn") or 0), busy()
    moved = page.evaluate(MOVE, seconds)
    frames = int(root.get_attribute("data-drawn") or 0) - drawn
    gaps = sorted(moved["gaps"])
    return {
        f"{way}: points": float(root.get_attribute("data-ready") or 0),
        f"{way}: by webgl": float(root.get_attribute("data-renderer") == "webgl"),
        f"{way}: frames a second": frames / moved["seconds"],
        f"{way}: p95 ms between frames": gaps[int(PERCENTILE * (len(gaps) - 1))],
        f"{way}: main thread ms a frame": 1000 * (busy() - before) / max(1, frames),
    }


@contextmanager
def _served() -> Iterator[str]:
    server = ThreadedWSGIServer((HOST, 0), _Quiet)
    server.daemon_threads = True
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
