"""Which provider bills, and the one that needs nobody else."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from billing.models import Invoice, Reconciliation, Subscription
from billing.provider_work import use_tell
from billing.providers import PROVIDERS, provider, provider_of
from billing.providers.base import ProviderFailed, WebhookRefused
from lookus import env
from tests.billing.paying import beyond, paying_mall
from tests.support.stripe_server import stripe_server

pytestmark = pytest.mark.django_db(transaction=True)


def ours(**fields: Any) -> Subscription:
    mall = paying_mall(**fields)
    return Subscription.objects.select_related("mall").get(mall=mall)


def test_a_subscription_stays_with_who_bills_it(settings: Any) -> None:
    new, running = ours(plan="free", period_start=None, period_end=None), ours()
    assert {provider_of(one).name for one in (new, running)} == {"manual"}
    settings.PAYMENT_PROVIDER = "stripe"
    assert (provider_of(new).name, provider_of(running).name) == ("stripe", "manual")
    with pytest.raises(KeyError):
        provider("paddle")
    assert all(provider(name).name == name for name in PROVIDERS)


def test_by_invoice_a_plan_begins_at_once_and_ends_with_its_period() -> None:
    manual, new = provider("manual"), ours(plan="free", period_start=None, period_end=None)
    at = timezone.now()
    shown = manual.preview(subscription=new, plan="starter", period="month", at=at)
    url = manual.checkout(
        subscription=new,
        plan="starter",
        period="month",
        done_url="https://here.example/done",
        back_url="https://here.example/back",
        language="en",
    )
    assert url == "https://here.example/done"
    assert Invoice.objects.get().total == shown.total == 53_900
    new.refresh_from_db()
    manual.change(subscription=new, plan="growth", period="month", at=at + timedelta(hours=1))
    assert Invoice.objects.count() == 2
    manual.cancel(subscription=new, at=at + timedelta(hours=2))
    new.refresh_from_db()
    assert (new.plan, new.next_plan) == ("growth", "free")
    assert manual.portal(subscription=new, back_url="/x", language="en") == "/x"


def test_by_invoice_nobody_is_told_and_nobody_tells() -> None:
    manual = provider("manual")
    with pytest.raises(WebhookRefused):
        manual.webhook_take(body=b"{}", headers={})
    beyond(ours().mall, 10)
    assert use_tell() == 0
    assert manual.reconcile(at=timezone.now()) == (0, [])


def test_the_command_makes_what_is_sold_and_compares(settings: Any) -> None:
    with pytest.raises(CommandError, match="STRIPE_SECRET_KEY is empty"):
        call_command("billing", "stripe-setup")
    with stripe_server() as world:
        settings.PAYMENT_PROVIDER, settings.STRIPE_API_BASE = "stripe", world.base
        settings.STRIPE_SECRET_KEY = world.key
        said = io.StringIO()
        call_command("billing", "stripe-setup", stdout=said)
        assert "made meter lookus_search_beyond" in said.getvalue()
        call_command("billing", "stripe-setup", stdout=said)
        assert "0 made" in said.getvalue()
        mall = ours(provider="stripe", provider_subscription="sub_gone", provider_customer="cus_1")
        told = io.StringIO()
        with pytest.raises(SystemExit):
            call_command("billing", "reconcile", "--json", stdout=told)
        found = json.loads(told.getvalue())["differences"]
        assert found == [
            {
                "what": "subscription",
                "mall": mall.mall.slug,
                "ours": "sub_gone",
                "theirs": "ended or unknown",
            }
        ]
        assert Reconciliation.objects.count() == 1
        settings.STRIPE_SECRET_KEY = "sk_test_wrong"
        with pytest.raises(CommandError, match="Invalid API Key"):
            call_command("billing", "reconcile")


def test_settings_that_cannot_be_stop_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ImproperlyConfigured, match="STRIPE_SECRET_KEY is empty"):
        env.need("STRIPE_SECRET_KEY", "", "PAYMENT_PROVIDER=stripe")
    monkeypatch.setenv("INVOICE_PREFIX", "LU/2026")
    with pytest.raises(ImproperlyConfigured, match="1 to 12 letters"):
        env.slug("INVOICE_PREFIX", "LU")
    monkeypatch.setenv("STRIPE_API_BASE", "http://stripe.example")
    with pytest.raises(ImproperlyConfigured, match="a secret is sent there"):
        env.api_url("STRIPE_API_BASE", "https://api.stripe.com")
    monkeypatch.setenv("STRIPE_API_BASE", "http://127.0.0.1:8420")
    assert env.api_url("STRIPE_API_BASE", "") == "http://127.0.0.1:8420"


def test_a_checkout_of_what_is_not_sold_is_refused_with_words(settings: Any) -> None:
    with stripe_server() as world:
        settings.PAYMENT_PROVIDER, settings.STRIPE_API_BASE = "stripe", world.base
        settings.STRIPE_SECRET_KEY = world.key
        new = ours(plan="free", period_start=None, period_end=None)
        with pytest.raises(ProviderFailed, match="run `lookus billing stripe-setup`"):
            provider("stripe").checkout(
                subscription=new,
                plan="starter",
                period="month",
                done_url="https://here.example/",
                back_url="https://here.example/",
                language="en",
            )
        with pytest.raises(ValueError, match="not_sold"):
            provider("stripe").checkout(
                subscription=new,
                plan="enterprise",
                period="month",
                done_url="https://here.example/",
                back_url="https://here.example/",
                language="en",
            )
