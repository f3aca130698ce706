"""Who takes the money. One is chosen for the installation; each subscription keeps its own."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from billing.models import Subscription
from billing.providers.base import Provider

# By name, so that a provider's libraries are loaded only where it is used.
PROVIDERS = {
    "manual": "billing.providers.manual.Manual",
    "stripe": "billing.providers.stripe.provider.Stripe",
}


@cache
def provider(name: str) -> Provider:
    """KeyError for a name that is none."""
    made: Provider = import_string(PROVIDERS[name])()
    return made


def provider_of(subscription: Subscription) -> Provider:
    """The one that bills it now; of a mall that pays nothing yet, the installation's."""
    if subscription.provider_subscription or subscription.period_end is not None:
        return provider(subscription.provider)
    return provider(settings.PAYMENT_PROVIDER)
