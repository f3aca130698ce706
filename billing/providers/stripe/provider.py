"""Stripe as a provider: where people are sent, and what is changed there."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from billing.models import MeterReport, ProviderEvent, Subscription
from billing.plans import FREE, price_of
from billing.proration import Change, PlanRefused, change_preview
from billing.providers.base import Difference, ProviderFailed
from billing.providers.stripe import meters, reconcile, webhooks
from billing.providers.stripe.catalogue import items_for, tax_rate_ids
from billing.providers.stripe.changes import items_of, phase_items, priced
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
        if price_of(plan, currency=subscription.currency, period=period) is None:
            raise PlanRefused("not_sold")
        at = timezone.now()
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
        wanted: Any = {
            "mode": "subscription",
            "customer": customer,
            "client_reference_id": str(subscription.mall_id),
            "line_items": list(items.values()),
            "subscription_data": details,
            "success_url": done_url,
            "cancel_url": back_url,
            "locale": "ko" if language == "ko" else "en",
        }
        with asked():
            session = client().v1.checkout.sessions.create(wanted)
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
                        "items": items_of(theirs, plan, period, subscription.currency),
                        "proration_behavior": "always_invoice",
                        "proration_date": int(at.timestamp()),
                    },
                }
            )
        return priced(change, found.to_dict(), subscription)

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
                    "items": items_of(theirs, change.plan, change.period, change.currency),
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
            then = items_for(change.plan, change.period, subscription.currency)
            phases: Any = [
                {
                    "items": phase_items(first),
                    "start_date": first["start_date"],
                    "end_date": first["end_date"],
                },
                {
                    "items": list(then.values()),
                    "duration": {"interval": change.period, "interval_count": 1},
                    "metadata": {PLAN_KEY: change.plan, PERIOD_KEY: change.period},
                },
            ]
            client().v1.subscription_schedules.update(
                schedule.id,
                {"end_behavior": "release", "proration_behavior": "none", "phases": phases},
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
