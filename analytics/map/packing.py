"""All places of a map as bytes: what a browser draws 20,000 points from."""

from collections.abc import Iterator

import numpy as np
from django.db import connection

from tenants.models import Shop
from tenants.scope import current_shop_id, shop_scope
from vision.taxonomy import taxonomy

CHUNK = 10_000
NOTHING = 255
"""Said of a product whose category or colour is not known."""
RECORD = np.dtype(
    [("id", "<u8"), ("x", "<f4"), ("y", "<f4"), ("color", "u1"), ("category", "u1"), ("", "<u2")]
)
"""20 bytes a product; `color` and `category` are places among the taxonomy's ids."""

_READ = """
    SELECT place.product_id, place.x, place.y, garment.color_family, garment.category
    FROM analytics_mapplace AS place
    JOIN catalog_product AS product
        ON product.shop_id = place.shop_id AND product.id = place.product_id
        AND product.gone_at IS NULL
    LEFT JOIN catalog_garment AS garment
        ON garment.shop_id = place.shop_id AND garment.id = place.garment_id
    WHERE place.shop_id = {shop} AND place.product_id > %s
    ORDER BY place.product_id LIMIT {limit}
"""


def places_packed(shop: Shop) -> Iterator[bytes]:
    """Records of all places, by product id, read in short scopes of their own."""
    orders = {kind: _order(kind) for kind in ("color", "category")}
    after, more = 0, True
    while more:
        with shop_scope(shop), connection.cursor() as cursor:
            cursor.execute(_READ.format(shop=current_shop_id(), limit=CHUNK), [after])
            rows = cursor.fetchall()
        more = len(rows) == CHUNK
        if rows:
            after = rows[-1][0]
            yield _packed(rows, orders)


def _order(kind: str) -> dict[str, int]:
    return {value: at for at, value in enumerate(taxonomy().ids(kind))}


def _packed(
    rows: list[tuple[int, float, float, str, str]], orders: dict[str, dict[str, int]]
) -> bytes:
    ids, xs, ys, colors, categories = zip(*rows, strict=True)
    packed = np.zeros(len(rows), RECORD)
    packed["id"], packed["x"], packed["y"] = ids, xs, ys
    for kind, values in (("color", colors), ("category", categories)):
        packed[kind] = [orders[kind].get(one, NOTHING) for one in values]
    return packed.tobytes()
