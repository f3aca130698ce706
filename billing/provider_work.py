"""What is done with the provider behind the pages: its messages, use to tell, the books compared.

Each row is claimed by a conditional UPDATE, the network is asked outside any transaction, and all
of it is safe to do again.
"""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from billing.invoice_lines import unbilled
from billing.models import MeterReport, ProviderEvent, Reconciliation, Subscription
from billing.providers import provider
from billing.providers.base import ProviderFailed
from tenants.doorbell import message_send

log = logging.getLogger(__name__)

ACT = "billing.tasks.act_on_provider_events"
COMPARE = "billing.tasks.reconcile"
LONGEST_PAUSE = timedelta(hours=6)
ATTEMPTS = 40
"""With pauses that double up to six hours: more than a week."""
KEEP_DAYS = 30
"""Comparisons of the last month are kept."""
ROUND = 200


def events_ring() -> None:
    """Say that a message waits; the sweep finds it where the broker does not hear."""
    message_send(ACT)


def compare_ring() -> None:
    """Let a worker compare the books now."""
    message_send(COMPARE)


def events_act(at: datetime | None = None) -> int:
    """Act on the messages that wait, oldest first: how many were done."""
    at = at or timezone.now()
    waiting = ProviderEvent.objects.filter(done_at=None).order_by("received_at", "pk")
    return sum(_event_act(event, at) for event in waiting[:ROUND] if _is_due(event, at))


def _event_act(event: ProviderEvent, at: datetime) -> bool:
    claim = ProviderEvent.objects.filter(pk=event.pk, done_at=None, attempts=event.attempts)
    if not claim.update(attempts=F("attempts") + 1, tried_at=at):
        return False
    try:
        outcome, done = provider(event.provider).event_act(event=event), True
    except ProviderFailed as error:
        outcome, done = str(error), not error.again or event.attempts + 1 >= ATTEMPTS
        log.warning("message %s of %s: %s", event.event_id, event.provider, error)
    ProviderEvent.objects.filter(pk=event.pk).update(
        outcome=outcome[:300], done_at=timezone.now() if done else None
    )
    return done


def _is_due(event: ProviderEvent, at: datetime) -> bool:
    """New, or its pause is over: two minutes at first, in which another worker may be at it."""
    if event.tried_at is None:
        return True
    return at - event.tried_at >= min(LONGEST_PAUSE, timedelta(minutes=2 ** min(event.attempts, 9)))


def use_tell(at: datetime | None = None) -> int:
    """Tell providers what was used beyond the plan since the last time: how much was told."""
    at = at or timezone.now()
    rows = Subscription.objects.exclude(provider_subscription="").exclude(provider="manual")
    for subscription in rows.select_related("mall").order_by("pk"):
        _reports_make(subscription, at)
    waiting = MeterReport.objects.filter(sent_at=None).select_related("overage", "mall")
    return sum(_report_send(report, at) for report in waiting.order_by("at", "pk")[:ROUND])


@transaction.atomic
def _reports_make(subscription: Subscription, at: datetime) -> None:
    """Rows first, with their names: a worker that dies while it tells, tells the same again."""
    Subscription.objects.select_for_update().get(pk=subscription.pk)
    mall, later = subscription.mall, date.max
    for overage in unbilled(mall_id=mall.pk, currency=subscription.currency, before=later):
        rest = overage.quantity - overage.billed
        if rest:
            MeterReport.objects.create(
                mall=mall,
                overage=overage,
                identifier=f"lookus-{mall.slug}-{overage.pk}-{overage.reports.count() + 1}",
                quantity=rest,
                at=at,
            )


def _report_send(report: MeterReport, at: datetime) -> bool:
    claim = MeterReport.objects.filter(pk=report.pk, sent_at=None, attempts=report.attempts)
    if not claim.update(attempts=F("attempts") + 1, tried_at=report.tried_at or at):
        return False
    subscription = Subscription.objects.filter(mall=report.mall).first()
    name = subscription.provider if subscription else ""
    try:
        outcome = provider(name).usage_report(report=report, at=at)
    except (ProviderFailed, KeyError) as error:
        MeterReport.objects.filter(pk=report.pk).update(outcome=str(error)[:300])
        log.warning("meter event %s: %s", report.identifier, error)
        return False
    MeterReport.objects.filter(pk=report.pk).update(sent_at=at, outcome=outcome)
    return True


def reconcile(*, name: str, at: datetime | None = None) -> Reconciliation:
    """Compare the books with a provider's, and keep what differs. Raises ProviderFailed."""
    at = at or timezone.now()
    compared, differences = provider(name).reconcile(at=at)
    for one in differences:
        log.warning("%s: %s of %s: ours %s, theirs %s", name, *one.row().values())
    Reconciliation.objects.filter(at__lt=at - timedelta(days=KEEP_DAYS)).delete()
    return Reconciliation.objects.create(
        provider=name, at=at, compared=compared, differences=[one.row() for one in differences]
    )
