"""Send what waits: one chunk of one shop at a time.

1. Claim: the outbox leases a chunk of deliveries.
2. Attempt: a signed POST each, outside any scope and transaction.
3. Settle: the row and the outbox in one transaction. A worker that dies before it leaves the
   delivery to another, so that a message may come twice, never not at all: receivers tell it by
   `webhook-id`.
"""

import logging
import random
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.utils import timezone

from tenants import outbox
from tenants.fetch import FetchError, post
from tenants.models import Shop
from tenants.models_webhooks import (
    ANSWER_LENGTH,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookMessage,
)
from tenants.notices import ENDPOINT_OFF, owners_tell
from tenants.scope import shop_scope
from tenants.sealed import Unreadable
from tenants.webhooks.endpoints import endpoint_off
from tenants.webhooks.signing import body_of, headers_of, secrets_of

log = logging.getLogger(__name__)

State = WebhookDelivery.State
CHUNK = 8
# Seconds between one attempt and the next, as Standard Webhooks proposes them: 8 attempts in
# 27.6 hours. Each is stretched or shortened at random, so that nobody is met by all at once.
WAITS = (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600)
ATTEMPTS = len(WAITS) + 1
JITTER = 0.2
GONE = 410
# Characters are at most four bytes.
ANSWER_BYTES = 4 * ANSWER_LENGTH
SPARE_SECONDS = 30


@dataclass(frozen=True)
class Outcome:
    """What one attempt came to; `status` None: no answer, and `error` says why."""

    status: int | None
    answer: str
    error: str
    duration_ms: int

    @property
    def delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def deliveries_send(*, shop_id: int) -> int:
    """Attempt the shop's next deliveries and ring for those after: how many were attempted."""
    shop = Shop.objects.open().filter(pk=shop_id).first()
    if shop is None:
        return 0
    waiting = _claim(shop)
    if waiting:
        with ThreadPoolExecutor(len(waiting), thread_name_prefix="webhook") as senders:
            outcomes = list(senders.map(partial(_attempt, shop), waiting))
        for delivery, outcome in zip(waiting, outcomes, strict=True):
            _settle(shop, delivery, outcome)
    outbox.ring(shop_id=shop_id, topic=outbox.WEBHOOK)
    return len(waiting)


def wait_before(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None: it is given up."""
    if attempts >= ATTEMPTS:
        return None
    seconds = WAITS[attempts - 1] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
    return timedelta(seconds=seconds)


def _claim(shop: Shop) -> list[WebhookDelivery]:
    until = timezone.now() + timedelta(seconds=settings.WEBHOOK_TIMEOUT_SECONDS + SPARE_SECONDS)
    with shop_scope(shop):
        ids = outbox.take(shop_id=shop.pk, topic=outbox.WEBHOOK, limit=CHUNK, until=until)
        rows = WebhookDelivery.objects.filter(pk__in=ids, state=State.WAITING)
        waiting = list(rows.select_related("message", "endpoint").order_by("pk"))
        switched_off = [one.pk for one in waiting if not one.endpoint.enabled]
        WebhookDelivery.objects.filter(pk__in=switched_off).update(state=State.FAILED, next_at=None)
        ready = [one for one in waiting if one.endpoint.enabled]
        _done(shop, set(ids) - {one.pk for one in ready})
    return ready


def _attempt(shop: Shop, delivery: WebhookDelivery) -> Outcome:
    """One POST. Runs in a thread of its own and touches no row."""
    endpoint, message = delivery.endpoint, delivery.message
    began = time.monotonic()
    status, answer, error = None, "", ""
    try:
        body = body_of(message, shop)
        now = timezone.now()
        reply = post(
            endpoint.url,
            body=body.encode(),
            headers=headers_of(message.uid, body, secrets_of(endpoint, now), now),
            seconds=settings.WEBHOOK_TIMEOUT_SECONDS,
            max_bytes=ANSWER_BYTES,
        )
        status, answer = reply.status, _readable(reply.body)
    except FetchError as failed:
        error = failed.message
    except Unreadable:
        error = "The secret cannot be read under the present SECRET_KEY: make a new secret."
    return Outcome(status, answer, error[:300], int((time.monotonic() - began) * 1000))


def _readable(body: bytes) -> str:
    return body.decode(errors="replace").replace("\0", "�")[:ANSWER_LENGTH]


def _settle(shop: Shop, delivery: WebhookDelivery, outcome: Outcome) -> None:
    now = timezone.now()
    with shop_scope(shop):
        # Locked, so that two workers' outcomes are counted one after the other.
        rows = WebhookDelivery.objects.filter(pk=delivery.pk, state=State.WAITING)
        held = rows.select_for_update(no_key=True).first()
        if held is None:
            _done(shop, [delivery.pk])
            return
        held.attempts += 1
        held.last_at, held.next_at = now, None
        held.status, held.answer, held.error = outcome.status, outcome.answer, outcome.error
        held.duration_ms = outcome.duration_ms
        wait = None if outcome.status == GONE else wait_before(held.attempts)
        if outcome.delivered:
            held.state = State.DELIVERED
        elif wait is None:
            held.state = State.FAILED
        else:
            held.next_at = now + wait
        held.save()
        _judge(shop, delivery.endpoint, outcome, now)
        if held.next_at is None:
            _done(shop, [held.pk])
        else:
            outbox.later(
                shop_id=shop.pk, topic=outbox.WEBHOOK, object_ids=[held.pk], at=held.next_at
            )


def _judge(shop: Shop, endpoint: WebhookEndpoint, outcome: Outcome, now: datetime) -> None:
    """Note that the endpoint works or fails; switch off one that is gone or fails for days."""
    rows = WebhookEndpoint.objects.filter(pk=endpoint.pk)
    if outcome.delivered:
        rows.exclude(failing_since=None).update(failing_since=None)
        return
    rows.filter(failing_since=None).update(failing_since=now)
    since = rows.values_list("failing_since", flat=True).first()
    long = since is not None and since <= now - timedelta(days=settings.WEBHOOK_OFF_DAYS)
    reason = "gone" if outcome.status == GONE else "failing" if long else ""
    if reason and endpoint_off(endpoint=endpoint, reason=reason):
        log.info("shop %s: webhook endpoint %s switched off: %s", shop.pk, endpoint.pk, reason)
        owners_tell(
            shop=shop,
            subject=ENDPOINT_OFF,
            template="webhook_off",
            page=f"tenants/webhookendpoint/{endpoint.pk}/change/",
            url=endpoint.url,
            reason=reason,
        )


def _done(shop: Shop, ids: Iterable[int]) -> None:
    outbox.done(shop_id=shop.pk, topic=outbox.WEBHOOK, object_ids=ids)


def deliveries_forget() -> int:
    """Delete messages older than WEBHOOK_LOG_DAYS with their deliveries, shop by shop."""
    before = timezone.now() - timedelta(days=settings.WEBHOOK_LOG_DAYS)
    gone = 0
    for shop_id in list(Shop.objects.order_by("pk").values_list("pk", flat=True)):
        with shop_scope(shop_id):
            gone += WebhookMessage.objects.filter(at__lte=before).delete()[0]
    return gone
