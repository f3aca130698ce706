"""Bring many products in step in the background, after a rule or the live revision changed.

Whoever changed something announces the products' ids under `outbox.SETTLE`, in the transaction of
the change; a worker settles them chunk by chunk, each product in a transaction of its own.
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from catalog.models import Product
from catalog.services.garments import garments_settle
from catalog.services.reviews.thresholds import thresholds_refresh
from tenants import outbox
from tenants.models import Outbox, Shop
from tenants.scope import shop_scope

CHUNK = 100


def products_settle(*, shop_id: int) -> int:
    """Settle the shop's next products that were announced: how many. Safe to run twice."""
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is None:
        return 0
    until = timezone.now() + timedelta(seconds=settings.PHOTO_LEASE_SECONDS)
    with shop_scope(shop):
        ids = outbox.take(shop_id=shop_id, topic=outbox.SETTLE, limit=CHUNK, until=until)
    for product_id in ids:
        with shop_scope(shop):
            locked = Product.objects.select_for_update(no_key=True)
            product = locked.filter(pk=product_id).first()
            if product is not None:
                garments_settle(product=product)
            # One that was announced again meanwhile waits again.
            rows = Outbox.objects.filter(shop_id=shop_id, topic=outbox.SETTLE)
            rows.filter(object_id=product_id, leased_until=until).delete()
    if ids and outbox.idle(shop_id=shop_id, topic=outbox.SETTLE):
        with shop_scope(shop):
            thresholds_refresh()
    outbox.ring(shop_id=shop_id, topic=outbox.SETTLE)
    return len(ids)
