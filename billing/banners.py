"""What everybody of a mall should see about money, on every page: little, and in one statement."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from billing.models import Kind, Subscription
from billing.money import shown
from billing.plans import PER, Plan, plan_of
from billing.usage import GRACE_PERCENT, SPENT, plan_that_counts, spent_price, this_month
from tenants.models import Mall

NEARLY, ALL = 80, 100
TRIAL_SAID_DAYS = 5
"""So many days before its end a trial is told of."""
PAGE = "billing/"

_MALL = f"""
    SELECT s.plan, s.state, s.currency, s.overage, s.spend_cap, s.trial_ends_at, s.next_plan,
           (SELECT json_object_agg(u.kind, u.quantity) FROM billing_monthlyusage u
            WHERE u.mall_id = m.id AND u.month = %(month)s),
           {SPENT}
    FROM (VALUES (%(mall)s::bigint)) AS m (id)
    LEFT JOIN billing_subscription s ON s.mall_id = m.id
"""  # noqa: S608


@dataclass(frozen=True)
class Banner:
    """One line above a page, in the language that is active.

    `tone` is good, warn or bad; `page` where an owner can do something about it, in the admin of
    any of the mall's shops; `code` is stable.
    """

    code: str
    tone: str
    text: str
    page: str = PAGE


def banners(mall: Mall, *, at: datetime | None = None) -> tuple[Banner, ...]:
    """What is to be said of the mall now, the worst first; nothing on most days."""
    at = at or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_MALL, {"mall": mall.pk, "month": this_month(at)})
        row = cursor.fetchone()
    found = [*_paying(_Mall(*row), at), *_use(_Mall(*row))]
    return tuple(sorted(found, key=lambda one: ("bad", "warn", "good").index(one.tone)))


@dataclass(frozen=True)
class _Mall:
    plan: str | None
    state: str | None
    currency: str | None
    overage: bool | None
    spend_cap: int | None
    trial_ends_at: datetime | None
    next_plan: str | None
    used: dict[str, int] | None
    spent: list[tuple[str, str, int]] | None

    @property
    def counts(self) -> Plan:
        return plan_of(plan_that_counts(self.plan, self.state))

    @property
    def paid_on(self) -> bool:
        return bool(self.overage) and self.state in (
            Subscription.State.ACTIVE,
            Subscription.State.PAST_DUE,
        )


def _paying(mall: _Mall, at: datetime) -> list[Banner]:
    if mall.state == Subscription.State.PAST_DUE:
        return [Banner("past_due", "bad", gettext("An invoice is late. Pay it to keep your plan."))]
    if mall.state == Subscription.State.CANCELLED:
        words = gettext("Your plan has ended. The plan %(plan)s counts now.")
        return [Banner("cancelled", "bad", words % {"plan": mall.counts.name})]
    ends = mall.trial_ends_at
    if mall.state != Subscription.State.TRIAL or ends is None or mall.next_plan:
        return []
    if (ends - at).days >= TRIAL_SAID_DAYS:
        return []
    words = gettext("Your trial ends on %(day)s. Choose a plan to keep what it has.")
    return [Banner("trial_ends", "warn", words % {"day": day_shown(ends)})]


def _use(mall: _Mall) -> list[Banner]:
    found = []
    for kind in Kind:
        allowed, used = mall.counts.monthly[kind], (mall.used or {}).get(kind.value, 0)
        if allowed is None or 100 * used < NEARLY * allowed:
            continue
        values = {"used": f"{used:,}", "allowed": f"{allowed:,}"}
        sold = mall.currency and (kind, mall.currency) in mall.counts.unit_prices
        if 100 * used < ALL * allowed:
            found.append(Banner(f"{kind}_80", "warn", _nearly(kind) % values))
        elif mall.paid_on and sold:
            found.append(Banner(f"{kind}_beyond", "warn", _beyond(kind) % values))
        else:
            found.append(Banner(f"{kind}_100", "bad", _all(kind, allowed, used) % values))
    if mall.paid_on and mall.spend_cap is not None and _spent(mall) > mall.spend_cap * PER:
        words = gettext(
            "What shoppers may cost beyond the plan this month, %(cap)s, is used up. Their searches"
            " wait until next month, or until you raise the limit."
        )
        cap = shown(mall.spend_cap, str(mall.currency))
        found.append(Banner("spend_cap", "bad", words % {"cap": cap}))
    return found


def _nearly(kind: Kind) -> str:
    return {
        Kind.PHOTO: gettext("%(used)s of the %(allowed)s photos of this month are tagged."),
        Kind.SEARCH: gettext("%(used)s of the %(allowed)s searches of this month are used."),
    }[kind]


def _beyond(kind: Kind) -> str:
    return {
        Kind.PHOTO: gettext(
            "This month's %(allowed)s photos are used up. More are paid by use: %(used)s so far."
        ),
        Kind.SEARCH: gettext(
            "This month's %(allowed)s searches are used up. More are paid by use: %(used)s so far."
        ),
    }[kind]


def _all(kind: Kind, allowed: int, used: int) -> str:
    if kind == Kind.PHOTO:
        return gettext(
            "This month's %(allowed)s photos are used up. New photos wait until next month, or"
            " until you choose a larger plan."
        )
    if used < allowed + allowed * GRACE_PERCENT // 100:
        return gettext(
            "This month's %(allowed)s searches are used up. A few more are answered, so that your"
            " shop does not stand still. Choose a larger plan, or pay by use."
        )
    return gettext(
        "This month's %(allowed)s searches are used up. Searches are refused until next month, or"
        " until you choose a larger plan."
    )


def _spent(mall: _Mall) -> int:
    """What publishable keys caused, and one search more: in thousandths of the smallest unit."""
    spent = spent_price(mall.spent or (), str(mall.currency))
    return spent + mall.counts.unit_prices.get((Kind.SEARCH, str(mall.currency)), 0)


def day_shown(moment: datetime) -> str:
    """As the active language writes it."""
    return date_format(timezone.localtime(moment), "DATE_FORMAT")
