"""Plans begin, change, end and are billed, once, whenever the clock comes by."""

from datetime import timedelta

import pytest

from billing.invoice_states import invoice_pay
from billing.models import Invoice, Overage, Subscription
from billing.plans import MONTH, YEAR
from billing.proration import PlanRefused
from billing.renewals import renewals_run
from billing.subscriptions import (
    paying_set,
    plan_change,
    subscription_set,
    trial_begin,
)
from billing.usage import plan_name
from tenants.models import Mall
from tests.billing.money_world import at
from tests.factories import make_mall, make_shop, make_user

pytestmark = pytest.mark.django_db

NOVEMBER, DECEMBER = at(2026, 11, 1), at(2026, 12, 1)
State = Subscription.State


def held(mall: Mall) -> Subscription:
    return Subscription.objects.get(mall=mall)


def subtotals(mall: Mall) -> list[int]:
    return list(Invoice.objects.filter(mall=mall).order_by("pk").values_list("subtotal", flat=True))


def starter(*, paid: bool = True) -> Mall:
    mall = make_mall()
    plan_change(mall=mall, plan="starter", period=MONTH, at=NOVEMBER)
    if paid:
        invoice_pay(invoice=Invoice.objects.get(mall=mall), at=NOVEMBER)
    return mall


def test_the_first_plan_is_billed_at_once_and_each_month_once() -> None:
    mall = starter()
    assert (held(mall).period_start, held(mall).period_end) == (NOVEMBER, DECEMBER)
    assert subtotals(mall) == [49_000]
    assert renewals_run(DECEMBER - timedelta(microseconds=1)).rolled == 0
    assert renewals_run(DECEMBER).rolled == 1
    assert renewals_run(DECEMBER).rolled == 0
    assert (held(mall).period_start, held(mall).period_end) == (DECEMBER, at(2027, 1, 1))
    assert subtotals(mall) == [49_000, 49_000]


def test_months_that_the_clock_slept_through_are_each_billed() -> None:
    mall = starter()
    renewals_run(at(2027, 2, 3))
    assert subtotals(mall) == [49_000] * 4
    assert held(mall).period_end == at(2027, 3, 1)


def test_a_plan_changed_in_a_months_last_second_is_of_that_month() -> None:
    """…whether the clock comes by before the change or after it."""
    last = DECEMBER - timedelta(seconds=1)
    mall = starter()
    change = plan_change(mall=mall, plan="growth", period=MONTH, at=last)
    assert (change.total, change.ends) == (0, DECEMBER)
    renewals_run(DECEMBER)
    assert subtotals(mall)[-1] == 290_000
    assert held(mall).period_end == at(2027, 1, 1)


@pytest.mark.parametrize("clock_first", [True, False])
def test_one_second_later_it_is_of_the_next(clock_first: bool) -> None:
    mall = starter()
    if clock_first:
        renewals_run(DECEMBER)
    change = plan_change(mall=mall, plan="growth", period=MONTH, at=DECEMBER)
    assert [line.amount for line in change.lines] == [-49_000, 290_000]
    assert subtotals(mall) == [49_000, 49_000, 241_000]
    assert held(mall).period_end == at(2027, 1, 1)
    renewals_run(DECEMBER)
    assert len(subtotals(mall)) == 3


def test_what_was_shown_is_what_is_charged_for_a_quarter_of_an_hour() -> None:
    mall = starter()
    seen, pressed = at(2026, 11, 16), at(2026, 11, 16, 0, 14)
    change = plan_change(mall=mall, plan="growth", period=MONTH, at=pressed, shown_at=seen)
    assert change.due_now == 120_500
    other = starter()
    late = at(2026, 11, 16, 0, 16)
    assert (
        plan_change(mall=other, plan="growth", period=MONTH, at=late, shown_at=seen).due_now
        < 120_500
    )


def test_a_page_of_the_former_period_does_not_hold() -> None:
    mall = starter()
    seen = DECEMBER - timedelta(minutes=5)
    change = plan_change(mall=mall, plan="growth", period=MONTH, at=DECEMBER, shown_at=seen)
    assert change.effective_at == DECEMBER


def test_a_smaller_plan_follows_and_may_be_taken_back() -> None:
    mall = starter()
    plan_change(mall=mall, plan="free", period=MONTH, at=at(2026, 11, 5))
    assert (held(mall).plan, held(mall).next_plan) == ("starter", "free")
    plan_change(mall=mall, plan="starter", period=MONTH, at=at(2026, 11, 6))
    assert held(mall).next_plan == ""
    plan_change(mall=mall, plan="free", period=MONTH, at=at(2026, 11, 7))
    renewals_run(DECEMBER)
    done = held(mall)
    assert (done.plan, done.state, done.period_end, done.next_plan) == ("free", "active", None, "")
    assert subtotals(mall) == [49_000]


def test_owners_are_told_once_that_their_trial_ends(
    settings, mailoutbox, django_capture_on_commit_callbacks
) -> None:
    settings.TRIAL_DAYS = 14
    mall, decided = (make_shop(language="en").mall for _ in range(2))
    for one in (mall, decided):
        make_user("owner", mall=one)
        trial_begin(mall=one, plan="growth", at=NOVEMBER)
    plan_change(mall=decided, plan="starter", period=MONTH, at=at(2026, 11, 3))
    with django_capture_on_commit_callbacks(execute=True):
        told = [renewals_run(at(2026, 11, day)).told for day in (9, 11, 12, 14)]
    assert told == [0, 1, 0, 0]
    (mail,) = mailoutbox
    assert "trial ends on" in mail.subject and "15" in mail.subject
    assert "your plan is Free" in mail.body and "/billing/plan/" in mail.body


def test_a_trial_is_had_once_and_ends_on_the_free_plan_unless_one_is_chosen(settings) -> None:
    settings.TRIAL_DAYS = 14
    mall, other = make_mall(), make_mall()
    for one in (mall, other):
        trial_begin(mall=one, plan="growth", at=NOVEMBER)
        assert plan_name(mall_id=one.pk) == "growth"
    plan_change(mall=other, plan="starter", period=YEAR, at=at(2026, 11, 3))
    assert Invoice.objects.count() == 0
    ends = at(2026, 11, 15)
    assert renewals_run(ends - timedelta(seconds=1)).rolled == 0
    assert renewals_run(ends).rolled == 2
    assert (held(mall).plan, held(mall).state) == ("free", "active")
    chosen = held(other)
    assert (chosen.plan, chosen.period, chosen.period_end) == ("starter", YEAR, at(2027, 11, 15))
    assert subtotals(other) == [490_000]
    with pytest.raises(PlanRefused, match="trial_used"):
        trial_begin(mall=mall, plan="growth", at=ends)
    with pytest.raises(PlanRefused, match="paid"):
        trial_begin(mall=starter(), plan="growth", at=ends)
    with pytest.raises(PlanRefused, match="not_sold"):
        trial_begin(mall=make_mall(), plan="unlimited", at=ends)


def test_who_does_not_pay_is_late_and_then_on_the_default_plan(settings) -> None:
    settings.INVOICE_DUE_DAYS, settings.PAST_DUE_DAYS = 14, 14
    mall = starter(paid=False)
    assert renewals_run(at(2026, 11, 15)).late == 0
    assert renewals_run(at(2026, 11, 16)).late == 1
    assert (held(mall).state, plan_name(mall_id=mall.pk)) == (State.PAST_DUE, "starter")
    with pytest.raises(PlanRefused, match="past_due"):
        plan_change(mall=mall, plan="growth", period=MONTH, at=at(2026, 11, 17))
    assert renewals_run(at(2026, 11, 30)).ended == 1
    assert (held(mall).state, plan_name(mall_id=mall.pk)) == (State.CANCELLED, "free")
    assert renewals_run(at(2027, 1, 5)).rolled == 0
    plan_change(mall=mall, plan="starter", period=MONTH, at=at(2027, 1, 5))
    assert (held(mall).state, held(mall).period_end) == (State.ACTIVE, at(2027, 2, 5))


def test_use_beyond_a_yearly_plan_is_billed_month_by_month() -> None:
    mall = make_mall()
    plan_change(mall=mall, plan="starter", period=YEAR, at=NOVEMBER)
    Overage.objects.create(
        mall=mall, month="2026-11-01", kind="search", plan="starter", currency="KRW", quantity=2_000
    )
    assert renewals_run(at(2026, 11, 30)).use == 0
    assert renewals_run(DECEMBER).use == 1
    assert renewals_run(DECEMBER).use == 0
    assert subtotals(mall) == [490_000, 1_200]


def test_one_mall_that_fails_holds_no_other_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from billing import subscriptions

    broken, fine = starter(), starter()
    real = subscriptions.invoice_for_period

    def fails(**given: object) -> object:
        if given["mall"] == broken:
            raise RuntimeError
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(subscriptions, "invoice_for_period", fails)
    done = renewals_run(DECEMBER)
    assert (done.rolled, done.failed) == (1, 1)
    assert (held(broken).period_end, held(fine).period_end) == (DECEMBER, at(2027, 1, 1))
    monkeypatch.undo()
    assert renewals_run(DECEMBER).rolled == 1


def test_what_another_provider_bills_is_left_to_it() -> None:
    mall = starter()
    Subscription.objects.filter(mall=mall).update(provider="stripe")
    assert renewals_run(DECEMBER).rolled == 0
    assert held(mall).period_end == DECEMBER


def test_paying_by_use_needs_a_plan_that_sells_it() -> None:
    mall = make_mall()
    with pytest.raises(PlanRefused, match="no_use_prices"):
        paying_set(mall=mall, overage=True, spend_cap=None)
    subscription_set(mall=mall, plan="starter", at=NOVEMBER)
    assert paying_set(mall=mall, overage=True, spend_cap=50_000).spend_cap == 50_000
    with pytest.raises(ValueError, match="below nothing"):
        paying_set(mall=mall, overage=True, spend_cap=-1)
