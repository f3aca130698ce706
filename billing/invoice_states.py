"""What becomes of an invoice of ours: paid, void, given up; and credits."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from billing.models import Subscription
from billing.models_invoices import Credit, CreditUse, Invoice
from tenants.models import Mall, User

State = Invoice.State


class WrongState(Exception):
    """The invoice is not where this can be done: paid twice, or void."""


@transaction.atomic
def invoice_pay(
    *, invoice: Invoice, by: User | None = None, note: str = "", at: datetime | None = None
) -> Invoice:
    """The money is there. What was given up may still be paid. Raises WrongState."""
    at = at or timezone.now()
    owed = (State.OPEN, State.UNCOLLECTIBLE)
    paid = _close(invoice, State.PAID, owed, by=by, note=note, at=at)
    if paid.mall_id is not None:
        _late_no_more(paid.mall_id, at)
    return paid


@transaction.atomic
def invoice_void(
    *,
    invoice: Invoice,
    by: User | None = None,
    note: str,
    again: bool = False,
    at: datetime | None = None,
) -> Invoice:
    """It is not owed. Credits that it took are given back, and use beyond the plan is billed by the
    next one; `again` frees its key too, so that the same period may be billed anew. Raises
    WrongState where it is not open."""
    at = at or timezone.now()
    owed = (State.OPEN, State.UNCOLLECTIBLE)
    void = _close(invoice, State.VOID, owed, by=by, note=note, at=at)
    for use in CreditUse.objects.select_for_update().filter(invoice=void, given_back=False):
        Credit.objects.filter(pk=use.credit_id).update(left=F("left") + use.amount)
        CreditUse.objects.filter(pk=use.pk).update(given_back=True)
    if again:
        void.key = f"{void.key}:void:{void.pk}"
        void.save(update_fields=["key"])
    if void.mall_id is not None:
        _late_no_more(void.mall_id, at)
    return void


@transaction.atomic
def invoice_give_up(
    *, invoice: Invoice, by: User | None = None, note: str, at: datetime | None = None
) -> Invoice:
    """Nobody will pay it; it was owed nevertheless. Raises WrongState where it is not open."""
    at = at or timezone.now()
    return _close(invoice, State.UNCOLLECTIBLE, (State.OPEN,), by=by, note=note, at=at)


def credit_give(*, mall: Mall, amount: int, currency: str, reason: str, by: User | None) -> Credit:
    """Money for the next invoices, without tax, in the smallest unit. Raises ValueError for an
    amount that is none, or without a reason."""
    if amount <= 0:
        raise ValueError("a credit is more than nothing")
    if not reason.strip():
        raise ValueError("a credit has a reason: it stands on the invoice")
    return Credit.objects.create(
        mall=mall,
        amount=amount,
        left=amount,
        currency=currency,
        reason=reason.strip(),
        by=by,
        by_email=by.email if by else "",
    )


def late_find(*, at: datetime | None = None) -> int:
    """Malls with an invoice past its day are late from now on: how many became so."""
    at = at or timezone.now()
    late = Invoice.objects.filter(state=State.OPEN, provider="manual", due_at__lt=at)
    fresh = Subscription.objects.filter(
        provider="manual", state=Subscription.State.ACTIVE, mall__in=late.values("mall")
    )
    return fresh.update(state=Subscription.State.PAST_DUE, past_due_since=at)


def _late_no_more(mall_id: int, at: datetime) -> None:
    late = Invoice.objects.filter(mall_id=mall_id, state=State.OPEN, due_at__lt=at)
    if late.exists():
        return
    rows = Subscription.objects.filter(
        mall_id=mall_id, provider="manual", state=Subscription.State.PAST_DUE
    )
    rows.update(state=Subscription.State.ACTIVE, past_due_since=None)


def _close(
    invoice: Invoice,
    state: Invoice.State,
    before: tuple[Invoice.State, ...],
    *,
    by: User | None,
    note: str,
    at: datetime,
) -> Invoice:
    """One conditional statement: of two who press at once, the second hears WrongState. What
    another provider numbered is its own to close."""
    own = Invoice.objects.filter(pk=invoice.pk, provider="manual", state__in=before)
    changed = own.update(state=state, closed_at=at, closed_by=by, note=note.strip()[:300])
    invoice.refresh_from_db()
    if not changed:
        raise WrongState(f"invoice {invoice.number} is {invoice.get_state_display().lower()}")
    return invoice
