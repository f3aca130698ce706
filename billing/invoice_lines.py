"""What stands on an invoice: the plan, use beyond it, credits. Smallest units, without tax."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from billing.models import MeterReport, Overage, Subscription
from billing.models_invoices import Credit, Invoice, InvoiceLine, OverageBill
from billing.plans import PER, plan_of, price_of, use_price

Kind = InvoiceLine.Kind


@dataclass(frozen=True)
class Line:
    """One line to be written; `overage` and `credit` are what it bills or takes from."""

    kind: InvoiceLine.Kind
    unit_amount: int
    amount: int
    quantity: int = 1
    per: int = 1
    data: dict[str, Any] = field(default_factory=dict)
    overage: Overage | None = None
    credit: Credit | None = None


def plan_line(subscription: Subscription, start: datetime, end: datetime) -> Line | None:
    """The plan's price for a period, the agreed one where there is one; None where it is free."""
    price = subscription.agreed_price
    if price is None:
        currency, period = subscription.currency, subscription.period
        price = price_of(subscription.plan, currency=currency, period=period)
    if not price:
        return None
    data = {
        "plan": plan_of(subscription.plan).name,
        "period": subscription.period,
        "start": start.isoformat(),
        "end": end.isoformat(),
    }
    return Line(Kind.PLAN, price, price, data=data)


def overage_lines(*, mall_id: int, currency: str, before: date) -> Iterator[Line]:
    """Use beyond the plan in months that began before `before`, as far as nobody has billed it.

    A month that was billed and corrected since makes a line of the difference, also a negative one.
    """
    for overage in unbilled(mall_id=mall_id, currency=currency, before=before):
        unit = plan_of(overage.plan).unit_prices.get((overage.kind, currency))
        quantity = overage.quantity - overage.billed
        if unit is None or not quantity:
            continue
        data = {
            "what": overage.kind,
            "month": overage.month.isoformat(),
            "plan": plan_of(overage.plan).name,
        }
        amount = use_price(quantity, unit)
        yield Line(Kind.USAGE, unit, amount, quantity, PER, data, overage=overage)


def credit_lines(*, mall_id: int, currency: str, up_to: int) -> Iterator[Line]:
    """What credits take off, the oldest first, together at most `up_to`. Locks them."""
    found = Credit.objects.filter(mall_id=mall_id, currency=currency, left__gt=0)
    for credit in found.select_for_update().order_by("at", "pk"):
        amount = min(credit.left, up_to)
        if not amount:
            return
        up_to -= amount
        yield Line(Kind.CREDIT, -amount, -amount, data={"reason": credit.reason}, credit=credit)


def unbilled(*, mall_id: int, currency: str, before: date) -> QuerySet[Overage, Any]:
    """With `billed`: how much of each stands in invoices that are not void, or was told to a
    provider that bills it."""
    bills = OverageBill.objects.exclude(invoice__state=Invoice.State.VOID)
    reports = MeterReport.objects.all()
    rows = Overage.objects.filter(mall_id=mall_id, currency=currency, month__lt=before)
    # What is corrected after this was read is the difference that the next invoice bills.
    billed = rows.annotate(billed=_sum_of(bills) + _sum_of(reports))
    return billed.order_by("month", "kind", "plan")


def _sum_of(rows: "QuerySet[OverageBill] | QuerySet[MeterReport]") -> Coalesce:
    """Of the rows of each overage: their quantity."""
    grouped = rows.filter(overage=OuterRef("pk")).order_by().values("overage")
    return Coalesce(Subquery(grouped.annotate(sum=Sum("quantity")).values("sum")), 0)
