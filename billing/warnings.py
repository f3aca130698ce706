"""Say once a month when a mall has used most of its quota, and once when it has used all.

The month's sum is moved under a lock of its row, so exactly one transaction crosses a bound: it
writes what is to be told, with itself, and no note is kept. A larger plan has bounds of its own.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from billing.models import Kind
from billing.plans import PLANS, allowed
from billing.usage import standing
from tenants import outbox
from tenants.models import Shop
from tenants.notices import QUOTA, first_shop_of, owners_tell
from tenants.scope import shop_scope
from tenants.webhooks.events import QUOTA_WARNING, event_announce

SHARES = (80, 100)
KINDS = tuple(Kind)
LEASE_SECONDS = 60


@dataclass(frozen=True)
class Warned:
    """What is told, as one number for the outbox: 202611 · 01 · 080."""

    month: int
    kind: Kind
    percent: int

    @property
    def number(self) -> int:
        return (self.month * 100 + KINDS.index(self.kind)) * 1000 + self.percent

    @classmethod
    def of(cls, number: int) -> "Warned":
        rest, percent = divmod(number, 1000)
        month, kind = divmod(rest, 100)
        return cls(month, KINDS[kind], percent)


def may_cross(kind: Kind | str, before: int, now: int) -> bool:
    """Whether some plan has a bound there: asked first, for it costs nothing."""
    limits = {plan.monthly[Kind(kind)] for plan in PLANS.values()} - {None}
    return any(before < _bound(limit or 0, one) <= now for limit in limits for one in SHARES)


def crossing_announce(
    *, mall_id: int, plan: str, kind: Kind | str, month: int, before: int, now: int
) -> None:
    """The sum went from `before` to `now`, in this transaction: let every shop be told."""
    limit = allowed(plan, kind)
    if limit is None:
        return
    crossed = [one for one in SHARES if before < _bound(limit, one) <= now]
    if not crossed:
        return
    number = Warned(month, Kind(kind), crossed[-1]).number
    for shop_id in Shop.objects.open().filter(mall_id=mall_id).values_list("pk", flat=True):
        outbox.announce(shop_id=shop_id, topic=outbox.QUOTA, object_ids=[number])


def quota_warn(*, shop_id: int) -> None:
    """Send the shop's `quota.warning`; the mall's first shop mails the owners too."""
    shop = Shop.objects.open().filter(pk=shop_id).first()
    if shop is None:
        return
    first = first_shop_of(shop.mall_id)
    until = timezone.now() + timedelta(seconds=LEASE_SECONDS)
    with shop_scope(shop):
        ids = outbox.take(shop_id=shop_id, topic=outbox.QUOTA, limit=10, until=until)
        for warned in map(Warned.of, ids):
            now = standing(mall_id=shop.mall_id, kind=warned.kind)
            data = {
                "kind": str(warned.kind),
                "month": f"{warned.month // 100}-{warned.month % 100:02d}",
                "percent": warned.percent,
                "plan": now.plan,
                "allowed": now.allowed,
                "used": now.used,
            }
            event_announce(shop=shop, type=QUOTA_WARNING, data=data)
            if first == shop:
                told = {**data, "paid_by_use": now.paid_on}
                owners_tell(shop=shop, subject=QUOTA, template="quota", page="billing/", **told)
        outbox.done(shop_id=shop_id, topic=outbox.QUOTA, object_ids=ids)


def _bound(limit: int, percent: int) -> int:
    """The first number at which so much is used."""
    return -(-limit * percent // 100)
