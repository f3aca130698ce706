"""`lookus bench search-http`: searches over HTTP, as a storefront sends them, and what they took.

Against a server that runs already, with real photos, one request after another.
"""

import argparse
import io
import json
import statistics
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

PHOTO_SIDE = 1000
JPEG_QUALITY = 88
WARM_UP = 3
"""Requests before the first that counts: the networks are loaded on first use."""
TIMEOUT_SECONDS = 60
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp"}
MOST_WAITS = 20
PARTS = ("fetch", "decode", "infer", "sql")


class BenchFailed(RuntimeError):
    """The server refused a search, or there are no photos to send."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One answered search: milliseconds that the client waited, those of the server, the reply."""

    photo: str
    milliseconds: float
    server: dict[str, float]
    reply: dict[str, Any]


@dataclass(slots=True)
class Report:
    """Milliseconds. `parts` are medians; `rest` is the client's median less decode, infer, sql."""

    requests: int
    p50: float
    p95: float
    parts: dict[str, float] = field(default_factory=dict)
    found: int = 0
    results: int = 0

    @property
    def rest(self) -> float:
        return self.p50 - sum(self.parts.get(name, 0.0) for name in PARTS)

    def figures(self) -> dict[str, float | int]:
        """Milliseconds by part, and each part's share of the median."""
        shown = {name: self.parts[name] for name in PARTS if name in self.parts}
        shown["rest"] = self.rest
        return {
            "requests": self.requests,
            "p50_ms": self.p50,
            "p95_ms": self.p95,
            **{f"{name}_ms": spent for name, spent in shown.items()},
            **{f"{name}_of_p50": spent / self.p50 for name, spent in shown.items()},
            "photos_with_a_garment": self.found,
            "results": self.results,
        }


def bench_search(args: Sequence[str] = ()) -> dict[str, float | int]:
    """`--key sk_… --photos DIR [--url] [--requests 200] [--limit 6] [--rows FILE]`."""
    parser = argparse.ArgumentParser(prog="lookus bench search-http", description=__doc__)
    parser.add_argument("--url", default="http://localhost:8000", help="where LookUs answers")
    parser.add_argument("--key", required=True, help="a secret key of the shop (sk_…)")
    parser.add_argument("--photos", required=True, type=Path, help="a folder of query photos")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--limit", type=int, default=6)
    parser.add_argument("--rows", type=Path, help="write every request and its reply here, as JSON")
    asked = parser.parse_args(args)
    try:
        timed = searches(
            asked.url, asked.key, asked.photos, requests=asked.requests, limit=asked.limit
        )
    except BenchFailed as failed:
        parser.exit(1, f"lookus bench: {failed}\n")
    if asked.rows:
        rows = [
            {"photo": one.photo, "ms": one.milliseconds, "server": one.server, "reply": one.reply}
            for one in timed
        ]
        asked.rows.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return report_of(timed).figures()


def searches(url: str, key: str, folder: Path, *, requests: int, limit: int = 6) -> list[Timed]:
    """Send the folder's photos, in order and again from the first, until `requests` are answered.

    Each photo is brought to `PHOTO_SIDE` pixels and encoded before its clock starts. A rate limit
    is waited out and not counted. Raises BenchFailed.
    """
    photos = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not photos:
        raise BenchFailed(f"{folder} holds no photos")
    order = islice(cycle(photos), requests + WARM_UP)
    timed = [_search(url, key, photo, limit) for photo in order]
    return timed[WARM_UP:]


def report_of(timed: Sequence[Timed]) -> Report:
    waited = sorted(one.milliseconds for one in timed)
    told = {name for one in timed for name in one.server}
    return Report(
        requests=len(timed),
        p50=statistics.median(waited),
        p95=waited[max(0, -(-95 * len(waited) // 100) - 1)],
        parts={
            name: statistics.median(one.server.get(name, 0.0) for one in timed)
            for name in (*PARTS, "total")
            if name in told
        },
        found=sum(one.reply["query"]["found"] for one in timed),
        results=sum(len(one.reply["results"]) for one in timed),
    )


def photo_bytes(path: Path) -> bytes:
    """A photo as a JPEG of `PHOTO_SIDE` pixels on its longer side, enlarged where it is smaller.

    A comment in the file makes it another one each time: a photo that the server remembers would
    be neither decoded nor looked at.
    """
    with Image.open(path) as image:
        photo = ImageOps.exif_transpose(image).convert("RGB")
    scale = PHOTO_SIDE / max(photo.size)
    size = (max(1, round(photo.width * scale)), max(1, round(photo.height * scale)))
    out = io.BytesIO()
    photo.resize(size, Image.Resampling.LANCZOS).save(
        out, "JPEG", quality=JPEG_QUALITY, comment=uuid.uuid4().hex
    )
    return out.getvalue()


def _search(url: str, key: str, path: Path, limit: int) -> Timed:
    boundary = uuid.uuid4().hex
    request = urllib.request.Request(  # noqa: S310  the address is the operator's own
        urllib.parse.urljoin(url, "/api/v1/search"),
        data=_form(boundary, photo_bytes(path), {"limit": str(limit), "lang": "en"}),
        headers={
            "Authorization": f"Bearer {key}",
            "Content-Type": f"multipart/form-data; boundary={boundary}",
        },
    )
    for _ in range(MOST_WAITS):
        started = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as response:  # noqa: S310
                body = response.read()
                waited = 1000 * (time.perf_counter() - started)
                told = response.headers.get("Server-Timing", "")
                return Timed(path.name, waited, _parts(told), json.loads(body))
        except urllib.error.HTTPError as error:
            problem = _problem(error)
            if problem.get("code") != "rate_limited":
                raise BenchFailed(f"{error.code} {problem.get('detail', '')}") from error
            time.sleep(int(error.headers.get("Retry-After", 1)))
        except OSError as error:
            raise BenchFailed(f"{url} does not answer: {error}") from error
    raise BenchFailed("the rate limit leaves no room: raise API_RATE_SECRET")


def _form(boundary: str, photo: bytes, fields: dict[str, str]) -> bytes:
    head = f"--{boundary}\r\nContent-Disposition: form-data; name="
    texts = "".join(f'{head}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    image = f'{head}"image"; filename="photo.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return (texts + image).encode() + photo + f"\r\n--{boundary}--\r\n".encode()


def _parts(header: str) -> dict[str, float]:
    """Of a `Server-Timing` header, milliseconds by part."""
    pairs: Iterable[list[str]] = (part.strip().split(";dur=") for part in header.split(","))
    return {pair[0]: float(pair[1]) for pair in pairs if len(pair) == 2}


def _problem(error: urllib.error.HTTPError) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(error.read())
    except ValueError:
        return {"detail": error.reason}
    return told
