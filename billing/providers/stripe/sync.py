"""Bring our rows to how things stand at Stripe, by asking: safe at any time, as often as wanted.

Of two answers the one that was asked for later counts: an older one that arrives after it changes
nothing.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from billing.invoicing import bill_to, language_of
from billing.models import MeterReport, Subscription
from billing.models_invoices import Invoice, InvoiceLine
from billing.periods import plan_put
from billing.plans import rounded
from billing.providers.base import ProviderFailed
from billing.providers.stripe.client import asked, client, is_missing
from billing.providers.stripe.reading import (
    TheirInvoice,
    Theirs,
    invoice_read,
    subscription_read,
)

State = Subscription.State
NAME = "stripe"
UNKNOWN_MALL = "no mall of ours"


def subscription_fetch(stripe_id: str) -> Theirs:
    """Raises ProviderFailed."""
    with asked():
        found = client().v1.subscriptions.retrieve(stripe_id, {"expand": ["schedule"]})
    return subscription_read(found.to_dict())


def subscription_sync(stripe_id: str) -> str:
    """What was done, in a few words. Raises ProviderFailed where Stripe cannot be asked."""
    at = timezone.now()
    try:
        theirs = subscription_fetch(stripe_id)
    except ProviderFailed as error:
        if is_missing(error):
            return "no such subscription"
        raise
    kept = _ours(theirs)
    if kept is not None and kept.provider_subscription not in ("", theirs.id):
        # It may have ended meanwhile: then the new one takes its place.
        _apply_fetched(kept.provider_subscription)
    return _apply(theirs, at)


def _apply_fetched(stripe_id: str) -> None:
    at = timezone.now()
    _apply(subscription_fetch(stripe_id), at)


def _ours(theirs: Theirs) -> Subscription | None:
    """By the customer, or the mall that we named when it was made."""
    rows = Subscription.objects.select_related("mall")
    named = Q(mall_id=int(theirs.mall)) if theirs.mall.isdecimal() else Q(pk=None)
    found = rows.filter(provider_customer=theirs.customer).first()
    return found or rows.filter(named, provider_customer="").first()


@transaction.atomic
def _apply(theirs: Theirs, at: datetime) -> str:
    found = _ours(theirs)
    if found is None:
        return UNKNOWN_MALL
    ours = Subscription.objects.select_for_update().get(pk=found.pk)
    if ours.provider_subscription == theirs.id and _is_older(at, ours.provider_synced_at):
        return "known newer"
    if theirs.state == State.CANCELLED:
        return _end(ours, theirs, at)
    if ours.provider_subscription not in ("", theirs.id):
        return f"a second subscription beside {ours.provider_subscription}"
    if theirs.state is None or theirs.sold is None:
        return "waits for its first payment" if theirs.sold else "none of our prices"
    _put(ours, theirs, at)
    return f"{ours.plan}, {ours.state}"


def _put(ours: Subscription, theirs: Theirs, at: datetime) -> None:
    sold = theirs.sold
    assert sold is not None and theirs.state is not None
    plan_put(ours, sold.plan, at, period=sold.period)
    # A trial that was begun here goes on to its end, whoever is paid afterwards.
    tries = ours.state == State.TRIAL and ours.trial_ends_at and ours.trial_ends_at > at
    ours.state = State.TRIAL if tries else theirs.state
    ours.past_due_since = (ours.past_due_since or at) if ours.state == State.PAST_DUE else None
    ours.currency = sold.currency
    ours.period_start, ours.period_end = theirs.start, theirs.end
    if theirs.next_plan:
        ours.next_plan, ours.next_period = theirs.next_plan, theirs.next_period
    ours.provider, ours.provider_customer = NAME, theirs.customer
    ours.provider_subscription, ours.provider_synced_at = theirs.id, at
    ours.save()


def _end(ours: Subscription, theirs: Theirs, at: datetime) -> str:
    """What is not billed yet is by an invoice of our own."""
    if ours.provider_subscription != theirs.id:
        return "not the one in force"
    ours.state, ours.past_due_since = State.CANCELLED, None
    ours.period_start = ours.period_end = None
    ours.next_plan = ours.next_period = ""
    ours.provider, ours.provider_subscription = "manual", ""
    ours.provider_synced_at = at
    ours.save()
    MeterReport.objects.filter(mall=ours.mall, tried_at=None).delete()
    return "ended"


def invoice_sync(stripe_id: str) -> str:
    """Copy an invoice of Stripe's, so that what a mall paid stands in one list. As above."""
    at = timezone.now()
    try:
        with asked():
            found = client().v1.invoices.retrieve(stripe_id)
    except ProviderFailed as error:
        if is_missing(error):
            # A draft that was deleted there.
            Invoice.objects.filter(provider_invoice=stripe_id, state=Invoice.State.DRAFT).delete()
            return "no such invoice"
        raise
    theirs = invoice_read(found.to_dict())
    done = _invoice_put(theirs, at)
    if theirs.subscription:
        subscription_sync(theirs.subscription)
    return done


@transaction.atomic
def _invoice_put(theirs: TheirInvoice, at: datetime) -> str:
    payer = Subscription.objects.select_for_update(of=("self",)).select_related("mall")
    ours = payer.filter(provider_customer=theirs.customer).exclude(provider_customer="").first()
    if ours is None:
        return UNKNOWN_MALL
    known = Invoice.objects.filter(provider_invoice=theirs.id).first()
    if known and _is_older(at, known.provider_synced_at):
        return "known newer"
    issued = theirs.issued or (None if theirs.state == Invoice.State.DRAFT else theirs.created)
    closed = theirs.state not in (Invoice.State.DRAFT, Invoice.State.OPEN)
    invoice, _ = Invoice.objects.update_or_create(
        provider_invoice=theirs.id,
        defaults={
            "mall": ours.mall,
            "mall_name": ours.mall.name,
            "key": f"{NAME}:{theirs.id}",
            "state": theirs.state,
            "number": theirs.number or (theirs.id if issued else None),
            "currency": theirs.currency,
            "language": language_of(ours.mall),
            "seller": settings.INVOICE_SELLER,
            "bill_to": bill_to(ours),
            "tax_percent": rounded(100 * theirs.tax, theirs.subtotal) if theirs.subtotal else 0,
            "period_start": theirs.start,
            "period_end": max(theirs.start, theirs.end),
            "subtotal": theirs.subtotal,
            "tax": theirs.tax,
            "total": theirs.total,
            "created_at": theirs.created,
            "issued_at": issued,
            "due_at": theirs.due,
            "closed_at": (theirs.closed or at) if closed else None,
            "provider": NAME,
            "provider_url": theirs.url,
            "provider_synced_at": at,
        },
    )
    invoice.lines.all().delete()
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice,
            position=position,
            kind=InvoiceLine.Kind.OTHER,
            data={"text": words},
            quantity=quantity,
            unit_amount=amount,
            amount=amount,
        )
        for position, (words, quantity, amount) in enumerate(theirs.lines, 1)
    )
    return str(theirs.state)


def _is_older(at: datetime, known: datetime | None) -> bool:
    return known is not None and at <= known
