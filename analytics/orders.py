"""An order that is told twice, by the thank-you page and by the shop's server, counts once.

Each knows something that the other does not: the page which search showed the product, the server
what was paid. The row that came first is completed by the other. Call in the shop's scope.
"""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from analytics.hashes import order_hash, visitor_hash
from analytics.models import Event
from analytics.stale import days_stale
from analytics.told import Line, Told


def orders_settle(again: Iterable[Told], *, by_server: bool) -> None:
    """Complete the rows of orders whose lines are known."""
    for one in again:
        held = Event.objects.filter(order_ref=order_hash(one.order), month=one.month)
        changed = 0
        if one.visitor:
            changed += held.filter(visitor="").update(visitor=visitor_hash(one.visitor))
        for line in one.lines:
            changed += _attribute(held.filter(sku=line.sku), line)
            if by_server:
                changed += _correct(held.filter(sku=line.sku), one, line)
        if changed:
            days_stale({timezone.localdate(at) for at in held.values_list("at", flat=True)})


def _attribute(held: QuerySet[Event], line: Line) -> int:
    if line.search_id is None:
        return 0
    return held.filter(search_id=None).update(search_id=line.search_id, position=line.position)


def _correct(held: QuerySet[Event], one: Told, line: Line) -> int:
    """What the server says stands above what a page said; once, for it may repeat itself."""
    return held.filter(by_server=False).update(
        quantity=line.quantity,
        price=line.price,
        currency=one.currency,
        order_total=one.total,
        by_server=True,
    )
