"""The lead-in of a new shop, and the look at its pages: a real server on this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.cache import cache

from catalog.models import ImportRun
from tenants.models import ApiKey, AuditEntry, Shop
from tenants.scope import shop_scope
from tenants.services import key_revoke
from tenants.snippet import snippet_check
from tests.admin.desk import Desk
from tests.factories import make_garment, make_key, make_photo, make_product, make_shop
from tests.support.serving import serving

pytestmark = pytest.mark.django_db(transaction=True)

OURS = "https://lookus.example"
SCRIPT = f'<script type="module" src="{OURS}/widget/v1.js"></script>'


@pytest.fixture(autouse=True)
def platform(settings: Any) -> None:
    cache.clear()
    settings.PUBLIC_URL = OURS


@pytest.fixture
def shop() -> Shop:
    return make_shop(slug="maru", language="en", test_mode=False)


@pytest.fixture
def desk(shop: Shop) -> Desk:
    return Desk(shop)


@contextmanager
def site(html: str) -> Iterator[str]:
    """A storefront whose every page is `html`; its address."""

    class Page(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            body = html.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    with serving(server):
        yield f"http://127.0.0.1:{server.server_port}"


def stand_at(shop: Shop, address: str, settings: Any, *, allowed: bool = True) -> None:
    settings.FETCH_ALLOWED_PRIVATE = [address.removeprefix("http://")]
    shop.site = f"{address}/"
    shop.allowed_origins = [address] if allowed else []
    shop.save()


def lens(token: str) -> str:
    return f'<lookus-lens key="{token}" lang="ko"></lookus-lens>'


def codes(shop: Shop) -> list[str]:
    return [fault.code for fault in snippet_check(shop=shop).faults]


def test_a_page_with_both_lines_is_installed_and_remembered(shop, desk, settings):
    _key, token = make_key("pk", shop=shop)
    with site(f"<!doctype html><p>Shop{SCRIPT}{lens(token)}") as address:
        stand_at(shop, address, settings)
        told = desk.post("start/check/").content.decode()
    assert f"The lens is on {address}/: seen" in told
    shop.refresh_from_db()
    assert shop.snippet_seen_at is not None
    assert "The lens is on" in desk.page("start/?step=4")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Shop", ["script_missing", "key_missing"]),
        (SCRIPT, ["key_missing"]),
        ("{lens}", ["script_missing"]),
        (SCRIPT + lens("pk_of_somebody_else"), ["other_key"]),
        ('<script src="https://other.example/widget/v1.js"></script>{lens}', ["other_script"]),
        ("<!--" + SCRIPT + "{lens}-->", ["script_missing", "key_missing"]),
        (f"<SCRIPT TYPE=module SRC='{OURS}/widget/v1.js?x=1'></SCRIPT>{{lens}}", []),
    ],
)
def test_what_is_not_there_is_told_apart(shop, settings, html, expected):
    _key, token = make_key("pk", shop=shop)
    with site(html.replace("{lens}", lens(token))) as address:
        stand_at(shop, address, settings)
        assert codes(shop) == expected


def test_a_revoked_key_and_another_shops_are_other_keys(shop, settings):
    key, token = make_key("pk", shop=shop)
    _foreign, foreign = make_key("pk")
    for found in (token, foreign):
        key_revoke(key=key)
        with site(SCRIPT + lens(found)) as address:
            stand_at(shop, address, settings)
            assert codes(shop) == ["other_key"]


def test_an_origin_that_may_not_search_is_allowed_by_a_press(shop, desk, settings):
    _key, token = make_key("pk", shop=shop)
    with site(SCRIPT + lens(token)) as address:
        stand_at(shop, address, settings, allowed=False)
        told = desk.post("start/check/").content.decode()
        assert "may not use the key" in told and f"Let pages of {address} search" in told
        desk.post("start/origin/", origin=address)
        shop.refresh_from_db()
        assert shop.allowed_origins == [address]
        assert codes(shop) == []


def test_what_cannot_be_reached_is_said_and_forgets_nothing(shop, desk, settings):
    _key, token = make_key("pk", shop=shop)
    with site(SCRIPT + lens(token)) as address:
        stand_at(shop, address, settings)
        assert codes(shop) == []
    told = desk.post("start/check/").content.decode()
    assert "Your shop could not be reached." in told and "refused the connection" in told
    shop.refresh_from_db()
    assert shop.snippet_seen_at is not None


def test_a_snippet_that_was_taken_out_is_seen_as_gone(shop, settings):
    _key, token = make_key("pk", shop=shop)
    with site(SCRIPT + lens(token)) as address:
        stand_at(shop, address, settings)
        assert codes(shop) == []
    with site("<p>New theme") as address:
        stand_at(shop, address, settings)
        assert "script_missing" in codes(shop)
    shop.refresh_from_db()
    assert shop.snippet_seen_at is None


def test_our_own_network_is_not_looked_at(shop, desk):
    shop.site = "http://169.254.169.254/latest/meta-data"
    shop.save()
    told = desk.post("start/check/").content.decode()
    assert "private address" in told


def test_looking_is_limited(shop, desk):
    for _ in range(11):
        told = desk.post("start/check/", follow=True).content.decode()
    assert "Too many tries. Wait a minute" in told


def step_of(desk: Desk) -> int:
    return desk.get("start/").context["way"].next


def test_the_way_is_read_from_the_rows(shop, desk):
    Shop.objects.update(site="")
    assert step_of(desk) == 1
    desk.post("start/", name="Maru", site="https://shop.maru.example/home")
    shop.refresh_from_db()
    assert shop.allowed_origins == ["https://shop.maru.example"]
    assert step_of(desk) == 2
    product = make_product(shop)
    assert step_of(desk) == 3
    photo = make_photo(product)
    assert step_of(desk) == 3
    with shop_scope(shop):
        type(photo).objects.update(state="done")
    assert step_of(desk) == 4
    assert "Go on with the beginning" in desk.page("")
    Shop.objects.update(snippet_seen_at="2026-01-01T00:00:00Z")
    assert "Go on with the beginning" not in desk.page("")


def test_a_look_at_a_file_is_no_catalogue(shop, desk):
    Shop.objects.update(site="https://shop.example/")
    with shop_scope(shop):
        ImportRun.objects.create(kind="csv", filename="try.csv", dry=True)
    assert step_of(desk) == 2
    with shop_scope(shop):
        ImportRun.objects.create(kind="csv", filename="real.csv")
    assert step_of(desk) == 3


def test_it_can_be_put_away_and_opened_again(desk):
    assert "Go on with the beginning" in desk.page("")
    assert desk.post("start/close/")["Location"] == "/admin/maru/"
    assert "Go on with the beginning" not in desk.page("")
    assert desk.get("start/").status_code == 200


def test_the_first_tagged_photos_come_with_their_tags(shop, desk):
    product = make_product(shop, title="Red coat")
    done = make_photo(product, state="done", revision="r")
    make_garment(done)
    make_photo(make_product(shop, title="Blue coat"))
    told = desk.get("start/progress/").json()
    assert told["text"] == "1 of 2 photos tagged" and told["share"] == 0.5
    assert not told["ended"]
    (shown,) = told["photos"]
    assert shown["title"] == "Red coat" and shown["page"].endswith(f"/product/{product.pk}/change/")
    page = desk.page("start/?step=3")
    assert "data-start=" in page and "Red coat" in page and "Blue coat" not in page
    assert desk.get("start/progress/", headers={"Accept-Language": "ko"}).json()["text"] == (
        "사진 2장 중 1장 태그 완료"
    )


def test_a_shop_without_a_key_gets_one_by_a_press(shop, desk):
    assert "Make the key" in desk.page("start/?step=4")
    desk.post("start/origin/", origin="")
    assert ApiKey.objects.get().kind == "pk"
    assert ApiKey.objects.get().token in desk.page("start/?step=4")
    with shop_scope(shop):
        assert AuditEntry.objects.get().action == "add"


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_only_owners_change_the_shop(shop, role):
    desk = Desk(shop, role)
    assert desk.get("start/").status_code == 200
    for path in ("start/", "start/origin/", "start/close/"):
        assert desk.post(path, name="x", site="https://x.example").status_code == 403
    shop.refresh_from_db()
    assert shop.name == "Maru" and shop.start_closed_at is None
    expected = 200 if role == "editor" else 403
    assert desk.post("start/check/").status_code == expected


def test_a_strangers_shop_is_not_there(desk):
    other = make_shop(slug="other")
    for path in ("start/", "start/progress/"):
        assert desk.client.get(f"/admin/other/{path}").status_code == 404
    assert desk.client.post("/admin/other/start/check/").status_code == 404
    other.refresh_from_db()
    assert other.snippet_seen_at is None
