"""Count what shoppers do. Call in the shop's scope."""

import json
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils import timezone

from analytics.good import is_good
from analytics.hashes import visitor_hash
from analytics.masking import masked
from analytics.models import DailyCount
from analytics.months import search_month
from recommender.direct import direct
from recommender.searched import Searched
from tenants.models import Shop

# One statement and one way to the database for all three: every search waits for it.
_SEARCHED = """
    WITH event AS (
        INSERT INTO analytics_event
            (shop_id, type, search_id, sku, results, category, milliseconds, at, month, visitor)
        VALUES ({shop}, 'search', %(id)s, '', %(shown)s, %(category)s, %(milliseconds)s, %(at)s,
            %(month)s, %(visitor)s)
    ), day AS (
        INSERT INTO analytics_dailycount (shop_id, day, type, quantity)
        VALUES ({shop}, %(day)s, 'search', 1)
        ON CONFLICT (shop_id, day, type)
        DO UPDATE SET quantity = analytics_dailycount.quantity + 1
    )
    INSERT INTO analytics_searchdetail
        (shop_id, search_id, month, at, kind, text, category, color, pattern, style, filters,
         results, best_score, good, milliseconds, parts_ms, embedding, revision, rules)
    VALUES ({shop}, %(id)s, %(month)s, %(at)s, %(kind)s, %(text)s, %(category)s, %(color)s,
        %(pattern)s, %(style)s, %(filters)s, %(results)s, %(best)s, %(good)s, %(milliseconds)s,
        %(parts)s, %(embedding)s, %(revision)s, %(rules)s::bigint[])
"""
_COUNT = """
    INSERT INTO analytics_dailycount (shop_id, day, type, quantity) VALUES ({shop}, %s, %s, %s)
    ON CONFLICT (shop_id, day, type)
    DO UPDATE SET quantity = analytics_dailycount.quantity + excluded.quantity
"""


def search_recorded(
    *,
    shop: Shop,
    search_id: uuid.UUID,
    results: int,
    category: str,
    milliseconds: int,
    searched: Searched | None = None,
    parts: Mapping[str, float] | None = None,
    **_signal: Any,
) -> None:
    """Keep one answered search and add it to the day. Listens to `search_answered`.

    `results` is how many products were shown. Of words, what names a person is masked first. Of a
    robot's search only the day's number is kept.
    """
    now = timezone.now()
    said = searched or Searched(category=category, found=results)
    if said.robot:
        count(shop=shop, kind=DailyCount.ROBOT)
        return
    direct(
        _SEARCHED,
        {
            "id": search_id,
            "shown": results,
            "category": said.category,
            "milliseconds": milliseconds,
            "at": now,
            "month": search_month(search_id, at=now),
            "visitor": visitor_hash(said.visitor),
            "day": timezone.localdate(now),
            "kind": said.kind,
            "text": masked(said.text),
            "color": said.color,
            "pattern": said.pattern,
            "style": said.style,
            "filters": json.dumps(said.filters, ensure_ascii=False),
            "results": said.found,
            "best": said.best_score,
            "good": is_good(said),
            "parts": json.dumps({name: round(spent) for name, spent in (parts or {}).items()}),
            "embedding": _halves(said.embedding),
            "revision": said.revision,
            "rules": list(said.rules),
        },
    )


def _halves(vector: npt.NDArray[np.float32] | None) -> str | None:
    """As Postgres reads it; four digits are what a half holds."""
    if vector is None:
        return None
    return "[" + ",".join(map("%.4g".__mod__, vector.tolist())) + "]"


def count(*, shop: Shop, kind: str, quantity: int = 1, day: date | None = None) -> None:
    """Add to a day of the shop, which is in scope; today's without `day`."""
    direct(_COUNT, [day or timezone.localdate(), str(kind), quantity])
