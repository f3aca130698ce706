"""The hosted storefront shows one shop's tagged products, and no other shop's."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from PIL import Image

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


def shown(client: Client, shop: Shop, path: str = "", **asked: str) -> str:
    response = client.get(f"/shop/{shop.slug}/{path}", {"lang": "en"} | asked)
    assert response.status_code == 200, path
    return response.content.decode()


def test_the_bag_and_the_lens_have_pages_where_the_shop_is_shown(
    client: Client, shop: Shop
) -> None:
    hidden = factories.make_shop()
    for path in ("find/", "bag/", "thanks/"):
        assert 'name="viewport"' in shown(client, shop, path)
        assert client.get(f"/shop/{hidden.slug}/{path}").status_code == 404
    assert "Nothing is sold here" in shown(client, shop, "bag/")


def test_a_shop_without_a_key_shows_no_empty_frame_for_the_lens(client: Client, shop: Shop) -> None:
    sell(shop, sku="tee")
    for path in ("", "p/tee/", "find/"):
        assert "<lookus-" not in shown(client, shop, path)
    assert "The lens is not switched on here." in shown(client, shop, "find/")
    token = factories.make_key("pk", shop=shop)[1]
    assert f'<lookus-lens mode="panel" key="{token}"' in shown(client, shop)
    page = shown(client, shop, "p/tee/")
    for strip in ("similar", "outfit"):
        assert f'<lookus-{strip} key="{token}" product="tee" lang="en">' in page


def test_a_product_names_its_variants_by_what_sets_them_apart(client: Client, shop: Shop) -> None:
    for sku, title in (("a", "Linen shirt, White"), ("b", "Linen shirt, Sage")):
        sell(shop, sku=sku, title=title, variant_group="linen")
    sell(shop, sku="c", title="Linen shirt, of nobody's group")
    page = shown(client, shop, "p/b/")
    marked = re.findall(r'<a href="([^"]+)"( aria-current="true")?><span class="pic">', page)
    assert marked == [
        (f"/shop/{shop.slug}/p/a/", ""),
        (f"/shop/{shop.slug}/p/b/", ' aria-current="true"'),
    ]
    assert re.findall(r'<span class="of">([^<]+)<', page) == ["White", "Sage"]
    assert 'class="variants"' not in shown(client, shop, "p/c/")


def test_what_is_sold_out_cannot_be_put_in_the_bag(client: Client, shop: Shop) -> None:
    sell(shop, sku="gone", in_stock=False)
    sell(shop, sku="here", price=39000, sale_price=29000)
    assert "data-add" not in shown(client, shop, "p/gone/")
    assert 'data-price="29000"' in shown(client, shop, "p/here/")


def test_every_word_of_a_page_is_in_its_language(client: Client, shop: Shop) -> None:
    sell(shop, sku="tee", title="Tee")
    factories.make_key("pk", shop=shop)
    for path in ("", "p/tee/", "find/", "bag/", "thanks/", "looks/"):
        korean = client.get(f"/shop/{shop.slug}/{path}", {"lang": "ko"}).content.decode()
        words = re.sub(r"<[^>]*>", "\n", korean.replace(shop.name, "").replace("LookUs", ""))
        english = re.findall(r"\b[A-Za-z]{3,} [A-Za-z]{2,}\b", words)
        assert english == [], path


def test_the_language_link_stays_where_the_visitor_is(client: Client, shop: Shop) -> None:
    page = shown(client, shop, category="t-shirt", page="2")
    assert 'href="?lang=ko&amp;category=t-shirt&amp;page=2"' in page


def test_a_small_photo_is_of_the_width_that_was_asked_for(client: Client, shop: Shop) -> None:
    product = factories.make_product(shop, sku="tall")
    data = factories.jpeg(900, 1200)
    factories.make_garment(factories.make_photo(product, data=data, state=Photo.State.DONE))
    found = re.findall(rf"(/shop/{shop.slug}/small/480/[^ ]+) 480w", shown(client, shop, "p/tall/"))
    answer = client.get(found[0])
    assert answer["Content-Type"] == "image/webp" and "immutable" in answer["Cache-Control"]
    with Image.open(io.BytesIO(answer.content)) as small:
        assert small.size == (480, 640)
    assert len(answer.content) < len(data)
    assert client.get(found[0].replace("/480/", "/481/")).status_code == 404


def test_a_small_photo_is_of_the_shop_that_shows_it(client: Client, shop: Shop) -> None:
    other, hidden = factories.make_shop(hosted_storefront=True), factories.make_shop()
    photo = factories.make_photo(factories.make_product(other))
    path = str(photo.file.name).removeprefix(f"shops/{other.pk}/")
    assert client.get(f"/shop/{other.slug}/small/240/{path}").status_code == 200
    assert client.get(f"/shop/{shop.slug}/small/240/{path}").status_code == 404
    own = factories.make_photo(factories.make_product(hidden))
    path = str(own.file.name).removeprefix(f"shops/{hidden.pk}/")
    assert client.get(f"/shop/{hidden.slug}/small/240/{path}").status_code == 404
    for path in ("../secret", f"photos/../../{other.pk}/photos/00/{'0' * 64}.jpg", "imports/a.csv"):
        assert client.get(f"/shop/{shop.slug}/small/240/{path}").status_code == 404
