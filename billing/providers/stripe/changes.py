"""A change of plan in Stripe's words, and its preview in ours."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from billing.models import Subscription
from billing.proration import Change, ChangeLine, What
from billing.providers.stripe.catalogue import items_for
from billing.providers.stripe.reading import Theirs


def items_of(theirs: Theirs, plan: str, period: str, currency: str) -> Any:
    """Each of our items gets the new plan's price of its kind; what is missing is added, what the
    new plan does not have goes."""
    by_kind = items_for(plan, period, currency)
    items: list[dict[str, Any]] = []
    for name, sold in theirs.items:
        if sold is None:
            continue
        follows = by_kind.pop(sold.kind, None)
        items.append({"id": name} | (follows or {"deleted": True}))
    return [*items, *by_kind.values()]


def phase_items(phase: Mapping[str, Any]) -> Any:
    """A phase's items as they go into an update."""
    found = []
    for one in phase["items"]:
        item: dict[str, Any] = {"price": _id(one["price"])}
        if one.get("quantity"):
            item["quantity"] = one["quantity"]
        found.append(item)
    return found


def _id(value: Any) -> str:
    return str(value["id"] if isinstance(value, Mapping) else value)


def priced(change: Change, raw: Mapping[str, Any], subscription: Subscription) -> Change:
    """The change with the lines and sums of Stripe's preview."""
    lines = tuple(_line(one, change, subscription) for one in raw["lines"]["data"] if one["amount"])
    tax = sum(one["amount"] for one in raw.get("total_taxes") or ())
    due = raw["total"] - tax
    return replace(change, lines=lines, due_now=due, tax=tax, total=raw["total"])


def _line(raw: Mapping[str, Any], change: Change, subscription: Subscription) -> ChangeLine:
    back = raw["amount"] < 0
    start, end = raw["period"]["start"], raw["period"]["end"]
    whole = change.ends is not None and not back and change.period != subscription.period
    return ChangeLine(
        what=What.UNUSED if back else What.PLAN if whole else What.REST,
        plan=subscription.plan if back else change.plan,
        period=subscription.period if back else change.period,
        start=datetime.fromtimestamp(start, UTC),
        end=datetime.fromtimestamp(end, UTC),
        unit_amount=change.price,
        amount=raw["amount"],
    )
