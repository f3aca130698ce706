"""Keep the moods of shops in step with their catalogues."""

import logging

from django.conf import settings
from django.utils import timezone

from catalog.selectors import live_revision
from recommender.models import ShopMood
from recommender.mood.counting import counted, fingerprint
from recommender.mood.styles import head_of, styles
from tenants.doorbell import message_send
from tenants.models import Shop
from tenants.scope import shop_scope

log = logging.getLogger(__name__)

REFRESH = "recommender.tasks.refresh_mood"


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
    """The shop's photos are tagged: let a worker count its styles. Listens to `shop_tagged`.

    The message may be lost: the clock sees the same change a little later.
    """
    message_send(REFRESH, shop.pk)


def moods_refresh() -> int:
    """The clock's part: every shop in its own scope; how many had changed.

    It sees what tagging does not announce: a tag that a person set, a product that is gone.
    """
    changed = 0
    for shop in Shop.objects.open().select_related("search_index").order_by("pk").iterator():
        try:
            changed += mood_refresh(shop=shop)
        except Exception:  # one shop's trouble is not the others'
            log.exception("the mood of shop %s could not be counted", shop.pk)
    return changed
