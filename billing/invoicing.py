"""Make invoices: once for each thing, numbered without gaps, never changed afterwards.

All of an invoice is written in one transaction under a lock on the mall's subscription: what it
bills, the credits it takes, its number. Whatever is done twice finds the first one by its `key`.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from billing.invoice_lines import Kind, Line, credit_lines, overage_lines, plan_line
from billing.invoice_mail import issued_tell
from billing.invoice_words import KEPT_FOR_LATER
from billing.models import Subscription
from billing.models_invoices import Credit, CreditUse, Invoice, InvoiceLine, OverageBill
from billing.plans import TAX_PERCENT, tax_of
from tenants.models import Mall, Shop

State = Invoice.State
MANUAL = "manual"
NOTHING_TO_PAY = "nothing to pay"


@transaction.atomic
def invoice_for_period(
    *, mall: Mall, start: datetime, end: datetime, at: datetime | None = None
) -> Invoice | None:
    """Bill the plan for [start, end) ahead, with the use beyond it of months that are over.

    The same period is billed once: asked again, the first invoice is returned. None where there is
    nothing to bill, or where another provider bills.
    """
    at = at or timezone.now()
    subscription = _locked(mall)
    if subscription is None or subscription.provider != MANUAL:
        return None
    key = f"period:{mall.pk}:{_stamp(start)}"
    found = Invoice.objects.filter(key=key).first()
    if found is not None:
        return found
    plan = plan_line(subscription, start, end)
    lines = [plan] if plan else []
    lines += overage_lines(mall_id=mall.pk, currency=subscription.currency, before=_month(at))
    return _issue(subscription, key=key, lines=lines, start=start, end=end, at=at)


@transaction.atomic
def invoice_for_use(*, mall: Mall, at: datetime | None = None) -> Invoice | None:
    """Bill use beyond the plan of months that are over, by itself: of a plan that is paid by the
    year, or that ended. None where nothing is left to bill."""
    at = at or timezone.now()
    subscription = _locked(mall)
    if subscription is None or subscription.provider != MANUAL:
        return None
    month = _month(at)
    lines = list(overage_lines(mall_id=mall.pk, currency=subscription.currency, before=month))
    months = [line.overage.month for line in lines if line.overage]
    if not months:
        return None
    start = timezone.make_aware(datetime.combine(min(months), datetime.min.time()))
    end = timezone.make_aware(datetime.combine(month, datetime.min.time()))
    key = f"use:{mall.pk}:{_stamp(at)}"
    return _issue(subscription, key=key, lines=lines, start=start, end=end, at=at)


@transaction.atomic
def invoice_of_lines(
    *, mall: Mall, key: str, lines: Sequence[Line], start: datetime, end: datetime, at: datetime
) -> Invoice | None:
    """Bill these lines once under `key`, as `invoice_for_period` does: a plan's change, a service.

    None where another provider bills.
    """
    subscription = _locked(mall)
    if subscription is None or subscription.provider != MANUAL:
        return None
    found = Invoice.objects.filter(key=key).first()
    return found or _issue(subscription, key=key, lines=lines, start=start, end=end, at=at)


def _issue(
    subscription: Subscription,
    *,
    key: str,
    lines: Sequence[Line],
    start: datetime,
    end: datetime,
    at: datetime,
) -> Invoice | None:
    if not lines:
        return None
    mall, currency = subscription.mall, subscription.currency
    lines = [*lines, *_rest_kept(subscription, sum(line.amount for line in lines), key, at)]
    gross = sum(line.amount for line in lines)
    lines += credit_lines(mall_id=mall.pk, currency=currency, up_to=gross)
    net = sum(line.amount for line in lines)
    tax = tax_of(net, subscription.bill_country)
    year, sequence = _next_number(at)
    invoice = Invoice.objects.create(
        mall=mall,
        mall_name=mall.name,
        key=key,
        year=year,
        sequence=sequence,
        number=f"{settings.INVOICE_PREFIX}-{year}-{sequence:06d}",
        currency=currency,
        language=language_of(mall),
        seller=settings.INVOICE_SELLER,
        bill_to=bill_to(subscription),
        period_start=start,
        period_end=end,
        subtotal=net,
        tax_percent=TAX_PERCENT.get(subscription.bill_country, 0),
        tax=tax,
        total=net + tax,
    )
    _lines_write(invoice, lines)
    _open(invoice, at)
    issued_tell(invoice)
    return invoice


def _open(invoice: Invoice, at: datetime) -> None:
    """From here on the database lets nobody change it."""
    invoice.state, invoice.issued_at = State.OPEN, at
    invoice.due_at = at + timedelta(days=settings.INVOICE_DUE_DAYS)
    if not invoice.total:
        invoice.state, invoice.closed_at, invoice.note = State.PAID, at, NOTHING_TO_PAY
    invoice.save(update_fields=["state", "issued_at", "due_at", "closed_at", "note"])


def _rest_kept(subscription: Subscription, sum_of_lines: int, key: str, at: datetime) -> list[Line]:
    """Nobody is billed less than nothing: what a correction leaves becomes a credit."""
    if sum_of_lines >= 0:
        return []
    Credit.objects.create(
        mall=subscription.mall,
        currency=subscription.currency,
        amount=-sum_of_lines,
        left=-sum_of_lines,
        reason=KEPT_FOR_LATER,
        at=at + timedelta(microseconds=1),
    )
    return [Line(Kind.OTHER, -sum_of_lines, -sum_of_lines, data={"text": KEPT_FOR_LATER})]


def _lines_write(invoice: Invoice, lines: Sequence[Line]) -> None:
    InvoiceLine.objects.bulk_create(
        InvoiceLine(
            invoice=invoice,
            position=position,
            kind=line.kind,
            data=line.data,
            quantity=line.quantity,
            unit_amount=line.unit_amount,
            per=line.per,
            amount=line.amount,
        )
        for position, line in enumerate(lines, 1)
    )
    for line in lines:
        if line.overage:
            OverageBill.objects.create(
                invoice=invoice, overage=line.overage, quantity=line.quantity
            )
        if line.credit:
            CreditUse.objects.create(credit=line.credit, invoice=invoice, amount=-line.amount)
            Credit.objects.filter(pk=line.credit.pk).update(left=F("left") + line.amount)


def _locked(mall: Mall) -> Subscription | None:
    """One invoice of a mall is made at a time."""
    rows = Subscription.objects.select_for_update(of=("self",)).select_related("mall")
    return rows.filter(mall=mall).first()


def _next_number(at: datetime) -> tuple[int, int]:
    """The year's next number. Its row stays locked to the end: a rolled back one is given again."""
    year = timezone.localtime(at).year
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO billing_invoiceseries AS series (year, last) VALUES (%s, 1)"
            " ON CONFLICT (year) DO UPDATE SET last = series.last + 1 RETURNING last",
            [year],
        )
        return year, int(cursor.fetchone()[0])


def bill_to(subscription: Subscription) -> dict[str, str]:
    """Who is billed, as the invoice keeps it."""
    return {
        "name": subscription.bill_name or subscription.mall.name,
        "address": subscription.bill_address,
        "tax_number": subscription.bill_tax_number,
        "email": subscription.bill_email,
        "country": subscription.bill_country,
    }


def language_of(mall: Mall) -> str:
    """That of its first shop."""
    rows = Shop.objects.filter(mall=mall).order_by(F("closed_at").asc(nulls_first=True), "pk")
    return rows.values_list("language", flat=True).first() or settings.LANGUAGE_CODE


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S%f}"


def _month(at: datetime) -> date:
    """The first day of the month of `at`, in the installation's time zone."""
    return timezone.localtime(at).date().replace(day=1)
