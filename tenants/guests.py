"""LookUs' own staff in a shop: as guests, for some hours, seen by everybody there.

An operator has no access to any shop. An owner lets staff help; or an operator takes emergency
access with a reason, which the owners are mailed. A guest may do what an editor may: no keys, no
people, no billing, no export. What a guest opens and sends stands in the shop's history.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property

from tenants.audit import audit_record
from tenants.callers import current_caller
from tenants.models import Membership, Shop, User
from tenants.models_leaving import GuestGrant, GuestVisit
from tenants.notices import GUEST, owners_tell
from tenants.scope import shop_scope

ROLE = Membership.Role.EDITOR


def guest_allow(*, shop: Shop, by: User) -> GuestGrant:
    """An owner lets LookUs' staff in for GUEST_HOURS. Call it in the shop's scope."""
    grant = GuestGrant.objects.create(by=by, by_email=by.email, until=_end())
    _note(shop, grant.until)
    audit_record(actor=by, action="guest_allow", target=grant)
    return grant


def guest_emergency(*, shop: Shop, operator: User, reason: str) -> GuestGrant:
    """An operator comes in unasked for GUEST_HOURS; the owners see why. Outside any scope.

    Raises ValueError without a reason, or for somebody who is no operator.
    """
    reason = " ".join(reason.split())[:300]
    if not reason or not operator.is_superuser:
        raise ValueError("emergency access is an operator's, and needs a reason")
    with shop_scope(shop):
        grant = GuestGrant.objects.create(
            by=operator, by_email=operator.email, emergency=True, reason=reason, until=_end()
        )
        _note(shop, grant.until)
        audit_record(
            actor=operator, action="guest_emergency", target=grant, changes={"reason": reason}
        )
        owners_tell(
            shop=shop,
            subject=GUEST,
            template="guest",
            page="help/",
            who=operator.email,
            reason=reason,
            until=_clock(grant.until),
        )
    return grant


def guests_end(*, shop: Shop, by: User) -> int:
    """Nobody of LookUs is a guest from now on: how many grants that ended. In the shop's scope."""
    ended = open_grants().update(ended_at=timezone.now())
    Shop.objects.filter(pk=shop.pk).update(guests_until=None)
    shop.guests_until = None
    if ended:
        audit_record(actor=by, action="guest_end", target=shop)
    return ended


def guest_admit(*, shop: Shop, user: Any) -> Membership | None:
    """What an operator is in this shop now: a guest with an editor's role, or nobody."""
    if not user.is_superuser or not guests_possible(shop):
        return None
    with shop_scope(shop):
        grants = open_grants()
        own = grants.filter(emergency=True, by=user).first()
        grant = own or grants.filter(emergency=False).first()
        if grant is None:
            return None
        current_caller().guest = True
        _visit, first = GuestVisit.objects.get_or_create(
            grant=grant, operator=user, defaults={"operator_email": user.email}
        )
        if first:
            audit_record(actor=user, action="guest_enter", target=grant)
    return Membership(user=user, mall=shop.mall, role=ROLE)


def guest_trace(*, request: HttpRequest, shop: Shop, user: User, response: Any) -> None:
    """Write down what a guest opened or sent; what a page asks for by itself is not."""
    if request.method in ("GET", "HEAD") and not _is_opened(response):
        return
    changes = {"method": request.method, "path": request.path, "status": response.status_code}
    with shop_scope(shop):
        audit_record(actor=user, action="guest_request", target=shop, changes=changes)


def open_grants() -> QuerySet[GuestGrant]:
    """Of the shop in scope, the one that ends last first."""
    found: QuerySet[GuestGrant] = GuestGrant.objects.filter(
        ended_at=None, until__gt=timezone.now()
    ).order_by("-until")
    return found


def guests_possible(shop: Shop) -> bool:
    """Whether a grant may be open: known from the shop's row, without asking for it."""
    return shop.guests_until is not None and shop.guests_until > timezone.now()


@dataclass
class Guests:
    """For the bar on every page: who is, or may come; asked for only where somebody may."""

    shop: Shop

    def __bool__(self) -> bool:
        return guests_possible(self.shop) and bool(self._grants)

    @cached_property
    def _grants(self) -> list[GuestGrant]:
        with shop_scope(self.shop):
            return list(open_grants().prefetch_related("visits"))

    @property
    def names(self) -> list[str]:
        """Those who came in."""
        visits = [visit for grant in self._grants for visit in grant.visits.all()]
        return list(dict.fromkeys(visit.operator_email for visit in visits))

    @property
    def until(self) -> datetime:
        return self._grants[0].until

    @property
    def reasons(self) -> list[str]:
        return [grant.reason for grant in self._grants if grant.reason]


def _is_opened(response: HttpResponseBase) -> bool:
    return not response.headers.get("Content-Type", "").startswith("application/json")


def _note(shop: Shop, until: datetime) -> None:
    shop.guests_until = max(until, shop.guests_until or until)
    Shop.objects.filter(pk=shop.pk).update(guests_until=shop.guests_until)


def _end() -> datetime:
    return timezone.now() + timedelta(hours=settings.GUEST_HOURS)


def _clock(at: datetime) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i")
