"""What can happen, and `event_announce`: the one way in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tenants import outbox
from tenants.models import Shop
from tenants.models_webhooks import WebhookDelivery, WebhookEndpoint, WebhookMessage

IMPORT_FINISHED, PRODUCT_TAGGED = "import.finished", "product.tagged"
QUOTA_WARNING, TEST = "quota.warning", "test"
# What an endpoint may ask for. `test` goes to every endpoint, by its button only.
EVENT_TYPES = {
    IMPORT_FINISHED: _("An import ended"),
    PRODUCT_TAGGED: _("Products were tagged"),
    QUOTA_WARNING: _("The month's quota is nearly or fully used"),
}


def event_announce(*, shop: Shop, type: str, data: dict[str, Any]) -> None:  # noqa: A002
    """Tell this to every endpoint of the shop that wants it.

    Call it in the shop's scope, in the transaction of what happened: the message is written with
    it and sent after the commit. Nothing is written where no endpoint wants it. `data` is what
    the API shows. Raises ValueError for an unknown type.
    """
    if type not in EVENT_TYPES:
        raise ValueError(f"no event {type!r}: there are {', '.join(EVENT_TYPES)}")
    endpoints = endpoints_for(type)
    if endpoints:
        message_send(shop=shop, event=type, data=data, endpoints=endpoints)


def endpoints_for(event: str) -> list[WebhookEndpoint]:
    """The endpoints of the shop in scope that want such events."""
    return [one for one in WebhookEndpoint.objects.filter(enabled=True) if event in one.types]


def message_send(
    *, shop: Shop, event: str, data: dict[str, Any], endpoints: list[WebhookEndpoint]
) -> list[WebhookDelivery]:
    """Write a message and its deliveries; the worker is rung after the commit."""
    message = WebhookMessage.objects.create(type=event, data=data)
    deliveries = WebhookDelivery.objects.bulk_create(
        WebhookDelivery(message=message, endpoint=endpoint, next_at=message.at)
        for endpoint in endpoints
    )
    outbox.announce(
        shop_id=shop.pk, topic=outbox.WEBHOOK, object_ids=[one.pk for one in deliveries]
    )
    return deliveries
