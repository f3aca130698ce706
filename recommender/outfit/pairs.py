"""Which products shoppers took together: counts of pairs, and what they say of an outfit."""

from collections.abc import Collection, Iterable
from typing import Literal

from django.db import connection
from django.db.models import Q

from recommender.models import CoCount
from tenants.scope import current_shop_id

Taken = Literal["views", "purchases"]

ENOUGH_VIEWS, ENOUGH_PURCHASES = 10, 3
"""Sessions under which a pair says nothing: fewer may be one person, or chance."""
PURCHASE_WEIGHT = 5
"""Views that one purchase is worth: about the views of a pair for each time it is bought."""
HALF_AT = 30
"""Weighted count at which a pair says half of what it can say."""
MOST_PARTNERS = 200

_ADD = """
INSERT INTO recommender_cocount (shop_id, first_id, second_id, views, purchases)
SELECT %s, least(%s, other), greatest(%s, other), %s, %s FROM unnest(%s::bigint[]) AS other
ORDER BY other
ON CONFLICT (shop_id, first_id, second_id) DO UPDATE SET
    views = recommender_cocount.views + EXCLUDED.views,
    purchases = recommender_cocount.purchases + EXCLUDED.purchases
"""


def pairs_count(*, product_id: int, others: Iterable[int], taken: Taken) -> None:
    """Count one session that took a product beside others. In the shop's scope."""
    partners = sorted(set(others) - {product_id})
    if not partners:
        return
    add = (int(taken == "views"), int(taken == "purchases"))
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [current_shop_id(), product_id, product_id, *add, partners])


def together(product_ids: Collection[int]) -> dict[int, float]:
    """How strongly shoppers took other products with these, 0..1, where there is enough to say.

    By id of the other product; the strongest pair counts. In the shop's scope.
    """
    mine = list(product_ids)
    if not mine:
        return {}
    enough = Q(views__gte=ENOUGH_VIEWS) | Q(purchases__gte=ENOUGH_PURCHASES)
    pairs = CoCount.objects.filter(enough, Q(first__in=mine) | Q(second__in=mine))
    found: dict[int, float] = {}
    rows = pairs.order_by("-purchases", "-views", "first", "second")
    for one, other, views, purchases in rows.values_list(
        "first_id", "second_id", "views", "purchases"
    )[:MOST_PARTNERS]:
        partner = other if one in mine else one
        weight = views + PURCHASE_WEIGHT * purchases
        found[partner] = max(found.get(partner, 0.0), weight / (weight + HALF_AT))
    return found
