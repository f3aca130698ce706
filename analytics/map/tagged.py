"""Which products have a tag: what heat maps are of. In the shop's scope."""

from typing import Any

from django.db import connection
from django.db.models import Count

from catalog.models import ProductFacet
from catalog.models.teaching import OWN
from catalog.shop_taxonomy import shop_taxonomy
from tenants.scope import current_shop_id
from vision.taxonomy import taxonomy

COLUMNS = {
    "category": "category",
    "color": "color_family",
    "pattern": "pattern",
    "style": "style",
    "gender": "gender",
}
"""Kind → column of the search table; the other kinds stand among the facets."""

EVERY_BIT = (1 << len(COLUMNS)) - 1
_COUNT = """
    SELECT grouping(category, color_family, pattern, style, gender),
        coalesce(category, color_family, pattern, style, gender), count(*)
    FROM analytics_mapplace AS place JOIN catalog_garment AS garment
        ON garment.shop_id = place.shop_id AND garment.id = place.garment_id
    WHERE place.shop_id = {shop} AND garment.shop_id = {shop}
    GROUP BY GROUPING SETS ((category), (color_family), (pattern), (style), (gender))
"""
_HAVING = """
    SELECT place.product_id
    FROM analytics_mapplace AS place JOIN catalog_garment AS garment
        ON garment.shop_id = place.shop_id AND garment.id = place.garment_id
    WHERE place.shop_id = {shop} AND garment.shop_id = {shop} AND garment.{column} = ANY(%s)
"""


def kinds() -> tuple[str, ...]:
    """What a heat map may be of, in the order of a page."""
    return (*COLUMNS, *(one for one in taxonomy().attributes if one not in COLUMNS), OWN)


def tag_counts() -> dict[str, dict[str, int]]:
    """Products by kind and value, of those on the map, merged values together; two statements."""
    found: dict[str, dict[str, int]] = {kind: {} for kind in kinds()}
    names = list(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(shop=current_shop_id()))
        for bits, value, count in cursor.fetchall():
            # The one bit that is not set is that of the column that was grouped by.
            kind = names[len(names) - (bits ^ EVERY_BIT).bit_length()]
            _add(found, kind, value, count)
    rows = ProductFacet.objects.filter(kind__in=[one for one in found if one not in COLUMNS])
    for kind, value, count in rows.order_by().values_list("kind", "value").annotate(Count("pk")):
        _add(found, kind, value, count)
    return {kind: values for kind, values in found.items() if values}


def _add(found: dict[str, dict[str, int]], kind: str, value: Any, count: int) -> None:
    if value:
        told = shop_taxonomy().counts_as(kind, value)
        found[kind][told] = found[kind].get(told, 0) + count


def products_having(kind: str, value: str) -> list[int]:
    """Ids of products that have the value, or one that counts as it. Raises KeyError for a kind
    that there is not."""
    values = list(shop_taxonomy().with_merged(kind, [value]))
    if kind in COLUMNS:
        with connection.cursor() as cursor:
            sql = _HAVING.format(shop=current_shop_id(), column=COLUMNS[kind])
            cursor.execute(sql, [values])
            return [pk for (pk,) in cursor.fetchall()]
    if kind not in kinds():
        raise KeyError(kind)
    facets = ProductFacet.objects.filter(kind=kind, value__in=values)
    return list(facets.values_list("product_id", flat=True))
