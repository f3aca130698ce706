"""Close a shop, and bring it back while that can still be done.

A closed shop answers nothing: its keys are refused, its pages are not there, its jobs rest. After
SHOP_GRACE_DAYS a job deletes everything of it (`lookus.leaving.erasing`).
"""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from tenants.audit import audit_record
from tenants.guests import guests_end
from tenants.models import Shop, User
from tenants.notices import CLOSED, REOPENED, owners_tell


class WrongName(ValueError):
    """What was typed is not the shop's name."""


def shop_close(*, shop: Shop, by: User, typed: str) -> None:
    """Close the shop; it is deleted when its time is over. Call it in the shop's scope.

    Raises WrongName: who closes a shop types its name.
    """
    if typed.strip() != shop.name.strip():
        raise WrongName(typed)
    now = timezone.now()
    erase_at = now + timedelta(days=settings.SHOP_GRACE_DAYS)
    open_still = Shop.objects.open().filter(pk=shop.pk)
    if not open_still.update(closed_at=now, closed_by=by.email, erase_at=erase_at):
        return
    shop.refresh_from_db(fields=["closed_at", "closed_by", "erase_at"])
    guests_end(shop=shop, by=by)
    audit_record(actor=by, action="close", target=shop)
    owners_tell(
        shop=shop,
        subject=CLOSED,
        template="closed",
        page="closing/",
        who=by.email,
        until=date_format(timezone.localtime(erase_at), "Y-m-d H:i"),
    )


def shop_reopen(*, shop: Shop, by: User) -> bool:
    """Bring a closed shop back, in its scope; False if it is open, or being deleted already."""
    closed = Shop.objects.filter(pk=shop.pk, closed_at__isnull=False, erasing=False)
    if not closed.update(closed_at=None, closed_by="", erase_at=None):
        return False
    shop.refresh_from_db(fields=["closed_at", "closed_by", "erase_at"])
    audit_record(actor=by, action="reopen", target=shop)
    owners_tell(shop=shop, subject=REOPENED, template="reopened", who=by.email)
    return True
