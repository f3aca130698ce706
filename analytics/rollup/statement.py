"""The one statement that sums up a shop's day.

1. `told` are the day's events, `found` the searches of the day and those that its events are about,
   `tagged` these by each value that they are summed up by.
2. `led` says of each product that was bought which search led to it: the last in which it was
   clicked, at most ATTRIBUTION_DAYS before, by the same visitor or in the search that the purchase
   names.
3. Each measure is counted by dimension and value where it can be; then all are added up.

Every table is asked for its partitions by name, and by time through its index `(shop_id, at)`.
"""

from analytics.models import COUNTS

LATENCIES = (50, 100, 200, 300, 500, 800, 1200, 2000, 5000)
"""Upper ends of the buckets, in milliseconds; what took longer stands under SLOWER."""
SLOWER = "more"

_LATENCY = "CASE " + " ".join(f"WHEN milliseconds <= {end} THEN '{end}'" for end in LATENCIES)
_LATENCY += f" ELSE '{SLOWER}' END"

# What the statement reads.
_READ = f"""
told AS MATERIALIZED (
    SELECT id, type, search_id, sku, at, visitor, currency, results, milliseconds,
        to_char(at AT TIME ZONE %(zone)s, 'HH24') AS hour,
        coalesce(nullif(order_ref, ''), event_id::text) AS name,
        coalesce(quantity, 1) * coalesce(price, 0) AS amount
    FROM analytics_event
    WHERE shop_id = {{shop}} AND month = ANY(%(months)s) AND at >= %(start)s AND at < %(end)s
),
bought AS MATERIALIZED (SELECT * FROM told WHERE type = 'purchase'),
clicked AS MATERIALIZED (
    SELECT search_id, sku, visitor, at FROM analytics_event
    WHERE shop_id = {{shop}} AND month = ANY(%(before)s) AND at >= %(since)s AND at < %(end)s
        AND type = 'click' AND sku IN (SELECT sku FROM bought)
),
led AS MATERIALIZED (
    SELECT DISTINCT ON (bought.id) bought.id, bought.sku, bought.hour, bought.name,
        bought.currency, bought.amount, clicked.search_id
    FROM bought JOIN clicked ON clicked.sku = bought.sku AND clicked.at <= bought.at
        AND clicked.at >= bought.at - %(window)s::interval
        AND (clicked.search_id = bought.search_id
            OR (bought.visitor <> '' AND clicked.visitor = bought.visitor))
    ORDER BY bought.id, clicked.at DESC, clicked.search_id
),
acted AS MATERIALIZED (
    SELECT search_id,
        count(*) FILTER (WHERE type = 'impression') AS impressions,
        count(*) FILTER (WHERE type = 'click') AS clicks,
        count(*) FILTER (WHERE type = 'cart') AS carts
    FROM told WHERE search_id IS NOT NULL AND type IN ('impression', 'click', 'cart')
    GROUP BY search_id
),
found AS MATERIALIZED (
    SELECT search_id, kind, category, color, pattern, style, rules, results, good, milliseconds,
        at >= %(start)s AS today
    FROM analytics_searchdetail
    WHERE shop_id = {{shop}} AND month = ANY(%(months)s) AND at >= %(start)s AND at < %(end)s
    UNION ALL
    SELECT search_id, kind, category, color, pattern, style, rules, results, good, milliseconds,
        false
    FROM analytics_searchdetail
    WHERE shop_id = {{shop}} AND month = ANY(%(before)s) AND at < %(start)s
        AND search_id IN (SELECT search_id FROM acted UNION SELECT search_id FROM led)
),
tagged AS MATERIALIZED (
    SELECT found.search_id, found.today, found.results, found.good, found.milliseconds,
        tag.dimension, tag.value
    FROM found CROSS JOIN LATERAL (
        SELECT * FROM (VALUES
            ('kind', kind), ('category', category), ('color', color), ('pattern', pattern),
            ('style', style), ('latency', {_LATENCY})
        ) AS plain(dimension, value)
        UNION ALL SELECT 'rule', rule::text FROM unnest(rules) AS rule
    ) AS tag(dimension, value)
),
parted AS MATERIALIZED (
    SELECT told.*, part.dimension, part.value
    FROM told CROSS JOIN LATERAL (
        VALUES ('all', ''), ('hour', told.hour), ('product', told.sku)
    ) AS part(dimension, value)
    WHERE part.dimension = 'all' OR part.value <> ''
),
won AS MATERIALIZED (
    SELECT part.dimension, part.value, name, currency, amount
    FROM led CROSS JOIN LATERAL (
        VALUES ('all', ''), ('hour', led.hour), ('product', led.sku)
    ) AS part(dimension, value)
    UNION ALL
    SELECT dimension, value, name, currency, amount FROM led JOIN tagged USING (search_id)
)
"""  # noqa: S608
_MONEY = "currency <> '' AND amount > 0"


def _sums(source: str, *, where: str = "", currency: str = "''", **measures: str) -> str:
    """Rows of dimension, value, currency and all COUNTS; those that are not named are 0."""
    columns = ", ".join(f"{measures.get(name, '0')} AS {name}" for name in COUNTS)
    return (
        f"SELECT dimension, value, {currency} AS currency, {columns} FROM {source}"  # noqa: S608
        + (f" WHERE {where}" if where else "")
        + " GROUP BY 1, 2, 3"
    )


_PARTS = (
    _sums(
        "parted",
        searches="count(*) FILTER (WHERE type = 'search')",
        nothing="count(*) FILTER (WHERE type = 'search' AND results = 0)",
        milliseconds="coalesce(sum(milliseconds) FILTER (WHERE type = 'search'), 0)",
        visitors="count(DISTINCT visitor) FILTER (WHERE visitor <> '')",
        impressions="count(*) FILTER (WHERE type = 'impression')",
        clicks="count(*) FILTER (WHERE type = 'click')",
        views="count(*) FILTER (WHERE type = 'view')",
        carts="count(*) FILTER (WHERE type = 'cart')",
        purchases="count(DISTINCT name) FILTER (WHERE type = 'purchase')",
    ),
    _sums(
        "parted JOIN found USING (search_id)",
        where="type = 'search' AND NOT good",
        poor="count(*)",
    ),
    _sums(
        "parted",
        where=f"type = 'purchase' AND {_MONEY}",
        currency="currency",
        revenue="sum(amount)",
    ),
    _sums(
        "tagged",
        where="today",
        searches="count(*)",
        nothing="count(*) FILTER (WHERE results = 0)",
        poor="count(*) FILTER (WHERE NOT good)",
        milliseconds="sum(milliseconds)",
    ),
    _sums(
        "acted JOIN tagged USING (search_id)",
        impressions="sum(impressions)",
        clicks="sum(clicks)",
        carts="sum(carts)",
    ),
    _sums("won", conversions="count(DISTINCT name)"),
    _sums("won", where=_MONEY, currency="currency", attributed="sum(amount)"),
)
_NAMES = ", ".join(COUNTS)
ROLL = f"""
WITH {_READ}
INSERT INTO analytics_daysum (shop_id, day, dimension, value, currency, {_NAMES})
SELECT {{shop}}, %(day)s, dimension, value, currency, {", ".join(f"sum({name})" for name in COUNTS)}
FROM ({" UNION ALL ".join(_PARTS)}) AS part
GROUP BY dimension, value, currency
"""  # noqa: S608
COPY = f"""
INSERT INTO analytics_shopday (shop_id, day, currency, {_NAMES})
SELECT shop_id, day, currency, {_NAMES} FROM analytics_daysum
WHERE shop_id = {{shop}} AND day = %(day)s AND dimension = 'all'
"""  # noqa: S608
