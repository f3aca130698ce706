"""A server on this machine that speaks the part of Stripe's API that LookUs uses.

The package localstripe knows neither Checkout, portal, prices, meters nor schedules. This one is
written from Stripe's reference: form-encoded requests, keys, idempotency, unknown parameters
refused, lists in pages, periods that end as its clock is turned, prorations by the second.
"""

from tests.support.stripe_server.serving import stripe_server
from tests.support.stripe_server.world import World

__all__ = ["World", "stripe_server"]
