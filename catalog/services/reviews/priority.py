"""Which of the model's tags wait for a person, and in which order.

    priority = (1 − (p₁ − p₂) + unsure) × (1 + ⌊log₂(1 + seen)⌋)

p₁ is the probability of the model's value and p₂ that of the likeliest other (of a colour their
shares of the garment), `unsure` is 1 or 0, `seen` counts clicks in searches and looks at the
product's page. The floor, so that a tag is written anew only when its product's count doubles.

A tag waits where it holds (neither a person nor the feed said otherwise) and its score p₁ is under
the shop's threshold, or the shop has none. Every tag of the model is marked here: in Python where
it is made, by one statement where a threshold or a count changes.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from catalog.models import ProductSeen, ReviewThreshold, Tag
from tenants.scope import current_shop_id

# The same in SQL; `top` has the likeliest first, and of a colour the one that is named first.
SCORE = "coalesce(tag.probability, (tag.top->0->>1)::float8, 0)"
_OTHER = (
    "coalesce((CASE WHEN tag.top->0->>0 = tag.value THEN tag.top->1->>1 ELSE tag.top->0->>1 END)"
    "::float8, 0)"
)
_MARKED = f"""
    SELECT tag.id, marked.unsure,
        CASE WHEN marked.overruled OR (threshold.threshold IS NOT NULL AND NOT marked.unsure)
            THEN NULL
            ELSE (1 - {SCORE} + {_OTHER} + marked.unsure::int)
                * (1 + floor(log(2, 1 + coalesce(seen.seen, 0)::numeric) + 0.000000001))
        END AS review
    FROM catalog_tag AS tag
    LEFT JOIN catalog_reviewthreshold AS threshold
        ON threshold.shop_id = %(shop)s AND threshold.kind = tag.kind
    LEFT JOIN catalog_productseen AS seen
        ON seen.shop_id = %(shop)s AND seen.product_id = tag.product_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN threshold.threshold IS NULL THEN tag.unsure
            ELSE {SCORE} < threshold.threshold END AS unsure,
            EXISTS (
                SELECT 1 FROM catalog_tag AS other
                WHERE other.shop_id = %(shop)s AND other.product_id = tag.product_id
                    AND other.kind = tag.kind AND other.source <> 'model'
            ) AS overruled
    ) AS marked
    WHERE tag.shop_id = %(shop)s AND tag.source = 'model' AND {{which}}
"""  # noqa: S608  no value of anybody's stands in it
_REMARK = f"""
    UPDATE catalog_tag AS held SET unsure = marked.unsure, review = marked.review
    FROM ({_MARKED}) AS marked
    WHERE held.shop_id = %(shop)s AND held.id = marked.id
        AND (held.unsure, held.review) IS DISTINCT FROM (marked.unsure, marked.review)
    RETURNING held.product_id
"""  # noqa: S608  no value of anybody's stands in it


def score_of(tag: Tag) -> float:
    """How sure the model is, 0..1: a probability, or of a colour its share of the garment."""
    if tag.probability is not None:
        return float(tag.probability)
    return float(tag.top[0][1]) if tag.top else 0.0


def priority(tag: Tag, *, seen: int = 0) -> float:
    other = next((float(share) for value, share in tag.top if value != tag.value), 0.0)
    return (1 - score_of(tag) + other + tag.unsure) * (1 + seen).bit_length()


def thresholds() -> dict[str, float]:
    """By head, the score from which the shop needs no person."""
    rows = ReviewThreshold.objects.filter(threshold__isnull=False)
    return dict(rows.values_list("kind", "threshold"))


def seen_of(product_id: int) -> int:
    held = ProductSeen.objects.filter(product_id=product_id)
    return held.values_list("seen", flat=True).first() or 0


def tags_mark(
    tags: Iterable[Tag], *, said: Iterable[Tag], limits: Mapping[str, float], seen: int
) -> None:
    """Write `unsure` and `review` into tags of the model that are about to be saved; `said` are
    what people and the feed say of the same product."""
    overruled = {tag.kind for tag in said}
    for tag in tags:
        limit = limits.get(tag.kind)
        if limit is not None:
            tag.unsure = score_of(tag) < limit
        waits = tag.kind not in overruled and (limit is None or tag.unsure)
        tag.review = priority(tag, seen=seen) if waits else None


def kind_remark(*, kind: str) -> list[int]:
    """Mark all the model's tags of a head anew, after its threshold changed; the products' ids
    whose tag changed. One statement."""
    return _remark("tag.kind = %(kind)s", kind=kind)


def products_remark(*, product_ids: Sequence[int]) -> None:
    """The same for all tags of these products, after they were seen more often."""
    _remark("tag.product_id = ANY(%(products)s)", products=list(product_ids))


def _remark(which: str, **values: Any) -> list[int]:
    with connection.cursor() as cursor:
        statement = _REMARK.replace("{which}", which)
        cursor.execute(statement, {"shop": current_shop_id(), **values})
        return [product_id for (product_id,) in cursor.fetchall()]
