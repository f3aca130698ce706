"""A shop's tags and people's answers, counted into small rows for each day.

A product has eight tags: no page counts them. A job does, where something has changed since.
"""

import hashlib
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from analytics.insights.dates import span
from analytics.models.insights import STEPS, PhotoDay, TagDay
from catalog.models import ReviewDecision
from catalog.selectors import PhotoProgress, live_revision, photo_progress
from tenants.models import Shop
from tenants.scope import current_shop_id, shop_scope

Answers = dict[str, dict[str, int]]
_COUNTS = ("model", "unsure", "feed", "person")

_MARK = """
    SELECT (SELECT max(id) FROM catalog_tag WHERE shop_id = %(shop)s),
        (SELECT count(*) FROM catalog_product WHERE shop_id = %(shop)s AND gone_at IS NULL)
"""
_TAGS = """
    SELECT kind, source, least(%(last)s, floor(%(steps)s * probability))::int AS step,
        count(*), count(*) FILTER (WHERE unsure)
    FROM catalog_tag WHERE shop_id = %(shop)s GROUP BY kind, source, step
"""
_ANSWERS = """
    SELECT kind, count(*) FILTER (WHERE value = model_value),
        count(*) FILTER (WHERE value <> model_value AND model_value <> '')
    FROM catalog_reviewdecision
    WHERE shop_id = %(shop)s AND value <> '' AND undone_at IS NULL
        AND at >= %(start)s AND at < %(end)s
    GROUP BY kind
"""


def tagging_count_everywhere() -> None:
    """Every open shop, each in a scope of its own."""
    for shop in Shop.objects.filter(closed_at__isnull=True).order_by("pk"):
        with shop_scope(shop):
            tagging_count(shop=shop, day=timezone.localdate())


def tagging_count(*, shop: Shop, day: date) -> bool:
    """Count the tags of now as the day's, and its answers and those of the day before.

    False where nothing has changed since the day was counted last. In the shop's scope; safe to
    run twice.
    """
    progress, (newest, products) = photo_progress(), _asked(_MARK)[0]
    mark = _mark(shop, progress, newest, products)
    if PhotoDay.objects.filter(day=day, mark=mark).exists():
        return False
    # Answers of its last minutes came after the day before was counted.
    before = day - timedelta(days=1)
    if TagDay.objects.filter(day=before).exists():
        _write(before, _answers(before))
    _write(day, _joined(_tags(), _answers(day)))
    PhotoDay.objects.update_or_create(
        day=day,
        defaults={
            "products": products,
            "photos": progress.total,
            "tagged": progress.done,
            "failed": progress.failed,
            "mark": mark,
        },
    )
    return True


def _mark(shop: Shop, progress: PhotoProgress, newest: int | None, products: int) -> str:
    answers = ReviewDecision.objects.order_by("-at", "-id").values_list("pk", "undone_at")
    said = (progress, newest, products, answers.first(), live_revision(shop))
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _tags() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for kind, source, step, count, unsure in _asked(_TAGS, steps=STEPS, last=STEPS - 1):
        row = found.setdefault(kind, {"steps": [0] * STEPS, **dict.fromkeys(_COUNTS, 0)})
        row[source] += count
        if source == "model":
            row["unsure"] += unsure
            if step is not None:
                row["steps"][max(0, step)] += count
    return found


def _answers(day: date) -> Answers:
    start, end = span(day, day)
    rows = _asked(_ANSWERS, start=start, end=end)
    return {kind: {"confirmed": yes, "corrected": no} for kind, yes, no in rows}


def _joined(tags: dict[str, dict[str, Any]], answers: Answers) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for part in (tags, answers):
        for kind, counts in part.items():
            found[kind] |= counts
    return found


def _write(day: date, counted: dict[str, dict[str, Any]]) -> None:
    for kind, counts in counted.items():
        TagDay.objects.update_or_create(day=day, kind=kind, defaults=counts)


def _asked(statement: str, **told: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"shop": current_shop_id(), **told})
        return list(cursor.fetchall())
