"""Take back what was counted wrongly, by a row of its own: the ledger's rows are never changed."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from billing.ledger import LIMITS, limits_of
from billing.models import Kind, LedgerEntry
from tenants.audit import audit_record
from tenants.models import Shop, User
from tenants.scope import current_shop_id

# The same order of locks as when it was counted. What is paid by use is given back first: never
# more of it stays than the month's sum is beyond the plan.
_REVERSE = """
    WITH old AS (
        SELECT id, quantity, at FROM billing_ledgerentry
        WHERE shop_id = %(shop)s AND kind = %(kind)s AND reference = %(reference)s
          AND reverses_id IS NULL
    ), new AS (
        INSERT INTO billing_ledgerentry
            (shop_id, kind, reference, quantity, at, written_at, reverses_id, reason, by_id,
             by_email)
        SELECT %(shop)s, %(kind)s, 'reversal:' || id, -quantity, at, %(now)s, id, %(reason)s,
               %(by)s, %(email)s
        FROM old
        ON CONFLICT (shop_id, kind, reference) DO NOTHING
        RETURNING id, quantity, (at AT TIME ZONE %(zone)s)::date AS day
    ), moved AS (
        UPDATE billing_monthlyusage AS held SET quantity = held.quantity + new.quantity FROM new
        WHERE held.mall_id = %(mall)s AND held.kind = %(kind)s
          AND held.month = date_trunc('month', new.day)::date
        RETURNING held.month, held.quantity AS total
    ), day AS (
        UPDATE billing_ledgerday AS held SET quantity = held.quantity + new.quantity FROM new, moved
        WHERE held.shop_id = %(shop)s AND held.kind = %(kind)s AND held.day = new.day
        RETURNING held.day
    ), beyond AS (
        UPDATE billing_overage AS held
        SET quantity = least(held.quantity, greatest(0, total - allowed)),
            publishable = least(held.publishable, greatest(0, total - allowed))
        FROM moved, day, {limits}
        WHERE held.mall_id = %(mall)s AND held.kind = %(kind)s AND held.month = moved.month
          AND (limits.plan, limits.currency) = (held.plan, held.currency)
    )
    SELECT (SELECT count(*) FROM old), (SELECT id FROM new)
"""


class NotCounted(LookupError):
    """The shop's ledger has no such row."""


@dataclass(frozen=True)
class Reversed:
    """`entry` is the reversing row; `new` is False where it was there before."""

    entry: LedgerEntry
    new: bool


def usage_reverse(
    *,
    shop: Shop,
    kind: Kind | str,
    reference: str,
    reason: str,
    by: User | None = None,
    at: datetime | None = None,
) -> Reversed:
    """Take one thing back, with the sums of the day and the month that it was counted in.

    In the shop's scope; done twice it is done once. What an invoice has billed of it stands in the
    next one, below nothing. Raises NotCounted, and ValueError without a reason.
    """
    kind, reason = Kind(kind), " ".join(reason.split())[:200]
    if not reason:
        raise ValueError("a reversal says why")
    values = {
        "shop": current_shop_id(),
        "mall": shop.mall_id,
        "kind": kind.value,
        "reference": reference,
        "now": at or timezone.now(),
        "reason": reason,
        "by": by.pk if by else None,
        "email": by.email if by else "",
        "zone": settings.TIME_ZONE,
        **limits_of(kind),
    }
    with connection.cursor() as cursor:
        cursor.execute(_REVERSE.format(limits=LIMITS), values)
        found, written = cursor.fetchone()
    if not found:
        raise NotCounted(f"{shop.slug} has no row {kind} {reference} in its ledger")
    entry = LedgerEntry.objects.get(
        reverses__kind=kind, reverses__reference=reference, reverses__isnull=False
    )
    if written is not None:
        audit_record(actor=by, action="reverse", target=entry, changes={"reason": reason})
    return Reversed(entry, new=written is not None)
