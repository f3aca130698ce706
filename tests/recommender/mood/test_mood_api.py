"""`GET /shops/{slug}/mood`: what a shop's own key and its mall's may read, and nobody else's."""

from typing import Any

import pytest
from django.test import Client

from tenants.models import ApiKey, Shop
from tests.factories import make_key, make_mall, make_product, make_shop
from tests.recommender.mood.wardrobe import wardrobe

pytestmark = pytest.mark.django_db


def ask(token: str, slug: str, **query: str) -> Any:
    headers = {"Authorization": f"Bearer {token}"}
    return Client().get(f"/api/v1/shops/{slug}/mood", query, headers=headers)


@pytest.fixture
def shop() -> Shop:
    mall = make_mall()
    wardrobe(make_shop(mall, discoverable=True), casual=40)
    fields = {"discoverable": True, "name": "Tender", "language": "en", "slug": "tender"}
    return wardrobe(make_shop(mall, **fields), casual=30, romantic=10)


@pytest.mark.parametrize("kind", [ApiKey.Kind.PUBLISHABLE, ApiKey.Kind.SECRET])
def test_a_shop_reads_what_sets_it_apart(shop: Shop, kind: str) -> None:
    reply = ask(make_key(kind, shop=shop)[1], shop.slug)
    assert reply.status_code == 200, reply.content
    told = reply.json()
    assert told["shop"]["name"] == "Tender"
    assert (told["mood"]["id"], told["mood"]["label"]) == ("romantic", "Romantic")
    assert told["mood"]["parent"] == {"id": "feminine", "label": "Feminine"}
    assert told["products"] == 40
    first, second = told["styles"][:2]
    assert (first["id"], second["id"]) == ("casual", "romantic")
    assert sum(one["share"] for one in told["styles"]) == pytest.approx(1, abs=0.001)
    assert first["lift"] < 1 < second["lift"]
    assert second["share"] / second["mall_share"] == pytest.approx(second["lift"], rel=0.01)


def test_the_malls_key_reads_its_shops_that_joined(shop: Shop) -> None:
    quiet = wardrobe(make_shop(shop.mall), party=3)
    token = make_key("mk", mall=shop.mall)[1]
    assert ask(token, shop.slug).json()["mood"]["id"] == "romantic"
    assert ask(token, quiet.slug).json()["code"] == "shop_not_found"
    assert ask(make_key("sk", shop=quiet)[1], quiet.slug).json()["mood"]["id"] == "party"


def test_nobody_elses_key_does(shop: Shop) -> None:
    sister = make_shop(shop.mall)
    strangers = {
        "another shop of the mall": make_key("sk", shop=sister)[1],
        "its page": make_key("pk", shop=sister)[1],
        "another mall": make_key("mk")[1],
    }
    for who, token in strangers.items():
        reply = ask(token, shop.slug)
        assert (reply.status_code, reply.json()["code"]) == (404, "shop_not_found"), who
        assert reply.json()["detail"] == ask(token, "nowhere").json()["detail"]
        assert b"Tender" not in reply.content
    assert Client().get(f"/api/v1/shops/{shop.slug}/mood").status_code == 401


def test_it_speaks_the_language_asked_for(shop: Shop) -> None:
    token = make_key("sk", shop=shop)[1]
    told = ask(token, shop.slug, lang="ko").json()
    assert told["mood"]["label"] == "로맨틱"
    assert told["mood"]["parent"]["label"] == "페미닌"
    assert "프릴" in told["mood"]["about"]
    assert ask(token, shop.slug, lang="fr").json()["mood"]["label"] == "Romantic"


def test_a_shop_without_a_mood_says_why() -> None:
    shop = make_shop(language="ko")
    token = make_key("sk", shop=shop)[1]
    reply = ask(token, shop.slug)
    assert (reply.status_code, reply.json()["code"]) == (409, "no_products")
    make_product(shop)
    reply = ask(token, shop.slug)
    assert (reply.status_code, reply.json()["code"]) == (409, "no_products_ready")
    assert "분석" in reply.json()["detail"]
