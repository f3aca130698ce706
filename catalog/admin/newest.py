"""The newest products that a filter alone finds, as many as a list counts.

Read along an index from its end: whether ten or a hundred thousand fit makes no difference.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from catalog.admin.pages import MOST_COUNTED
from catalog.models import Photo, Tag

BATCH = 1500
# What a list may be asked beside its filters without becoming another list.
NOT_FILTERS = frozenset({"as", "p"})
Source = Tag.Source


def alone(request: Any, *names: str) -> bool:
    """Whether nothing but these parameters narrows or orders the list."""
    return set(request.GET) <= {*names, *NOT_FILTERS}


def counting_newest(kind: str, said: Q, *, value: str = "") -> list[int]:
    """Ids of products whose tag of this kind counts, is `said` so, and has the value if any."""
    found: list[int] = []
    tags = Tag.objects.filter(said, kind=kind)
    tags = tags.filter(value=value) if value else tags
    rows = tags.order_by("-product_id")
    before: int | None = None
    while len(found) <= MOST_COUNTED:
        behind = rows if before is None else rows.filter(product_id__lt=before)
        batch = list(behind.values_list("product_id", "source")[:BATCH])
        found += _held(kind, batch)
        if len(batch) < BATCH:
            break
        before = batch[-1][0]
    return list(dict.fromkeys(found))[: MOST_COUNTED + 1]


def _held(kind: str, batch: Sequence[tuple[int, str]]) -> list[int]:
    """Those of a batch that nobody overrules: a person does feed and model, the feed the model."""
    above = Tag.objects.filter(
        kind=kind,
        product_id__in=[product_id for product_id, _source in batch],
        source__in=[Source.PERSON, Source.FEED],
    )
    told = set(above.values_list("product_id", "source"))
    over: dict[str, Collection[str]] = {
        Source.PERSON: (),
        Source.FEED: (Source.PERSON,),
        Source.MODEL: (Source.PERSON, Source.FEED),
    }
    return [
        product_id
        for product_id, source in batch
        if not any((product_id, one) in told for one in over[source])
    ]


def photographed_newest(states: Collection[str]) -> list[int]:
    """Ids of the products of the newest photos in these states."""
    found: list[int] = []
    for state in states:
        rows = Photo.objects.filter(state=state).order_by("-id")
        found += rows.values_list("product_id", flat=True)[: MOST_COUNTED + 1]
    return sorted(set(found), reverse=True)[: MOST_COUNTED + 1]


def newest_of(rows: QuerySet[Any]) -> list[int]:
    """Ids of the newest products that these rows, read along an index, point to."""
    found = rows.order_by("-product_id").values_list("product_id", flat=True)
    return list(found[: MOST_COUNTED + 1])
