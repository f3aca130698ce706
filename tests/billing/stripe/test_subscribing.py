"""Checkout, changes of plan and the end, at a Stripe that speaks its own protocol."""

from datetime import timedelta
from decimal import Decimal

import pytest

from billing.models import Invoice, Subscription
from billing.providers import provider, provider_of
from billing.providers.base import ProviderFailed
from billing.providers.stripe.catalogue import Sold, catalogue_make
from billing.renewals import renewals_run
from tests.billing.stripe.conftest import Paying
from tests.support.stripe_server import World
from tests.support.stripe_server.selling import advance, main_item, session_complete
from tests.support.stripe_server.world import DAY

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_catalogue_is_made_once_and_follows_a_price(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(world.all("price")) == 2 * (4 + 2 * 2 * 2)
    assert catalogue_make() == []
    search = next(p for p in world.all("price") if p["lookup_key"].endswith("search_month_krw"))
    assert Decimal(search["unit_amount_decimal"]) in (Decimal("0.6"), Decimal("0.2"))
    from billing.plans import STARTER

    monkeypatch.setitem(STARTER.prices, ("KRW", "month"), 59_000)
    assert catalogue_make() == ["price lookup_starter_month_krw".replace("lookup", "lookus")]
    assert catalogue_make() == []
    for price in world.all("price"):
        sold = Sold.of(price["lookup_key"])
        assert sold is None or sold.key == price["lookup_key"]


def test_a_checkout_begins_the_plan_and_its_invoice_is_among_ours(paying: Paying) -> None:
    assert provider_of(paying.ours).name == "stripe"
    ours = paying.subscribe()
    assert (ours.plan, ours.state, ours.provider) == ("starter", "active", "stripe")
    assert ours.period_end == paying.now + timedelta(days=30)
    assert ours.provider_subscription.startswith("sub_")
    invoice = Invoice.objects.get()
    assert (invoice.subtotal, invoice.tax, invoice.total) == (49_000, 4_900, 53_900)
    assert (invoice.state, invoice.provider, invoice.mall) == ("paid", "stripe", paying.mall)
    assert invoice.provider_url.startswith("http")
    assert (invoice.tax_percent, invoice.bill_to["name"]) == (10, "주식회사 나무")
    renewals_run(paying.now + timedelta(days=90))
    assert paying.ours.period_end == ours.period_end
    assert Invoice.objects.count() == 1
    with pytest.raises(ProviderFailed, match="pays already"):
        paying.checkout("growth")


def test_two_tabs_do_not_make_two_subscriptions(paying: Paying) -> None:
    first = paying.checkout().rpartition("/")[2]
    second = paying.checkout("growth").rpartition("/")[2]
    assert paying.world.get("checkout.session", first)["status"] == "expired"
    session_complete(paying.world, second)
    paying.deliver()
    assert paying.ours.plan == "growth"
    assert len(paying.world.all("customer")) == 1


def test_what_was_paid_by_invoice_is_not_charged_again(paying: Paying) -> None:
    until = paying.now + timedelta(days=20)
    Subscription.objects.filter(mall=paying.mall).update(
        plan="starter", period_start=paying.now, period_end=until
    )
    ours = paying.subscribe("growth")
    assert (ours.state, ours.period_end) == ("active", until)
    assert not Invoice.objects.exclude(total=0).exists()
    advance(paying.world, int(until.timestamp()))
    paying.deliver()
    assert Invoice.objects.exclude(total=0).get().subtotal == 290_000


def test_a_larger_plan_begins_at_once_and_costs_what_was_shown(paying: Paying) -> None:
    paying.subscribe()
    paying.world.now += 10 * DAY
    shown = provider("stripe").preview(
        subscription=paying.ours, plan="growth", period="month", at=paying.now
    )
    assert shown.due_now == round(290_000 * 20 / 30) - round(49_000 * 20 / 30)
    assert shown.total == shown.due_now + shown.tax
    assert sum(line.amount for line in shown.lines) == shown.due_now
    change = paying.change("growth")
    assert (change.due_now, change.total) == (shown.due_now, shown.total)
    assert paying.ours.plan == "growth"
    paying.deliver()
    assert Invoice.objects.order_by("-pk").first().total == shown.total  # type: ignore[union-attr]
    kinds = {
        Sold.of(one["price"]["lookup_key"]).plan  # type: ignore[union-attr]
        for one in paying.world.all("subscription")[0]["items"]["data"]
    }
    assert kinds == {"growth"}


def test_a_declined_card_changes_nothing(paying: Paying) -> None:
    paying.subscribe()
    paying.world.card_declined = True
    with pytest.raises(ProviderFailed, match="card was declined"):
        paying.change("growth")
    assert paying.ours.plan == "starter"
    paying.deliver()
    assert paying.ours.plan == "starter"


def test_a_smaller_plan_waits_for_the_end_of_what_is_paid_and_can_be_taken_back(
    paying: Paying,
) -> None:
    paying.subscribe("growth")
    change = paying.change("starter")
    assert (change.at_once, change.due_now) == (False, 0)
    assert (paying.ours.plan, paying.ours.next_plan) == ("growth", "starter")
    paying.change("growth")
    assert (paying.ours.plan, paying.ours.next_plan) == ("growth", "")
    paying.change("starter")
    advance(paying.world, paying.world.now + 30 * DAY)
    paying.deliver()
    assert (paying.ours.plan, paying.ours.next_plan) == ("starter", "")
    assert Invoice.objects.order_by("-created_at").first().subtotal == 49_000  # type: ignore[union-attr]


def test_from_months_to_years_a_new_period_begins(paying: Paying) -> None:
    paying.subscribe()
    paying.world.now += 15 * DAY
    change = paying.change("starter", "year")
    assert change.due_now == 490_000 - 24_500
    assert paying.ours.period == "year"
    assert paying.ours.period_end == paying.now + timedelta(days=365)


def test_the_end_comes_with_the_period_that_is_paid(paying: Paying) -> None:
    paying.subscribe()
    provider("stripe").cancel(subscription=paying.ours, at=paying.now)
    assert (paying.ours.plan, paying.ours.next_plan) == ("starter", "free")
    advance(paying.world, paying.world.now + 31 * DAY)
    paying.deliver()
    ours = paying.ours
    assert (ours.state, ours.provider_subscription, ours.period_end) == ("cancelled", "", None)
    again = paying.subscribe("growth")
    assert (again.plan, again.state) == ("growth", "active")


def test_a_renewal_that_is_not_paid_is_late_until_it_is(paying: Paying) -> None:
    paying.subscribe()
    paying.world.card_declined = True
    advance(paying.world, paying.world.now + 30 * DAY)
    paying.deliver()
    assert paying.ours.state == "past_due"
    assert Invoice.objects.filter(state="open").count() == 1
    from tests.support.stripe_server.invoices import invoice_pay

    paying.world.all("subscription")[0]["status"] = "active"
    invoice_pay(paying.world, paying.world.all("invoice")[0]["id"])
    paying.deliver()
    assert paying.ours.state == "active"
    assert not Invoice.objects.filter(state="open").exists()


def test_the_portal_opens_for_the_malls_own_customer(paying: Paying) -> None:
    paying.subscribe()
    url = provider("stripe").portal(
        subscription=paying.ours, back_url="https://here.example/", language="en"
    )
    assert url.startswith(paying.world.base)
    session = paying.world.all("billing_portal.session")[0]
    assert session["customer"] == paying.ours.provider_customer


def test_a_stripe_that_is_away_is_said_so_and_may_be_asked_again(paying: Paying) -> None:
    paying.world.faults = [503, 503, 503]
    with pytest.raises(ProviderFailed) as failed:
        paying.checkout()
    assert failed.value.again
    paying.world.key = "sk_test_other"
    with pytest.raises(ProviderFailed, match="Invalid API Key") as refused:
        paying.checkout()
    assert not refused.value.again


def test_an_answer_that_is_lost_is_asked_for_again_without_a_second_subscription(
    paying: Paying,
) -> None:
    paying.subscribe()
    paying.world.now += 10 * DAY
    asked = len(paying.world.asked)
    paying.world.lost = 0
    before = len(paying.world.all("invoice"))
    provider("stripe").preview(
        subscription=paying.ours, plan="growth", period="month", at=paying.now
    )
    paying.world.lost = 1
    paying.change("growth")
    assert len(paying.world.asked) > asked
    assert len(paying.world.all("invoice")) == before + 1
    assert main_item(paying.world.all("subscription")[0])["quantity"] == 1
