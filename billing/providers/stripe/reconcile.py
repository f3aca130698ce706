"""Every night: what Stripe has and what we have, side by side. It lists, and changes nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Sum

from billing.models import Kind, MeterReport, ProviderEvent, Subscription
from billing.models_invoices import Invoice
from billing.providers.base import Difference
from billing.providers.stripe.catalogue import event_name, meter_ids
from billing.providers.stripe.client import asked, client
from billing.providers.stripe.meters import summed
from billing.providers.stripe.reading import Theirs, invoice_read, subscription_read
from billing.providers.stripe.sync import NAME

State = Subscription.State
INVOICE_DAYS, METER_DAYS = 40, 30
SETTLED = timedelta(hours=1)
"""What is younger may still be on its way."""


def reconcile(*, at: datetime) -> tuple[int, list[Difference]]:
    """How many things were compared, and the differences. Raises ProviderFailed."""
    found: list[Difference] = []
    compared = 0
    for part in (_subscriptions(at), _invoices(at), _meters(at), _unfinished(at)):
        for difference in part:
            compared += 1
            if difference is not None:
                found.append(difference)
    return compared, found


def _subscriptions(at: datetime) -> Iterator[Difference | None]:
    rows = Subscription.objects.select_related("mall").exclude(provider_customer="")
    ours = {one.provider_customer: one for one in rows}
    seen: set[str] = set()
    with asked():
        listed = client().v1.subscriptions.list(
            {"status": "all", "limit": 100, "expand": ["data.schedule"]}
        )
        all_theirs = [subscription_read(one.to_dict()) for one in listed.auto_paging_iter()]
    for theirs in all_theirs:
        if theirs.state in (None, State.CANCELLED):
            continue
        known = ours.get(theirs.customer)
        if known is None:
            # An account may serve others too: only what names a mall of ours is missed here.
            yield Difference("subscription", theirs.mall, "–", theirs.id) if theirs.mall else None
            continue
        seen.add(theirs.id)
        yield from _subscription(known, theirs)
    for one in ours.values():
        if one.provider_subscription and one.provider_subscription not in seen:
            name = one.provider_subscription
            yield Difference("subscription", one.mall.slug, name, "ended or unknown")


def _subscription(ours: Subscription, theirs: Theirs) -> Iterator[Difference | None]:
    mall = ours.mall.slug
    if ours.provider_subscription != theirs.id:
        yield Difference("subscription", mall, ours.provider_subscription or "–", theirs.id)
        return
    sold = theirs.sold
    pairs = (
        ("plan", ours.plan, sold.plan if sold else "–"),
        ("period", ours.period, sold.period if sold else "–"),
        ("currency", ours.currency, sold.currency if sold else "–"),
        ("state", _state(ours), str(theirs.state)),
        ("period's end", _shown(ours.period_end), _shown(theirs.end)),
        ("next plan", ours.next_plan, theirs.next_plan),
    )
    for what, mine, yours in pairs:
        yield Difference(what, mall, mine, yours) if mine != yours else None


def _invoices(at: datetime) -> Iterator[Difference | None]:
    since = at - timedelta(days=INVOICE_DAYS)
    rows = Invoice.objects.filter(provider=NAME, created_at__gte=since - timedelta(days=1))
    ours = {one.provider_invoice: one for one in rows}
    customers = dict(
        Subscription.objects.exclude(provider_customer="").values_list(
            "provider_customer", "mall__slug"
        )
    )
    with asked():
        listed = client().v1.invoices.list(
            {"created": {"gte": int(since.timestamp())}, "limit": 100}
        )
        all_theirs = [invoice_read(one.to_dict()) for one in listed.auto_paging_iter()]
    for theirs in all_theirs:
        mall = customers.get(theirs.customer)
        if mall is None or theirs.created > at - SETTLED:
            continue
        known = ours.get(theirs.id)
        told = f"{theirs.state} {theirs.total} {theirs.currency}"
        mine = f"{known.state} {known.total} {known.currency}" if known else "–"
        what = f"invoice {theirs.number or theirs.id}"
        yield Difference(what, mall, mine, told) if mine != told else None


def _meters(at: datetime) -> Iterator[Difference | None]:
    """What was told in the last days up to an hour ago, and what the meters have of it."""
    start, end = at - timedelta(days=METER_DAYS), at - SETTLED
    start, end = (one.replace(second=0, microsecond=0) for one in (start, end))
    meters = meter_ids()
    told = MeterReport.objects.filter(sent_at__isnull=False, at__gte=start, at__lt=end)
    sums = told.values_list("mall", "overage__kind").annotate(sum=Sum("quantity")).order_by()
    by_mall = {(mall, kind): total for mall, kind, total in sums}
    for one in Subscription.objects.select_related("mall").exclude(provider_customer=""):
        for kind in Kind.values:
            mine = by_mall.get((one.mall_id, kind), 0)
            if not mine and not one.provider_subscription:
                continue
            theirs = summed(
                meter=meters[event_name(kind)],
                customer=one.provider_customer,
                start=start,
                end=end,
            )
            what = f"use beyond the plan, {kind}"
            differ = mine != theirs
            yield Difference(what, one.mall.slug, str(mine), str(theirs)) if differ else None


def _unfinished(at: datetime) -> Iterator[Difference | None]:
    """What Stripe told and nobody acted on, and what it could not be told."""
    for event in ProviderEvent.objects.filter(
        provider=NAME, done_at=None, received_at__lt=at - SETTLED
    ):
        what = f"message {event.event_id} ({event.type})"
        yield Difference(what, event.mall_hint, event.outcome or "not acted on", "sent")
    late = MeterReport.objects.select_related("mall").filter(sent_at=None, at__lt=at - SETTLED)
    for report in late:
        what = f"meter event {report.identifier}"
        yield Difference(what, report.mall.slug, str(report.quantity), report.outcome or "not told")


def _state(ours: Subscription) -> str:
    """A trial of ours goes on while Stripe waits for its end."""
    return str(State.ACTIVE if ours.state == State.TRIAL else ours.state)


def _shown(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}" if moment else "–"
