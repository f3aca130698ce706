"""A mall as Stripe's customer."""

from typing import Any

from billing.models import Subscription
from billing.providers.stripe.client import asked, client
from billing.providers.stripe.reading import MALL_KEY


def customer_of(subscription: Subscription) -> str:
    """The customer's id, made at the first time; its name and address are ours of now.

    Of two who begin at once the first one's is kept. Raises ProviderFailed.
    """
    mall = subscription.mall
    values: Any = {
        "name": subscription.bill_name or mall.name,
        "address": {"line1": subscription.bill_address, "country": subscription.bill_country},
        "metadata": {MALL_KEY: str(mall.pk)},
    }
    if subscription.bill_email:
        values["email"] = subscription.bill_email
    if subscription.provider_customer:
        with asked():
            client().v1.customers.update(subscription.provider_customer, values)
        return subscription.provider_customer
    with asked():
        made = client().v1.customers.create(values)
    first = Subscription.objects.filter(pk=subscription.pk, provider_customer="")
    first.update(provider_customer=made.id)
    subscription.refresh_from_db(fields=["provider_customer"])
    return subscription.provider_customer


def sessions_end(customer: str) -> None:
    """Close what was begun and not paid, so that two tabs do not make two subscriptions."""
    with asked():
        sessions = client().v1.checkout.sessions.list({"customer": customer, "status": "open"})
        for session in sessions.auto_paging_iter():
            client().v1.checkout.sessions.expire(session.id)
