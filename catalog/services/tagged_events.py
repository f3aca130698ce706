"""Tell the shop's servers which products are tagged, several in one message.

A product stands in the outbox from the transaction that finishes its last photo, and rests there
for some seconds, so that those of the same catalogue are told together. Nothing is written where
no webhook wants to know.
"""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from catalog.models import Photo, Product
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope
from tenants.webhooks.events import PRODUCT_TAGGED, endpoints_for, event_announce

MOST_SKUS = 100
GATHER_SECONDS = 20
LEASE_SECONDS = 60
State = Photo.State


def tagged_announce(*, shop: Shop, product_ids: Collection[int]) -> None:
    """Some of these products' photos were just finished: note those of which none waits."""
    if not product_ids or not endpoints_for(PRODUCT_TAGGED):
        return
    ids = sorted(set(product_ids) - _waiting(product_ids))
    outbox.announce(shop_id=shop.pk, topic=outbox.TAGGED, object_ids=ids)
    later = timezone.now() + timedelta(seconds=GATHER_SECONDS)
    outbox.later(shop_id=shop.pk, topic=outbox.TAGGED, object_ids=ids, at=later)


def tagged_tell(*, shop_id: int) -> int:
    """One message about the next products, MOST_SKUS at most: how many it names."""
    shop = Shop.objects.open().filter(pk=shop_id).first()
    if shop is None:
        return 0
    until = timezone.now() + timedelta(seconds=LEASE_SECONDS)
    with shop_scope(shop):
        ids = outbox.take(shop_id=shop_id, topic=outbox.TAGGED, limit=MOST_SKUS, until=until)
        # Those that wait again are announced again.
        told = set(ids) - _waiting(ids)
        seen = Product.objects.filter(pk__in=told, photos__state=State.DONE).distinct()
        skus = list(seen.order_by("pk").values_list("sku", flat=True))
        if skus:
            event_announce(shop=shop, type=PRODUCT_TAGGED, data={"skus": skus})
        outbox.done(shop_id=shop_id, topic=outbox.TAGGED, object_ids=ids)
    outbox.ring(shop_id=shop_id, topic=outbox.TAGGED)
    return len(skus)


def _waiting(product_ids: Collection[int]) -> set[int]:
    rows = Photo.objects.filter(
        product_id__in=product_ids, state__in=(State.PENDING, State.WORKING)
    )
    return set(rows.values_list("product_id", flat=True))
