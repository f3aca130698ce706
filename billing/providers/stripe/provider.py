"""Stripe as a provider: where people are sent, and what is changed there."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from billing.models import MeterReport, ProviderEvent, Subscription
from billing.plans import FREE
from billing.proration import Change, ChangeLine, What, change_preview
from billing.providers.base import Difference, ProviderFailed
from billing.providers.stripe import meters, reconcile, webhooks
from billing.providers.stripe.catalogue import items_for, tax_rate_ids
from billing.providers.stripe.client import asked, client
from billing.providers.stripe.customers import customer_of, sessions_end
from billing.providers.stripe.reading import MALL_KEY, PERIOD_KEY, PLAN_KEY, Theirs
from billing.providers.stripe.sync import NAME, subscription_fetch, subscription_sync
from billing.subscriptions import plan_change

State = Subscription.State
# Stripe takes a later beginning only from two days ahead on; a little more, for clocks differ.
LEAST_AHEAD = timedelta(hours=49)


class Stripe:
    name = NAME
    asks_payment_method = True

    def checkout(
        self,
        *,
        subscription: Subscription,
        plan: str,
        period: str,
        done_url: str,
        back_url: str,
        language: str,
    ) -> str:
        if subscription.provider_subscription:
            raise ProviderFailed("this mall pays already: change its plan instead")
        at = timezone.now()
        change_preview(subscription=subscription, plan=plan, period=period, at=at)
        details: dict[str, Any] = {"metadata": {MALL_KEY: str(subscription.mall_id)}}
        taxes = tax_rate_ids(subscription.bill_country)
        if taxes:
            details["default_tax_rates"] = taxes
        paid = _paid_until(subscription)
        if paid and paid > at + LEAST_AHEAD:
            details["trial_end"] = int(paid.timestamp())
        items = items_for(plan, period, subscription.currency)
        customer = customer_of(subscription)
        sessions_end(customer)
        with asked():
            session = client().v1.checkout.sessions.create(
                {
                    "mode": "subscription",
                    "customer": customer,
                    "client_reference_id": str(subscription.mall_id),
                    "line_items": list(items.values()),  # type: ignore[typeddict-item]  # made by items_for
                    "subscription_data": details,  # type: ignore[typeddict-item]  # as above
                    "success_url": done_url,
                    "cancel_url": back_url,
                    "locale": "ko" if language == "ko" else "en",
                }
            )
        return session.url or back_url

    def portal(self, *, subscription: Subscription, back_url: str, language: str) -> str:
        with asked():
            session = client().v1.billing_portal.sessions.create(
                {
                    "customer": customer_of(subscription),
                    "return_url": back_url,
                    "locale": "ko" if language == "ko" else "en",
                }
            )
        return session.url

    def preview(
        self, *, subscription: Subscription, plan: str, period: str, at: datetime
    ) -> Change:
        """Stripe's own sums, as it will charge them; ours say whether and when."""
        change = change_preview(subscription=subscription, plan=plan, period=period, at=at)
        if not (change.at_once and change.lines and subscription.provider_subscription):
            return change
        theirs = subscription_fetch(subscription.provider_subscription)
        with asked():
            found = client().v1.invoices.create_preview(
                {
                    "customer": theirs.customer,
                    "subscription": theirs.id,
                    "subscription_details": {
                        "items": _items(theirs, plan, period, subscription.currency),
                        "proration_behavior": "always_invoice",
                        "proration_date": int(at.timestamp()),
                    },
                }
            )
        return _priced(change, found.to_dict(), subscription)

    def change(
        self,
        *,
        subscription: Subscription,
        plan: str,
        period: str,
        at: datetime,
        shown_at: datetime | None = None,
    ) -> Change:
        if not subscription.provider_subscription:
            if plan != FREE.id:
                raise ProviderFailed("a card is needed first: begin with the checkout")
            return plan_change(mall=subscription.mall, plan=plan, period=period, at=at)
        change = self.preview(
            subscription=subscription, plan=plan, period=period, at=shown_at or at
        )
        theirs = subscription_fetch(subscription.provider_subscription)
        if not change.at_once:
            self._later(theirs, change, subscription)
        else:
            self._stay(theirs)
            if change.lines:
                self._now(theirs, change, shown_at or at)
        subscription_sync(theirs.id)
        return change

    def cancel(self, *, subscription: Subscription, at: datetime) -> None:
        self.change(subscription=subscription, plan=FREE.id, period=subscription.period, at=at)

    def usage_report(self, *, report: MeterReport, at: datetime) -> str:
        return meters.usage_report(report=report, at=at)

    def webhook_take(self, *, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        return webhooks.webhook_take(body=body, headers=headers)

    def event_act(self, *, event: ProviderEvent) -> str:
        return webhooks.event_act(event)

    def reconcile(self, *, at: datetime) -> tuple[int, list[Difference]]:
        return reconcile.reconcile(at=at)

    def _now(self, theirs: Theirs, change: Change, at: datetime) -> None:
        """At once, charged at once; a card that is declined changes nothing."""
        with asked():
            client().v1.subscriptions.update(
                theirs.id,
                {
                    "items": _items(theirs, change.plan, change.period, change.currency),
                    "proration_behavior": "always_invoice",
                    "proration_date": int(at.timestamp()),
                    "payment_behavior": "error_if_incomplete",
                },
            )

    def _later(self, theirs: Theirs, change: Change, subscription: Subscription) -> None:
        """With the end of the period that is paid."""
        self._stay(theirs)
        if change.plan == FREE.id:
            with asked():
                client().v1.subscriptions.update(theirs.id, {"cancel_at_period_end": True})
            return
        with asked():
            schedule = client().v1.subscription_schedules.create({"from_subscription": theirs.id})
            first = schedule.to_dict()["phases"][0]
            follows = items_for(change.plan, change.period, subscription.currency)
            client().v1.subscription_schedules.update(
                schedule.id,
                {
                    "end_behavior": "release",
                    "proration_behavior": "none",
                    "phases": [
                        {
                            "items": _as_they_are(first),
                            "start_date": first["start_date"],
                            "end_date": first["end_date"],
                        },
                        {
                            "items": list(follows.values()),  # type: ignore[typeddict-item]  # made by items_for
                            "duration": {"interval": change.period, "interval_count": 1},
                            "metadata": {PLAN_KEY: change.plan, PERIOD_KEY: change.period},
                        },
                    ],
                },
            )

    def _stay(self, theirs: Theirs) -> None:
        """Nothing follows at the period's end but the same."""
        with asked():
            if theirs.schedule:
                client().v1.subscription_schedules.release(theirs.schedule)
            elif theirs.next_plan:
                client().v1.subscriptions.update(theirs.id, {"cancel_at_period_end": False})


def _paid_until(subscription: Subscription) -> datetime | None:
    """What was paid or promised before Stripe is not charged again."""
    if subscription.state == State.TRIAL:
        return subscription.trial_ends_at
    return subscription.period_end if subscription.state == State.ACTIVE else None


def _items(theirs: Theirs, plan: str, period: str, currency: str) -> Any:
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


def _as_they_are(phase: Mapping[str, Any]) -> Any:
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


def _priced(change: Change, raw: Mapping[str, Any], subscription: Subscription) -> Change:
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
