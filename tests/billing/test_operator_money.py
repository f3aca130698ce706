"""What operators see of all malls' money, and who does not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from billing.models import MonthlyUsage, Subscription
from billing.models_invoices import Credit, Invoice
from billing.operator.malls import Wanted, mall_rows, malls
from billing.operator.revenue import months, recurring, standing
from billing.usage import this_month
from tests.billing.operators import operator
from tests.factories import make_mall, make_shop, make_user

pytestmark = pytest.mark.django_db

MONEY = "/operator/money/"
AT = datetime(2026, 11, 20, 3, tzinfo=UTC)


def on_plan(plan, *, slug="", period="month", currency="KRW", **fields):
    mall = make_mall(slug)
    Subscription.objects.create(mall=mall, plan=plan, period=period, currency=currency, **fields)
    return mall


def invoice(mall, *, total, state="open", issued=AT, closed=None, due=None, currency="KRW"):
    number = f"T-{Invoice.objects.count() + 1}"
    closed = closed or (AT if state not in ("draft", "open") else None)
    return Invoice.objects.create(
        mall=mall,
        mall_name=mall.name,
        key=number,
        number=number,
        state=state,
        currency=currency,
        period_start=issued,
        period_end=issued,
        subtotal=total,
        total=total,
        issued_at=issued,
        due_at=due or issued + timedelta(days=14),
        closed_at=closed,
    )


def used(mall, kind, quantity, month=None):
    MonthlyUsage.objects.create(
        mall=mall, month=month or this_month(), kind=kind, quantity=quantity
    )


def test_what_plans_bring_a_month():
    on_plan("starter")
    on_plan("starter", period="year")
    on_plan("growth", currency="USD")
    on_plan("enterprise", agreed_price=1_000_000)
    on_plan("starter", agreed_price=40_000, state="past_due", past_due_since=AT)
    for unpaid in (
        {"plan": "free"},
        {"plan": "unlimited"},
        {"plan": "enterprise"},
        {"plan": "growth", "state": "cancelled"},
        {"plan": "growth", "state": "trial", "trial_ends_at": AT},
        {"plan": "growth", "agreed_price": 0},
    ):
        on_plan(**unpaid)
    assert recurring() == {"KRW": 49_000 + 490_000 // 12 + 1_000_000 + 40_000, "USD": 22_900}
    stood = standing(malls=11, at=AT)
    assert (stood.paying, stood.trials, stood.past_due) == (5, 1, 1)


def test_each_month_has_what_was_invoiced_and_paid_in_it():
    mall = make_mall()
    before = datetime(2026, 10, 31, 14, 59, 59, tzinfo=UTC)  # The last second of October in Seoul.
    invoice(mall, total=100, state="paid", issued=before, closed=AT)
    invoice(mall, total=20, issued=before + timedelta(seconds=1))
    invoice(mall, total=300, currency="USD")
    invoice(mall, total=4000, state="void")
    invoice(mall, total=1, issued=datetime(2025, 11, 30, tzinfo=UTC))
    Credit.objects.create(mall=mall, currency="KRW", amount=7, left=0, reason="sorry", at=AT)
    november, october, *others = months(at=AT)
    assert (november.invoiced, november.paid) == ({"KRW": 20, "USD": 300}, {"KRW": 100})
    assert november.credits == {"KRW": 7}
    assert (october.invoiced, october.paid) == ({"KRW": 100}, {})
    assert len(others) == 10 and not any(month.invoiced for month in others)


def test_what_is_to_be_paid_and_what_is_late():
    mall = make_mall()
    invoice(mall, total=100, due=AT - timedelta(seconds=1))
    invoice(mall, total=50, due=AT + timedelta(seconds=1))
    invoice(mall, total=9, state="paid")
    stood = standing(malls=1, at=AT)
    assert (stood.open, stood.late) == ({"KRW": 150}, {"KRW": 100})
    (row,) = mall_rows(list(malls(Wanted())), at=AT)
    assert (row.open, row.late) == ({"KRW": 150}, True)


@pytest.mark.parametrize(
    ("plan", "fields", "searches", "near"),
    [
        ("starter", {}, 80_000, True),
        ("starter", {}, 79_999, False),
        ("growth", {}, 80_000, False),
        ("unlimited", {}, 9_000_000, False),
        # Cancelled: the default plan's limit counts, of 5,000.
        ("growth", {"state": "cancelled"}, 4_000, True),
    ],
)
def test_who_is_near_a_limit(plan, fields, searches, near):
    mall = on_plan(plan, **fields)
    used(mall, "search", searches)
    assert list(malls(Wanted(near=True))) == ([mall] if near else [])


def test_a_mall_without_a_subscription_is_on_the_default_plan():
    mall = make_mall()
    used(mall, "photo", 900)
    assert list(malls(Wanted(near=True))) == [mall]
    assert list(malls(Wanted(plan="free"))) == [mall]
    (row,) = mall_rows([mall], at=AT)
    assert (row.plan.id, row.nearest.percent) == ("free", 90)


def test_the_list_is_narrowed():
    mine = on_plan("starter", slug="namu")
    other = on_plan("growth", slug="maru", state="trial", trial_ends_at=AT)
    assert list(malls(Wanted(words="NAM"))) == [mine]
    assert list(malls(Wanted(plan="growth"))) == [other]
    assert list(malls(Wanted(state="trial"))) == [other]


def test_the_pages_say_it():
    mall = on_plan("starter", slug="namu")
    make_shop(mall)
    used(mall, "search", 90_000)
    invoice(mall, total=53_900, due=timezone.now() - timedelta(days=1))
    staff = operator("billing.view_invoice")
    page = staff.get(MONEY).content.decode()
    assert "₩49,000" in page and "₩53,900" in page and "90,000 · 90 %" in page
    assert "Namu" in staff.get(MONEY + "malls/?near=yes").content.decode()
    assert "Namu" not in staff.get(MONEY + "malls/?plan=growth").content.decode()
    assert "₩53,900" in staff.get(f"{MONEY}malls/{mall.pk}/").content.decode()
    assert "₩53,900" in staff.get(MONEY + "invoices/?state=late").content.decode()
    assert "₩53,900" not in staff.get(MONEY + "invoices/?state=paid").content.decode()
    assert staff.get(MONEY + "malls/999999/").status_code == 404


def test_more_malls_are_no_more_statements():
    staff = operator(superuser=True)

    def statements(path):
        with CaptureQueriesContext(connection) as sent:
            assert staff.get(path).status_code == 200
        return len(sent)

    def some():
        for _ in range(3):
            mall = on_plan("starter")
            used(mall, "search", 90_000)
            invoice(mall, total=100)

    some()
    few = [statements(MONEY + path) for path in ("", "malls/", "invoices/")]
    some()
    assert [statements(MONEY + path) for path in ("", "malls/", "invoices/")] == few
    assert max(few) <= 20


@pytest.mark.parametrize("path", ["", "malls/", "malls/1/", "invoices/"])
def test_strangers_and_staff_without_the_right_see_none_of_it(path):
    owner = Client()
    owner.force_login(make_user("owner"))
    for client, status in ((Client(), 302), (owner, 302), (operator(), 403)):
        assert client.get(MONEY + path).status_code == status
