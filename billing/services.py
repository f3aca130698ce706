"""Ask the quota: before work is begun, from a counter that moves when it is done."""

from datetime import datetime

from billing.ledger import usage_record, usages_record
from billing.models import Kind
from billing.money import shown
from billing.subscriptions import subscription_set
from billing.usage import (
    Standing,
    by_publishable_key,
    plan_name,
    standing,
    this_month,
    used_in_month,
)

__all__ = [
    "OverQuota",
    "OverSpend",
    "plan_name",
    "quota_check",
    "quota_left",
    "subscription_set",
    "this_month",
    "usage_record",
    "usages_record",
    "used_in_month",
]
NOUNS = {Kind.PHOTO: "tagged photos", Kind.SEARCH: "searches"}


class OverQuota(Exception):
    """The mall has used up what its plan allows in this month."""

    def __init__(self, plan: str, kind: Kind, limit: int, used: int) -> None:
        self.plan, self.kind, self.limit, self.used = plan, kind, limit, used
        super().__init__(
            f"The plan {plan} allows {limit:,} {NOUNS[kind]} a month and {used:,} are used: "
            "choose a larger plan, or wait for the next month."
        )


class OverSpend(OverQuota):
    """What publishable keys may cost beyond the plan in this month is spent."""

    def __init__(self, at: Standing) -> None:
        assert at.allowed is not None and at.spend_cap is not None
        super().__init__(at.plan, at.kind, at.allowed, at.used)
        self.args = (
            f"Searches with a publishable key beyond the plan {at.plan} may cost "
            f"{shown(at.spend_cap, at.currency)} a month, and that is spent: raise it under "
            "Billing, or wait for the next month.",
        )


def quota_left(*, mall_id: int, kind: Kind | str, at: datetime | None = None) -> int | None:
    """How many more are allowed in this month; None is without a limit, or paid by use."""
    now = standing(mall_id=mall_id, kind=kind, at=at)
    if now.paid_on or now.hard is None:
        return None
    return max(0, now.hard - now.used)


def quota_check(*, mall_id: int, kind: Kind | str, at: datetime | None = None) -> None:
    """Let one more through, or not.

    1. Within the plan: yes.
    2. Beyond it, where that is paid by use: yes; with a publishable key as far as the spend cap.
       Raises OverSpend.
    3. Beyond it otherwise: searches a tenth more, so that a storefront does not go dark at the
       first one. Raises OverQuota.

    Requests that are answered at the same time are not seen: so many may pass it.
    """
    now = standing(mall_id=mall_id, kind=kind, at=at)
    if now.allowed is None or now.used < now.allowed:
        return
    if now.paid_on:
        if now.capped and by_publishable_key():
            raise OverSpend(now)
        return
    if now.hard is not None and now.used >= now.hard:
        raise OverQuota(now.plan, now.kind, now.allowed, now.used)
