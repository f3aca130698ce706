"""Stripe's messages: forged, late, repeated and reordered ones do no harm."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from billing.models import Invoice, ProviderEvent, Subscription
from billing.provider_work import events_act
from billing.providers.stripe.sync import subscription_sync
from tests.billing.paying import paying_mall
from tests.billing.stripe.conftest import Paying, send
from tests.support.stripe_server.selling import session_complete
from tests.support.stripe_server.world import DAY, signed

pytestmark = pytest.mark.django_db(transaction=True)


def told(paying: Paying) -> list[Any]:
    """What Stripe tells of a checkout, not delivered yet."""
    session_complete(paying.world, paying.checkout().rpartition("/")[2])
    events = list(paying.world.events)
    paying.world.events.clear()
    return events


def test_forged_and_late_messages_are_refused_and_nothing_is_kept(paying: Paying) -> None:
    event = told(paying)[0]
    now = int(time.time())
    body, header = signed(event, "whsec_test", now)
    forged = json.dumps(event | {"type": "customer.subscription.deleted"}).encode()
    client = Client()
    for faulty in (
        send(event, secret="whsec_guessed"),
        send(event, at=now - 301),
        send(event, at=now + 400),
        send(event, body=forged),
        send(event, body=body + b" "),
        client.post("/billing/stripe/webhook", body, content_type="application/json"),
        client.post(
            "/billing/stripe/webhook",
            body,
            content_type="application/json",
            headers={"Stripe-Signature": f"t={now},v1="},
        ),
        client.post(
            "/billing/stripe/webhook",
            body,
            content_type="application/json",
            headers={"Stripe-Signature": "t=soon,v1=00"},
        ),
        send({"no": "event"}),
    ):
        assert faulty.status_code == 400, faulty.content
    assert not ProviderEvent.objects.exists()
    assert client.get("/billing/stripe/webhook").status_code == 405
    assert send({"padding": "x" * 600_000}).status_code == 413
    assert send(event, secret="whsec_former").status_code == 200
    assert header


def test_only_the_installations_provider_is_listened_to(paying: Paying, settings: Any) -> None:
    for name in ("manual", "paddle"):
        assert Client().post(f"/billing/{name}/webhook").status_code == 404
    settings.PAYMENT_PROVIDER = "manual"
    assert Client().post("/billing/stripe/webhook").status_code == 404


def test_a_message_is_written_down_before_it_is_acted_on(paying: Paying) -> None:
    event = told(paying)[0]
    assert send(event).status_code == 200
    row = ProviderEvent.objects.get(event_id=event["id"])
    assert (row.done_at, row.attempts, row.type) == (None, 0, event["type"])
    assert paying.ours.plan == "free"
    events_act()
    row.refresh_from_db()
    assert row.done_at is not None
    assert paying.ours.plan == "starter"


def test_repeated_messages_act_once(paying: Paying) -> None:
    events = told(paying)
    for event in events * 3:
        send(event)
    assert ProviderEvent.objects.count() == len(events)
    assert events_act() == len(events)
    assert events_act() == 0
    send(events[0])
    assert events_act() == 0
    assert Invoice.objects.count() == 1


def test_in_whatever_order_they_come_the_end_is_the_same(paying: Paying) -> None:
    events = told(paying)
    subscription = paying.world.all("subscription")[0]
    paying.world.now += 5 * DAY
    subscription["cancel_at_period_end"] = True
    later = paying.world.tell("customer.subscription.updated", subscription)
    subscription["cancel_at_period_end"] = False
    last = paying.world.tell("customer.subscription.updated", subscription)
    paying.deliver(last, later, *reversed(events))
    assert (paying.ours.plan, paying.ours.next_plan) == ("starter", "")
    paying.deliver(later)
    assert paying.ours.next_plan == ""


def test_an_older_answer_that_arrives_late_changes_nothing(
    paying: Paying, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = paying.subscribe()
    newer = ours.provider_synced_at + timedelta(hours=1)  # type: ignore[operator]
    Subscription.objects.filter(pk=ours.pk).update(provider_synced_at=newer, plan="growth")
    assert subscription_sync(ours.provider_subscription) == "known newer"
    assert paying.ours.plan == "growth"


def test_workers_at_the_same_messages_do_them_once(paying: Paying) -> None:
    for event in told(paying):
        send(event)

    def work(_: int) -> int:
        try:
            return events_act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(work, range(4)))
    assert done == ProviderEvent.objects.count()
    assert Invoice.objects.count() == 1


def test_a_message_waits_while_stripe_cannot_be_asked(paying: Paying) -> None:
    event = told(paying)[0]
    send(event)
    paying.world.faults = [500, 500, 500]
    assert events_act() == 0
    row = ProviderEvent.objects.get()
    assert "Stripe" in row.outcome and row.done_at is None
    assert row.tried_at is not None
    assert events_act(row.tried_at + timedelta(seconds=60)) == 0
    assert events_act(row.tried_at + timedelta(minutes=5)) == 1
    assert paying.ours.plan == "starter"


def test_messages_about_others_of_the_account_are_left_alone(paying: Paying) -> None:
    other = paying_mall("free", period_start=None, period_end=None)
    events = told(paying)
    Subscription.objects.filter(mall=paying.mall).update(provider_customer="cus_else")
    paying.world.all("subscription")[0]["metadata"] = {}
    paying.deliver(*events)
    assert {row.outcome for row in ProviderEvent.objects.all()} == {"no mall of ours"}
    assert Subscription.objects.get(mall=other).plan == "free"
    paying.deliver(paying.world.tell("payout.paid", {"id": "po_1", "object": "payout"}))
    assert ProviderEvent.objects.get(type="payout.paid").outcome == "nothing to do"


def test_a_malls_end_does_not_end_its_messages(paying: Paying) -> None:
    paying.subscribe()
    paying.mall.delete()
    found = paying.world.all("subscription")[0]
    paying.deliver(paying.world.tell("customer.subscription.updated", found))
    assert ProviderEvent.objects.order_by("-pk")[0].outcome == "no mall of ours"
    assert Invoice.objects.get().mall is None
