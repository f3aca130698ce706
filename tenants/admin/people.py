"""The mall's people, in the admin of any of its shops: who is in, who is asked, in which role."""

import logging
from collections.abc import Callable
from typing import Any

from allauth.core.ratelimit import consume
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tenants.admin_scope import opens_own_scope
from tenants.admin_site import OWNERS, shop_admin
from tenants.invitations import (
    InvitationRefused,
    invitation_mail,
    invitation_renew,
    invitation_withdraw,
    invite,
)
from tenants.members import LastOwner, member_remove, member_role_set
from tenants.models import Membership
from tenants.models_accounts import Invitation
from tenants.scope import shop_scope

logger = logging.getLogger(__name__)

ROLES = [
    (Membership.Role.VIEWER, _("Viewer: looks")),
    (Membership.Role.EDITOR, _("Editor: changes the catalogue")),
    (Membership.Role.OWNER, _("Owner: everything")),
]
REFUSALS = {
    "member": _("This person is in already."),
    "invited": _("There is an open invitation for this address. Send it again below."),
    "many": _("Too many invitations are open. Withdraw some first."),
    "seats": _(
        "Your plan has no seat left. Choose a larger plan under Billing, or take somebody out."
    ),
    "ended": _("This invitation has ended."),
}
LAST_OWNER = _("A mall needs an owner. Make somebody else one first.")
NOT_SENT = _("The mail could not be sent. Send the invitation again in a while.")
TOO_MANY = _("Too many mails. Wait an hour, then go on.")


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})


@shop_admin.page("people/", name="people", nav=(75, _("People")), readers=OWNERS, writers=OWNERS)
@require_safe
def people(request: Any) -> HttpResponse:
    return _page(request, InviteForm())


@shop_admin.page("people/invite/", name="people_invite", readers=OWNERS, writers=OWNERS)
@opens_own_scope
@require_POST
def people_invite(request: Any) -> HttpResponse:
    """The mail goes out after the scope: its server may be slow, or away."""
    form = InviteForm(request.POST)
    if form.is_valid() and not consume(request, action="invite", user=request.user):
        form.add_error(None, str(TOO_MANY))
    if form.is_valid():
        try:
            with shop_scope(request.shop):
                invitation, token = invite(shop=request.shop, by=request.user, **form.cleaned_data)
        except InvitationRefused as refused:
            form.add_error("email", str(REFUSALS[refused.code]))
        else:
            _send(request, invitation, token)
            return _back()
    with shop_scope(request.shop):
        return _page(request, form)


@shop_admin.page(
    "people/invitation/<int:pk>/again/", name="people_again", readers=OWNERS, writers=OWNERS
)
@opens_own_scope
@require_POST
def people_again(request: Any, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    if not consume(request, action="invite", user=request.user):
        messages.error(request, str(TOO_MANY))
        return _back()
    try:
        with shop_scope(request.shop):
            token = invitation_renew(invitation=invitation, by=request.user)
    except InvitationRefused as refused:
        messages.error(request, str(REFUSALS[refused.code]))
    else:
        _send(request, invitation, token)
    return _back()


@shop_admin.page(
    "people/invitation/<int:pk>/withdraw/", name="people_withdraw", readers=OWNERS, writers=OWNERS
)
@require_POST
def people_withdraw(request: Any, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    if invitation_withdraw(invitation=invitation, by=request.user):
        messages.success(request, gettext("Withdrawn: %(name)s") % {"name": invitation})
    return _back()


@shop_admin.page("people/<int:pk>/role/", name="people_role", readers=OWNERS, writers=OWNERS)
@require_POST
def people_role(request: Any, pk: int) -> HttpResponse:
    role = request.POST.get("role")
    if role not in Membership.Role.values:
        raise Http404("no such role")

    def change(member: Membership) -> None:
        if member_role_set(membership=member, role=role, by=request.user):
            messages.success(request, gettext("Saved: %(name)s") % {"name": member.user})

    return _changed(request, pk, change)


@shop_admin.page("people/<int:pk>/remove/", name="people_remove", readers=OWNERS, writers=OWNERS)
@require_POST
def people_remove(request: Any, pk: int) -> HttpResponse:
    def change(member: Membership) -> None:
        if member_remove(membership=member, by=request.user):
            messages.success(request, gettext("Removed: %(name)s") % {"name": member.user})

    response = _changed(request, pk, change)
    gone = not Membership.objects.filter(user=request.user, mall=request.shop.mall_id).exists()
    return HttpResponseRedirect("/desk/") if gone else response


def _changed(request: Any, pk: int, change: Callable[[Membership], None]) -> HttpResponse:
    members = Membership.objects.select_related("user").filter(mall=request.shop.mall_id)
    member = members.filter(pk=pk).first()
    if member is None:
        raise Http404("no such person in this mall")
    try:
        change(member)
    except LastOwner:
        messages.error(request, str(LAST_OWNER))
    return _back()


def _invitation(request: Any, pk: int) -> Invitation:
    own = Invitation.objects.select_related("mall").filter(mall=request.shop.mall_id)
    found = own.filter(pk=pk).first()
    if found is None:
        raise Http404("no such invitation in this mall")
    return found


def _send(request: Any, invitation: Invitation, token: str) -> None:
    try:
        invitation_mail(invitation=invitation, token=token)
    except Exception:
        # Each provider raises its own; the invitation stands, and its row says "not sent".
        logger.exception("the mail of invitation %s was not sent", invitation.pk)
        messages.error(request, str(NOT_SENT))
    else:
        messages.success(request, gettext("Invited: %(name)s") % {"name": invitation})


def _page(request: Any, form: InviteForm) -> HttpResponse:
    mall = request.shop.mall
    context = {
        **shop_admin.each_context(request),
        "title": _("People"),
        "form": form,
        "roles": ROLES,
        "members": Membership.objects.filter(mall=mall)
        .select_related("user")
        .order_by("user__email"),
        "invitations": Invitation.objects.open().filter(mall=mall).order_by("-created_at"),
    }
    return render(request, "admin/shop/people.html", context)


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:people"))
