"""One by one through what was announced for a shop, each longer than a transaction may last."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from tenants import outbox
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope


def announced_run(
    *, shop_id: int, topic: str, limit: int, lease: timedelta, do: Callable[[Shop, int], Any]
) -> int:
    """Lease the shop's next objects of the topic and `do` each, outside any scope: how many."""
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is None:
        return 0
    until = timezone.now() + lease
    with shop_scope(shop):
        ids = outbox.take(shop_id=shop_id, topic=topic, limit=limit, until=until)
    for one in ids:
        do(shop, one)
        with shop_scope(shop):
            # One that was announced again meanwhile waits again.
            rows = Outbox.objects.filter(shop_id=shop_id, topic=topic, object_id=one)
            rows.filter(leased_until=until).delete()
    outbox.ring(shop_id=shop_id, topic=topic)
    return len(ids)
