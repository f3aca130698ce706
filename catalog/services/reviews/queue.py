"""What a person is asked next. Reads only; call it in the shop's scope.

Nothing here reads more than some hundred rows, however large the shop is: what waits stands in an
index in its order, and so do the lots of the random sample.
"""

import random
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from catalog.models import ReviewDecision, Tag
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
    found = [Question(tag, True) for tag in lots] + [Question(tag, False) for tag in rest]
    random.shuffle(found)
    return found


def sample_next(*, kind: str, skip: Collection[int], count: int) -> list[Tag]:
    """The lowest lots of a head's sample that nobody has answered yet."""
    if not count:
        return []
    lots = _lots(kind)
    if sampled(kind).count() >= SAMPLE_MOST:
        return []
    others = Tag.objects.filter(product_id__in=lots, kind=kind).exclude(source=Tag.Source.MODEL)
    closed = set(skip) | set(others.values_list("product_id", flat=True))
    ids = [one for one in lots if one not in closed][:count]
    tags = Tag.objects.filter(product_id__in=ids, kind=kind, source=Tag.Source.MODEL)
    return list(tags.select_related("product").order_by("lot"))


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


def sampled(kind: str) -> QuerySet[ReviewDecision]:
    """The answers of the head's random sample."""
    return ReviewDecision.objects.filter(kind=kind, sampled=True, undone_at__isnull=True)
