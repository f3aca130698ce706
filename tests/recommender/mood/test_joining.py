"""A shop joins by its owner's switch; the mall's key is made by its owner."""

import re

import pytest

from tenants.models import ApiKey, Shop
from tests.admin.desk import Desk
from tests.factories import make_key, make_mall, make_shop
from tests.recommender.mood.wardrobe import wardrobe

pytestmark = pytest.mark.django_db
FORM = {"name": "Maru", "language": "ko", "allowed_origins": "", "site": ""}


@pytest.fixture
def shop() -> Shop:
    return make_shop(slug="maru")


def test_the_owner_lets_the_shop_be_discovered_and_takes_it_back(shop: Shop) -> None:
    desk = Desk(shop)
    address = f"tenants/shop/{shop.pk}/change/"
    assert 'name="discoverable"' in desk.page(address)
    assert desk.post(address, **FORM, discoverable="on").status_code == 302
    shop.refresh_from_db()
    assert shop.discoverable
    assert desk.post(address, **FORM).status_code == 302
    shop.refresh_from_db()
    assert not shop.discoverable


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_nobody_else_does(shop: Shop, role: str) -> None:
    desk = Desk(shop, role)
    assert 'name="discoverable"' not in desk.page(f"tenants/shop/{shop.pk}/change/")
    refused = desk.post(f"tenants/shop/{shop.pk}/change/", **FORM, discoverable="on")
    assert refused.status_code == 403
    assert not Shop.objects.get().discoverable


def test_the_switch_speaks_korean(shop: Shop) -> None:
    desk = Desk(shop)
    desk.client.cookies["django_language"] = "ko"
    assert "스타일로 발견되기" in desk.page(f"tenants/shop/{shop.pk}/change/")


def test_the_owner_makes_and_revokes_the_malls_key(shop: Shop) -> None:
    desk = Desk(shop)
    made = desk.post("tenants/apikey/add/", kind="mk", name="Finder").content.decode()
    key = ApiKey.objects.get()
    (token,) = set(re.findall(r"mk_[-\w]{20,}", made))
    assert (key.mall, key.shop, key.digest) == (shop.mall, None, ApiKey.digest_of(token))
    assert key.hint in desk.page("tenants/apikey/")
    desk.post(f"tenants/apikey/{key.pk}/revoke/")
    key.refresh_from_db()
    assert key.revoked_at is not None


def test_another_malls_key_is_not_there(shop: Shop) -> None:
    key, _ = make_key("mk", mall=make_mall())
    desk = Desk(shop)
    assert key.hint not in desk.page("tenants/apikey/")
    assert desk.post(f"tenants/apikey/{key.pk}/revoke/").status_code == 404
    key.refresh_from_db()
    assert key.revoked_at is None


def test_insights_tell_the_owner_the_shops_mood(shop: Shop) -> None:
    desk = Desk(shop)
    assert "The mood of your shop" not in desk.page("insights/")
    wardrobe(make_shop(shop.mall, discoverable=True), casual=30)
    wardrobe(shop, casual=20, romantic=10)
    page = desk.page("insights/")
    assert "The mood of your shop: Romantic" in page
    assert "Let shoppers find the shop by it" in page
    desk.client.cookies["django_language"] = "ko"
    assert "쇼핑몰의 분위기: 로맨틱" in desk.page("insights/")
    Shop.objects.filter(pk=shop.pk).update(discoverable=True)
    assert "찾게 하기" not in desk.page("insights/")
