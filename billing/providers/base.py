"""What LookUs asks of whoever takes the money. A third provider is one more that speaks this.

Amounts are whole numbers of the currency's smallest unit. Nothing here is called in a transaction:
a provider is across the network.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol

from billing.models import MeterReport, ProviderEvent, Subscription
from billing.proration import Change


class ProviderFailed(Exception):
    """The provider did not do it: its answer, fit to be shown; `again` if it may do it later."""

    def __init__(self, message: str, *, again: bool = False) -> None:
        super().__init__(message)
        self.again = again


class WebhookRefused(Exception):
    """It is not signed by the provider, or not now: nothing was kept."""


@dataclass(frozen=True)
class Difference:
    """What the provider and we say differently: `what` of which mall, our word and theirs."""

    what: str
    mall: str
    ours: str
    theirs: str

    def row(self) -> dict[str, str]:
        return asdict(self)


class Provider(Protocol):
    """`asks_payment_method`: there is a page where a card is given, and one where it is changed."""

    name: str
    asks_payment_method: bool

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
        """Begin to pay for a plan: the address to send the person to. Raises ProviderFailed,
        PlanRefused."""
        ...

    def portal(self, *, subscription: Subscription, back_url: str, language: str) -> str:
        """The address where payment method and receipts are. Raises ProviderFailed."""
        ...

    def preview(
        self, *, subscription: Subscription, plan: str, period: str, at: datetime
    ) -> Change:
        """What the change would cost now, as it would be charged. Raises PlanRefused."""
        ...

    def change(
        self,
        *,
        subscription: Subscription,
        plan: str,
        period: str,
        at: datetime,
        shown_at: datetime | None = None,
    ) -> Change:
        """Change the plan as the preview of `shown_at` said. Raises PlanRefused, ProviderFailed."""
        ...

    def cancel(self, *, subscription: Subscription, at: datetime) -> None:
        """End it with the period that is paid. Raises ProviderFailed."""
        ...

    def usage_report(self, *, report: MeterReport, at: datetime) -> str:
        """Tell use beyond the plan; told twice, it counts once. What came of it, in a word."""
        ...

    def webhook_take(self, *, body: bytes, headers: Mapping[str, str]) -> ProviderEvent:
        """Prove where the message is from and when, and write it down: acting comes later. The
        same again is the row that is there. Raises WebhookRefused."""
        ...

    def event_act(self, *, event: ProviderEvent) -> str:
        """Bring what it speaks of to how it stands there now: what was done, in a few words."""
        ...

    def reconcile(self, *, at: datetime) -> tuple[int, list[Difference]]:
        """How many things were compared, and those that differ."""
        ...
