"""The lookbook of the hosted storefront: its pages, and the dots that a finger taps."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from recommender.looks import services, sight
from recommender.looks.services import Piece
from recommender.models import Look
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope
from tests import factories
from tests.frontend.conftest import CHROMIUM
from tests.recommender.stock import picture, stocked
from tests.support.window import Window
from vision.analyzer import Analyzer, get_analyzer

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyzer(settings: Any, tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch) -> Analyzer:
    settings.VISION_BUNDLE = str(tiny_bundle)
    monkeypatch.setattr("tenants.doorbell.current_app.send_task", lambda *_, **__: None)
    return get_analyzer(tiny_bundle, settings.VISION_THREADS)


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:
    return factories.make_shop(hosted_storefront=True, language="en")


def tell(shop: Shop, slug: str = "rain", *, see: bool = True, **fields: Any) -> Look:
    photo = services.look_photo_store(shop_id=shop.pk, data=picture("upper", "lower"))
    words = {"title": "Rain", "story": "Wet streets.", "photo": photo}
    with shop_scope(shop):
        look = services.look_put(slug=slug, **{**words, **fields})
    if see:
        assert sight.looks_see(shop_id=shop.pk) == 1
    with shop_scope(shop):
        return Look.objects.get(pk=look.pk)


def page(client: Client, shop: Shop, path: str = "looks/", **asked: Any) -> str:
    response = client.get(f"/shop/{shop.slug}/{path}", asked)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_lookbook_shows_published_looks_in_order(client: Client, shop: Shop) -> None:
    tell(shop, "second", title="Drizzle", position=2)
    tell(shop, "first", title="Thunder", position=1)
    hidden = tell(shop, "hidden", title="Hail")
    with shop_scope(shop):
        Look.objects.filter(pk=hidden.pk).update(published=False)
    shown = page(client, shop)
    assert shown.index("Thunder") < shown.index("Drizzle")
    assert "Hail" not in shown
    assert client.get(f"/shop/{shop.slug}/looks/hidden/").status_code == 404


def test_a_shop_without_looks_links_none(client: Client, shop: Shop) -> None:
    link = f'href="/shop/{shop.slug}/looks/"'
    assert link not in page(client, shop, "")
    assert "There are no looks yet" in page(client, shop)
    tell(shop)
    assert link in page(client, shop, "")


def test_a_look_in_the_language_of_the_reader(client: Client, shop: Shop) -> None:
    korean = {"ko": {"title": "비 오는 날", "story": "젖은 거리."}}
    tell(shop, translations=korean)
    assert "비 오는 날" in page(client, shop, "looks/rain/", lang="ko")
    english = page(client, shop, "looks/rain/", lang="en")
    assert "Wet streets." in english and "비 오는 날" not in english


def test_each_garment_is_a_dot_that_finds_products(
    client: Client, shop: Shop, analyzer: Analyzer
) -> None:
    stocked(shop, analyzer, data=picture("upper"), product={"title": "Red tee"})
    stocked(shop, analyzer, data=picture("lower"), product={"title": "Blue jeans"})
    tell(shop)
    shown = page(client, shop, "looks/rain/")
    assert shown.count('class="tap"') == 2
    assert "<style" not in shown and 'style="' not in shown
    assert re.search(r'id="found"[^>]* hidden', shown)
    first, second = (found_on(page(client, shop, "looks/rain/", garment=one)) for one in (0, 1))
    assert first.index("Red tee") < first.index("Blue jeans")
    assert second.index("Blue jeans") < second.index("Red tee")


def found_on(shown: str) -> str:
    return shown.split('id="found"')[1].split("</section>", maxsplit=1)[0]


def test_a_garment_that_is_not_there_finds_nothing(client: Client, shop: Shop) -> None:
    tell(shop)
    for asked in ("9", "-1", "x", "99999999999999999999", "²"):
        shown = page(client, shop, "looks/rain/", garment=asked)
        assert re.search(r'id="found"[^>]* hidden', shown)


def test_pieces_lead_to_products_and_words_to_a_search(
    client: Client, shop: Shop, analyzer: Analyzer
) -> None:
    coat = stocked(shop, analyzer, product={"sku": "coat", "title": "Wool coat"})
    tell(shop, pieces=[Piece(coat.pk), Piece(description="A pair of boots")])
    shown = page(client, shop, "looks/rain/")
    assert f'href="/shop/{shop.slug}/p/coat/"' in shown
    assert "A pair of boots" in shown and 'href="?piece=1#found"' in shown
    assert not re.search(r'id="found"[^>]* hidden', page(client, shop, "looks/rain/", piece=1))


def test_a_dot_bears_the_name_of_its_piece(client: Client, shop: Shop) -> None:
    tell(shop, pieces=[Piece(description="Raincoat", box=(32, 20, 128, 120))])
    assert 'aria-label="Find products like: Raincoat"' in page(client, shop, "looks/rain/")


def test_a_look_seen_by_another_bundle_is_seen_again(client: Client, shop: Shop) -> None:
    look = tell(shop)
    with shop_scope(shop):
        Look.objects.filter(pk=look.pk).update(revision="former")
    shown = page(client, shop, "looks/rain/", garment=0)
    assert 'class="tap"' not in shown
    assert Outbox.objects.filter(shop=shop, topic="look", object_id=look.pk).exists()
    assert sight.looks_see(shop_id=shop.pk) == 1
    assert 'class="tap"' in page(client, shop, "looks/rain/")


def test_another_shops_look_is_not_found(client: Client, shop: Shop) -> None:
    other = factories.make_shop(hosted_storefront=True)
    tell(other, "theirs", title="Secret")
    assert client.get(f"/shop/{shop.slug}/looks/theirs/").status_code == 404
    assert "Secret" not in page(client, shop)


def test_a_shop_that_is_not_shown_here_has_no_lookbook(client: Client, analyzer: Analyzer) -> None:
    hidden = factories.make_shop()
    tell(hidden)
    for path in ("looks/", "looks/rain/"):
        assert client.get(f"/shop/{hidden.slug}/{path}").status_code == 404


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="no Chromium")
def test_a_tapped_dot_shows_its_products_in_place(
    client: Client, shop: Shop, analyzer: Analyzer
) -> None:
    stocked(shop, analyzer, data=picture("upper"), product={"title": "Red tee"})
    stocked(shop, analyzer, data=picture("lower"), product={"title": "Blue jeans"})
    tell(shop, pieces=[Piece(description="Boots")])
    look = f"/shop/{shop.slug}/looks/rain/"
    window = Window(client)
    window.learn(look, *(f"{look}?{asked}" for asked in ("garment=0", "garment=1", "piece=0")))
    with window.open() as phone:
        phone.goto(f"http://shop.test{look}")
        phone.evaluate("window.stayed = true")
        dots = phone.locator("svg a.tap")
        assert dots.count() == 2
        for at in range(2):
            target = dots.nth(at).locator(".hit").bounding_box()
            assert target and min(target["width"], target["height"]) >= 44
        assert not phone.locator("#found").is_visible()
        dots.nth(1).tap()
        phone.locator("#found .card").first.wait_for()
        assert phone.locator("#found .name").first.inner_text() == "Blue jeans"
        assert phone.url.endswith("?garment=1#found")
        assert phone.locator("a.tap[aria-current]").count() == 1
        dots.nth(0).focus()
        phone.keyboard.press("Enter")
        phone.locator("#found li:first-child .name", has_text="Red tee").wait_for()
        assert phone.evaluate("window.stayed && document.documentElement.scrollWidth") == 390
    assert window.wrong == []
