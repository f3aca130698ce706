"""The default: numbered invoices that the operator marks as paid. Nobody else is asked."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from billing.models import MeterReport, ProviderEvent, Subscription
from billing.plans import FREE
from billing.proration import Change, change_preview
from billing.providers.base import Difference, ProviderFailed, WebhookRefused
from billing.subscriptions import plan_change


class Manual:
    name = "manual"
    asks_payment_method = False

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
        """The plan begins at once and its invoice waits to be paid."""
        plan_change(mall=subscription.mall, plan=plan, period=period)
        return done_url

    def portal(self, *, subscription: Subscription, back_url: str, language: str) -> str:
        return back_url

    def preview(
        self, *, subscription: Subscription, plan: str, period: str, at: datetime
    ) -> Change:
        return change_preview(subscription=subscription, plan=plan, period=period, at=at)

    def change(
        self,
        *,
        subscription: Subscription,
        plan: str,
        period: str,
        at: datetime,
        shown_at: datetime | None = None,
    ) -> Change:
        return plan_change(
            mall=subscription.mall, plan=plan, period=period, at=at, shown_at=shown_at
        )

    def cancel(self, *, subscription: Subscription, at: datetime) -> None:
        plan_change(mall=subscription.mall, plan=FREE.id, period=subscription.period, at=at)

    def usage_report(self, *, report: MeterReport, at: datetime) -> str:
        raise ProviderFailed("invoices take use from the ledger: there is nobody to tell")

    def webhook_take(self, *, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        raise WebhookRefused("nobody sends webhooks about invoices of our own")

    def event_act(self, *, event: ProviderEvent) -> str:
        return "nobody sends these"

    def reconcile(self, *, at: datetime | None = None) -> tuple[int, list[Difference]]:
        """Nobody else keeps books; that the ledger agrees is `lookus ledger check`."""
        _ = at or timezone.now()
        return 0, []
