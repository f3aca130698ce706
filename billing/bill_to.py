"""Who is billed, and in which money."""

from dataclasses import dataclass

from django.db import transaction

from billing.models import Subscription
from billing.plans import CURRENCIES, default_plan
from tenants.models import Mall, Shop

WON, HOME = "KRW", "KR"


class CurrencyFixed(ValueError):
    """A plan with a price runs, or is to follow: its money cannot be changed under it."""


@dataclass(frozen=True)
class BillTo:
    """`country` is an ISO 3166 code of two letters: the tax is that of the country."""

    name: str
    address: str
    tax_number: str
    email: str
    country: str


@transaction.atomic
def bill_to_set(*, mall: Mall, bill_to: BillTo) -> dict[str, list[str]]:
    """Who the next invoices are written to: what changed, as {field: [before, now]}."""
    subscription = subscription_held(mall)
    changes = {}
    for name in ("name", "address", "tax_number", "email", "country"):
        before, now = getattr(subscription, f"bill_{name}"), getattr(bill_to, name)
        if before != now:
            setattr(subscription, f"bill_{name}", now)
            changes[f"bill_{name}"] = [before, now]
    subscription.save(update_fields=list(changes))
    return changes


@transaction.atomic
def currency_set(*, mall: Mall, currency: str) -> Subscription:
    """The money of the next plan. Raises CurrencyFixed, and ValueError for one that is not sold."""
    if currency not in CURRENCIES:
        raise ValueError(f"nothing is sold in {currency!r}: there are {', '.join(CURRENCIES)}")
    subscription = subscription_held(mall)
    if subscription.currency == currency:
        return subscription
    if not may_choose_currency(subscription):
        raise CurrencyFixed("a plan with a price runs in another currency")
    # The cap was said in the other money.
    subscription.currency, subscription.spend_cap = currency, None
    subscription.save(update_fields=["currency", "spend_cap"])
    return subscription


def may_choose_currency(subscription: Subscription) -> bool:
    running = subscription.period_end is not None or subscription.next_plan != ""
    ended = subscription.state == Subscription.State.CANCELLED
    return ended or not (running or subscription.agreed_price is not None)


def subscription_or_first(mall: Mall, shop: Shop) -> Subscription:
    """The mall's subscription; of a mall without one what it would begin with, not saved: the
    money and the country of its shop."""
    found = Subscription.objects.filter(mall=mall).first()
    return found or Subscription(mall=mall, **_first_of(shop))


def subscription_held(mall: Mall) -> Subscription:
    """Made where there is none, and held to the end of the transaction."""
    shop = mall.shops.order_by("pk").first()
    Subscription.objects.get_or_create(mall=mall, defaults=_first_of(shop))
    return Subscription.objects.select_for_update().get(mall=mall)


def _first_of(shop: Shop | None) -> dict[str, str]:
    at_home = shop is None or shop.currency == WON
    return {
        "plan": default_plan().id,
        "currency": WON if at_home else "USD",
        "bill_country": HOME if at_home else "",
    }
