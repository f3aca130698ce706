"""How often shoppers saw a product: what is looked at most is reviewed first."""

from collections.abc import Iterable

from django.db import connection

from catalog.models import Product
from catalog.services.reviews.priority import products_remark
from tenants.scope import current_shop_id

_COUNT = """
    INSERT INTO catalog_productseen AS held (shop_id, product_id, seen)
    SELECT %s, * FROM unnest(%s::bigint[], %s::bigint[])
    ON CONFLICT (shop_id, product_id) DO UPDATE SET seen = held.seen + excluded.seen
    RETURNING product_id, seen
"""


def products_seen(*, product_ids: Iterable[int] = (), skus: Iterable[str] = ()) -> None:
    """Each of these products was seen once more. In the shop's scope.

    Its waiting tags move up when its count doubles, so that a product seen a thousand times costs
    ten such statements and not a thousand.
    """
    ids = set(product_ids)
    asked = list(skus)
    if asked:
        ids |= set(Product.objects.filter(sku__in=asked).values_list("pk", flat=True))
    if not ids:
        return
    with connection.cursor() as cursor:
        # In one order, so that two requests do not wait for each other in a ring.
        cursor.execute(_COUNT, [current_shop_id(), sorted(ids), [1] * len(ids)])
        rows = cursor.fetchall()
    moved = [product_id for product_id, seen in rows if _is_power_of_two(seen + 1)]
    if moved:
        products_remark(product_ids=moved)


def _is_power_of_two(number: int) -> bool:
    return number & (number - 1) == 0
