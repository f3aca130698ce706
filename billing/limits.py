"""What a plan has room for beyond its use: products, people, and what it can do at all."""

from typing import Any

from django.utils.translation import gettext

from billing.models import Subscription
from billing.plans import FEATURES, Plan, default_plan, plan_of
from billing.usage import plan_name, plan_that_counts
from tenants.invitations import InvitationRefused
from tenants.models import Mall, Membership
from tenants.models_accounts import Invitation
from tenants.scope import current_shop_id

TOO_MANY_PEOPLE = "seats"


def plan_of_mall(mall_id: int) -> Plan:
    """The plan that counts for a mall."""
    return plan_of(plan_name(mall_id=mall_id))


def plan_in_scope() -> Plan:
    """The plan that counts for the shop in scope. One statement."""
    rows = Subscription.objects.filter(mall__shops=current_shop_id())
    found = rows.values_list("plan", "state").first()
    return plan_of(plan_that_counts(*found)) if found else default_plan()


def has_feature(mall: Mall | int, feature: str) -> bool:
    """Whether the mall's plan has it: one of `billing.plans.FEATURES`."""
    assert feature in FEATURES
    return feature in plan_of_mall(mall if isinstance(mall, int) else mall.pk).features


def seats_used(mall_id: int) -> int:
    """People and open invitations."""
    asked = Invitation.objects.live().filter(mall_id=mall_id)
    return Membership.objects.filter(mall_id=mall_id).count() + asked.count()


def seats_hold(sender: Any, *, mall_id: int, **_signal: Any) -> None:
    """Somebody is asked into the mall, whose row the caller holds: is there a seat?

    Raises InvitationRefused("seats"), and nobody is asked.
    """
    plan = plan_of_mall(mall_id)
    if plan.seats is None:
        return
    if seats_used(mall_id) >= plan.seats:
        raise InvitationRefused(TOO_MANY_PEOPLE)


def not_in_plan() -> str:
    return gettext("Your plan does not have this. Choose a larger one under Billing.")
