"""Whether the processes that see photos stay small: over thousands of photos and many searches.

Real processes, `lookus worker` and `lookus web`, with the decoders that they start, on a shop of
drawn photos of changing sizes.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import psutil  # type: ignore[import-untyped]
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from catalog.models import Photo, Product
from recommender.bench_search.load import web
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope
from tenants.services import key_create, mall_create, shop_create
from vision.bench.photos import garments, jpeg

FILES = 48
SIDES = 480, 3000
"""Longer sides of the photos: what shops and phones send."""
EARLY = 10
"""The first size is read after one photo in so many."""
WINDOW = 10
"""Each size is the median of what was read over one photo in so many, up to there."""
PAUSE_SECONDS = 0.25
STALLED_SECONDS = 600
MB = 2**20

Say = Callable[[str], None]


class BenchFailed(RuntimeError):
    """The worker stands still or the web server refuses."""


@dataclass
class Sizes:
    """Megabytes of a process and of the decoders that it started, by how much was done."""

    done: list[int] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    decoders: list[float] = field(default_factory=list)

    def read(self, done: int, process: psutil.Process) -> None:
        self.done.append(done)
        self.own.append(process.memory_info().rss / MB)
        self.decoders.append(sum(_rss(one) for one in process.children(recursive=True)))

    def at(self, done: int, window: int) -> tuple[float, float]:
        """Medians of both while the last `window` up to `done` were done; a chunk is one step."""
        read = list(zip(self.done, self.own, self.decoders, strict=True))
        near = min(abs(done - count) for count, _, _ in read)
        taken = [one for one in read if done - max(window, near) <= one[0] <= done + near]
        _, own, others = zip(*taken, strict=True)
        return statistics.median(own), statistics.median(others)


def measure(args: Sequence[str], *, say: Say) -> dict[str, float]:
    parser = argparse.ArgumentParser(prog="lookus bench memory", description=__doc__)
    parser.add_argument("--photos", type=int, default=5000)
    parser.add_argument("--searches", type=int, default=200)
    asked = parser.parse_args(args)
    say(f"a shop with {asked.photos} photos")
    files = _files()
    shop = _shop(files, asked.photos)
    return {
        **_worker_figures(shop, asked.photos, say=say),
        **_web_figures(shop, files, asked.searches, say=say),
    }


def _worker_figures(shop: Shop, photos: int, *, say: Say) -> dict[str, float]:
    sizes = Sizes()
    with _worker() as process:
        with shop_scope(shop):
            waiting = list(Photo.objects.values_list("pk", flat=True))
            outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=waiting)
        done, told, moved = 0, 0, time.monotonic()
        while done < photos:
            time.sleep(PAUSE_SECONDS)
            with shop_scope(shop):
                now = Photo.objects.filter(state=Photo.State.DONE).count()
            if now > done:
                done, moved = now, time.monotonic()
                sizes.read(done, process)
            if not process.is_running() or time.monotonic() - moved > STALLED_SECONDS:
                raise BenchFailed(f"the worker stands still at {done} photos")
            if done >= told + photos // 10:
                told = done
                say(f"{done} photos: {sizes.own[-1]:.0f} + {sizes.decoders[-1]:.0f} MB")
    early = photos // EARLY
    first, last = sizes.at(early, early // 2), sizes.at(photos, photos // WINDOW)
    return {
        "photos": photos,
        f"worker_mb_after_{early}": first[0],
        f"worker_mb_after_{photos}": last[0],
        f"decoder_mb_after_{early}": first[1],
        f"decoder_mb_after_{photos}": last[1],
        "worker_ratio": sum(last) / sum(first),
        "worker_most_mb": max(map(sum, zip(sizes.own, sizes.decoders, strict=True))),
    }


def _web_figures(shop: Shop, files: list[bytes], searches: int, *, say: Say) -> dict[str, float]:
    _, token = key_create(kind="sk", shop=shop)
    with web() as (port, server):
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for turn in range(searches):
            _search(link, token, files[turn % len(files)])
        link.close()
        master = psutil.Process(server.pid)
        (served,) = master.children()
        say(f"{searches} searches")
        return {
            "searches": searches,
            "web_rss_mb": _rss(served),
            "web_pss_mb": _pss(served),
            "web_decoder_rss_mb": sum(map(_rss, served.children(recursive=True))),
            "web_decoder_pss_mb": sum(map(_pss, served.children(recursive=True))),
            "web_master_rss_mb": _rss(master),
            "web_master_pss_mb": _pss(master),
        }


def _search(link: http.client.HTTPConnection, token: str, photo: bytes) -> None:
    """By a photo that is another file each time: one that is known would not be looked at."""
    boundary = uuid.uuid4().hex
    note = uuid.uuid4().hex.encode()
    comment = b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note
    body = b"".join([
        f"--{boundary}\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n"
        "Content-Type: image/jpeg\r\n\r\n".encode(),
        photo[:2], comment, photo[2:],
        f"\r\n--{boundary}\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n빨간 원피스"
        f"\r\n--{boundary}--\r\n".encode(),
    ])  # fmt: skip
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": f"multipart/form-data; boundary={boundary}",
    }
    link.request("POST", "/api/v1/search", body, headers)
    answer = link.getresponse()
    told = answer.read()
    if answer.status != http.HTTPStatus.OK:
        raise BenchFailed(f"{answer.status} {told[:300].decode(errors='replace')}")


@contextmanager
def _worker() -> Iterator[psutil.Process]:
    for folder in ("messages", "control"):
        (Path(settings.LOOKUS_HOME) / "broker" / folder).mkdir(parents=True, exist_ok=True)
    started = subprocess.Popen(
        [sys.executable, "-m", "lookus.cli", "worker"],
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield psutil.Process(started.pid)
    finally:
        started.terminate()
        started.wait(timeout=120)


def _shop(files: list[bytes], photos: int) -> Shop:
    mall = mall_create(name="Memory", slug="memory")
    shop = shop_create(mall=mall, name="Memory", slug="memory")
    names = [
        default_storage.save(f"shops/{shop.pk}/photos/{at}.jpg", ContentFile(file))
        for at, file in enumerate(files)
    ]
    with shop_scope(shop):
        products = Product.objects.bulk_create(
            Product(sku=f"P{at}", title=f"빨간 체크 셔츠 {at}", in_stock=True)
            for at in range(photos)
        )
        Photo.objects.bulk_create(
            Photo(product=product, file=names[at % FILES], digest=f"{at:064x}", width=1, height=1)
            for at, product in enumerate(products)
        )
    return shop


def _files() -> list[bytes]:
    generator = np.random.default_rng(7)
    sides = generator.integers(*SIDES, FILES)
    return [
        jpeg(np.asarray(cv2.resize(photo, None, fx=zoom, fy=zoom), np.uint8))
        for photo, zoom in (
            (photo, side / max(photo.shape))
            for photo, side in zip(garments(FILES, seed=3), sides, strict=True)
        )
    ]


def _rss(process: psutil.Process) -> float:
    return float(process.memory_info().rss / MB)


def _pss(process: psutil.Process) -> float:
    """Its own memory and its share of what others hold too. Linux only; else what is resident."""
    full = process.memory_full_info()
    return float(getattr(full, "pss", full.rss) / MB)
