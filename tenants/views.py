"""What stands before any shop: the desk with one's shops, and the making of a new one."""

from typing import Any

from allauth.core.ratelimit import consume
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from tenants.accounts.forms import NewShopForm
from tenants.beginnings import shop_begin
from tenants.models import Membership, Shop, User

CURRENCY_OF = {"ko": "KRW"}
OTHER_CURRENCY = "USD"


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The user's malls with their shops; straight to the shop where there is only one.

    Somebody without any is asked about the first one.
    """
    assert request.user.is_authenticated
    malls: list[dict[str, Any]] = [
        {"mall": one.mall, "role": one, "shops": list(one.mall.shops.all())}
        for one in Membership.objects.filter(user=request.user)
        .select_related("mall")
        .prefetch_related(Prefetch("mall__shops", Shop.objects.order_by("name")))
        .order_by("mall__name")
    ]
    shops = [shop for mall in malls for shop in mall["shops"]]
    everything = "all" in request.GET or request.user.is_superuser
    if len(shops) == 1 and not everything:
        return HttpResponseRedirect(f"/admin/{shops[0].slug}/")
    may_begin = _may_begin(request.user)
    if not malls and may_begin and not everything:
        return HttpResponseRedirect("/desk/new/")
    context = {"malls": malls, "shops": shops, "may_begin": may_begin}
    return render(request, "account/desk.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def shop_new(request: HttpRequest) -> HttpResponse:
    """A new shop with its first key; then its lead-in."""
    assert request.user.is_authenticated
    if not _may_begin(request.user):
        return HttpResponseRedirect("/desk/?all")
    language = "ko" if (get_language() or "").startswith("ko") else "en"
    first = {"language": language, "currency": CURRENCY_OF.get(language, OTHER_CURRENCY)}
    form = NewShopForm(request.POST or None, user=request.user, initial=first)
    if request.method == "POST" and form.is_valid():
        if consume(request, action="shop", user=request.user):
            shop = shop_begin(owner=request.user, **form.cleaned_data)
            return HttpResponseRedirect(f"/admin/{shop.slug}/start/")
        form.add_error(None, gettext("Too many new shops. Wait an hour, then go on."))
    is_first = not Membership.objects.filter(user=request.user).exists()
    return render(request, "account/shop_new.html", {"form": form, "is_first": is_first})


def _may_begin(user: User) -> bool:
    """Whoever owns a mall makes shops in it; a new mall only where everybody may sign up."""
    owner = {"user": user, "role": Membership.Role.OWNER}
    return settings.SIGN_UP == "open" or Membership.objects.filter(**owner).exists()
