"""The database stops in mid-batch, only reads, or finds its disk full: said clearly, and mended by
itself when the cause is gone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import Client

from catalog.models import Photo, Product
from lookus.processes import wait_until
from tenants import outbox
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests.chaos.aftermath import PATIENCE, everything_once, states, wait_until_tagged
from tests.chaos.crew import Crew, crew
from tests.database import Databases
from tests.factories import make_key, make_photo, make_product, make_shop
from tests.support.own_server import OwnServer, open_folder, own_server
from tests.support.photos import painted_png
from tests.support.small_disk import SmallDisk, small_disk

DISK_MEGABYTES = 320
PHOTOS = 12
SKU = "after-the-fall"


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    with small_disk(DISK_MEGABYTES) as disk:
        yield disk


@pytest.fixture
def own(
    request: Any, transactional_db: None, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> Iterator[OwnServer]:
    """Django's database is the test's own server; on the small disk where the test asks for it."""
    with open_folder() as folder:
        on_disk = "disk" in request.fixturenames
        home = request.getfixturevalue("disk").folder if on_disk else folder
        with own_server(databases, home / "home") as server:
            monkeypatch.setenv("DATABASE_URL", server.app)
            monkeypatch.setenv("OWNER_DATABASE_URL", server.owner)
            connections.close_all()
            databases.point("default", server.app)
            try:
                yield server
            finally:
                connections.close_all()
                databases.point("default", databases.app_url)


@pytest.fixture
def hands(own: OwnServer, tmp_path: Path, tiny_bundle: Path, media: Path) -> Iterator[Crew]:
    told = {"MEDIA_ROOT": str(media), "VISION_BUNDLE": str(tiny_bundle)}
    with crew(tmp_path, **told) as hands:
        yield hands


def filled(count: int) -> Shop:
    """A shop with so many photos that wait."""
    shop = make_shop()
    product = make_product(shop)
    photos = [make_photo(product, data=painted_png("upper", shade=at)).pk for at in range(count)]
    with shop_scope(shop):
        outbox.announce(shop_id=shop.pk, topic=outbox.PHOTO, object_ids=photos)
    # The message went to nobody: the clock rings anew.
    Outbox.objects.update(published_at=None)
    return shop


def asked(client: Client, key: str, method: str, path: str, **more: Any) -> Any:
    connections.close_all()
    headers = {"Authorization": f"Bearer {key}"}
    return client.generic(method, path, headers=headers, content_type="application/json", **more)


def refused_for_now(client: Client, key: str) -> None:
    """Both doors say what is so, and when to come again."""
    reply = asked(client, key, "PUT", f"/api/v1/products/{SKU}", data=b'{"title": "After"}')
    assert (reply.status_code, reply["Content-Type"]) == (503, "application/problem+json")
    assert reply.json()["code"] == "unavailable" and int(reply["Retry-After"]) > 0
    assert reply.json()["request_id"] == reply["X-Request-ID"]


def page_refused_for_now(client: Client) -> None:
    connections.close_all()
    page = client.post("/login/", {"login": "somebody@example.com", "password": "wrong"})
    assert page.status_code == 503 and int(page["Retry-After"]) > 0
    assert "Not available at the moment" in page.content.decode()


def good_again(client: Client, key: str, shop: Shop) -> None:
    """A write comes through, once, and nothing of the refused ones is there."""
    with shop_scope(shop):
        assert not Product.objects.filter(sku=SKU).exists()
    body = b'{"title": "After", "price": 1000, "currency": "KRW"}'
    reply = asked(client, key, "PUT", f"/api/v1/products/{SKU}", data=body)
    assert reply.status_code == 201, reply.content
    with shop_scope(shop):
        assert Product.objects.filter(sku=SKU).count() == 1


def whole_again(client: Client, key: str, shop: Shop, media: Path) -> None:
    """All of the shop's photos are tagged, none was blamed, and it is written to."""
    wait_until_tagged(shop, PHOTOS)
    everything_once(shop, PHOTOS, media)
    unblamed(shop)
    good_again(client, key, shop)


def some_are_done(shop: Shop, least: int = 1) -> bool:
    return states(shop)["done"] >= least


def unblamed(shop: Shop) -> None:
    """No photo was given up, nor tried as one that a worker might have died of, again and again."""
    with shop_scope(shop):
        assert set(Photo.objects.values_list("attempts", flat=True)) <= {1, 2}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def shop_and_key(own: OwnServer, settings: Any, tiny_bundle: Path) -> tuple[Shop, str]:
    settings.VISION_BUNDLE = str(tiny_bundle)
    shop = filled(PHOTOS)
    return shop, make_key(shop=shop)[1]


@pytest.mark.chaos
def test_a_server_that_falls_in_mid_batch_is_waited_for(
    own: OwnServer, hands: Crew, shop_and_key: tuple[Shop, str], media: Path, client: Client
) -> None:
    shop, key = shop_and_key
    worker = hands.worker()
    hands.clock()
    assert wait_until(lambda: some_are_done(shop), seconds=PATIENCE), worker.text()
    own.crash()
    refused_for_now(client, key)
    page_refused_for_now(client)
    own.look_after()
    assert wait_until(own.addresses.answers, seconds=PATIENCE)
    connections.close_all()
    whole_again(client, key, shop, media)


def test_a_server_that_only_reads_is_waited_for(
    own: OwnServer, hands: Crew, shop_and_key: tuple[Shop, str], media: Path, client: Client
) -> None:
    shop, key = shop_and_key
    worker = hands.worker()
    hands.clock()
    assert wait_until(lambda: some_are_done(shop), seconds=PATIENCE), worker.text()
    own.set("default_transaction_read_only", "on")
    assert wait_until(lambda: "read-only transaction" in worker.text(), seconds=PATIENCE)
    refused_for_now(client, key)
    done = states(shop)["done"]
    # What is only read is answered.
    assert asked(client, key, "GET", "/api/v1/products?limit=1").status_code == 200
    assert states(shop)["done"] == done
    own.set("default_transaction_read_only", "off")
    whole_again(client, key, shop, media)


@pytest.mark.chaos
def test_a_disk_that_is_full_is_waited_for(
    disk: SmallDisk,
    own: OwnServer,
    hands: Crew,
    shop_and_key: tuple[Shop, str],
    media: Path,
    client: Client,
) -> None:
    shop, key = shop_and_key
    worker = hands.worker()
    hands.clock()
    own.look_after()
    assert wait_until(lambda: some_are_done(shop), seconds=PATIENCE), worker.text()
    disk.fill()
    assert wait_until(lambda: not _writes(own), seconds=PATIENCE)
    refused_for_now(client, key)
    disk.give_back()
    assert wait_until(lambda: own.addresses.answers() and _writes(own), seconds=PATIENCE)
    connections.close_all()
    whole_again(client, key, shop, media)


def _writes(own: OwnServer) -> bool:
    """Whether a few megabytes can be written now."""
    try:
        with psycopg.connect(own.owner, connect_timeout=5, autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS ballast")
            connection.execute(
                "CREATE TABLE ballast AS SELECT repeat('x', 5000) FROM generate_series(1, 2000)"
            )
            connection.execute("DROP TABLE ballast")
    except psycopg.Error:
        return False
    return True
