"""The pages of the lead-in. Each step works without JavaScript."""

from typing import Any

from allauth.core.ratelimit import consume
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.admin.start.findings import Finding, findings
from catalog.admin.start.steps import SHOP, SNIPPET, first_photos, lead_in
from catalog.selectors import photo_progress
from tenants.admin.keys import snippet
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import EDITORS, OWNERS, shop_admin
from tenants.audit import audit_record
from tenants.auth import origin_text
from tenants.models import ApiKey, Shop
from tenants.scope import shop_scope
from tenants.services import key_create
from tenants.snippet import SnippetCheck, snippet_check

KEY_NAME = "Storefront"


class ShopForm(forms.ModelForm):
    site = forms.URLField(
        label=_("Address of the shop"),
        assume_scheme="https",
        max_length=200,
        help_text=_("Where your storefront stands, such as https://shop.example"),
    )

    class Meta:
        model = Shop
        fields = ("name", "site")
        labels = {"name": _("Name of the shop")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})


@shop_admin.page("start/", name="start", writers=OWNERS)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any) -> HttpResponse:
    """The step that `?step=` names, else the first that is not done; a POST is the first's form."""
    form = ShopForm(request.POST or None, instance=request.shop)
    if request.method == "POST" and form.is_valid():
        shop = form.save(commit=False)
        origin = origin_text(shop.site)
        if not shop.allowed_origins and origin:
            shop.allowed_origins = [origin]
        shop.save(update_fields=["name", "site", "allowed_origins"])
        changes = {name: str(form.cleaned_data[name]) for name in form.changed_data}
        audit_record(actor=request.user, action="change", target=shop, changes=changes)
        return HttpResponseRedirect(reverse("admin:start"))
    return _page(request, form=form, step=SHOP if request.method == "POST" else None)


@shop_admin.page("start/progress/", name="start_progress")
@require_safe
def start_progress(request: HttpRequest) -> JsonResponse:
    """What the third step polls every two seconds."""
    return JsonResponse(first_photos())


@shop_admin.page("start/check/", name="start_check", writers=EDITORS)
@opens_own_scope
@require_POST
def start_check(request: Any) -> HttpResponse:
    """Look at the shop's site. Its server may be slow: no scope stays open meanwhile."""
    if not consume(request, action="snippet", user=request.user):
        messages.error(request, gettext("Too many tries. Wait a minute, then look again."))
        return HttpResponseRedirect(reverse("admin:start") + f"?step={SNIPPET}")
    checked = snippet_check(shop=request.shop)
    with shop_scope(request.shop):
        return _page(request, step=SNIPPET, checked=checked)


@shop_admin.page("start/origin/", name="start_origin", writers=OWNERS)
@require_POST
def start_origin(request: Any) -> HttpResponse:
    """Let pages of this origin use the publishable key; make one where there is none."""
    origin = origin_text(request.POST.get("origin", ""))
    shop = request.shop
    if origin and origin not in shop.allowed_origins:
        former, shop.allowed_origins = shop.allowed_origins, [*shop.allowed_origins, origin]
        shop.save(update_fields=["allowed_origins"])
        changes = {"allowed_origins": [former, shop.allowed_origins]}
        audit_record(actor=request.user, action="change", target=shop, changes=changes)
    if _key(shop) is None:
        key, _token = key_create(kind=ApiKey.Kind.PUBLISHABLE, shop=shop, name=KEY_NAME)
        audit_record(actor=request.user, action="add", target=key)
    return HttpResponseRedirect(reverse("admin:start") + f"?step={SNIPPET}")


@shop_admin.page("start/close/", name="start_close", writers=OWNERS)
@require_POST
def start_close(request: Any) -> HttpResponse:
    """Put the lead-in away: Today links to it no longer."""
    Shop.objects.filter(pk=request.shop.pk).update(start_closed_at=timezone.now())
    return HttpResponseRedirect(reverse("admin:index"))


def _key(shop: Shop) -> ApiKey | None:
    keys = ApiKey.objects.live().filter(shop=shop, kind=ApiKey.Kind.PUBLISHABLE)
    return keys.order_by("-created_at").first()


def _page(
    request: Any,
    *,
    step: int | None = None,
    form: ShopForm | None = None,
    checked: SnippetCheck | None = None,
) -> HttpResponse:
    photos = photo_progress()
    way = lead_in(request.shop, photos)
    asked = request.GET.get("step", "")
    here = step or (int(asked) if asked in ("1", "2", "3", "4") else way.next)
    key = _key(request.shop)
    found: list[Finding] = findings(checked) if checked else []
    context = {
        **shop_admin.each_context(request),
        "title": _("Begin"),
        "way": way,
        "here": here,
        "form": form or ShopForm(instance=request.shop),
        "first": first_photos(photos),
        "key": key,
        "snippet": snippet(request.shop, key.token) if key else "",
        "checked": checked,
        "findings": found,
        "origin": origin_text(request.shop.site),
        "origins": request.shop.allowed_origins,
    }
    return render(request, "admin/shop/start.html", context)
