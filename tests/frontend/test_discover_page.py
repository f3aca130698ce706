"""A shopper's photo on a mall's page finds its shops, without a key in the page."""

import io
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from billing.services import used_in_month
from recommender.mood.services import mood_refresh
from tenants.models import Mall, Shop
from tests.factories import make_mall, make_shop
from tests.recommender.conftest import analyzer  # noqa: F401  fixture
from tests.recommender.mood.wardrobe import wardrobe
from tests.recommender.stock import picture, stocked
from vision.analyzer import Analyzer

pytestmark = pytest.mark.django_db
PATH = "/mall/arcade/find/"


@pytest.fixture
def shop(analyzer: Analyzer) -> Shop:  # noqa: F811
    cache.clear()
    mall: Mall = make_mall("arcade", name="Arcade")
    fields = {"discoverable": True, "hosted_storefront": True, "slug": "there", "name": "There"}
    found = make_shop(mall, **fields)
    for number in range(4):
        data = picture("upper", stain=number)
        stocked(found, analyzer, data=data, product={"sku": f"S-{number}"})
    wardrobe(found, casual=3)
    mood_refresh(shop=found)
    return found


def send(data: bytes, **query: str) -> Any:
    upload = io.BytesIO(data)
    upload.name = "photo.png"
    return Client().post(f"{PATH}?lang=en", {"image": upload, **query})


def test_a_photo_finds_a_shop_and_its_products(shop: Shop) -> None:
    page = send(picture("upper"))
    assert page.status_code == 200
    shown = page.content.decode()
    assert "The style of your photo" in shown
    assert 'href="/shop/there/"' in shown
    assert [f"/shop/there/p/S-{number}/" in shown for number in range(4)] == [True] * 3 + [False]
    assert "mk_" not in shown
    assert used_in_month(mall_id=shop.mall_id, kind="search") == 1


def test_what_is_no_photo_is_said_in_a_sentence(shop: Shop) -> None:
    page = send(b"no photo")
    assert page.status_code == 415
    assert "Not a photo" in page.content.decode()
    assert Client().post(PATH).status_code == 400


def test_a_form_of_another_site_is_refused(shop: Shop) -> None:
    assert Client(enforce_csrf_checks=True).post(PATH).status_code == 403


def test_one_address_asks_only_so_often(shop: Shop, settings: Any) -> None:
    settings.API_RATE_PUBLISHABLE = "1/min"
    assert send(picture("upper")).status_code == 200
    assert send(picture("lower")).status_code == 429
    assert used_in_month(mall_id=shop.mall_id, kind="search") == 1


def test_a_visit_without_a_photo_leads_to_the_styles(shop: Shop) -> None:
    assert Client().get(PATH)["Location"] == "/mall/arcade/styles/"
    assert 'action="/mall/arcade/find/"' in Client().get("/mall/arcade/styles/").content.decode()


def test_a_mall_of_which_nobody_joined_finds_nothing(shop: Shop) -> None:
    Shop.objects.update(discoverable=False)
    assert send(picture("upper")).status_code == 404
