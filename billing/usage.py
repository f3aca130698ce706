"""What a mall may use and has used, asked on the way of every search."""

from datetime import date

from django.utils import timezone

from billing.models import Kind, MonthlyUsage, Subscription
from billing.plans import DEFAULT, PLANS


def this_month() -> date:
    """Its first day, in the time zone of the installation."""
    return timezone.localdate().replace(day=1)


def plan_name(*, mall_id: int) -> str:
    name = Subscription.objects.filter(mall_id=mall_id).values_list("plan", flat=True).first()
    return name if name in PLANS else DEFAULT.id


def used_in_month(*, mall_id: int, kind: Kind | str) -> int:
    rows = MonthlyUsage.objects.filter(mall_id=mall_id, month=this_month(), kind=kind)
    return rows.values_list("quantity", flat=True).first() or 0
