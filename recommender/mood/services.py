"""Keep the moods of shops in step with their catalogues."""

import logging
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from catalog.selectors import live_revision
from recommender.models import ShopMood
from recommender.mood.counting import counted, fingerprint
from recommender.mood.styles import head_of, styles
from tenants import outbox
from tenants.models import Shop
from tenants.scope import shop_scope

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)


def mood_refresh(*, shop: Shop) -> bool:
    """Count the shop's styles anew; False where nothing changed since they were counted."""
    head, revision = head_of(settings.VISION_BUNDLE), live_revision(shop)
    with shop_scope(shop):
        now = fingerprint(head=head, revision=revision)
        if ShopMood.objects.filter(shop=shop, fingerprint=now).exists():
            return False
        found = counted(head=head, styles=styles(head), revision=revision)
        ShopMood.objects.update_or_create(
            shop=shop,
            defaults={
                "head": head,
                "counts": found.counts,
                "picks": found.picks,
                "products": found.products,
                "revision": revision,
                "fingerprint": now,
                "updated_at": timezone.now(),
            },
        )
    return True


def mood_announce(*, shop: Shop, **_signal: object) -> None:
    """The shop's photos are tagged: let a worker count its styles. Listens to `shop_tagged`."""
    outbox.announce(shop_id=shop.pk, topic=outbox.MOOD, object_ids=[shop.pk])


def mood_take(*, shop_id: int) -> bool:
    """The worker's part: refresh the shop if that was announced and nobody is at it."""
    shop = Shop.objects.filter(pk=shop_id).first()
    if shop is None:
        return False
    with shop_scope(shop):
        until = timezone.now() + LEASE
        taken = outbox.take(shop_id=shop_id, topic=outbox.MOOD, limit=1, until=until)
    if not taken:
        return False
    with shop_scope(shop):
        mood_refresh(shop=shop)
        outbox.done(shop_id=shop_id, topic=outbox.MOOD, object_ids=taken)
    return True


def moods_refresh() -> int:
    """The clock's part: every shop in its own scope; how many had changed.

    It sees what tagging does not announce: a tag that a person set, a product that is gone.
    """
    return sum(mood_refresh(shop=shop) for shop in Shop.objects.order_by("pk").iterator())
