"""A mall at a Stripe that runs on this machine: the real client, the real wire."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

import pytest
from django.test import Client, override_settings

from billing.models import Subscription
from billing.provider_work import events_act
from billing.providers import provider
from billing.providers.stripe.catalogue import catalogue_make
from tenants.models import Mall
from tests.billing.paying import paying_mall
from tests.support.stripe_server import World, stripe_server
from tests.support.stripe_server.selling import session_complete
from tests.support.stripe_server.world import signed

SECRET = "whsec_test"


@dataclass
class Paying:
    """A mall, and Stripe's side of it."""

    world: World
    mall: Mall

    @property
    def ours(self) -> Subscription:
        return Subscription.objects.select_related("mall").get(mall=self.mall)

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.world.now, UTC)

    def checkout(self, plan: str = "starter", period: str = "month") -> str:
        return provider("stripe").checkout(
            subscription=self.ours,
            plan=plan,
            period=period,
            done_url="https://here.example/done",
            back_url="https://here.example/back",
            language="ko",
        )

    def subscribe(self, plan: str = "starter", period: str = "month") -> Subscription:
        """Through the checkout, with what Stripe tells about it."""
        url = self.checkout(plan, period)
        session_complete(self.world, url.rpartition("/")[2])
        self.deliver()
        return self.ours

    def change(self, plan: str, period: str = "month") -> Any:
        return provider("stripe").change(
            subscription=self.ours, plan=plan, period=period, at=self.now
        )

    def deliver(self, *events: Any) -> None:
        """What Stripe has to tell, or these, as webhooks; then act on them."""
        told = events or tuple(self.world.events)
        if not events:
            self.world.events.clear()
        for event in told:
            assert send(event).status_code == 200
        events_act()


def send(event: Any, *, secret: str = SECRET, at: int | None = None, body: bytes = b"") -> Any:
    import time

    made, header = signed(event, secret, int(time.time()) if at is None else at)
    return Client().post(
        "/billing/stripe/webhook",
        body or made,
        content_type="application/json",
        headers={"Stripe-Signature": header},
    )


@pytest.fixture(scope="session")
def sold() -> dict[str, Any]:
    """What an account holds after `lookus billing stripe-setup`."""
    with stripe_server() as made:
        with override_settings(STRIPE_SECRET_KEY=made.key, STRIPE_API_BASE=made.base):
            catalogue_make()
        return made.things


@pytest.fixture
def world(settings: Any, sold: dict[str, Any]) -> Iterator[World]:
    with stripe_server() as made:
        made.things, made.numbers = deepcopy(sold), count(10_000)
        settings.PAYMENT_PROVIDER = "stripe"
        settings.STRIPE_SECRET_KEY = made.key
        settings.STRIPE_API_BASE = made.base
        settings.STRIPE_WEBHOOK_SECRETS = ["whsec_former", SECRET]
        yield made


@pytest.fixture
def paying(world: World) -> Paying:
    mall = paying_mall("free", period_start=None, period_end=None)
    return Paying(world, mall)
