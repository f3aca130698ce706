"""What comes in, now and month by month: amounts by currency, in its smallest unit."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from billing.models import Subscription
from billing.models_invoices import Credit, Invoice
from billing.plans import PLANS, YEAR, price_of

MONTHS = 12
MONTHS_OF_YEAR = 12
ISSUED = (Invoice.State.OPEN, Invoice.State.PAID, Invoice.State.UNCOLLECTIBLE)
"""Of these states the amount was asked for; a void one was never owed."""

Sums = dict[str, int]


@dataclass(frozen=True)
class Standing:
    """As it is now. `recurring` is what plans bring a month, without tax and without use beyond
    them; a year's price counts a twelfth."""

    recurring: Sums
    open: Sums
    late: Sums
    paying: int
    trials: int
    past_due: int
    malls: int


@dataclass
class Month:
    """`invoiced` and `paid` with tax, each in the month that it happened in; `credits` given."""

    month: date
    invoiced: Sums = field(default_factory=dict)
    paid: Sums = field(default_factory=dict)
    credits: Sums = field(default_factory=dict)


def standing(*, malls: int, at: datetime) -> Standing:
    """Three statements. `malls` is how many there are."""
    states = _priced().values("state").annotate(count=Count("pk")).values_list("state", "count")
    counted = dict(states.order_by("state"))
    owed = Invoice.objects.filter(state=Invoice.State.OPEN).order_by("currency").values("currency")
    sums = owed.annotate(open=Sum("total"), late=Sum("total", filter=Q(due_at__lt=at), default=0))
    rows = list(sums.values_list("currency", "open", "late"))
    return Standing(
        recurring=recurring(),
        open={currency: amount for currency, amount, _late in rows},
        late={currency: late for currency, _open, late in rows if late},
        paying=counted.get("active", 0) + counted.get("past_due", 0),
        trials=counted.get("trial", 0),
        past_due=counted.get("past_due", 0),
        malls=malls,
    )


def recurring() -> Sums:
    """What the plans bring a month, by currency: a twelfth of a year's price, rounded down."""
    states = (Subscription.State.ACTIVE, Subscription.State.PAST_DUE)
    kinds = ("plan", "period", "currency", "agreed_price")
    rows = _priced().filter(state__in=states).order_by(*kinds).values(*kinds)
    sums: Sums = defaultdict(int)
    for row in rows.annotate(count=Count("pk")):
        count = row.pop("count")
        sums[row["currency"]] += count * a_month(**row)
    return {currency: amount for currency, amount in sums.items() if amount}


def a_month(*, plan: str, period: str, currency: str, agreed_price: int | None) -> int:
    """What a subscription brings a month, without tax."""
    price = agreed_price
    if price is None:
        price = price_of(plan, currency=currency, period=period) or 0
    return price // MONTHS_OF_YEAR if period == YEAR else price


def months(*, at: datetime, count: int = MONTHS) -> list[Month]:
    """The last months, this one first, quiet ones too. Three statements."""
    shown = list(_back(timezone.localtime(at).date(), count))
    since = timezone.make_aware(datetime.combine(shown[-1], datetime.min.time()))
    made = {month: Month(month) for month in shown}
    invoices = Invoice.objects.filter(state__in=ISSUED)
    paid = Invoice.objects.filter(state=Invoice.State.PAID)
    for name, rows, when, what in (
        ("invoiced", invoices, "issued_at", "total"),
        ("paid", paid, "closed_at", "total"),
        ("credits", Credit.objects.all(), "at", "amount"),
    ):
        for month, currency, amount in _by_month(rows, when, what, since):
            if month in made:
                getattr(made[month], name)[currency] = amount
    return list(made.values())


def _by_month(
    rows: "QuerySet[Invoice] | QuerySet[Credit]", when: str, what: str, since: datetime
) -> Iterator[tuple[date, str, int]]:
    chosen = rows.filter(**{f"{when}__gte": since}).annotate(month=TruncMonth(when))
    grouped = chosen.order_by("month", "currency").values("month", "currency")
    for row in grouped.annotate(sum=Sum(what)):
        yield timezone.localtime(row["month"]).date(), row["currency"], row["sum"]


def _back(today: date, count: int) -> Iterator[date]:
    month = today.replace(day=1)
    for _ in range(count):
        yield month
        month = (month - timedelta(days=1)).replace(day=1)


def _priced() -> QuerySet[Subscription]:
    """Those that pay something, or will: not the free plan, nor what is not for sale."""
    sold = [plan.id for plan in PLANS.values() if plan.prices]
    return Subscription.objects.filter(Q(agreed_price__gt=0) | Q(agreed_price=None, plan__in=sold))
