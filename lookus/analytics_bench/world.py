"""Shops with made events, written inside Postgres.

Of each search twenty products are seen, two clicked and one opened; every second leads to a cart
and every fourth to an order. They are spread evenly over the days, most on few products.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from analytics.keeping import TABLES
from analytics.models import COUNTS, DaySum
from catalog.models import Product
from tenants.bulk import rows_insert
from tenants.models import Mall, Shop
from tenants.months import partitions_ahead
from tenants.scope import shop_scope

DAYS = 30
PRODUCTS = 200
EVENTS_A_SEARCH = 24.75
COLUMNS = ("day", "dimension", "value", "currency", *COUNTS)

# One row a search: its time, an id of version 7 with that time, and its first product's number.
_SEARCHES = """
    CREATE TEMP TABLE made ON COMMIT DROP AS
    SELECT n, at, date_trunc('month', at AT TIME ZONE 'UTC')::date AS month,
        (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
            || substr(salt, 1, 3) || '8' || substr(salt, 4, 15))::uuid AS id,
        (power(('x' || substr(salt, 20, 7))::bit(28)::int / 268435456.0, 3)
            * {products})::int AS first,
        CASE WHEN n %% 5 = 0 THEN substr(salt, 1, 32) ELSE '' END AS visitor
    FROM (
        SELECT n, md5(%(shop)s || '/' || n) AS salt,
            %(now)s - make_interval(secs => (n - 0.5) * %(step)s) AS at
        FROM generate_series(1, %(searches)s) AS n
    ) AS numbered
"""
_EVENTS = """
    INSERT INTO analytics_event (shop_id, type, search_id, event_id, sku, position, results,
        category, milliseconds, quantity, price, currency, order_ref, visitor, at, month)
    SELECT %(shop)s, 'search', id, NULL, '', NULL, 24, '', 60 + n %% 400, NULL, NULL, '', '',
        visitor, at, month FROM made
    UNION ALL
    SELECT %(shop)s, kind.type, id, gen_random_uuid(),
        'P-' || (first + kind.place * 11) %% {products}, kind.place + 1, NULL, '', NULL,
        CASE WHEN kind.type IN ('cart', 'purchase') THEN 1 END,
        CASE WHEN kind.type IN ('cart', 'purchase') THEN 10000 + n %% 50 * 1000 END,
        CASE WHEN kind.type IN ('cart', 'purchase') THEN 'KRW' ELSE '' END,
        CASE WHEN kind.type = 'purchase' THEN substr(md5(n || 'order'), 1, 32) ELSE '' END,
        visitor, at + make_interval(secs => kind.later), month
    FROM made CROSS JOIN LATERAL (
        SELECT 'impression' AS type, place, 2 AS later, 1 AS each FROM generate_series(0, 19) place
        UNION ALL SELECT 'click', place, 20, 1 FROM generate_series(0, 1) AS place
        UNION ALL VALUES ('view', 0, 25, 1), ('cart', 0, 60, 2), ('purchase', 0, 300, 4)
    ) AS kind WHERE n %% kind.each = 0
"""
_DETAILS = """
    INSERT INTO analytics_searchdetail (shop_id, search_id, month, at, kind, text, category, color,
        pattern, style, filters, results, best_score, good, milliseconds, parts_ms, embedding,
        revision, rules)
    SELECT %(shop)s, id, month, at,
        (ARRAY['photo', 'words', 'photo+words', 'product', 'drawing'])[1 + n %% 5], '',
        (ARRAY['dress', 'shirt', 'skirt', 'coat', 'sneakers', 'bag'])[1 + n %% 6],
        (ARRAY['red', 'blue', 'black', 'white', 'beige', 'olive', 'pink'])[1 + n %% 7],
        (ARRAY['solid', 'striped', 'floral', 'checked'])[1 + n %% 4],
        (ARRAY['casual', 'formal', 'street'])[1 + n %% 3],
        '{{}}', 24, 0.5 + (n %% 50) / 100.0, n %% 7 > 0, 60 + n %% 400, '{{}}',
        CASE WHEN n %% 5 <> 1 THEN array_fill(0.0625::real, ARRAY[256])::vector::halfvec END,
        'made', CASE WHEN n %% 10 = 0 THEN ARRAY[1]::bigint[] ELSE ARRAY[]::bigint[] END
    FROM made
"""
_COUNTS = """
    INSERT INTO analytics_dailycount (shop_id, day, type, quantity)
    SELECT shop_id, (at AT TIME ZONE %(zone)s)::date, type, count(*) FROM analytics_event
    WHERE shop_id = %(shop)s GROUP BY 1, 2, 3
"""


def months_make(now: datetime) -> None:
    """Partitions for all days that events are made on."""
    for table in TABLES:
        partitions_ahead(table, now=now - timedelta(days=DAYS + 1))


def shops_make(count: int, *, mall: Mall) -> list[Shop]:
    number = Shop.objects.count()
    return Shop.objects.bulk_create(
        Shop(mall=mall, name=f"Made {n}", slug=f"made-{n}") for n in range(number, number + count)
    )


def products_make(shop: Shop) -> None:
    """What the events name; pages of other shops are not looked at."""
    rows = [(f"P-{n}", f"Made garment {n}", 1000 * n, "KRW") for n in range(PRODUCTS)]
    with shop_scope(shop):
        rows_insert(Product, ("sku", "title", "price", "currency"), rows)


def events_make(shop: Shop, events: int, *, now: datetime) -> None:
    """About so many events of the last DAYS; nothing is summed up yet."""
    searches = max(1, round(events / EVENTS_A_SEARCH))
    step = timedelta(days=DAYS).total_seconds() / searches
    values: dict[str, Any] = {"shop": shop.pk, "now": now, "searches": searches, "step": step}
    values["zone"] = settings.TIME_ZONE
    with shop_scope(shop), connection.cursor() as cursor:
        for statement in (_SEARCHES, _EVENTS, _DETAILS, _COUNTS):
            cursor.execute(statement.format(products=PRODUCTS), values)
        cursor.execute("DROP TABLE made")


def days_of(now: datetime) -> list[date]:
    """Every day with events, oldest first."""
    today = timezone.localdate(now)
    return [today - timedelta(days=back) for back in range(DAYS, -1, -1)]


def sums_of(shop: Shop) -> list[tuple[object, ...]]:
    with shop_scope(shop):
        return list(DaySum.objects.values_list(*COLUMNS))


def sums_make(shop: Shop, rows: list[tuple[object, ...]]) -> None:
    """Another shop's days in the place of this one's, which would come out alike."""
    with shop_scope(shop):
        rows_insert(DaySum, COLUMNS, rows)
