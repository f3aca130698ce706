"""What a plan has room for: people, products, and what it can do."""

from itertools import pairwise
from typing import Any

import pytest

from billing.limits import has_feature, seats_used
from billing.plans import EXPERIMENTS, FREE, GROWTH, MALL_VIEW, PLANS, STARTER, TEACHING
from billing.services import subscription_set
from catalog.models import ImportProblem, Product
from recommender.models import Experiment
from tenants.invitations import InvitationRefused, invitation_withdraw, invite
from tenants.models import Invitation, Shop
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.billing.money_world import tiny_plan
from tests.catalog.api.caller import Caller, at
from tests.catalog.runs import imported, skus, table
from tests.factories import make_mall, make_shop

pytestmark = pytest.mark.django_db

SHIRT = {"title": "Shirt", "price": 9000}


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    tiny_plan(monkeypatch)
    return make_shop(make_mall(plan="tiny"), slug="maru", language="en")


def test_people_and_open_invitations_share_the_seats(shop: Shop) -> None:
    desk = Desk(shop)
    with shop_scope(shop):
        asked, _ = invite(shop=shop, email="one@team.example", role="viewer", by=desk.user)
        with pytest.raises(InvitationRefused, match="seats"):
            invite(shop=shop, email="two@team.example", role="viewer", by=desk.user)
    told = desk.post("people/invite/", email="two@team.example", role="viewer").content.decode()
    assert "no seat left" in told
    assert seats_used(shop.mall_id) == 2
    with shop_scope(shop):
        invitation_withdraw(invitation=asked, by=desk.user)
        invite(shop=shop, email="two@team.example", role="viewer", by=desk.user)
    assert Invitation.objects.live().count() == 1


def test_products_of_an_import_beyond_the_plan_are_bad_rows_and_the_others_are_kept(
    shop: Shop,
) -> None:
    run = imported(shop, table(1, 2))
    assert run.bad == 0
    run = imported(shop, table(1, 2, 3, 4, 5, price=7000))
    assert skus(shop) == ["S1", "S2", "S3"]
    assert (run.created, run.updated, run.bad) == (1, 2, 2)
    with shop_scope(shop):
        faults = list(ImportProblem.objects.filter(run=run).values_list("sku", "code"))
        assert sorted(faults) == [("S4", "plan_limit"), ("S5", "plan_limit")]
        words = ImportProblem.objects.filter(run=run).first()
        assert words is not None and "has room for 3 products" in words.message
    subscription_set(mall=shop.mall, plan="unlimited")
    assert imported(shop, table(1, 2, 3, 4, 5, price=7000)).created == 2


def test_over_the_api_it_is_402_and_what_is_there_can_be_changed(shop: Shop) -> None:
    ours = Caller(shop)
    for number in range(3):
        assert ours.put(at(f"A{number}"), SHIRT).status_code == 201
    refused = ours.put(at("A3"), SHIRT)
    assert (refused.status_code, refused.json()["code"]) == (402, "plan_limit")
    assert "room for 3 products" in refused.json()["detail"]
    assert ours.put(at("A0"), SHIRT | {"price": 8000}).status_code == 200
    operations = [
        {"op": "put", "sku": sku, "product": SHIRT | {"price": 7000}} for sku in ("A1", "A4")
    ]
    told: Any = ours.post("/products/batch", {"operations": operations}).json()
    assert [one["status"] for one in told["results"]] == [200, 402]
    assert told["results"][1]["errors"][0]["code"] == "plan_limit"
    with shop_scope(shop):
        Product.objects.filter(sku="A0").delete()
    assert ours.put(at("A3"), SHIRT).status_code == 201


def test_the_admin_says_it_before_the_form(shop: Shop) -> None:
    desk = Desk(shop)
    assert desk.get("catalog/product/add/").status_code == 200
    imported(shop, table(1, 2, 3))
    answer = desk.client.get(f"{desk.base}catalog/product/add/", follow=True)
    assert "has room for 3 products" in answer.content.decode()


def test_tests_of_two_orders_and_values_of_ones_own_need_a_plan_that_has_them(shop: Shop) -> None:
    desk = Desk(shop)
    with shop_scope(shop):
        test = Experiment.objects.create(name="Order")
    start = f"recommender/experiment/{test.pk}/start/"
    assert "does not have this" in desk.post(start, follow=True).content.decode()
    with shop_scope(shop):
        assert Experiment.objects.get().state == Experiment.State.DRAFT
    new = desk.post("teaching/new/", follow=True, en="Hanbok", ko="한복")
    assert "does not have this" in new.content.decode()


def test_a_larger_plan_has_all_of_a_smaller_one() -> None:
    sold = (FREE, STARTER, GROWTH, PLANS["enterprise"])
    for small, large in pairwise(sold):
        assert small.features <= large.features
        for had, has in (
            (small.products, large.products),
            (small.seats, large.seats),
            *((small.monthly[kind], large.monthly[kind]) for kind in small.monthly),
        ):
            assert has is None or (had is not None and had < has)
        for key, price in small.prices.items():
            assert large.prices.get(key, price + 1) > price
    mall = make_mall(plan="starter")
    assert has_feature(mall, TEACHING)
    assert not has_feature(mall, EXPERIMENTS)
    assert has_feature(make_mall(plan="growth").pk, MALL_VIEW)
