"""The page behind an invitation's link: for a new person, and for one who has an account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from tenants.invitations import InvitationRefused, invitation_accept, invitation_of
from tenants.models import User
from tenants.models_accounts import Invitation


@never_cache
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Says who invites whom to what, and takes the one press that accepts it."""
    found = invitation_of(token)
    if found is None or not found.is_live:
        status = 404 if found is None else 410
        return render(request, "account/invitation_ended.html", {"ended": found}, status=status)
    if request.method == "POST":
        return _go_on(request, found)
    user = request.user
    context = {
        "invitation": found,
        "is_other": user.is_authenticated and user.email.lower() != found.email,
        "has_account": User.objects.filter(email=found.email).exists(),
        "here": request.path,
    }
    return render(request, "account/invitation.html", context)


def _go_on(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Logged in: accept. A new person: to the sign-up, with the address known to be theirs."""
    if request.user.is_authenticated:
        return _accept(request, found, request.user)
    ask = urlencode({"next": request.path, "email": found.email})
    if User.objects.filter(email=found.email).exists():
        return HttpResponseRedirect(f"{reverse('account_login')}?{ask}")
    # allauth's own name for an address that was proven before the sign-up.
    request.session["account_verified_email"] = found.email
    return HttpResponseRedirect(f"{reverse('account_signup')}?{ask}")


def _accept(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    try:
        invitation_accept(invitation=found, user=user)
    except InvitationRefused:
        return HttpResponseRedirect(request.path)
    messages.success(request, gettext("You are in: %(mall)s. Welcome.") % {"mall": found.mall})
    shop = found.shop
    return HttpResponseRedirect(f"/admin/{shop.slug}/" if shop else "/desk/")
