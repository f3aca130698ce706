"""What the ledger should say by the work itself, as the other rooms keep it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection

from billing.check import Difference
from tenants.models import Shop
from tenants.scope import current_shop_id

# A photo that was tagged stands in the ledger by its id and its bytes; so does each of its rows.
_FORGOTTEN = """
    SELECT p.id FROM catalog_photo p
    WHERE p.shop_id = %(shop)s AND p.state = 'done' AND p.digest <> '' AND p.tagged_at IS NOT NULL
      AND NOT EXISTS (
        SELECT FROM billing_ledgerentry l
        WHERE l.shop_id = p.shop_id AND l.kind = 'photo'
          AND l.reference = p.id || ':' || left(p.digest, 40))
    ORDER BY p.id LIMIT %(most)s
"""
_TWICE = """
    SELECT split_part(l.reference, ':', 1), sum(l.quantity)
    FROM billing_ledgerentry l JOIN catalog_photo p
      ON p.shop_id = l.shop_id AND l.reference = p.id || ':' || left(p.digest, 40)
    WHERE l.shop_id = %(shop)s AND l.kind = 'photo'
    GROUP BY l.reference HAVING sum(l.quantity) > 1
    ORDER BY 1 LIMIT %(most)s
"""
# Words that were paid for were answered, on the same day: each left a search, or a robot's mark.
_UNANSWERED = """
    SELECT l.day, l.paid, coalesce(d.quantity, 0) FROM (
        SELECT (at AT TIME ZONE %(zone)s)::date AS day, count(*) AS paid
        FROM billing_ledgerentry
        WHERE shop_id = %(shop)s AND kind = 'search' AND reference LIKE 'words:%%'
        GROUP BY 1
    ) l LEFT JOIN (
        SELECT day, sum(quantity)::bigint AS quantity FROM analytics_dailycount
        WHERE shop_id = %(shop)s AND type IN ('search', 'robot') GROUP BY 1
    ) d USING (day)
    WHERE l.paid > coalesce(d.quantity, 0) ORDER BY 1
"""
MOST = 100
"""Photos of a shop that are named: more say nothing new."""


def work_of(shop: Shop) -> Iterator[Difference]:
    """In the shop's scope: photos that were tagged and not counted, or twice; days on which more
    searches by words were paid for than were answered."""

    values: dict[str, Any] = {"shop": current_shop_id(), "most": MOST, "zone": settings.TIME_ZONE}
    mall = shop.mall.slug
    with connection.cursor() as cursor:
        cursor.execute(_FORGOTTEN, values)
        for (photo,) in cursor.fetchall():
            yield Difference("not counted", mall, shop.slug, "photo", str(photo), 1, 0)
        cursor.execute(_TWICE, values)
        for photo, count in cursor.fetchall():
            yield Difference("counted twice", mall, shop.slug, "photo", photo, 1, int(count))
        cursor.execute(_UNANSWERED, values)
        for day, paid, answered in cursor.fetchall():
            yield Difference("not answered", mall, shop.slug, "search", f"{day}", answered, paid)
