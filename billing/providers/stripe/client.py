"""Stripe's official client, and its errors as ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import stripe
from django.conf import settings
from stripe import StripeClient

from billing.providers.base import ProviderFailed

RETRIES = 2
DUPLICATE = "already exists with identifier"


def client() -> StripeClient:
    return _client(
        settings.STRIPE_SECRET_KEY, settings.STRIPE_API_BASE, settings.STRIPE_TIMEOUT_SECONDS
    )


@cache
def _client(key: str, base: str, timeout: int) -> StripeClient:
    return StripeClient(
        key,
        base_addresses={"api": base.rstrip("/"), "meter_events": base.rstrip("/")},
        max_network_retries=RETRIES,
        http_client=stripe.RequestsClient(timeout=timeout),
    )


@contextmanager
def asked() -> Iterator[None]:
    """Stripe's errors become ProviderFailed: a card's with Stripe's own words for its holder."""
    try:
        yield
    except stripe.CardError as error:
        raise ProviderFailed(error.user_message or "the card was declined") from error
    except (stripe.APIConnectionError, stripe.RateLimitError) as error:
        raise ProviderFailed(f"Stripe cannot be reached: {_short(error)}", again=True) from error
    except stripe.StripeError as error:
        again = (error.http_status or 500) >= 500
        raise ProviderFailed(f"Stripe refused: {_short(error)}", again=again) from error


def is_missing(error: ProviderFailed) -> bool:
    """Whether Stripe has no such object (any more)."""
    return getattr(error.__cause__, "http_status", None) == 404


def is_duplicate(error: ProviderFailed) -> bool:
    """A meter event under this identifier is there already: told before."""
    return DUPLICATE in str(error)


def _short(error: stripe.StripeError) -> str:
    return (error.user_message or str(error))[:300]
