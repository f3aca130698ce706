"""Which query is a new one, to be paid for once.

- The same photo (its bytes, whatever the box and the filters) within 30 minutes is one query:
  tapping another garment of it, or moving a filter, costs nothing.
- A photo by its `image_id` costs nothing: it was counted when it came.
- A product counts once a day, however often its page asks for what is similar.
- Words without a photo or a product count as a photo does: the same words again are free.
"""

import hashlib
import math
from datetime import datetime, timedelta

from django.utils import timezone

from billing.models import Kind, LedgerEntry
from billing.services import OverQuota, quota_check, usage_record
from tenants.models import Shop
from tenants.problems import Problem

SAME_QUERY = timedelta(minutes=30)
DIGEST_LENGTH = 40


def photo_counted(*, shop: Shop, digest: str) -> bool:
    """Count a photo, by the SHA-256 of its bytes, in the ledger. In the shop's scope; False when
    it was a known one."""
    return _counted_in_window(shop, f"photo:{digest[:DIGEST_LENGTH]}")


def words_counted(*, shop: Shop, text: str) -> bool:
    """Count a search by words alone. In the shop's scope; False for words of a moment ago."""
    said = " ".join(text.casefold().split())
    digest = hashlib.sha256(said.encode()).hexdigest()[:DIGEST_LENGTH]
    return _counted_in_window(shop, f"words:{digest}")


def quota_held(shop: Shop) -> None:
    """Raises Problem `over_quota` when the plan's searches of the month are used up."""
    try:
        quota_check(mall_id=shop.mall_id, kind=Kind.SEARCH)
    except OverQuota as over:
        wait = seconds_to_next_month(timezone.localtime())
        raise Problem("over_quota", str(over), headers={"Retry-After": str(wait)}) from over


def product_counted(*, shop: Shop, sku: str) -> bool:
    """Count a search by product in the ledger. In the shop's scope."""
    digest = hashlib.sha256(sku.encode()).hexdigest()[:DIGEST_LENGTH]
    reference = f"product:{digest}:{timezone.localdate():%Y%m%d}"
    return usage_record(shop=shop, kind=Kind.SEARCH, reference=reference)


def seconds_to_next_month(now: datetime) -> int:
    """Until the quota starts anew; `now` in the installation's time zone."""
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    following = (month + timedelta(days=32)).replace(day=1)
    return math.ceil((following - now).total_seconds())


def _counted_in_window(shop: Shop, what: str) -> bool:
    """A query in one half hour since 1970; the half hour before is asked for by its time too."""
    now = timezone.now()
    window = int(now.timestamp() // SAME_QUERY.total_seconds())
    before = LedgerEntry.objects.filter(
        kind=Kind.SEARCH, reference=f"{what}:{window - 1}", at__gt=now - SAME_QUERY
    )
    if before.exists():
        return False
    return usage_record(shop=shop, kind=Kind.SEARCH, reference=f"{what}:{window}")
