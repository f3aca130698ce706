"""The production set of docker/, really run: a shop is made, photos come in, shoppers find them."""

import http.client
import io
import json
import time
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import pytest
from PIL import Image

from lookus.processes import wait_until
from tests.database import Databases
from tests.production.hammer import hammer_api, hammer_sql
from tests.production.running import Production, said
from tests.production.standing import production
from tests.support.daemons import need
from vision.render import random_spec, render

TAGGED_SECONDS = 240
PUBLISHABLE_RATE = 40
SHOPS = ("quokka", "walrus")
CATEGORIES = ("t-shirt", "skirt")
MAKE = """
import json
from billing.services import subscription_set
from tenants.services import key_create, mall_create, shop_create
found = {}
for slug in ("quokka", "walrus"):
    mall = mall_create(name=slug.title(), slug=slug)
    subscription_set(mall=mall, plan="unlimited")
    shop = shop_create(mall=mall, slug=slug, name=slug.title())
    found[slug] = {kind: key_create(kind=kind, shop=shop)[1] for kind in ("pk", "sk")}
    found[slug]["id"] = shop.pk
print(json.dumps(found))
"""


@pytest.fixture(scope="module", params=[False, pytest.param(True, marks=pytest.mark.chaos)])
def running(
    tmp_path_factory: pytest.TempPathFactory, databases: Databases, request: pytest.FixtureRequest
) -> Iterator[Production]:
    """The set. At length its database is migrated from nothing, else the suite's is copied."""
    need("rabbitmq-server", "redis-server", "pgbouncer", "nginx")
    if not request.param:
        request.getfixturevalue("django_db_setup")
    with production(
        tmp_path_factory.mktemp("production"),
        webs=2,
        workers=2,
        tables_of="" if request.param else databases.superuser_url,
        default_pool_size="4",
        API_RATE_PUBLISHABLE=f"{PUBLISHABLE_RATE}/min",
        API_RATE_SECRET="1000000/min",
        API_RATE_SHOP="1000000/min",
    ) as made:
        yield made


@pytest.fixture(scope="module")
def shops(running: Production) -> dict[str, Any]:
    """Two shops of two malls with tagged photos, each SKU beginning with its shop's slug."""
    made = said(running.run("web", "manage", "shell", "--command", MAKE))
    for slug in SHOPS:
        form = {"file": (f"{slug}.zip", catalogue(slug))}
        status, reply = ask(running, "POST", "/api/v1/imports", key=made[slug]["sk"], form=form)
        assert status == 202, reply
    for slug in SHOPS:
        done = lambda slug=slug: waiting(running, made[slug]["sk"]) == 0  # noqa: E731
        assert wait_until(done, seconds=TAGGED_SECONDS, pause=0.3), logs(running)
    return made


def test_every_part_answers(running: Production) -> None:
    status, reply = ask(running, "GET", "/readyz")
    assert (status, json.loads(reply)["status"]) == (200, "ready")
    assert ask(running, "GET", "/metrics")[0] == 404, "figures are for the inside"


def test_a_photo_is_found_and_its_picture_comes_from_the_store(
    running: Production, shops: dict[str, Any]
) -> None:
    form = {"image": ("photo.jpg", drawn("quokka", "skirt"))}
    status, reply = ask(running, "POST", "/api/v1/search", key=shops["quokka"]["sk"], form=form)
    assert status == 200, reply
    first = json.loads(reply)["results"][0]
    assert first["product_id"] == "quokka-skirt"
    assert first["image_url"].startswith(f"{running.storage.url}/lookus/shops/")
    status, picture = fetch(first["image_url"])
    assert (status, picture[:2]) == (200, b"\xff\xd8")


def test_two_shops_on_shared_connections_never_meet(
    running: Production, shops: dict[str, Any]
) -> None:
    by_api, by_sql = (200, 1_800) if running.tables_of else (25_000, 100_000)
    began = time.monotonic()
    seen = hammer_api(running.url, {slug: shops[slug]["sk"] for slug in SHOPS}, by_api)
    middle = time.monotonic()
    assert seen.replies == by_api
    assert not seen.foreign, seen.foreign[:3]
    assert not seen.failed, seen.failed[:3]
    address = running.secret("pooled_database_url")
    rows = hammer_sql(address, {slug: shops[slug]["id"] for slug in SHOPS}, by_sql)
    assert rows.replies == by_sql
    assert not rows.foreign, rows.foreign[:3]
    # Else nothing was shared, and nothing shown.
    assert rows.shared > 0
    took = f"{middle - began:.1f} s, {by_sql} transactions {time.monotonic() - middle:.1f} s"
    print(f"{by_api} replies {took}, {rows.shared} after the other shop's")  # noqa: T201


def test_a_rate_holds_over_all_web_processes(running: Production, shops: dict[str, Any]) -> None:
    began = time.monotonic()
    key = shops["quokka"]["pk"]
    statuses = hammer_api(running.url, {"quokka": key}, 3 * PUBLISHABLE_RATE, search=True).statuses
    minutes = (time.monotonic() - began) / 60
    assert set(statuses) == {200, 429}
    assert PUBLISHABLE_RATE - 8 <= statuses[200] <= PUBLISHABLE_RATE * (1 + minutes) + 1
    status, _ = ask(running, "GET", "/api/v1/products?limit=1", key=shops["quokka"]["sk"])
    assert status == 200, "another key has a rate of its own"


def test_a_web_process_that_ends_is_passed_over(running: Production, shops: dict[str, Any]) -> None:
    running.copies["web"][0].terminate()
    key = shops["walrus"]["sk"]
    path = "/api/v1/products?limit=1"
    statuses = {ask(running, "GET", path, key=key)[0] for _ in range(40)}
    assert statuses == {200}
    assert running.copies["web"][0].wait(60) == 0


def test_everything_ends_when_it_is_asked_to(running: Production) -> None:
    """The last: after it nothing runs."""
    running.end()
    ends = {name: [copy.returncode for copy in copies] for name, copies in running.copies.items()}
    assert ends == {"web": [0, 0], "worker": [0, 0], "clock": [0]}


def catalogue(slug: str) -> bytes:
    """A ZIP as a shop exports it: a table and its photos."""
    lines = ["sku,title,price,currency,url,photo"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for category in CATEGORIES:
            sku = f"{slug}-{category}"
            file.writestr(f"photos/{sku}.jpg", drawn(slug, category))
            url = f"https://{slug}.example.com/{sku}"
            lines.append(f"{sku},{slug} {category},39000,KRW,{url},photos/{sku}.jpg")
        file.writestr("products.csv", "\n".join(lines))
    return packed.getvalue()


def drawn(slug: str, category: str) -> bytes:
    seed = 10 * SHOPS.index(slug) + CATEGORIES.index(category)
    picture = render(random_spec(np.random.default_rng(seed), category=category))
    kept = io.BytesIO()
    Image.fromarray(picture.image).save(kept, "JPEG", quality=92)
    return kept.getvalue()


def waiting(running: Production, key: str) -> int:
    """Products that have no ready photo yet; more than there are, before they came in."""
    _, reply = ask(running, "GET", "/api/v1/products?limit=50", key=key)
    products = json.loads(reply)["results"]
    if len(products) < len(CATEGORIES):
        return len(CATEGORIES)
    return sum(any(photo["state"] != "done" for photo in one["photos"]) or not one["photos"]
               for one in products)  # fmt: skip


def ask(
    running: Production, method: str, path: str, *, key: str = "", form: Any = None
) -> tuple[int, bytes]:
    """One request through nginx; `form` has file names and contents by field."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    body = b""
    if form is not None:
        headers["Content-Type"] = "multipart/form-data; boundary=edge"
        for field, (name, data) in form.items():
            told = f'Content-Disposition: form-data; name="{field}"; filename="{name}"'
            body += f"--edge\r\n{told}\r\n\r\n".encode() + data + b"\r\n"
        body += b"--edge--\r\n"
    return fetch(running.url + path, method=method, body=body, headers=headers)


def fetch(
    url: str, *, method: str = "GET", body: bytes = b"", headers: Any = None
) -> tuple[int, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request(method, path, body or None, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def logs(running: Production) -> str:
    return "\n".join(
        running.log(copy)[-3000:] for copies in running.copies.values() for copy in copies
    )
