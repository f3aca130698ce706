"""The first shop of somebody who signed up."""

import pytest

from tenants.beginnings import shop_begin
from tenants.models import ApiKey, Mall, Membership, Shop
from tests.factories import make_mall, make_shop, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("accounts")]

GIVEN = {
    "name": "Maru & Co",
    "site": "https://Shop.Maru.example/start?x=1",
    "language": "en",
    "currency": "EUR",
}


def test_a_new_shop_can_be_searched_from_its_own_pages(client):
    user = make_user()
    client.force_login(user)
    response = client.post("/desk/new/", GIVEN)
    shop = Shop.objects.get()
    assert response["Location"] == f"/admin/{shop.slug}/start/"
    assert (shop.name, shop.slug, shop.currency) == ("Maru & Co", "maru-co", "EUR")
    assert shop.allowed_origins == ["https://shop.maru.example"]
    assert Membership.objects.get(user=user, mall=shop.mall).role == "owner"
    assert ApiKey.objects.get().kind == "pk" and ApiKey.objects.get().shop == shop


def test_a_korean_name_takes_the_hosts_word_and_twins_are_numbered():
    owner = make_user()
    begun = [
        shop_begin(
            owner=owner,
            name="마루",
            site="https://www.maru.co.kr",
            language="ko",
            currency="KRW",
        )
        for _ in range(3)
    ]
    assert [one.slug for one in begun] == ["maru", "maru-2", "maru-3"]
    assert Mall.objects.count() == 3


def test_a_second_shop_stands_in_ones_own_mall_and_in_no_other(client):
    mall, foreign = make_mall(), make_mall()
    make_shop(mall)
    client.force_login(make_user("owner", mall=mall))
    assert "/desk/new/" in client.get("/desk/?all").content.decode()
    client.post("/desk/new/", GIVEN | {"mall": foreign.pk})
    assert Shop.objects.count() == 1
    client.post("/desk/new/", GIVEN | {"mall": mall.pk})
    assert mall.shops.count() == 2 and foreign.shops.count() == 0


def test_an_editor_adds_no_shop_to_the_mall(client):
    mall = make_mall()
    client.force_login(make_user("editor", mall=mall))
    client.post("/desk/new/", GIVEN | {"mall": mall.pk})
    assert mall.shops.count() == 0


@pytest.mark.parametrize("wrong", [{"site": "no address"}, {"currency": "XXX"}, {"name": ""}])
def test_what_is_wrong_is_said_and_nothing_is_made(client, wrong):
    client.force_login(make_user())
    response = client.post("/desk/new/", GIVEN | wrong)
    assert response.status_code == 200 and 'role="alert"' in response.content.decode()
    assert not Shop.objects.exists() and not Mall.objects.exists()


def test_shops_are_not_made_by_the_dozen(client):
    client.force_login(make_user())
    for _ in range(10):
        client.post("/desk/new/", GIVEN)
    assert "Too many new shops" in client.post("/desk/new/", GIVEN).content.decode()
    assert Shop.objects.count() == 10
