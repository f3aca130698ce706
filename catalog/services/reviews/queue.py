"""What a person is asked next. Reads only; call it in the shop's scope.

Nothing here reads more than some hundred rows, however large the shop is: what waits stands in an
index in its order, and so do the lots of the random sample.
"""

import random
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from catalog.models import Tag
from tenants.scope import current_shop_id
from vision.taxonomy import taxonomy

SAMPLE_SHARE = 0.25
"""Of the questions: every fourth is drawn by lot, whether the model is sure of it or not."""
SAMPLE_MOST = 400
"""Answers of a sample: enough to show 97 % with seven wrong ones among them."""
LOTS = 1000
"""Lots that are looked at for the sample: the feed or people may have spoken of many."""
COUNTED = 1000
"""Waiting tags are counted up to here."""
SHEET = 40


_SAMPLE = """
    SELECT lots.id FROM (
        SELECT id, product_id, lot FROM catalog_tag
        WHERE shop_id = %(shop)s AND kind = %(kind)s AND source = 'model'
        ORDER BY lot LIMIT %(lots)s
    ) AS lots
    WHERE lots.product_id <> ALL(%(skip)s::bigint[])
        AND NOT EXISTS (
            SELECT 1 FROM catalog_tag AS other
            WHERE other.shop_id = %(shop)s AND other.product_id = lots.product_id
                AND other.kind = %(kind)s AND other.source <> 'model'
        )
        AND %(most)s > (
            SELECT count(*) FROM catalog_reviewdecision AS decision
            WHERE decision.shop_id = %(shop)s AND decision.kind = %(kind)s
                AND decision.sampled AND decision.undone_at IS NULL
        )
    ORDER BY lots.lot LIMIT %(count)s
"""


@dataclass(frozen=True)
class Question:
    """One tag of the model that a person is asked about."""

    tag: Tag
    sampled: bool


def kinds() -> tuple[str, ...]:
    """Heads that are reviewed, in the order of the taxonomy; groups follow from categories."""
    return tuple(kind for kind in taxonomy().kinds if kind != "group")


def questions_next(
    *, kind: str, skip: Collection[int] = (), count: int = 1, only_sample: bool = False
) -> list[Question]:
    """The next questions of a head, none about the products `skip`: the most uncertain and the
    most seen, and among them some of the random sample."""
    waiting = [] if only_sample else _waiting(kind, skip, count)
    wanted = count if only_sample else max(_drawn(count), count - len(waiting))
    lots = sample_next(kind=kind, skip=skip, count=wanted)
    drawn = {tag.product_id for tag in lots}
    rest = [tag for tag in waiting if tag.product_id not in drawn][: count - len(lots)]
    found = [Question(tag, False) for tag in rest]
    for tag in lots:
        place = random.randrange(len(found) + 1)  # noqa: S311  no secret
        found.insert(place, Question(tag, True))
    return found


def sample_next(*, kind: str, skip: Collection[int], count: int) -> list[Tag]:
    """The lowest lots of a head's sample that nobody has answered yet, until it is large enough."""
    if not count:
        return []
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "shop": current_shop_id(),
            "kind": kind,
            "skip": list(skip),
            "count": count,
            "lots": LOTS,
            "most": SAMPLE_MOST,
        }
        cursor.execute(_SAMPLE, values)
        ids = [tag_id for (tag_id,) in cursor.fetchall()]
    tags = Tag.objects.filter(pk__in=ids).select_related("product")
    return list(tags.order_by("lot")) if ids else []


def lots_before(*, kind: str, product_id: int) -> list[int]:
    """Products whose lot of the head is lower: they are in the sample before this one."""
    lots = _lots(kind)
    return lots[: lots.index(product_id)] if product_id in lots else []


def sheet_next(
    *, kind: str, value: str, skip: Collection[int] = (), count: int = SHEET
) -> list[Tag]:
    """Waiting tags of one value, for a contact sheet."""
    rows = Tag.objects.filter(kind=kind, value=value, review__isnull=False)
    rows = rows.exclude(product_id__in=list(skip)).select_related("product")
    return list(rows.order_by("-review", "id")[:count])


def waiting_counts(pairs: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], int]:
    """How many tags of each (kind, value) wait; of each kind where the value is empty. Counted up
    to `COUNTED`, in one statement."""
    asked = list(pairs)
    statement = """
        SELECT asked.kind, asked.value, counted.rows
        FROM unnest(%s::text[], %s::text[]) AS asked (kind, value)
        CROSS JOIN LATERAL (
            SELECT count(*) AS rows FROM (
                SELECT 1 FROM catalog_tag AS tag
                WHERE tag.shop_id = %s AND tag.kind = asked.kind AND tag.review IS NOT NULL
                    {narrowed}
                LIMIT %s
            ) AS found
        ) AS counted
    """
    found: dict[tuple[str, str], int] = {}
    for by_value in (False, True):
        those = [pair for pair in asked if bool(pair[1]) is by_value]
        if not those:
            continue
        narrowed = "AND tag.value = asked.value" if by_value else ""
        with connection.cursor() as cursor:
            cursor.execute(
                statement.replace("{narrowed}", narrowed),
                [
                    [kind for kind, _ in those],
                    [value for _, value in those],
                    current_shop_id(),
                    COUNTED + 1,
                ],
            )
            found |= {(kind, value): rows for kind, value, rows in cursor.fetchall()}
    return found


def _waiting(kind: str, skip: Collection[int], count: int) -> list[Tag]:
    rows = Tag.objects.filter(kind=kind, review__isnull=False)
    rows = rows.exclude(product_id__in=list(skip)).select_related("product")
    return list(rows.order_by("-review", "id")[:count])


def _drawn(count: int) -> int:
    """How many of so many questions come from the sample."""
    return sum(random.random() < SAMPLE_SHARE for _ in range(count))  # noqa: S311  no secret


def _lots(kind: str) -> list[int]:
    rows = Tag.objects.filter(kind=kind, source=Tag.Source.MODEL).order_by("lot")
    return list(rows.values_list("product_id", flat=True)[:LOTS])
