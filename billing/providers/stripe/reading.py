"""Stripe's objects as we need them. Pure: what they say, without asking or keeping anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from billing.models import Subscription
from billing.models_invoices import Invoice
from billing.plans import FREE
from billing.providers.stripe.catalogue import Sold

State = Subscription.State
STATES = {
    "active": State.ACTIVE,
    # Of Stripe's trials there is one use: what was paid before goes on to its end.
    "trialing": State.ACTIVE,
    "past_due": State.PAST_DUE,
    "unpaid": State.PAST_DUE,
    "canceled": State.CANCELLED,
    "incomplete_expired": State.CANCELLED,
}
PLAN_KEY, PERIOD_KEY, MALL_KEY = "lookus_plan", "lookus_period", "lookus_mall"


@dataclass(frozen=True)
class Theirs:
    """A subscription. `state` None: it has not begun, its first payment is awaited. `sold` None:
    none of our prices is in it."""

    id: str
    customer: str
    mall: str
    state: Subscription.State | None
    sold: Sold | None
    start: datetime | None
    end: datetime | None
    next_plan: str
    next_period: str
    schedule: str
    items: tuple[tuple[str, Sold | None], ...]
    """Each item's id and what it stands for."""


def subscription_read(raw: Mapping[str, Any]) -> Theirs:
    """Of a subscription with its schedule expanded."""
    items = [(one["id"], Sold.of(one["price"].get("lookup_key")), one) for one in _items(raw)]
    main = next((one for one in items if one[1] and not one[1].kind), None)
    sold = main[1] if main else None
    start, end = _period(main[2] if main else {})
    next_plan, next_period = _next(raw, sold, end)
    return Theirs(
        id=raw["id"],
        customer=_id(raw["customer"]),
        mall=(raw.get("metadata") or {}).get(MALL_KEY, ""),
        state=STATES.get(raw["status"]),
        sold=sold,
        start=start,
        end=end,
        next_plan=next_plan,
        next_period=next_period,
        schedule=_id(raw.get("schedule")),
        items=tuple((name, one) for name, one, _ in items),
    )


@dataclass(frozen=True)
class TheirInvoice:
    """An invoice. Amounts below nothing, which Stripe keeps as the customer's balance, are none."""

    id: str
    customer: str
    subscription: str
    state: Invoice.State
    number: str | None
    currency: str
    subtotal: int
    tax: int
    start: datetime
    end: datetime
    created: datetime
    issued: datetime | None
    closed: datetime | None
    due: datetime | None
    url: str
    lines: tuple[tuple[str, int, int], ...]
    """Each line's words, quantity and amount."""

    @property
    def total(self) -> int:
        return self.subtotal + self.tax


def invoice_read(raw: Mapping[str, Any]) -> TheirInvoice:
    tax = sum(one["amount"] for one in raw.get("total_taxes") or ())
    net = raw["total"] - tax
    if net < 0:
        net = tax = 0
    passed = raw.get("status_transitions") or {}
    details = (raw.get("parent") or {}).get("subscription_details") or {}
    state = Invoice.State(raw["status"])
    return TheirInvoice(
        id=raw["id"],
        customer=_id(raw["customer"]),
        subscription=_id(details.get("subscription")),
        state=state,
        number=raw.get("number"),
        currency=raw["currency"].upper(),
        subtotal=net,
        tax=max(tax, 0),
        start=_moment(raw["period_start"]),
        end=_moment(raw["period_end"]),
        created=_moment(raw["created"]),
        issued=_maybe(passed.get("finalized_at")),
        closed=_closed(state, passed),
        due=_maybe(raw.get("due_date")),
        url=raw.get("hosted_invoice_url") or "",
        lines=tuple(
            (one.get("description") or "", one.get("quantity") or 1, one["amount"])
            for one in raw["lines"]["data"]
        ),
    )


def _closed(state: Invoice.State, passed: Mapping[str, Any]) -> datetime | None:
    name = {
        Invoice.State.PAID: "paid_at",
        Invoice.State.VOID: "voided_at",
        Invoice.State.UNCOLLECTIBLE: "marked_uncollectible_at",
    }.get(state)
    return _maybe(passed.get(name)) if name else None


def _next(raw: Mapping[str, Any], sold: Sold | None, end: datetime | None) -> tuple[str, str]:
    """The plan that follows at the period's end, if another one does."""
    if sold is None or end is None:
        return "", ""
    if raw.get("cancel_at_period_end"):
        return FREE.id, sold.period
    schedule = raw.get("schedule")
    phases = schedule.get("phases") or [] if isinstance(schedule, Mapping) else []
    for phase in phases:
        metadata = phase.get("metadata") or {}
        if _moment(phase["start_date"]) >= end and PLAN_KEY in metadata:
            return metadata[PLAN_KEY], metadata.get(PERIOD_KEY) or sold.period
    return "", ""


def _period(item: Mapping[str, Any]) -> tuple[datetime | None, datetime | None]:
    return _maybe(item.get("current_period_start")), _maybe(item.get("current_period_end"))


def _items(raw: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return list(raw["items"]["data"])


def _id(value: Any) -> str:
    """Of an object that may be expanded."""
    return value["id"] if isinstance(value, Mapping) else value or ""


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _maybe(seconds: int | None) -> datetime | None:
    return _moment(seconds) if seconds else None
