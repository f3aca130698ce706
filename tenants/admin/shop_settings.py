"""A shop's settings: its name and language, who may use its key, the snippet to paste."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tenants.admin.keys import snippet
from tenants.admin_model import ShopModelAdmin
from tenants.admin_site import OWNERS, NavItem, shop_admin
from tenants.models import ApiKey, Shop

DEFAULT_PORTS = {"http": 80, "https": 443}


class OriginsField(forms.CharField):
    """Origins as a list of `https://host[:port]`, typed one on a line."""

    widget = forms.Textarea(attrs={"rows": 3, "placeholder": "https://shop.example"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return list(dict.fromkeys(_origin(line) for line in super().clean(value).split()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.clean(data) != initial)
        except forms.ValidationError:
            return True


def _origin(text: str) -> str:
    """`text` as a browser writes it in the Origin header; ValidationError names what is wrong."""
    wrong = forms.ValidationError(
        _("%(text)s is no address such as https://shop.example"), params={"text": text}
    )
    try:
        parts = urlsplit(text.rstrip("/"))
        host, port = parts.hostname, parts.port
    except ValueError:
        raise wrong from None
    extra = parts.path or parts.query or parts.fragment or parts.username
    if parts.scheme not in DEFAULT_PORTS or not host or extra or "*" in host:
        raise wrong
    host = f"[{host}]" if ":" in host else host
    shown = "" if port in (None, DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{host}{shown}"


class SettingsForm(forms.ModelForm):
    photo_days = forms.IntegerField(
        label=_("Keep shoppers' photos, days"),
        required=False,
        min_value=0,
        max_value=365,
        help_text=_(
            "Only of shoppers who agree, and only the garments: all else in the photo is "
            "blurred before it is stored. 0: never, and nobody is asked. At most 365."
        ),
    )
    allowed_origins = OriginsField(
        label=_("Addresses that may search"),
        required=False,
        help_text=_("One on a line. Pages elsewhere cannot use your publishable key."),
    )

    site = forms.URLField(
        label=_("Your shop's address"),
        required=False,
        assume_scheme="https",
        help_text=_("Where the shop's own storefront stands."),
    )

    class Meta:
        model = Shop
        fields = (
            *("name", "tagline", "site", "language", "hosted_storefront"),
            *("discoverable", "personalised", "allowed_origins", "test_mode"),
            "photo_days",
        )
        labels = {
            "name": _("Name"),
            "tagline": _("Tagline"),
            "language": _("Language"),
            "test_mode": _("Test mode"),
            "hosted_storefront": _("Shop window"),
            "discoverable": _("Found by its style"),
            "personalised": _("Follow this visit's clicks"),
        }
        help_texts = {
            "discoverable": _(
                "Let shoppers of the mall discover this shop: its name, its styles and products "
                "of it stand on the mall's style pages."
            ),
            "personalised": _(
                "What is like the products that a visitor clicked in this visit comes a little "
                "higher. Your page sends the clicks with each search; nothing of them is kept."
            ),
            "hosted_storefront": _("Show the catalogue to everybody on a page of LookUs."),
            "test_mode": _("While on, pages on localhost may use the publishable key."),
        }

    def clean_photo_days(self) -> int:
        return self.cleaned_data["photo_days"] or 0


@admin.register(Shop, site=shop_admin)
class SettingsAdmin(ShopModelAdmin):
    form = SettingsForm
    writers = OWNERS
    fieldsets = (
        (None, {"fields": ("name", "tagline", "site", "language", "hosted_storefront")}),
        (_("In the mall"), {"fields": ("discoverable",)}),
        (_("The lens on your pages"), {"fields": ("allowed_origins", "test_mode", "personalised")}),
        (_("Privacy"), {"fields": ("photo_days",)}),
    )
    change_form_template = "admin/shop/settings.html"

    def get_queryset(self, request: Any) -> models.QuerySet[Shop]:
        return super().get_queryset(request).filter(pk=request.shop.pk)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:tenants_shop_change", args=[request.shop.pk]))

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        keys = ApiKey.objects.live().filter(shop=request.shop, kind=ApiKey.Kind.PUBLISHABLE)
        key = keys.order_by("-created_at").first()
        context = {
            "title": _("Settings"),
            "subtitle": None,
            "snippet": snippet(request.shop, key.token) if key else "",
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))


shop_admin.nav(NavItem(80, _("Settings"), "tenants_shop_changelist"))
