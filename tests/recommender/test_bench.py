import json
from pathlib import Path

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from billing.models import LedgerEntry
from recommender.bench import (
    PHOTO_SIDE,
    WARM_UP,
    BenchFailed,
    bench_search,
    photo_bytes,
    searches,
)
from tests.factories import make_key, make_shop
from tests.recommender.stock import count_in, picture, stocked
from vision.analyzer import Analyzer
from vision.decode import decode

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.png").write_bytes(picture("upper"))
    (tmp_path / "inner" / "b.png").write_bytes(picture("lower"))
    (tmp_path / "notes.txt").write_text("no photo")
    return tmp_path


def test_a_running_server_is_measured(
    live_server: LiveServer,
    analyzer: Analyzer,
    photos: Path,
    settings: Settings,
) -> None:
    settings.API_RATE_SECRET = "1000/min"
    shop = make_shop(language="en")
    stocked(shop, analyzer)
    _, token = make_key("sk", shop=shop)
    asked = ["--url", live_server.url, "--key", token, "--photos", str(photos), "--requests", "6"]
    figures = bench_search([*asked, "--rows", str(photos / "out.json")])
    assert figures["requests"] == figures["photos_with_a_garment"] == figures["results"] == 6
    parts = [figures[f"{name}_ms"] for name in ("decode", "infer", "sql", "rest")]
    assert sum(parts) == pytest.approx(figures["p50_ms"])
    assert figures["p50_ms"] <= figures["p95_ms"]
    rows = json.loads((photos / "out.json").read_text())
    assert [row["photo"] for row in rows] == ["b.png", "a.png"] * 3
    assert all(row["reply"]["results"] for row in rows)
    assert count_in(shop, LedgerEntry) == 6 + WARM_UP  # none is a photo that was seen before


def test_a_wrong_key_ends_it_with_the_servers_words(live_server: LiveServer, photos: Path) -> None:
    with pytest.raises(BenchFailed, match="401 The key is unknown"):
        searches(live_server.url, "sk_wrong", photos, requests=1)


def test_a_folder_without_photos(tmp_path: Path) -> None:
    with pytest.raises(BenchFailed, match="no photos"):
        searches("http://127.0.0.1:1", "sk", tmp_path, requests=1)


def test_every_photo_is_brought_to_one_size(photos: Path) -> None:
    seen = decode(photo_bytes(photos / "a.png"))
    assert seen.format == "JPEG" and max(seen.width, seen.height) == PHOTO_SIDE
