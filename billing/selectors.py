"""What a mall has used, for its plain page in the admin."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from billing.banners import Banner, banners
from billing.models import Kind, LedgerEntry, MonthlyUsage
from billing.plans import Plan, plan_of
from billing.usage import month_before, plan_name, this_month
from tenants.models import Mall

__all__ = ["Banner", "MallUsage", "UsageLine", "banners", "ledger_newest", "usage_of"]


@dataclass(frozen=True)
class UsageLine:
    """One kind of use in a month; `allowed` None is without a limit."""

    kind: str
    label: str
    used: int
    allowed: int | None
    before: int = 0
    """In the month before."""

    @property
    def share(self) -> float:
        """Used ÷ allowed, at most 1; 0 without a limit."""
        if self.allowed is None:
            return 0.0
        return min(1.0, self.used / self.allowed) if self.allowed else 1.0


@dataclass(frozen=True)
class MallUsage:
    plan: Plan
    month: date
    lines: tuple[UsageLine, ...]


def usage_of(mall: Mall) -> MallUsage:
    """This month's use of a mall, one line a kind."""
    plan, month = plan_of(plan_name(mall_id=mall.pk)), this_month()
    before = month_before(month)
    rows = MonthlyUsage.objects.filter(mall=mall, month__in=(before, month))
    used = {(row.month, row.kind): row.quantity for row in rows}
    lines = tuple(
        UsageLine(
            kind.value,
            str(kind.label),
            used.get((month, kind), 0),
            plan.monthly[kind],
            used.get((before, kind), 0),
        )
        for kind in Kind
    )
    return MallUsage(plan=plan, month=month, lines=lines)


def ledger_newest(limit: int = 50) -> QuerySet[LedgerEntry]:
    """The last entries of the shop in scope, newest first."""
    return LedgerEntry.objects.order_by("-at", "-id")[:limit]
