"""The hosted storefront shows one shop's tagged products, and no other shop's."""

from typing import Any

import pytest
from django.test import Client

from catalog.models import Photo
from tenants.models import Shop
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    return factories.make_shop(hosted_storefront=True)


def sell(shop: Shop, **fields: Any) -> None:
    product = factories.make_product(shop, **fields)
    factories.make_garment(factories.make_photo(product, state=Photo.State.DONE))


def test_front_page_shows_only_the_shops_own_products(client: Client, shop: Shop) -> None:
    other = factories.make_shop(hosted_storefront=True)
    sell(shop, title="Linen shirt", price=39000)
    sell(other, title="Secret coat")

    page = client.get(f"/shop/{shop.slug}/", {"lang": "en"}).content.decode()

    assert "Linen shirt" in page
    assert "₩39,000" in page
    assert "Secret coat" not in page


def test_product_page_of_another_shop_is_not_found(client: Client, shop: Shop) -> None:
    other = factories.make_shop(hosted_storefront=True)
    sell(other, sku="coat")

    assert client.get(f"/shop/{shop.slug}/p/coat/").status_code == 404
    assert client.get(f"/shop/{other.slug}/p/coat/").status_code == 200


def test_a_shop_that_did_not_switch_it_on_has_no_storefront(client: Client) -> None:
    assert client.get(f"/shop/{factories.make_shop().slug}/").status_code == 404


def test_pages_forbid_inline_scripts(client: Client, shop: Shop) -> None:
    policy = client.get(f"/shop/{shop.slug}/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_language_is_the_shops_until_the_visitor_chooses(client: Client, shop: Shop) -> None:
    assert '<html lang="ko">' in client.get(f"/shop/{shop.slug}/").content.decode()
    chosen = client.get(f"/shop/{shop.slug}/", {"lang": "en"})
    assert '<html lang="en">' in chosen.content.decode()
    assert '<html lang="en">' in client.get(f"/shop/{shop.slug}/").content.decode()
