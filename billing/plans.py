"""Plans, and the one function that says how much is allowed."""

from dataclasses import dataclass, field

from billing.models import Kind


@dataclass(frozen=True)
class Plan:
    """What a mall may use in a calendar month; None is without a limit."""

    id: str
    name: str
    monthly: dict[Kind, int | None] = field(default_factory=dict)


FREE = Plan("free", "Free", {Kind.PHOTO: 1_000, Kind.SEARCH: 5_000})
STARTER = Plan("starter", "Starter", {Kind.PHOTO: 20_000, Kind.SEARCH: 100_000})
GROWTH = Plan("growth", "Growth", {Kind.PHOTO: 200_000, Kind.SEARCH: 2_000_000})
UNLIMITED = Plan("unlimited", "Unlimited", {Kind.PHOTO: None, Kind.SEARCH: None})

PLANS = {plan.id: plan for plan in (FREE, STARTER, GROWTH, UNLIMITED)}
# A mall without a subscription, or whose plan is no longer sold under that name.
DEFAULT = FREE


def plan_of(name: str) -> Plan:
    return PLANS.get(name, DEFAULT)


def allowed(plan: str, kind: Kind | str) -> int | None:
    """How many of `kind` the plan allows in a month; None is without a limit."""
    return plan_of(plan).monthly[Kind(kind)]
