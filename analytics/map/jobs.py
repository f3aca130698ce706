"""When a shop's map is made: at night, when its catalogue was tagged, and when somebody asks.

A row of the outbox stands for the work (`tenants.outbox`), so it is done once however often it is
asked for, and again where a worker died over it.
"""

import logging
from datetime import timedelta

from django.utils import timezone

from analytics.map.making import map_make
from analytics.models import CatalogMap
from catalog.services.teaching.announced import announced_run
from tenants import outbox
from tenants.audit import audit_record
from tenants.models import Shop, User
from tenants.scope import shop_scope

log = logging.getLogger(__name__)

KEEP, ANEW = 0, 1
"""The objects of the outbox: bring the map in step, or lay all of it out anew."""
LEASE = timedelta(minutes=30)
FRESH = timedelta(hours=1)
"""A catalogue that is tagged all day long has its map made so often; the night sees the rest."""


def map_ask(*, shop: Shop, anew: bool = False, by: User | None = None) -> None:
    """Let the worker make the shop's map. In the shop's scope."""
    outbox.announce(shop_id=shop.pk, topic=outbox.MAP, object_ids=[ANEW if anew else KEEP])
    if by is not None and anew:
        audit_record(actor=by, action="map", target=shop)


def map_waits(shop: Shop) -> bool:
    """Whether a worker has it to make, or makes it."""
    return not outbox.idle(shop_id=shop.pk, topic=outbox.MAP)


def map_announce(*, shop: Shop, **_signal: object) -> None:
    """The shop's photos are tagged. Listens to `shop_tagged`, outside any scope."""
    with shop_scope(shop):
        made = CatalogMap.objects.values_list("placed_at", flat=True).first()
        if made is None or made < timezone.now() - FRESH:
            map_ask(shop=shop)


def maps_ask() -> None:
    """The clock's nightly round: every shop in its own scope; one that fails holds no other up."""
    for shop in Shop.objects.open().order_by("pk"):
        try:
            with shop_scope(shop):
                map_ask(shop=shop)
        except Exception:  # whatever it is, the next night tries again
            log.exception("shop %s: its map could not be asked for", shop.pk)


def maps_run(*, shop_id: int) -> int:
    """Do what was announced for the shop: how much. Safe to run twice."""
    return announced_run(shop_id=shop_id, topic=outbox.MAP, limit=2, lease=LEASE, do=_do)


def _do(shop: Shop, what: int) -> None:
    map_make(shop=shop, anew=what == ANEW)
