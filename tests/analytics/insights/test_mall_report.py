"""The shops of a mall side by side: who takes part, who may look, and nothing of other malls."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from analytics.models import ShopDay
from billing.services import subscription_set
from tenants.guests import guest_allow
from tenants.models import User
from tenants.scope import shop_scope
from tests.admin.desk import Desk
from tests.factories import make_shop, make_user

pytestmark = pytest.mark.django_db
PAGE = "insights/mall/"


def counted(shop, *, back=0, currency="", **fields):
    day = timezone.localdate() - timedelta(days=back)
    ShopDay.objects.create(shop_id=shop.pk, day=day, currency=currency, **fields)


@pytest.fixture
def shop():
    """Namu and Maru take part, Haru does not; Strange is of another mall."""
    namu = make_shop(slug="namu", name="Namu", discoverable=True)
    subscription_set(mall=namu.mall, plan="growth")
    maru = make_shop(namu.mall, slug="maru", name="Maru", discoverable=True)
    haru = make_shop(namu.mall, slug="haru", name="Haru")
    strange = make_shop(slug="strange", name="Strange", discoverable=True)
    counted(namu, searches=100, clicks=40, purchases=3, conversions=2)
    counted(namu, currency="KRW", revenue=90_000, attributed=60_000)
    counted(namu, back=30, searches=50)
    counted(maru, searches=111, poor=11)
    counted(haru, searches=7777)
    counted(strange, searches=8888)
    return namu


def rows(desk, **asked):
    response = desk.get(PAGE, data=asked)
    assert response.status_code == 200
    shops, days = response.context["sheets"]
    return response, [[cell.value for cell in row] for row in shops.rows], days.rows


def test_shops_that_take_part_stand_side_by_side(shop):
    response, shops, days = rows(Desk(shop))
    assert [row[:3] for row in shops] == [["Maru", 111, None], ["Namu", 100, 1.0]]
    assert shops[1][-1] == "₩60,000"
    assert [figure.now for figure in response.context["figures"][:3]] == [211, 40, 2]
    assert [cell.value for cell in days[-1]][1:] == [211, 40, 3]
    page = response.content.decode()
    assert "Haru does not take part." in page
    assert 'href="/admin/maru/insights/' in page
    for hidden in ("7777", "7,777", "8888", "8,888", "Strange"):
        assert hidden not in page


def test_a_viewer_of_the_mall_sees_it_and_a_stranger_does_not(shop):
    assert Desk(shop, "viewer").get(PAGE).status_code == 200
    stranger = Desk(make_shop())
    assert stranger.client.get("/admin/namu/" + PAGE).status_code == 404
    _response, shops, _days = rows_of_other_mall(stranger)
    assert shops == []


def rows_of_other_mall(desk):
    subscription_set(mall=desk.user.memberships.get().mall, plan="growth")
    return rows(desk)


def test_the_csv_is_of_the_same_shops(shop):
    answer = Desk(shop).get("insights/mall.csv")
    text = b"".join(answer.streaming_content).decode()
    assert "Maru" in text and "Haru" not in text and "Strange" not in text


def test_a_plan_without_it_says_so(shop):
    subscription_set(mall=shop.mall, plan="starter")
    response = Desk(shop).get(PAGE)
    page = response.content.decode()
    assert "Your plan does not have this." in page
    assert "/admin/maru/insights/" not in page


def test_a_guest_who_was_let_into_one_shop_sees_that_shop_alone(shop):
    with shop_scope(shop):
        guest_allow(shop=shop, by=make_user("owner", mall=shop.mall))
    client = Client()
    client.force_login(User.objects.create_superuser("kim@lookus.example", "x"))
    response = client.get("/admin/namu/" + PAGE)
    assert response.status_code == 200
    sheet = response.context["sheets"][0]
    assert [row[0].value for row in sheet.rows] == ["Namu"]
