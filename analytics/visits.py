"""Which products a session looked at or bought, only as long as it takes to count pairs of them.

Call in the shop's scope.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta

from django.utils import timezone

from analytics.models import DailyCount, Event, EventType, Visit
from catalog.models import Product
from recommender.outfit.pairs import Taken, pairs_count
from tenants.scope import shop_scope

KEPT = timedelta(minutes=30)
MOST_A_SESSION = 50
"""Products of one session that are paired: no person compares more, and a robot must not write
thousands of pairs."""
TAKEN: dict[EventType, Taken] = {EventType.VIEW: "views", EventType.PURCHASE: "purchases"}

Held = set[tuple[str, EventType, int]]
"""Hash of a session, what it did, id of the product."""


def visits_held(sessions: Collection[str]) -> Held:
    """What these sessions (hashes) looked at and bought in the last half hour."""
    if not sessions:
        return set()
    visits_forget()
    rows = Visit.objects.filter(session__in=sessions)
    return {
        (session, EventType(kind), product_id)
        for session, kind, product_id in rows.values_list("session", "type", "product_id")
    }


def session_paired(*, session: str, product_ids: Sequence[int], kind: EventType) -> None:
    """Remember products of a session (its hash), and count each pair of them once."""
    held = Visit.objects.filter(session=session, type=kind)
    for product_id in sorted(product_ids)[: max(0, MOST_A_SESSION - held.count())]:
        _, new = Visit.objects.get_or_create(session=session, type=kind, product_id=product_id)
        if new:
            others = list(held.values_list("product_id", flat=True))
            pairs_count(product_id=product_id, others=others, taken=TAKEN[kind])


def order_paired(*, order_ref: str, product_ids: Iterable[int]) -> None:
    """Count each pair of an order's products once; `product_ids` are new in it."""
    skus = Event.objects.filter(order_ref=order_ref).order_by("id").values_list("sku", flat=True)
    lines = list(skus[:MOST_A_SESSION])
    known = Product.every.filter(sku__in=lines).values_list("pk", flat=True)
    bought, new = set(known), set(product_ids)
    before = bought - new
    for product_id in sorted(bought & new):
        pairs_count(product_id=product_id, others=before, taken="purchases")
        before.add(product_id)


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
