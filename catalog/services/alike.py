"""Products that look the same, as a person settles them: keep one, or say that they are two."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from catalog.models import NotAlike, Product
from catalog.selectors import live_revision
from catalog.services.bulk_edits import Edit, Edited, What, products_edit
from catalog.services.folds import fold_settle
from tenants.audit import audit_record
from tenants.models import Shop, User
from tenants.scope import current_shop_id

_GROUPS = """
    SELECT fold, array_agg(DISTINCT product_id ORDER BY product_id) FROM catalog_garment
    WHERE shop_id = %s AND fold IS NOT NULL AND revision = %s AND is_product AND fold > %s
    GROUP BY fold ORDER BY fold LIMIT %s
"""
MOST_SHOWN = 12
"""Products of one group: a thousand with one "coming soon" need no more to be seen through."""


@dataclass(frozen=True)
class Group:
    """Ids of products that look the same, the first of them the original."""

    original: int
    others: tuple[int, ...]
    more: int = 0


def alike_groups(*, shop: Shop, after: int, limit: int) -> list[Group]:
    """The next groups behind this original, in the shop's scope."""
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS, [current_shop_id(), live_revision(shop), after, limit])
        rows = cursor.fetchall()
    return [
        Group(fold, tuple(ids[:MOST_SHOWN]), max(0, len(ids) - MOST_SHOWN)) for fold, ids in rows
    ]


def alike_keep(*, shop: Shop, keep: int, product_ids: Collection[int], by: User | None) -> Edited:
    """One product: `keep` stays and the others are taken out, undoable as an import is."""
    gone = [one for one in product_ids if one != keep]
    return products_edit(shop=shop, product_ids=gone, edit=Edit(What.DELETE), by=by)


def alike_apart(*, product_ids: Iterable[int], by: User | None) -> int:
    """They are as many products: each pair is told apart from now on. How many pairs."""
    products = list(Product.objects.filter(pk__in=list(product_ids)).order_by("pk"))
    pairs = _pairs(products)
    NotAlike.objects.bulk_create(
        (NotAlike(first=one, second=other, by=by) for one, other in pairs), ignore_conflicts=True
    )
    # The later ones point to the first: who is told apart from it looks for another.
    for product in products[1:]:
        fold_settle(product_id=product.pk)
    for product in products:
        others = [one.sku for one in products if one != product]
        audit_record(actor=by, action="not alike", target=product, changes={"skus": others})
    return len(pairs)


def _pairs(products: Sequence[Product]) -> list[tuple[Product, Product]]:
    return [(one, other) for at, one in enumerate(products) for other in products[at + 1 :]]
