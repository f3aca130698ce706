"""What operators see of all malls' numbers, and who does not."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from analytics.models import ShopDay
from tests.billing.operators import operator
from tests.factories import make_mall, make_shop, make_user

pytestmark = pytest.mark.django_db
NUMBERS = "/operator/numbers/"


def counted(shop, *, back=0, currency="", **fields):
    day = timezone.localdate() - timedelta(days=back)
    ShopDay.objects.create(shop_id=shop.pk, day=day, currency=currency, **fields)


@pytest.fixture
def malls():
    """Namu with two shops, Maru with one."""
    namu, maru = make_mall("namu"), make_mall("maru")
    first, second = make_shop(namu, name="A"), make_shop(namu, name="B")
    other = make_shop(maru)
    counted(first, searches=100, poor=25, clicks=40, purchases=3, conversions=2)
    counted(first, currency="KRW", revenue=90_000, attributed=60_000)
    counted(second, back=29, searches=50, poor=5)
    counted(second, back=30, searches=300)
    counted(other, searches=7, clicks=1)
    counted(other, currency="USD", revenue=5_000, attributed=0)
    return namu, maru


def test_malls_stand_side_by_side_the_busiest_first(malls):
    response = operator("analytics.view_shopday").get(NUMBERS)
    namu, maru = response.context["rows"]
    assert [namu.mall, maru.mall] == list(malls)
    assert (namu.shops, namu.now.searches, namu.before.searches) == (2, 150, 300)
    assert (namu.moved, namu.now.poor_percent) == (-50, 20)
    assert namu.now.attributed == {"KRW": 60_000}
    whole = response.context["whole"]
    assert (whole.searches, whole.revenue) == (157, {"KRW": 90_000, "USD": 5_000})
    assert "₩90,000 · $50.00" not in response.content.decode()
    assert "₩60,000" in response.content.decode()


def test_the_days_can_be_chosen(malls):
    namu, _maru = operator(superuser=True).get(NUMBERS + "?range=7").context["rows"]
    assert namu.now.searches == 100


def test_a_mall_is_shown_shop_by_shop(malls):
    rows = operator(superuser=True).get(f"{NUMBERS}malls/{malls[0].pk}/").context["rows"]
    assert [row["now"].searches for row in rows] == [100, 50]
    assert operator(superuser=True).get(NUMBERS + "malls/999999/").status_code == 404


def test_the_csv_has_every_mall(malls):
    response = operator(superuser=True).get(NUMBERS + "malls.csv")
    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [(line["mall"], line["searches"], line["currency"]) for line in lines] == [
        ("Namu", "150", "KRW"),
        ("Maru", "7", "USD"),
    ]


def test_a_name_that_begins_a_formula_is_made_harmless():
    make_shop(make_mall("formula", name="=HYPERLINK(1)"))
    text = operator(superuser=True).get(NUMBERS + "malls.csv").content.decode()
    assert "'=HYPERLINK(1)" in text


def test_more_malls_are_no_more_statements(malls):
    staff = operator(superuser=True)

    def statements():
        with CaptureQueriesContext(connection) as sent:
            assert staff.get(NUMBERS).status_code == 200
        return len(sent)

    few = statements()
    for _ in range(3):
        counted(make_shop(make_mall()), searches=1)
    assert statements() == few <= 15


@pytest.mark.parametrize("path", ["", "malls.csv", "malls/1/"])
def test_strangers_and_staff_without_the_right_see_none_of_it(path):
    owner = Client()
    owner.force_login(make_user("owner"))
    for client, status in ((Client(), 302), (owner, 302), (operator(), 403)):
        assert client.get(NUMBERS + path).status_code == status
