"""What LookUs sells, as products, prices, meters and tax rates of a Stripe account.

Prices are known by their lookup key. Where ours changes, the key moves to a new price and who
subscribed before keeps the old one, as Stripe has it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from billing.models import Kind
from billing.plans import PER, PERIODS, PLANS, TAX_PERCENT, Plan
from billing.providers.base import ProviderFailed
from billing.providers.stripe.client import asked, client, is_missing

TAX_KEY = "lookus_tax"
USE_NAMES = {Kind.PHOTO: "Photos beyond the plan", Kind.SEARCH: "Searches beyond the plan"}


@dataclass(frozen=True)
class Sold:
    """What a price of Stripe's stands for: a plan, or with `kind` use beyond it."""

    plan: str
    period: str
    currency: str
    kind: str = ""

    @property
    def key(self) -> str:
        kind = f"_{self.kind}" if self.kind else ""
        return f"lookus_{self.plan}{kind}_{self.period}_{self.currency.lower()}"

    @classmethod
    def of(cls, key: str | None) -> "Sold | None":
        parts = (key or "").split("_")
        if len(parts) not in (4, 5) or parts[0] != "lookus" or parts[1] not in PLANS:
            return None
        kind = parts[2] if len(parts) == 5 else ""
        return cls(parts[1], parts[-2], parts[-1].upper(), kind)


def event_name(kind: str) -> str:
    """The meter's."""
    return f"lookus_{kind}_beyond"


def items_for(plan: str, period: str, currency: str) -> dict[str, dict[str, Any]]:
    """A subscription's items: the plan under "", use beyond it by kind. Raises ProviderFailed."""
    sold = [Sold(plan, period, currency)]
    sold += [
        Sold(plan, period, currency, kind)
        for kind in Kind.values
        if (Kind(kind), currency) in PLANS[plan].unit_prices
    ]
    ids = price_ids([one.key for one in sold])
    return {
        one.kind: {"price": ids[one.key]} | ({} if one.kind else {"quantity": 1}) for one in sold
    }


def price_ids(keys: list[str]) -> dict[str, str]:
    """By lookup key. Raises ProviderFailed where one was not made yet."""
    with asked():
        found = client().v1.prices.list({"lookup_keys": keys, "active": True, "limit": 100})
    ids = {str(price.lookup_key): price.id for price in found.data}
    missing = sorted(set(keys) - set(ids))
    if missing:
        raise ProviderFailed(
            f"Stripe has no price {', '.join(missing)}: run `lookus billing stripe-setup`"
        )
    return ids


def tax_rate_ids(country: str) -> list[str]:
    """Of the country that is billed: none where no tax is added."""
    if country not in TAX_PERCENT:
        return []
    with asked():
        rates = client().v1.tax_rates.list({"active": True, "limit": 100})
        found = [one.id for one in rates.auto_paging_iter() if _is_of(one, country)]
    if not found:
        raise ProviderFailed("Stripe has no tax rate: run `lookus billing stripe-setup`")
    return found[:1]


def meter_ids() -> dict[str, str]:
    """By event name."""
    with asked():
        meters = client().v1.billing.meters.list({"status": "active", "limit": 100})
        return {one.event_name: one.id for one in meters.auto_paging_iter()}


def catalogue_make() -> list[str]:
    """Make in the account what is missing there or has another price: what was made.

    Safe to run again, and to be run after plans changed. Raises ProviderFailed.
    """
    made = [*_meters(), *_taxes()]
    meters = meter_ids()
    for plan in PLANS.values():
        if plan.prices:
            made += _product(f"lookus_{plan.id}", f"LookUs {plan.name}")
            made += _prices(plan, meters)
    return made


def _meters() -> Iterator[str]:
    there = meter_ids()
    for kind in Kind.values:
        if event_name(kind) not in there:
            with asked():
                client().v1.billing.meters.create(
                    {
                        "display_name": USE_NAMES[Kind(kind)],
                        "event_name": event_name(kind),
                        "default_aggregation": {"formula": "sum"},
                    }
                )
            yield f"meter {event_name(kind)}"


def _taxes() -> Iterator[str]:
    for country, percent in TAX_PERCENT.items():
        with asked():
            rates = client().v1.tax_rates.list({"active": True, "limit": 100})
            there = {one.percentage for one in rates.auto_paging_iter() if _is_of(one, country)}
            if percent in there:
                continue
            client().v1.tax_rates.create(
                {
                    "display_name": "VAT",
                    "percentage": percent,
                    "inclusive": False,
                    "country": country,
                    "metadata": {TAX_KEY: country},
                }
            )
        yield f"tax rate {country} {percent} %"


def _product(product_id: str, name: str) -> Iterator[str]:
    try:
        with asked():
            client().v1.products.retrieve(product_id)
    except ProviderFailed as error:
        if not is_missing(error):
            raise
        with asked():
            client().v1.products.create({"id": product_id, "name": name})
        yield f"product {product_id}"


def _prices(plan: Plan, meters: dict[str, str]) -> Iterator[str]:
    for (currency, period), amount in plan.prices.items():
        yield from _price(Sold(plan.id, period, currency), Decimal(amount), None)
    for (kind, currency), unit in plan.unit_prices.items():
        meter = meters[event_name(kind.value)]
        for period in PERIODS:
            if (currency, period) in plan.prices:
                sold = Sold(plan.id, period, currency, kind.value)
                yield from _price(sold, Decimal(unit) / PER, meter)


def _price(sold: Sold, amount: Decimal, meter: str | None) -> Iterator[str]:
    """`amount` of one, in the smallest unit: of use a part of it."""
    with asked():
        found = client().v1.prices.list({"lookup_keys": [sold.key], "active": True})
    if found.data and Decimal(str(found.data[0].unit_amount_decimal)) == amount:
        return
    recurring: Any = {"interval": sold.period}
    if meter:
        recurring |= {"usage_type": "metered", "meter": meter}
    with asked():
        client().v1.prices.create(
            {
                "product": f"lookus_{sold.plan}",
                "currency": sold.currency.lower(),
                "unit_amount_decimal": amount.normalize(),
                "recurring": recurring,
                "lookup_key": sold.key,
                "transfer_lookup_key": True,
                "tax_behavior": "exclusive",
                "nickname": USE_NAMES[Kind(sold.kind)] if sold.kind else "",
            }
        )
    yield f"price {sold.key}"


def _is_of(rate: Any, country: str) -> bool:
    metadata = rate.metadata or {}
    return TAX_KEY in metadata and metadata[TAX_KEY] == country
