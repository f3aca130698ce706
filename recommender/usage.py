"""Which query is a new one, to be paid for once.

- The same photo (its bytes, whatever the box and the filters) within 30 minutes is one query:
  tapping another garment of it, or moving a filter, costs nothing.
- A product counts once a day, however often its page asks for what is similar.
"""

import hashlib
import math
from datetime import datetime, timedelta

from django.utils import timezone

from billing.models import Kind, LedgerEntry
from billing.services import usage_record
from tenants.models import Shop

SAME_QUERY = timedelta(minutes=30)
DIGEST_LENGTH = 40


def photo_counted(*, shop: Shop, data: bytes) -> bool:
    """Count a photo in the ledger. In the shop's scope; False when it was a known one."""
    now = timezone.now()
    digest = hashlib.sha256(data).hexdigest()[:DIGEST_LENGTH]
    window = int(now.timestamp() // SAME_QUERY.total_seconds())
    before = LedgerEntry.objects.filter(
        kind=Kind.SEARCH, reference=_reference(digest, window - 1), at__gt=now - SAME_QUERY
    )
    if before.exists():
        return False
    return usage_record(shop=shop, kind=Kind.SEARCH, reference=_reference(digest, window))


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


def _reference(digest: str, window: int) -> str:
    """A photo in one half hour since 1970; the half hour before is asked for by its time too."""
    return f"photo:{digest}:{window}"
