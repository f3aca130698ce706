"""What the clock does with plans: trials end, periods begin and are billed, late ones end."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from billing.banners import TRIAL_SAID_DAYS, day_shown
from billing.invoice_states import late_find
from billing.invoicing import invoice_for_use
from billing.models import Overage, Subscription
from billing.plans import FREE, PLANS, YEAR
from billing.subscriptions import MANUAL, subscription_locked, subscription_roll
from tenants.models import Mall
from tenants.notices import TRIAL_ENDS, first_shop_of, owners_tell

log = logging.getLogger(__name__)

State = Subscription.State


@dataclass
class Renewed:
    """What a round of the clock did: subscriptions that moved on, that became late, that ended
    for it, malls whose use was billed by itself, whose owners had mail that the trial ends soon,
    and those that failed."""

    rolled: int = 0
    late: int = 0
    ended: int = 0
    use: int = 0
    told: int = 0
    failed: int = 0


def renewals_run(at: datetime | None = None) -> Renewed:
    """End trials, roll periods on, take what was to follow, bill; safe to run twice.

    Each mall is a transaction of its own: one that fails is logged and holds no other up. Those
    that another provider bills are moved by what that provider says.
    """
    at = at or timezone.now()
    done = Renewed()
    own = Subscription.objects.filter(provider=MANUAL)
    over = at - timedelta(days=settings.PAST_DUE_DAYS)
    steps: list[tuple[str, Q, Callable[[Subscription, datetime], bool]]] = [
        ("rolled", _due(at), subscription_roll),
        ("ended", Q(state=State.PAST_DUE, past_due_since__lte=over), _end),
        ("use", _use_alone(), _bill_use),
        ("told", _trial_ends_soon(at), _tell_trial_ends),
    ]
    for name, which, step in steps:
        for mall in Mall.objects.filter(subscription__in=own.filter(which)).order_by("pk"):
            try:
                with transaction.atomic():
                    subscription = subscription_locked(mall)
                    # Paid or changed since it was found: then there is nothing to do.
                    still = own.filter(which, pk=subscription.pk).exists()
                    moved = still and step(subscription, at)
            except Exception:  # whatever it is, the others go on
                log.exception("the subscription of mall %s could not be renewed", mall.pk)
                done.failed += 1
            else:
                setattr(done, name, getattr(done, name) + moved)
    done.late = late_find(at=at)
    return done


def _due(at: datetime) -> Q:
    running = Q(state__in=[State.ACTIVE, State.PAST_DUE])
    priced = [plan.id for plan in PLANS.values() if plan.prices]
    unbegun = running & Q(period_end=None) & (Q(plan__in=priced) | Q(agreed_price__isnull=False))
    return (running & Q(period_end__lte=at)) | Q(state=State.TRIAL, trial_ends_at__lte=at) | unbegun


def _use_alone() -> Q:
    """Whose use beyond the plan no monthly invoice takes along."""
    malls = Overage.objects.values("mall")
    return Q(mall__in=malls) & (Q(period=YEAR) | Q(period_end=None) | Q(state=State.CANCELLED))


def _end(subscription: Subscription, at: datetime) -> bool:
    """Not paid for too long: the default plan counts from now on."""
    subscription.state, subscription.past_due_since = State.CANCELLED, None
    subscription.period_start = subscription.period_end = None
    subscription.next_plan = subscription.next_period = ""
    subscription.save()
    log.info("the subscription of mall %s has ended: it was not paid", subscription.mall_id)
    return True


def _bill_use(subscription: Subscription, at: datetime) -> bool:
    return invoice_for_use(mall=subscription.mall, at=at) is not None


def _trial_ends_soon(at: datetime) -> Q:
    """Of those who have chosen what comes after it, none: they know."""
    soon = at + timedelta(days=TRIAL_SAID_DAYS)
    untold = Q(state=State.TRIAL, trial_told_at=None, next_plan="")
    return untold & Q(trial_ends_at__gt=at, trial_ends_at__lt=soon)


def _tell_trial_ends(subscription: Subscription, at: datetime) -> bool:
    shop = first_shop_of(subscription.mall_id)
    ends = subscription.trial_ends_at
    if shop is None or ends is None:
        return False
    with override(shop.language):
        told = {"day": day_shown(ends), "after": FREE.name}
    owners_tell(shop=shop, subject=TRIAL_ENDS, template="trial_ends", page="billing/plan/", **told)
    subscription.trial_told_at = at
    subscription.save(update_fields=["trial_told_at"])
    return True
