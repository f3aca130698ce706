"""Which products a session looked at or bought, only as long as it takes to count pairs of them.

Call in the shop's scope.
"""

import hmac
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from analytics.models import DailyCount, EventType, Visit
from analytics.services import count
from catalog.models import Product
from catalog.services.reviews.seen import products_seen
from recommender.outfit.pairs import Taken, pairs_count
from tenants.models import Shop
from tenants.scope import current_shop_id, shop_scope

KEPT = timedelta(minutes=30)
MOST_A_SESSION = 50
"""Products of one session that are paired: no person compares more, and a robot must not write
thousands of pairs."""
TAKEN: dict[EventType, Taken] = {EventType.VIEW: "views", EventType.PURCHASE: "purchases"}


class UnknownProduct(LookupError):
    """The shop in scope has none of these products."""


def taken_recorded(*, shop: Shop, session: str, skus: Sequence[str], kind: EventType) -> bool:
    """Count products that a session looked at, or bought, and each pair of them once.

    SKUs that the shop does not have are left out. False when all were counted before; raises
    UnknownProduct where none is the shop's.
    """
    ids = list(Product.objects.filter(sku__in=skus).order_by("pk").values_list("pk", flat=True))
    if not ids:
        raise UnknownProduct(", ".join(skus))
    visits_forget()
    name = session_hash(session)
    held = Visit.objects.filter(session=name, type=kind)
    new: list[int] = []
    for product_id in ids[: max(0, MOST_A_SESSION - held.count())]:
        _, created = Visit.objects.get_or_create(session=name, type=kind, product_id=product_id)
        if created:
            new.append(product_id)
            others = list(held.values_list("product_id", flat=True))
            pairs_count(product_id=product_id, others=others, taken=TAKEN[kind])
    if new:
        count(shop=shop, kind=kind, quantity=len(new))
        products_seen(product_ids=new)
    return bool(new)


def session_hash(session: str) -> str:
    """Of the page's own name for a session, which is not kept: another one in each shop."""
    said = f"session:{current_shop_id()}:{session}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), said, "sha256").hex()


def visits_forget() -> int:
    """Delete the visits of the shop in scope that are half an hour old; how many."""
    found, _ = Visit.objects.filter(at__lte=timezone.now() - KEPT).delete()
    return int(found)


def visits_forget_everywhere() -> None:
    """The same in every shop that had a visit lately: sessions end without saying so."""
    lately = timezone.localdate() - timedelta(days=1)
    seen = DailyCount.objects.filter(type__in=list(TAKEN), day__gte=lately)
    for shop_id in seen.order_by("shop_id").values_list("shop_id", flat=True).distinct():
        with shop_scope(shop_id):
            visits_forget()
