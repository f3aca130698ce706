"""Stripe's messages: proven, written down by their id, and only then acted on.

A message says which object changed; how that stands is asked of Stripe (`sync`). So a message that
comes late, twice or before an earlier one brings nothing out of order.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import stripe
from django.conf import settings
from django.utils import timezone

from billing.models import ProviderEvent
from billing.providers.base import WebhookRefused
from billing.providers.stripe.client import asked, client
from billing.providers.stripe.reading import MALL_KEY
from billing.providers.stripe.sync import NAME, invoice_sync, subscription_sync

TOLERANCE_SECONDS = 300
"""How far a signature's time may be off. Stripe signs each attempt anew: no honest one is late."""
LARGEST = 512 * 1024
HEADER = "Stripe-Signature"


def webhook_take(*, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
    """The event's row, new or the one that is there. Raises WebhookRefused."""
    told = _proven(body, headers.get(HEADER, ""))
    thing = told["data"]["object"]
    metadata = thing.get("metadata") or {}
    event = ProviderEvent(
        provider=NAME,
        event_id=told["id"],
        type=told["type"],
        object_id=thing.get("id") or "",
        mall_hint=str(metadata.get(MALL_KEY, ""))[:20],
        created_at=datetime.fromtimestamp(told["created"], UTC),
    )
    ProviderEvent.objects.bulk_create([event], ignore_conflicts=True)
    return ProviderEvent.objects.get(provider=NAME, event_id=told["id"])


def event_act(event: ProviderEvent) -> str:
    """What was done. Raises ProviderFailed where Stripe cannot be asked: then it is tried again."""
    kind = event.type
    if kind.startswith("customer.subscription."):
        return subscription_sync(event.object_id)
    if kind.startswith("invoice.") and event.object_id:
        return invoice_sync(event.object_id)
    if kind == "checkout.session.completed":
        return _checkout(event.object_id)
    if kind.startswith("subscription_schedule."):
        return _schedule(event.object_id)
    return "nothing to do"


def _checkout(session_id: str) -> str:
    with asked():
        session = client().v1.checkout.sessions.retrieve(session_id).to_dict()
    subscription = session.get("subscription")
    return subscription_sync(subscription) if subscription else "no subscription"


def _schedule(schedule_id: str) -> str:
    with asked():
        schedule = client().v1.subscription_schedules.retrieve(schedule_id).to_dict()
    subscription = schedule.get("subscription") or schedule.get("released_subscription")
    return subscription_sync(subscription) if subscription else "no subscription"


def _proven(body: bytes, header: str) -> dict[str, Any]:
    """The message, signed with one of our secrets, over these very bytes, now."""
    if len(body) > LARGEST:
        raise WebhookRefused("larger than Stripe's messages are")
    if not any(_is_signed(body, header, one) for one in settings.STRIPE_WEBHOOK_SECRETS):
        raise WebhookRefused("the signature is not Stripe's, or too old")
    if _signed_at(header) > timezone.now().timestamp() + TOLERANCE_SECONDS:
        raise WebhookRefused("signed in the future")
    try:
        told = json.loads(body)
        told["id"], told["type"], told["created"], told["data"]["object"]
    except (ValueError, KeyError, TypeError) as error:
        raise WebhookRefused("signed, but no event") from error
    return dict(told)


def _is_signed(body: bytes, header: str, secret: str) -> bool:
    try:
        return bool(stripe.WebhookSignature.verify_header(body, header, secret, TOLERANCE_SECONDS))
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return False


def _signed_at(header: str) -> float:
    parts = dict(part.split("=", 1) for part in header.split(",") if "=" in part)
    return float(parts["t"])
