"""Operators see where the provider's books differ from ours."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from billing.models import MeterReport, ProviderEvent, Reconciliation
from tenants import doorbell
from tests.billing.operators import operator
from tests.billing.paying import beyond, paying_mall
from tests.factories import make_user

pytestmark = pytest.mark.django_db

BOOKS = "/operator/money/books/"


def test_differences_and_what_waits_are_named(settings: Any) -> None:
    settings.PAYMENT_PROVIDER = "stripe"
    mall = paying_mall()
    row = {"what": "plan", "mall": mall.slug, "ours": "starter", "theirs": "growth"}
    for days, rows in ((1, []), (0, [row])):
        Reconciliation.objects.create(
            provider="stripe",
            at=timezone.now() - timedelta(days=days),
            compared=12,
            differences=rows,
        )
    ProviderEvent.objects.create(
        provider="stripe",
        event_id="evt_1",
        type="invoice.paid",
        created_at=timezone.now(),
        outcome="Stripe cannot be reached",
    )
    MeterReport.objects.create(
        mall=mall, identifier="lookus-1", overage=beyond(mall, 77), quantity=77, at=timezone.now()
    )
    page = operator(superuser=True).get(BOOKS).content.decode()
    for words in (mall.slug, "growth", "invoice.paid", "Stripe cannot be reached", "77", "Compare"):
        assert words in page
    korean = operator(superuser=True)
    korean.cookies["django_language"] = "ko"
    told = korean.get(BOOKS).content.decode()
    assert "<td>요금제</td>" in told


def test_without_another_provider_there_is_nothing_to_compare() -> None:
    page = operator(superuser=True).get(BOOKS).content.decode()
    assert "no other books are kept" in page
    assert "<button>Compare now" not in page


def test_a_comparison_is_asked_of_a_worker(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PAYMENT_PROVIDER = "stripe"
    rung: list[str] = []
    monkeypatch.setattr(doorbell.current_app, "send_task", lambda name, **_: rung.append(name))
    assert operator(superuser=True).post(BOOKS).status_code == 302
    assert rung == ["billing.tasks.reconcile"]


def test_only_operators_with_the_right_see_the_books() -> None:
    client = Client()
    assert client.get(BOOKS).status_code == 302
    client.force_login(make_user("owner"))
    assert client.get(BOOKS).status_code in (302, 403)
    client = operator()
    assert client.get(BOOKS).status_code == 403
    assert client.post(BOOKS).status_code == 403
    reader = operator("billing.view_invoice")
    assert reader.get(BOOKS).status_code == 200
    assert reader.post(BOOKS).status_code == 403
