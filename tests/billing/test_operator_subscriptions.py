"""What operators set of a subscription: a plan without a bill, a price that was agreed on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from billing.models import Subscription
from billing.models_invoices import Invoice
from billing.renewals import renewals_run
from tests.billing.operators import operator
from tests.factories import make_mall, make_shop

pytestmark = pytest.mark.django_db
TABLE = "/operator/billing/subscription/"


def form(mall, **fields):
    """As a browser sends it: empty where nothing is said."""
    names = ("agreed_price", "spend_cap", "bill_name", "bill_address", "bill_tax_number")
    told = dict.fromkeys((*names, "bill_email"), "")
    told |= {"plan": "free", "currency": "KRW", "period": "month", "bill_country": "KR"}
    return told | {"mall": mall.pk} | fields


def test_a_plan_with_an_agreed_price_is_billed_when_the_clock_comes():
    mall = make_mall()
    make_shop(mall)
    sent = form(mall, plan="enterprise", agreed_price="1500000", bill_name="Namu")
    assert operator(superuser=True).post(TABLE + "add/", sent).status_code == 302
    subscription = Subscription.objects.get()
    assert (subscription.plan, subscription.agreed_price) == ("enterprise", 1_500_000)
    assert subscription.bill_name == "Namu"
    assert not Invoice.objects.exists()
    renewals_run(timezone.now())
    assert Invoice.objects.get().subtotal == 1_500_000


def test_another_plan_begins_anew_and_the_price_of_the_former_ends():
    mall = make_mall()
    now = timezone.now()
    had = Subscription.objects.create(
        mall=mall,
        plan="growth",
        next_plan="starter",
        next_period="month",
        period_start=now - timedelta(days=20),
        period_end=now + timedelta(days=10),
    )
    address = f"{TABLE}{had.pk}/change/"
    assert operator(superuser=True).post(address, form(mall, plan="starter")).status_code == 302
    had.refresh_from_db()
    assert (had.plan, had.next_plan) == ("starter", "")
    assert had.period_start > now - timedelta(days=1)


def test_what_runs_at_a_provider_is_not_changed_here():
    mall = make_mall()
    had = Subscription.objects.create(
        mall=mall, plan="starter", provider="stripe", provider_subscription="sub_1"
    )
    sent = form(mall, plan="growth", agreed_price="1", bill_name="Namu")
    staff = operator(superuser=True)
    assert staff.post(f"{TABLE}{had.pk}/change/", sent).status_code == 302
    had.refresh_from_db()
    assert (had.plan, had.agreed_price, had.bill_name) == ("starter", None, "Namu")
    assert staff.post(f"{TABLE}{had.pk}/delete/", {"post": "yes"}).status_code == 403
