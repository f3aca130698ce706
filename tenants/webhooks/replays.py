"""Send again, and send to try: an owner's buttons."""

from datetime import datetime

from django.utils import timezone

from tenants import outbox
from tenants.audit import audit_record
from tenants.models import Shop, User
from tenants.models_webhooks import WebhookDelivery, WebhookEndpoint
from tenants.webhooks.events import TEST, message_send

State = WebhookDelivery.State
# A deploy that was broken for a day, of a large shop.
MOST = 10_000


def trial_send(*, shop: Shop, endpoint: WebhookEndpoint) -> WebhookDelivery:
    """Send one `test` event to this endpoint, in the shop's scope."""
    data = {"message": "This is a test of your webhook."}
    return message_send(shop=shop, event=TEST, data=data, endpoints=[endpoint])[0]


def delivery_replay(*, shop: Shop, delivery: WebhookDelivery, by: User | None = None) -> None:
    """Send this message once more, whatever came of it before; its attempts start anew."""
    _replay(shop, [delivery.pk])
    audit_record(actor=by, action="replay", target=delivery.endpoint, changes={"count": 1})


def failed_replay(
    *, shop: Shop, endpoint: WebhookEndpoint, since: datetime, by: User | None = None
) -> int:
    """Send all that failed since then once more, the oldest first: how many (MOST at a time)."""
    rows = endpoint.deliveries.filter(state=State.FAILED, created_at__gte=since)
    found = list(rows.order_by("pk").values_list("pk", flat=True)[:MOST])
    _replay(shop, found)
    if found:
        audit_record(actor=by, action="replay", target=endpoint, changes={"count": len(found)})
    return len(found)


def _replay(shop: Shop, ids: list[int]) -> None:
    WebhookDelivery.objects.filter(pk__in=ids).update(
        state=State.WAITING, attempts=0, next_at=timezone.now()
    )
    outbox.announce(shop_id=shop.pk, topic=outbox.WEBHOOK, object_ids=ids)
