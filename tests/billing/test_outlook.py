"""What a mall has used and will pay, to the won."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.invoice_states import credit_give
from billing.models import MonthlyUsage, Overage, Subscription
from billing.outlook import outlook_of
from tenants.models import Mall
from tests.factories import make_mall, make_shop

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 15, 15, tzinfo=UTC)
"""Midnight of 16 November in Seoul: half of the month."""
ENDS = datetime(2026, 12, 9, 15, tzinfo=UTC)
LIMIT = 100_000
"""Searches of the plan Starter."""


@pytest.fixture
def mall():
    made = make_mall()
    Mall.objects.filter(pk=made.pk).update(created_at=AT - timedelta(days=400))
    made.refresh_from_db()
    return made


def subscribed(mall, **fields):
    values = {"plan": "starter", "period_start": AT - timedelta(days=6), "period_end": ENDS}
    return Subscription.objects.create(mall=mall, **values | fields)


def used(mall, quantity, *, before=0, kind="search"):
    """In the month of AT, and in the month before it."""
    for month, count in ((date(2026, 11, 1), quantity), (date(2026, 10, 1), before)):
        MonthlyUsage.objects.create(mall=mall, month=month, kind=kind, quantity=count)


def beyond(mall, quantity, publishable, *, month=date(2026, 11, 1)):
    Overage.objects.create(
        mall=mall,
        month=month,
        kind="search",
        plan="starter",
        currency="KRW",
        quantity=quantity,
        publishable=publishable,
    )


def search(mall):
    (found,) = [use for use in outlook_of(mall, at=AT).uses if use.kind == "search"]
    return found


def test_a_mall_without_a_plan_pays_nothing(mall):
    outlook = outlook_of(mall, at=AT)
    assert (outlook.plan.id, outlook.price, outlook.next_invoice) == ("free", None, None)
    assert (outlook.month, outlook.last_day) == (date(2026, 11, 1), date(2026, 11, 30))


def test_a_cancelled_plan_has_neither_price_nor_invoice(mall):
    subscribed(mall, state="cancelled", period_start=None, period_end=None)
    outlook = outlook_of(mall, at=AT)
    assert (outlook.plan.id, outlook.price, outlook.next_invoice) == ("free", None, None)


def test_the_next_period_is_billed_with_its_tax(mall):
    subscribed(mall)
    bill = outlook_of(mall, at=AT).next_invoice
    assert (bill.at, bill.plan, bill.use, bill.tax, bill.total) == (ENDS, 49_000, 0, 4_900, 53_900)


def test_the_plan_that_follows_is_the_one_that_is_billed(mall):
    subscribed(mall, plan="growth", next_plan="starter", next_period="year")
    assert outlook_of(mall, at=AT).next_invoice.plan == 490_000


def test_a_change_to_the_free_plan_bills_nothing(mall):
    subscribed(mall, next_plan="free", next_period="month")
    assert outlook_of(mall, at=AT).next_invoice is None


def test_a_trial_bills_what_follows_it_or_nothing(mall):
    trial = {"state": "trial", "trial_ends_at": ENDS, "period_start": None, "period_end": None}
    subscription = subscribed(mall, **trial)
    assert outlook_of(mall, at=AT).next_invoice is None
    subscription.next_plan, subscription.next_period = "starter", "month"
    subscription.save()
    assert outlook_of(mall, at=AT).next_invoice.total == 53_900


def test_credits_are_taken_off_before_the_tax(mall):
    subscribed(mall)
    credit_give(mall=mall, amount=9_000, currency="KRW", reason="sorry", by=None)
    credit_give(mall=mall, amount=9_000, currency="USD", reason="other money", by=None)
    bill = outlook_of(mall, at=AT).next_invoice
    assert (bill.credits, bill.tax, bill.total) == (9_000, 4_000, 44_000)


def test_use_beyond_the_plan_is_what_was_and_what_is_to_come(mall):
    subscribed(mall, overage=True)
    used(mall, LIMIT + 10_000, before=220_000)
    beyond(mall, 10_000, 10_000)
    use = search(mall)
    # 110,000 in 15 days and 15/31 of 220,000 before: 108,226 more in 15 days, 600 for 1,000.
    assert (use.forecast.expected, use.cost, use.cost_expected) == (218_226, 6_000, 70_936)
    outlook = outlook_of(mall, at=AT)
    assert (outlook.used_beyond, outlook.expected_beyond) == (6_000, 70_936)
    assert outlook.next_invoice.use == 70_936


def test_before_the_limit_only_what_is_beyond_it_will_cost(mall):
    subscribed(mall, overage=True)
    used(mall, 60_000, before=124_000)
    use = search(mall)
    assert (use.forecast.expected, use.cost_expected) == (120_000, 12_000)
    assert use.forecast.runs_out == AT + timedelta(days=10)


def test_what_is_not_paid_by_use_costs_nothing(mall):
    subscribed(mall, overage=False)
    used(mall, LIMIT * 2)
    use = search(mall)
    assert (use.unit_price, use.cost_expected, use.is_over, use.grace) == (None, 0, True, 110_000)


@pytest.mark.parametrize(
    ("cap", "publishable", "expected", "capped"),
    [
        (None, 10_000, 72_000, False),
        (72_000, 10_000, 72_000, False),
        (20_000, 10_000, 20_000, True),
        # Half of it is by secret keys, which no cap holds: 3,000 and 33,000 more.
        (20_000, 5_000, 6_000 + 33_000 + 17_000, True),
        (1_000, 0, 72_000, False),
    ],
)
def test_a_cap_holds_what_publishable_keys_will_cost(mall, cap, publishable, expected, capped):
    subscribed(mall, overage=True, spend_cap=cap)
    used(mall, LIMIT + 10_000, before=110_000 * 31 // 15)
    beyond(mall, 10_000, publishable)
    use = search(mall)
    assert abs(use.cost_expected - expected) <= 1
    assert use.capped is capped


def test_a_yearly_plan_is_billed_its_use_month_by_month(mall):
    subscribed(mall, period="year", period_end=ENDS + timedelta(days=300), overage=True)
    used(mall, LIMIT + 10_000, before=0)
    beyond(mall, 10_000, 0)
    bill = outlook_of(mall, at=AT).next_invoice
    assert bill.at == datetime(2026, 11, 30, 15, tzinfo=UTC)
    assert (bill.plan, bill.use > 6_000) == (0, True)


def test_use_of_a_month_that_is_over_waits_for_the_next_invoice(mall):
    subscribed(mall, overage=True)
    beyond(mall, 10_000, 0, month=date(2026, 10, 1))
    assert outlook_of(mall, at=AT).next_invoice.use == 6_000


def test_however_many_shops_it_is_few_statements(mall):
    subscribed(mall, overage=True)
    used(mall, 10)
    for _ in range(3):
        make_shop(mall)
    with CaptureQueriesContext(connection) as sent:
        outlook_of(mall, at=AT)
    assert len(sent) <= 5
