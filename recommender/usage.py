"""Which query is a new one, to be paid for once.

- The same photo (its bytes, whatever the box and the filters) within 30 minutes is one query:
  tapping another garment of it, or moving a filter, costs nothing.
- A photo by its `image_id` costs nothing: it was counted when it came.
- A product counts once a day, however often its page asks for what is similar.
- Words without a photo or a product count as a photo does: the same words again are free.
- Pages, sliders, filters and boxes of any of them are the same query.

What is free is answered also where the quota is used up.
"""

import hashlib
import math
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from billing.models import Kind, LedgerEntry
from billing.services import OverQuota, quota_check, usage_record
from tenants.models import Shop
from tenants.problems import Problem
from tenants.scope import current_shop_id

SAME_QUERY = timedelta(minutes=30)
DIGEST_LENGTH = 40
EDGE_SECONDS = 60
"""Longer than any request takes."""


def photo_counted(*, shop: Shop, digest: str) -> bool:
    """Count a photo, by the SHA-256 of its bytes, in the ledger. In the shop's scope; False when
    it was a known one."""
    return _counted_in_window(shop, _photo(digest))


def words_counted(*, shop: Shop, text: str) -> bool:
    """Count a search by words alone. In the shop's scope; False for words of a moment ago."""
    return _counted_in_window(shop, _words(text))


def product_counted(*, shop: Shop, sku: str) -> bool:
    """Count a search by product in the ledger. In the shop's scope."""
    return usage_record(shop=shop, kind=Kind.SEARCH, reference=_product(sku))


def quota_held(shop: Shop, *, paid: Callable[[], bool] | None = None) -> None:
    """Raises Problem `over_quota` when the plan's searches of the month are used up, unless `paid`
    says that this query was counted before."""
    try:
        quota_check(mall_id=shop.mall_id, kind=Kind.SEARCH)
    except OverQuota as over:
        if paid is not None and paid():
            return
        wait = seconds_to_next_month(timezone.localtime())
        raise Problem("over_quota", str(over), headers={"Retry-After": str(wait)}) from over


def photo_paid(digest: str) -> bool:
    """Whether this photo was counted a moment ago. In the shop's scope, as the next two."""
    return _in_either_window(_photo(digest))


def words_paid(text: str) -> bool:
    return _in_either_window(_words(text))


def product_paid(sku: str) -> bool:
    return _rows(_product(sku)).exists()


def seconds_to_next_month(now: datetime) -> int:
    """Until the quota starts anew; `now` in the installation's time zone."""
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (month + timedelta(days=32)).replace(day=1)
    return math.ceil((following - now).total_seconds())


def _counted_in_window(shop: Shop, what: str) -> bool:
    """A query in one half hour since 1970; the half hour before is asked for by its time too."""
    now = timezone.now()
    _wait_at_the_edge(what, now)
    if _in_window(what, now):
        return False
    return usage_record(shop=shop, kind=Kind.SEARCH, reference=_reference(what, now), at=now)


def _wait_at_the_edge(what: str, now: datetime) -> None:
    """Where two half hours meet, the same query may be asked in both at once, and neither sees the
    other's row: there, one waits for the other."""
    gone = now.timestamp() % SAME_QUERY.total_seconds()
    if EDGE_SECONDS < gone < SAME_QUERY.total_seconds() - EDGE_SECONDS:
        return
    with connection.cursor() as cursor:
        name = f"{current_shop_id()}:{what}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _in_window(what: str, now: datetime) -> bool:
    """Whether it was paid for in the half hour before this one, and no longer ago than that."""
    before = _reference(what, now - SAME_QUERY)
    return _rows(before).filter(at__gt=now - SAME_QUERY).exists()


def _in_either_window(what: str) -> bool:
    now = timezone.now()
    return _rows(_reference(what, now)).exists() or _in_window(what, now)


def _rows(reference: str) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.filter(kind=Kind.SEARCH, reference=reference)


def _reference(what: str, at: datetime) -> str:
    return f"{what}:{int(at.timestamp() // SAME_QUERY.total_seconds())}"


def _photo(digest: str) -> str:
    return f"photo:{digest[:DIGEST_LENGTH]}"


def _words(text: str) -> str:
    said = " ".join(text.casefold().split())
    return f"words:{hashlib.sha256(said.encode()).hexdigest()[:DIGEST_LENGTH]}"


def _product(sku: str) -> str:
    digest = hashlib.sha256(sku.encode()).hexdigest()[:DIGEST_LENGTH]
    return f"product:{digest}:{timezone.localdate():%Y%m%d}"
