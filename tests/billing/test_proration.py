"""What a change of plan costs, to the second and to the won."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.models import Subscription
from billing.periods import period_begin, period_end
from billing.plans import GROWTH, MONTH, STARTER, YEAR, rounded
from billing.proration import Change, PlanRefused, What, change_preview
from tests.billing.money_world import at

START = at(2026, 11, 1)
END = at(2026, 12, 1)
SECONDS = 30 * 24 * 3600


def on(plan: str = "starter", period: str = MONTH, **fields: Any) -> Subscription:
    """Not saved; its period began with November."""
    made = Subscription(plan=plan, period=period, **fields)
    period_begin(made, START)
    return made


def change(subscription: Subscription, plan: str, when: Any, period: str = MONTH) -> Change:
    return change_preview(subscription=subscription, plan=plan, period=period, at=when)


def test_a_larger_plan_begins_at_once_and_gives_the_rest_of_the_old_back() -> None:
    made = change(on(), "growth", at(2026, 11, 16))
    assert [(line.what, line.amount) for line in made.lines] == [
        (What.UNUSED, -24_500),
        (What.REST, 145_000),
    ]
    assert (made.due_now, made.tax, made.total) == (120_500, 12_050, 132_550)
    assert (made.at_once, made.effective_at, made.ends) == (True, at(2026, 11, 16), END)


def test_a_smaller_plan_waits_for_the_end_of_what_is_paid() -> None:
    made = change(on("growth"), "starter", at(2026, 11, 16))
    assert (made.lines, made.due_now, made.at_once, made.effective_at) == ((), 0, False, END)
    assert (made.price, made.ends) == (49_000, at(2027, 1, 1))
    assert change(on("growth"), "free", at(2026, 11, 16)).ends is None
    years = on("starter", YEAR)
    assert change(years, "growth", at(2026, 11, 16), MONTH).at_once is False


def test_from_months_to_years_a_new_period_begins() -> None:
    made = change(on(), "starter", at(2026, 11, 16), YEAR)
    assert [(line.what, line.amount) for line in made.lines] == [
        (What.UNUSED, -24_500),
        (What.PLAN, 490_000),
    ]
    assert made.ends == at(2027, 11, 16)


def test_the_free_plan_gives_nothing_back_and_a_trial_costs_nothing_before_its_end() -> None:
    made = change(Subscription(plan="free"), "growth", at(2026, 11, 16))
    assert (made.due_now, made.ends) == (290_000, at(2026, 12, 16))
    ends = at(2026, 11, 20)
    trial = Subscription(plan="growth", state="trial", trial_ends_at=ends)
    made = change(trial, "starter", at(2026, 11, 16))
    assert (made.total, made.at_once, made.effective_at) == (0, False, ends)


def test_in_a_months_last_second_it_costs_next_to_nothing_and_after_it_the_next_month() -> None:
    last = END - timedelta(seconds=1)
    made = change(on(), "growth", last)
    assert [line.amount for line in made.lines] == [0, 0]
    assert (made.at_once, made.ends) == (True, END)
    assert change(on(), "growth", END - timedelta(microseconds=1)).total == 0
    first = change(on(), "growth", START)
    assert [line.amount for line in first.lines] == [-49_000, 290_000]


def test_what_is_not_sold_is_refused() -> None:
    for plan, period, code in (
        ("gold", MONTH, "unknown"),
        ("growth", "week", "unknown"),
        ("enterprise", MONTH, "not_sold"),
        ("unlimited", MONTH, "not_sold"),
        ("starter", MONTH, "same"),
    ):
        with pytest.raises(PlanRefused) as refused:
            change(on(), plan, at(2026, 11, 2), period)
        assert refused.value.code == code
    late = on(state="past_due", past_due_since=START)
    with pytest.raises(PlanRefused, match="past_due"):
        change(late, "growth", at(2026, 11, 2))
    assert change(late, "free", at(2026, 11, 2)).at_once is False


def test_the_plan_that_runs_may_be_kept_after_all() -> None:
    leaves = on("growth", next_plan="free", next_period=MONTH)
    kept = change(leaves, "growth", at(2026, 11, 16))
    assert (kept.lines, kept.total, kept.ends) == ((), 0, END)


def test_an_agreed_price_is_what_is_given_back() -> None:
    agreed = on(agreed_price=30_000)
    assert change(agreed, "growth", at(2026, 11, 16)).lines[0].amount == -15_000


def test_tax_is_the_countrys() -> None:
    abroad = on(currency="USD", bill_country="US")
    made = change(abroad, "growth", at(2026, 11, 16))
    assert (made.due_now, made.tax, made.total) == (9_500, 0, 9_500)


@given(
    second=st.integers(0, SECONDS - 1),
    plans=st.sampled_from([(STARTER, GROWTH)]),
    currency=st.sampled_from(["KRW", "USD"]),
)
def test_no_second_of_a_period_is_paid_twice_or_given_away(
    second: int, plans: Any, currency: str
) -> None:
    old, new = plans
    held = on(currency=currency)
    moment = START + timedelta(seconds=second)
    back, rest = change(held, new.id, moment).lines
    left = SECONDS - second
    for line, plan, sign in ((back, old, -1), (rest, new, 1)):
        exact = plan.prices[currency, MONTH] * left
        assert abs(2 * (sign * line.amount * SECONDS - exact)) <= SECONDS
    assert 0 <= -back.amount <= rest.amount <= new.prices[currency, MONTH]


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**7))
def test_rounding_is_half_up_and_keeps_the_order(dividend: int, divisor: int) -> None:
    found = rounded(dividend, divisor)
    assert -divisor < 2 * (found * divisor - dividend) <= divisor
    assert found <= rounded(dividend + 1, divisor)


def test_periods_end_on_their_day_or_on_the_months_last() -> None:
    january = at(2027, 1, 31, 10)
    february = period_end(january, MONTH, 31)
    assert february == at(2027, 2, 28, 10)
    assert period_end(february, MONTH, 31) == at(2027, 3, 31, 10)
    assert period_end(at(2028, 2, 29), YEAR, 29) == at(2029, 2, 28)
    assert period_end(at(2026, 12, 5), MONTH, 5) == at(2027, 1, 5)
