"""A mall's style pages show the shops that joined, their products of the style, and no others."""

import re
from typing import Any

import pytest
from django.test import Client

from catalog.models import Photo, Product
from recommender.mood.services import mood_refresh
from recommender.mood.styles import styles
from tenants.models import Mall, Shop
from tenants.scope import shop_scope
from tests.factories import make_mall, make_shop
from tests.recommender.mood.wardrobe import hang, wardrobe

pytestmark = pytest.mark.django_db


@pytest.fixture
def mall() -> Mall:
    return make_mall("arcade", name="Arcade")


def sell(shop: Shop, style: str, title: str, count: int = 1, **product: Any) -> None:
    """Products of a style with photos, counted."""
    for number in range(count):
        fields = {"title": title if count == 1 else f"{title} {number}"} | product
        made = hang(shop, style, product=fields)
        with shop_scope(shop):
            name = f"shops/{shop.pk}/photos/00/{made.pk:064x}.jpg"
            Photo.objects.filter(product=made).update(file=name, width=300, height=400)
    mood_refresh(shop=shop)


def joined(mall: Mall, name: str, **fields: Any) -> Shop:
    values = {"discoverable": True, "hosted_storefront": True, "slug": name.lower()} | fields
    return make_shop(mall, name=name, **values)


def page(path: str, **query: str) -> str:
    response = Client().get(path, {"lang": "en"} | query)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_style_shows_its_words_its_shops_and_their_products(mall: Mall) -> None:
    tender, plain = joined(mall, "Tender"), joined(mall, "Plain")
    sell(tender, "romantic", "Lace blouse")
    wardrobe(tender, romantic=9, casual=10)
    sell(plain, "casual", "White tee")
    wardrobe(plain, casual=20)
    shown = page("/mall/arcade/styles/romantic/")
    assert styles("style")["romantic"].about("en") in shown
    assert "Lace blouse" in shown and 'href="/shop/tender/' in shown
    assert "White tee" not in shown and ">Plain<" not in shown
    korean = page("/mall/arcade/styles/romantic/", lang="ko")
    assert "로맨틱" in korean and styles("style")["romantic"].about("ko") in korean


def test_the_shop_with_more_of_the_style_comes_first(mall: Mall) -> None:
    some, much, none = joined(mall, "Some"), joined(mall, "Much"), joined(mall, "None")
    for shop, count in ((some, 12), (much, 30)):
        sell(shop, "romantic", f"Blouse of {shop.name}", count=2)
        wardrobe(shop, romantic=count, casual=30)
    wardrobe(none, casual=200)
    shown = page("/mall/arcade/styles/romantic/")
    assert shown.index(">Much<") < shown.index(">Some<")
    assert ">None<" not in shown
    times = [float(one) for one in re.findall(r"([\d.]+)× the mall", shown)]
    assert times == sorted(times, reverse=True) and times[-1] > 1


def test_where_a_style_has_few_shops_others_and_its_parents_follow(mall: Mall) -> None:
    party, tender, plain = joined(mall, "Party"), joined(mall, "Tender"), joined(mall, "Plain")
    sell(party, "party", "Satin dress", count=20)
    sell(tender, "romantic", "Lace blouse", count=20)
    sell(plain, "casual", "White tee", count=20)
    sell(plain, "party", "Only one of its kind")
    shown = page("/mall/arcade/styles/party/")
    order = (
        *("Satin dress", "Also with some Party", "Only one of its kind"),
        *("More of Feminine", "Lace blouse"),
    )
    found = [shown.rindex(word) for word in order]
    assert found == sorted(found)
    assert "White tee" not in shown


def test_a_style_that_every_shop_has_alike_shows_them_and_says_so(mall: Mall) -> None:
    for name in ("One", "Two"):
        shop = joined(mall, name)
        sell(shop, "casual", f"Tee of {name}", count=20)
        sell(shop, "party" if name == "One" else "formal", f"Best of {name}", count=10)
    shown = page("/mall/arcade/styles/casual/")
    assert "No one shop stands out" in shown
    assert "Tee of One" in shown and "Tee of Two" in shown
    tiles = page("/mall/arcade/styles/")
    assert "One · Two" in tiles


def test_what_is_sold_out_stands_last(mall: Mall) -> None:
    shop = joined(mall, "There")
    sell(shop, "casual", "Gone tee", in_stock=False)
    sell(shop, "casual", "Held tee")
    shown = page("/mall/arcade/styles/casual/")
    assert shown.index("Held tee") < shown.index("Gone tee")


def test_shops_that_did_not_join_are_nowhere(mall: Mall) -> None:
    there = joined(mall, "There")
    sell(there, "casual", "White tee", count=3)
    quiet = joined(mall, "Quiet", discoverable=False)
    sell(quiet, "casual", "Secret tee", count=3)
    other = joined(make_mall(), "Elsewhere")
    sell(other, "casual", "Foreign tee", count=3)
    for path in ("/mall/arcade/styles/", "/mall/arcade/styles/casual/"):
        shown = page(path)
        for word in ("Quiet", "Secret", "Elsewhere", "Foreign"):
            assert word not in shown, (path, word)


def test_a_mall_of_which_nobody_joined_has_no_style_pages(mall: Mall) -> None:
    sell(joined(mall, "Quiet", discoverable=False), "casual", "Secret tee")
    for path in ("/mall/arcade/styles/", "/mall/arcade/styles/casual/", "/mall/nowhere/styles/"):
        assert Client().get(path).status_code == 404


def test_a_style_that_is_none_is_not_found(mall: Mall) -> None:
    sell(joined(mall, "There"), "casual", "White tee")
    assert Client().get("/mall/arcade/styles/shabby/").status_code == 404
    # It is one, and no shop of the mall has it: the page says so.
    assert "Nothing of this style yet" in page("/mall/arcade/styles/ethnic/")


def test_every_style_with_products_has_a_tile(mall: Mall) -> None:
    shop = joined(mall, "There")
    sell(shop, "casual", "White tee", count=3)
    sell(shop, "party", "Satin dress", count=3)
    shown = page("/mall/arcade/styles/")
    assert set(re.findall(r'href="/mall/arcade/styles/(\w+)/"', shown)) == {"casual", "party"}


def test_a_shop_without_hosted_pages_is_linked_at_home(mall: Mall) -> None:
    away = joined(mall, "Away", hosted_storefront=False, site="https://away.example")
    sell(away, "casual", "White tee", url="https://away.example/p/1")
    sell(away, "casual", "Grey tee")
    shown = page("/mall/arcade/styles/casual/")
    assert 'href="https://away.example/p/1"' in shown
    assert "/shop/away/" not in shown


def test_the_only_mall_is_found_without_its_name(mall: Mall) -> None:
    assert Client().get("/styles/casual/").status_code == 404
    sell(joined(mall, "There"), "casual", "White tee")
    reply = Client().get("/styles/casual/", {"lang": "ko"})
    assert (reply.status_code, reply["Location"]) == (302, "/mall/arcade/styles/casual/?lang=ko")
    assert Client().get("/styles/")["Location"] == "/mall/arcade/styles/"
    joined(make_mall(), "Second")
    assert Client().get("/styles/casual/").status_code == 404


def test_a_product_that_is_gone_since_is_left_out(mall: Mall) -> None:
    shop = joined(mall, "There")
    sell(shop, "casual", "White tee")
    sell(shop, "casual", "Grey tee")
    with shop_scope(shop):
        Product.objects.filter(title="White tee").delete()
    shown = page("/mall/arcade/styles/casual/")
    assert "Grey tee" in shown and "White tee" not in shown


def test_the_pages_keep_scripts_and_frames_out(mall: Mall) -> None:
    sell(joined(mall, "There"), "casual", "White tee")
    policy = Client().get("/mall/arcade/styles/casual/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy


def test_a_shops_front_leads_to_its_mood(mall: Mall) -> None:
    tender = joined(mall, "Tender")
    sell(tender, "romantic", "Lace blouse", count=3)
    assert 'href="/mall/arcade/styles/romantic/"' in page("/shop/tender/")
    assert "로맨틱" in page("/shop/tender/", lang="ko")
    Shop.objects.update(discoverable=False)
    assert "/mall/" not in page("/shop/tender/")
