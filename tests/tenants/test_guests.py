"""LookUs' staff in a shop: only as guests, seen, written down, and for some hours."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tenants.guests import guest_allow, guest_emergency
from tenants.models import AuditEntry, GuestGrant, Membership, Shop, User
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import PASSWORD, make_product, make_shop, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop() -> Shop:
    found = make_shop(language="en", name="Namu")
    make_product(found, title="Linen shirt")
    return found


@pytest.fixture
def operator() -> User:
    return User.objects.create_superuser("kim@lookus.example", PASSWORD)


def comes(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def allow(shop: Shop) -> GuestGrant:
    with shop_scope(shop):
        return guest_allow(shop=shop, by=make_user("owner", mall=shop.mall))


def home(shop: Shop) -> str:
    return f"/admin/{shop.slug}/"


def actions(shop: Shop) -> list[str]:
    with shop_scope(shop):
        return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_without_a_grant_an_operator_finds_no_shop(shop: Shop, operator: User) -> None:
    assert comes(operator).get(home(shop)).status_code == 404
    assert actions(shop) == []


def test_an_owner_lets_staff_in_as_editors(shop: Shop, operator: User) -> None:
    desk = Desk(shop)
    assert desk.post("help/").status_code == 302
    client = comes(operator)
    page = client.get(home(shop))
    assert page.status_code == 200
    assert "Linen shirt" in client.get(f"{home(shop)}catalog/product/").content.decode()
    for owners_only in ("tenants/apikey/", "billing/", "export/", "help/", "people/"):
        assert client.get(home(shop) + owners_only).status_code in (403, 404), owners_only
    assert client.post(f"{home(shop)}closing/", {"typed": shop.name}).status_code == 403
    shop.refresh_from_db()
    assert shop.is_open


def test_everybody_of_the_shop_sees_it(shop: Shop, operator: User) -> None:
    allow(shop)
    told = Desk(shop, "viewer").page("")
    assert "LookUs staff may come in" in told
    comes(operator).get(home(shop))
    told = Desk(shop, "viewer").page("catalog/product/")
    assert "kim@lookus.example of LookUs is a guest here until" in told


def test_what_a_guest_does_is_written_as_a_guests(shop: Shop, operator: User) -> None:
    allow(shop)
    client = comes(operator)
    client.get(f"{home(shop)}catalog/product/", REMOTE_ADDR="203.0.113.7")
    client.post(f"{home(shop)}catalog/product/add/", {"title": ""})
    with shop_scope(shop):
        entries = list(AuditEntry.objects.filter(actor=operator).order_by("pk"))
    assert [one.action for one in entries] == ["guest_enter", "guest_request", "guest_request"]
    assert all(one.as_guest for one in entries)
    assert entries[1].address == "203.0.113.7"
    assert entries[1].changes["path"].endswith("/catalog/product/")
    assert entries[2].changes["method"] == "POST"


def test_after_the_time_there_is_no_such_shop(shop: Shop, operator: User) -> None:
    allow(shop)
    client = comes(operator)
    assert client.get(home(shop)).status_code == 200
    past = timezone.now() - timedelta(seconds=1)
    with shop_scope(shop):
        GuestGrant.objects.update(until=past)
    assert client.get(home(shop)).status_code == 404
    Shop.objects.filter(pk=shop.pk).update(guests_until=past)
    assert client.get(home(shop)).status_code == 404


@pytest.mark.parametrize("role", ["owner", "editor"])
def test_end_now_ends_it_now(shop: Shop, operator: User, role: str) -> None:
    allow(shop)
    client = comes(operator)
    assert client.get(home(shop)).status_code == 200
    assert Desk(shop, role).post("help/end/").status_code == 302
    assert client.get(home(shop)).status_code == 404
    assert "guest_end" in actions(shop)


def test_a_viewer_cannot_end_it_nor_an_editor_begin_it(shop: Shop) -> None:
    allow(shop)
    assert Desk(shop, "viewer").post("help/end/").status_code == 403
    assert Desk(shop, "editor").post("help/").status_code == 403
    assert Desk(shop, "editor").get("help/").status_code == 403


def test_a_grant_is_for_one_shop_and_for_operators(shop: Shop, operator: User) -> None:
    other = make_shop(mall=shop.mall)
    allow(shop)
    assert comes(operator).get(home(other)).status_code == 404
    staff = User.objects.create_user("staff@lookus.example", PASSWORD, is_staff=True)
    for stranger in (staff, make_user("owner")):
        assert comes(stranger).get(home(shop)).status_code == 404


def test_emergency_access_needs_a_reason_and_is_told(shop: Shop, operator: User) -> None:
    make_user("owner", mall=shop.mall, email="owner@namu.example")
    client = comes(operator)
    address = f"/operator/tenants/shop/{shop.pk}/emergency/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " "}).status_code == 200
    assert comes(operator).get(home(shop)).status_code == 404
    response = client.post(address, {"reason": "Searches fail since noon"})
    assert response.headers["Location"] == home(shop)
    assert client.get(home(shop)).status_code == 200
    (letter,) = mail.outbox
    assert letter.to == ["owner@namu.example"]
    assert "Searches fail since noon" in letter.body
    assert "kim@lookus.example" in letter.body
    assert "Searches fail since noon" in Desk(shop).page("help/")
    assert actions(shop)[:2] == ["guest_emergency", "guest_enter"]


def test_an_emergency_is_the_operators_own(shop: Shop, operator: User) -> None:
    guest_emergency(shop=shop, operator=operator, reason="Searches fail")
    other = User.objects.create_superuser("lee@lookus.example", PASSWORD)
    assert comes(operator).get(home(shop)).status_code == 200
    assert comes(other).get(home(shop)).status_code == 404
    with pytest.raises(ValueError, match="operator"):
        guest_emergency(shop=shop, operator=make_user("owner"), reason="I want to see")


def test_an_operator_makes_nobody_of_themself_a_member(shop: Shop, operator: User) -> None:
    client = comes(operator)
    told: dict[str, Any] = {"user": operator.pk, "mall": shop.mall_id, "role": "owner"}
    assert client.post("/operator/tenants/membership/add/", told).status_code == 200
    assert not Membership.objects.filter(user=operator).exists()
    told["user"] = make_user().pk
    assert client.post("/operator/tenants/membership/add/", told).status_code == 302


def test_pages_cost_nobody_a_query_more_while_no_guest_may_come(
    shop: Shop, django_assert_max_num_queries: Any
) -> None:
    desk = Desk(shop)
    desk.page("insights/")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        desk.page("insights/")
    assert not [one for one in seen.captured_queries if "guest" in one["sql"].split("WHERE")[-1]]
    assert not [one for one in seen.captured_queries if "tenants_guestgrant" in one["sql"]]
