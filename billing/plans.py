"""What is sold: plans as data, and the functions that say how much is allowed and what it costs.

Prices are without tax, in whole numbers of the currency's smallest unit.
"""

from dataclasses import dataclass, field
from typing import Final

from django.conf import settings

from billing.models import Kind

MONTH, YEAR = "month", "year"
PERIODS = (MONTH, YEAR)
CURRENCIES = ("KRW", "USD")

# What a plan may have beyond what every plan has.
TEACHING, EXPERIMENTS, MALL_VIEW = "teaching", "experiments", "mall_view"
FEATURES: Final = (TEACHING, EXPERIMENTS, MALL_VIEW)

# The unit that use beyond a plan is priced by.
PER = 1000
# Percent of the net sum by the country of who is billed: elsewhere it is theirs to declare.
TAX_PERCENT = {"KR": 10}


@dataclass(frozen=True)
class Plan:
    """What a mall may use; None is without a limit.

    `monthly` is of a calendar month and all shops together, `products` of each shop, `seats` are
    people and open invitations. `prices` are of a period, `unit_prices` of 1,000 beyond the plan;
    what is not in them is not sold: a plan without prices is agreed on with the operator.
    """

    id: str
    name: str
    monthly: dict[Kind, int | None] = field(default_factory=dict)
    products: int | None = None
    seats: int | None = None
    features: frozenset[str] = frozenset(FEATURES)
    prices: dict[tuple[str, str], int] = field(default_factory=dict)
    unit_prices: dict[tuple[Kind, str], int] = field(default_factory=dict)


FREE = Plan(
    "free",
    "Free",
    {Kind.PHOTO: 1_000, Kind.SEARCH: 5_000},
    products=1_000,
    seats=3,
    features=frozenset(),
)
STARTER = Plan(
    "starter",
    "Starter",
    {Kind.PHOTO: 20_000, Kind.SEARCH: 100_000},
    products=10_000,
    seats=10,
    features=frozenset({TEACHING}),
    prices={
        ("KRW", MONTH): 49_000,
        ("KRW", YEAR): 490_000,
        ("USD", MONTH): 3_900,
        ("USD", YEAR): 39_000,
    },
    unit_prices={
        (Kind.PHOTO, "KRW"): 5_000,
        (Kind.SEARCH, "KRW"): 600,
        (Kind.PHOTO, "USD"): 390,
        (Kind.SEARCH, "USD"): 45,
    },
)
GROWTH = Plan(
    "growth",
    "Growth",
    {Kind.PHOTO: 200_000, Kind.SEARCH: 2_000_000},
    products=100_000,
    seats=50,
    prices={
        ("KRW", MONTH): 290_000,
        ("KRW", YEAR): 2_900_000,
        ("USD", MONTH): 22_900,
        ("USD", YEAR): 229_000,
    },
    unit_prices={
        (Kind.PHOTO, "KRW"): 3_000,
        (Kind.SEARCH, "KRW"): 200,
        (Kind.PHOTO, "USD"): 240,
        (Kind.SEARCH, "USD"): 15,
    },
)
ENTERPRISE = Plan("enterprise", "Enterprise", {Kind.PHOTO: None, Kind.SEARCH: None})
# Of the installation itself, for demos and measurements: not for sale.
UNLIMITED = Plan("unlimited", "Unlimited", {Kind.PHOTO: None, Kind.SEARCH: None})

SOLD = (FREE, STARTER, GROWTH, ENTERPRISE)
"""As they stand side by side, the smallest first."""
PLANS = {plan.id: plan for plan in (*SOLD, UNLIMITED)}


def default_plan() -> Plan:
    """Of a mall without a subscription, or whose plan is no longer sold under that name."""
    return PLANS[settings.DEFAULT_PLAN]


def plan_of(name: str) -> Plan:
    return PLANS.get(name) or default_plan()


def allowed(plan: str, kind: Kind | str) -> int | None:
    """How many of `kind` the plan allows in a month; None is without a limit."""
    return plan_of(plan).monthly[Kind(kind)]


def price_of(plan: str, *, currency: str, period: str) -> int | None:
    """What a period of the plan costs, without tax; None where it is not sold so, or is free."""
    return plan_of(plan).prices.get((currency, period))


def rank(plan: str) -> int:
    """Which of two plans is the larger one: the one that stands later."""
    return list(PLANS).index(plan_of(plan).id)


def tax_of(net: int, country: str) -> int:
    """The tax on a net sum, rounded half up to the smallest unit."""
    return rounded(net * TAX_PERCENT.get(country, 0), 100)


def use_price(quantity: int, unit_price: int) -> int:
    """What a quantity costs at a price of 1,000, rounded half up."""
    return rounded(quantity * unit_price, PER)


def rounded(dividend: int, divisor: int) -> int:
    """dividend ÷ divisor, exactly, rounded half up (towards the larger amount)."""
    return (2 * dividend + divisor) // (2 * divisor)
