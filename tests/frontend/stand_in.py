"""A stand-in for the HTTP API, for what the real one cannot be asked to do: hang, break, run dry.

Two real servers on two ports, so that every call of the widget is a real cross-origin call:
the shop's page (with a strict Content-Security-Policy) and the API with the widget's file.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from email.message import Message
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.frontend.paper import garment_picture, product_lines
from tests.support.serving import serving

WIDGET = Path(__file__).parents[2] / "frontend" / "widget" / "dist"
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "authorization, content-type, accept",
    "Access-Control-Allow-Methods": "POST, OPTIONS",
    "Access-Control-Expose-Headers": "Retry-After",
}
SHIRT_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 400"><rect width="300" height="400"'
    ' fill="#efece7"/><path d="M110 110 60 140l16 46 26-9v120h96V177l26 9 16-46-50-30a40 40 0 0 1'
    '-80 0z" fill="{fill}"/></svg>'
)
IMAGE_ID = "1b4e28ba-2fa1-41d2-883f-0016d3cca427"
HUES = ("b3382c", "30415f", "5f6f52", "c9a66b", "8c4a5d", "2f2f2f")


@dataclass
class Answer:
    """What the API says next. `after` is seconds of silence before it."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0.0


def problem(status: int, code: str, detail: str = "", **headers: str) -> Answer:
    """An RFC 9457 answer with the API's `code`."""
    body = {"title": code, "status": status, "code": code, "detail": detail, "request_id": "r-7f3"}
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(status, body, {"Content-Type": "application/problem+json", **more})


def garment(
    index: int, label: str, box: list[int], color: str = "Red", hue: str = "#b3382c"
) -> dict:
    """One found garment in the words of the API; `box` in px of the sent photo."""
    one = {"confidence": 0.9, "unsure": False}
    return {
        "index": index,
        "box": box,
        "category": {"id": label.lower(), "label": label, **one},
        "pattern": {"id": "plain", "label": "plain", **one},
        "style": {"id": "casual", "label": "casual", **one},
        "colors": [
            {"name": color, "family": color.lower(), "hex": hue, "share": 0.72},
            {"name": "Ivory", "family": "white", "hex": "#efe9dc", "share": 0.2},
        ],
    }


def product(index: int, site: str, lang: str = "en") -> dict:
    """One result; every second one is on sale, the fourth is sold out."""
    title = {"en": "Wool jacket with a wide collar", "ko": "와이드 카라 울 재킷"}[lang]
    why = {"en": "Same shape, and just as red.", "ko": "모양이 같고 색도 똑같이 빨개요."}[lang]
    money = {"amount": 52000 + 1000 * index, "currency": "KRW", "display": f"₩{52 + index},000"}
    return {
        "product_id": f"p{index}",
        "title": f"{title} {index + 1}",
        "brand": "Maro",
        "url": f"{site}/p/{index}",
        "image_url": f"{site}/img/{index}.svg",
        "price": money,
        "sale_price": {**money, "display": "₩39,000"} if index % 2 else None,
        "in_stock": index != 3,
        "category": "jacket",
        "pattern": "plain",
        "color": {"family": "red", "hex": "#b3382c", "name": "Red"},
        "score": 0.96 - 0.03 * index,
        "why": {"shape": 0.9, "color": 0.9, "pattern": 0.8, "category": 1, "sentence": why},
    }


def found(site: str, count: int = 6, garments: list[dict] | None = None, lang: str = "en") -> dict:
    """A whole 200 answer for a photo of 300 × 400 px."""
    if garments is None:
        garments = [
            garment(0, "Jacket" if lang == "en" else "재킷", [70, 50, 240, 220]),
            garment(
                1, "Trousers" if lang == "en" else "바지", [90, 215, 220, 380], "Navy", "#30415f"
            ),
        ]
    return {
        "request_id": "r-1",
        "search_id": "s-1",
        "query": {
            "width": 300,
            "height": 400,
            "found": bool(garments),
            "selected": 0,
            "image_id": IMAGE_ID,
            "garments": garments,
        },
        "total": count,
        "found": count,
        "next_cursor": None,
        "results": [product(index, site, lang) for index in range(count)],
    }


def only_seen(body: dict) -> dict:
    """What the API says of a photo before its products are asked for."""
    if "results" not in body:
        return body
    nothing = {"search_id": "s-0", "total": 0, "found": 0, "next_cursor": None}
    return {**body, **nothing, "results": [], "facets": []}


PNG = {"Content-Type": "image/png"}


@dataclass
class Call:
    """A request that the widget made; `image` is a photo's file, or a drawing's."""

    path: str
    headers: Message
    fields: dict[str, str]
    image: bytes
    json: Any

    @property
    def only_seen(self) -> bool:
        """Whether it asks what is in a photo, and for no products yet."""
        return (self.json or self.fields).get("limit") in (0, "0")


class StandIn:
    """`next` is asked for the answer of every search, `told` of events; `calls` keeps what came.

    `pictured` is asked for the picture of a drawing, `lined` for a product's lines.

    `loaded` names the files of the widget that were asked for; those in `missing` are not there.
    """

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.loaded: list[str] = []
        self.missing: set[str] = set()
        self.next: Callable[[Call], Answer] = lambda call: Answer(body=found(self.site))
        self.told: Callable[[Call], Answer] = lambda call: Answer(202, {})
        self.pictured: Callable[[Call], Answer] = lambda call: Answer(200, garment_picture(), PNG)
        self.lined: Callable[[Call], Answer] = lambda call: Answer(200, product_lines(), PNG)
        self.slow_photos = 0.0
        self.body = ""
        self.style = ""
        self._servers = ExitStack()
        self.api, self.site = map(self._start, (self._serve_api, self._serve_site))

    def _start(self, serve: Callable[[BaseHTTPRequestHandler], Answer]) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler(serve))
        self._servers.enter_context(serving(server))
        return f"http://127.0.0.1:{server.server_port}"

    def close(self) -> None:
        """Stops both servers."""
        self._servers.close()

    def searches(self) -> list[Call]:
        """The searches for products so far."""
        return [call for call in self._asked() if not call.only_seen]

    def looks(self) -> list[Call]:
        """How often it was asked so far what is in a photo, before its products are."""
        return [call for call in self._asked() if call.only_seen]

    def _asked(self) -> list[Call]:
        return [call for call in self.calls if call.path.endswith("/search")]

    def previews(self) -> list[Call]:
        """The pictures that were asked for so far."""
        return [call for call in self.calls if call.path.endswith("/sketch/preview")]

    def events(self) -> list[Any]:
        """The events so far, one by one, with what their batch says of all."""
        batches = [call.json for call in self.event_calls()]
        return [{**_of_all(batch), **event} for batch in batches for event in batch["events"]]

    def event_calls(self) -> list[Call]:
        """The batches of events so far."""
        return [call for call in self.calls if call.path.endswith("/events")]

    def page(self, body: str, style: str = "") -> str:
        """Sets the shop's page; returns its address."""
        self.body, self.style = body, style
        return self.site + "/"

    @staticmethod
    def _handler(serve: Callable[[BaseHTTPRequestHandler], Answer]) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def _any(self) -> None:
                answer = serve(self)
                data = answer.body
                if not isinstance(data, str | bytes):
                    data = json.dumps(data)
                if isinstance(data, str):
                    data = data.encode()
                try:
                    self.send_response(answer.status)
                    for name, value in answer.headers.items():
                        self.send_header(name, value)
                    self.send_header("Content-Length", str(len(data)))
                    self.end_headers()
                    self.wfile.write(data)
                except (BrokenPipeError, ConnectionResetError):
                    return

            do_GET = do_POST = do_OPTIONS = _any  # noqa: N815 http.server's names

            def log_message(self, *args: object) -> None:
                return

        return Handler

    def _serve_api(self, request: BaseHTTPRequestHandler) -> Answer:
        if request.path.startswith("/widget/"):
            return self._serve_widget(urlsplit(request.path).path.removeprefix("/widget/"))
        if request.command == "OPTIONS":
            return Answer(204, "", dict(CORS))
        call = _read(request)
        self.calls.append(call)
        others = {"events": self.told, "preview": self.pictured, "lines": self.lined}
        answer = others.get(urlsplit(call.path).path.rsplit("/", 1)[-1], self.next)(call)
        time.sleep(answer.after)
        if call.only_seen and answer.status == 200 and isinstance(answer.body, dict):
            answer = replace(answer, body=only_seen(answer.body))
        kind = {"Content-Type": "application/json"}
        return Answer(answer.status, answer.body, {**CORS, **kind, **answer.headers})

    def _serve_widget(self, name: str) -> Answer:
        self.loaded.append(name)
        # Asked for anew by every page, so that `loaded` tells what each one loads.
        kind = {"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-store"}
        if name in self.missing or not (WIDGET / name).is_file():
            return Answer(404, "", dict(CORS))
        return Answer(body=(WIDGET / name).read_text(encoding="utf-8"), headers={**CORS, **kind})

    def _serve_site(self, request: BaseHTTPRequestHandler) -> Answer:
        if request.path.startswith("/img/"):
            time.sleep(self.slow_photos)
            hue = HUES[int(request.path[5:].removesuffix(".svg")) % len(HUES)]
            svg = SHIRT_SVG.replace("{fill}", "#" + hue)
            return Answer(body=svg, headers={"Content-Type": "image/svg+xml"})
        if request.path == "/shop.css":
            return Answer(body=self.style, headers={"Content-Type": "text/css"})
        if urlsplit(request.path).path != "/":
            return Answer(body="<!doctype html><title>product</title>", headers=_html(self.api))
        html = (
            '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width">'
            f'<title>A shop</title><link rel="stylesheet" href="/shop.css">{self.body}'
            f'<script type="module" src="{self.api}/widget/v1.js"></script>'
        )
        return Answer(body=html, headers=_html(self.api))


def _html(api: str) -> dict[str, str]:
    policy = (
        f"default-src 'none'; script-src {api}; connect-src {api}; img-src 'self' {api}; "
        "style-src 'self'; base-uri 'none'; require-trusted-types-for 'script'"
    )
    return {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}


def _of_all(batch: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in batch.items() if name != "events"}


def _read(request: BaseHTTPRequestHandler) -> Call:
    body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
    kind = request.headers.get("Content-Type", "")
    fields: dict[str, str] = {}
    image = b""
    if kind.startswith("multipart/"):
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        for part in BytesParser().parsebytes(head + body).walk():
            name = part.get_param("name", header="content-disposition")
            data = part.get_payload(decode=True)
            if name in ("image", "sketch"):
                image = data
            elif isinstance(name, str) and isinstance(data, bytes):
                fields[name] = data.decode()
    parsed = json.loads(body) if kind.startswith("application/json") else None
    return Call(request.path, request.headers, fields, image, parsed)
