"""The API keys of a shop: its owners make them, see each secret once and revoke them."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_site import OWNERS, NavItem, shop_admin
from tenants.audit import audit_record
from tenants.models import ApiKey, Shop
from tenants.services import TooManyKeys, key_create, key_replace, key_revoke

SHOP_KINDS = [
    (ApiKey.Kind.PUBLISHABLE, _("Publishable: search from the shop's own pages")),
    (ApiKey.Kind.SECRET, _("Secret: the catalogue and everything of this shop")),
    (ApiKey.Kind.MALL, _("Secret of the mall: discovery across its shops")),
]
NAME = column("name", _("Name"))
CREATED = column("created_at", _("Made at"))
USED = column("last_used_at", _("Last used"))
EXPIRES = column("expires_at", _("Ends at"))
REVOKED = column("revoked_at", _("Revoked at"))


class KeyForm(forms.ModelForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=SHOP_KINDS, widget=forms.RadioSelect)

    class Meta:
        model = ApiKey
        fields = ("kind", "name")
        labels = {"name": _("Name")}
        help_texts = {"name": _("Where it is used, so that you know which one to revoke.")}


@admin.register(ApiKey, site=shop_admin)
class KeyAdmin(ShopModelAdmin):
    page_title = _("Keys")
    add_label = _("New key")
    form = KeyForm
    readers = writers = OWNERS
    list_display = ("key", "kind_name", NAME, CREATED, USED, "state")
    list_display_links = ("key",)
    ordering = ("revoked_at", "-created_at")
    change_form_template = "admin/shop/key.html"

    def get_queryset(self, request: Any) -> models.QuerySet[ApiKey]:
        """The shop's keys, and those of its mall: an owner owns both."""
        own = models.Q(shop=request.shop) | models.Q(shop=None, mall=request.shop.mall_id)
        return super().get_queryset(request).filter(own)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        shown = ("kind_name", NAME, CREATED, USED, EXPIRES, REVOKED)
        return shown if obj else KeyForm.Meta.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.get_fields(request, obj) if obj else ()

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj:
            kwargs |= {"form": forms.ModelForm, "fields": ()}
        return super().get_form(request, obj, change=change, **kwargs)

    def get_urls(self) -> list[Any]:
        revoke = self.admin_site.admin_view(require_POST(self.revoke_view))
        replace = self.admin_site.admin_view(require_POST(self.replace_view))
        own = [
            path("<int:pk>/revoke/", revoke, name="tenants_apikey_revoke"),
            path("<int:pk>/replace/", replace, name="tenants_apikey_replace"),
        ]
        return own + super().get_urls()

    def add_view(self, request: Any, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            return super().add_view(request, form_url, extra_context)
        form = KeyForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                of_mall = form.cleaned_data["kind"] == ApiKey.Kind.MALL
                owner = {"mall": request.shop.mall} if of_mall else {"shop": request.shop}
                key, token = key_create(**owner, **form.cleaned_data)
            except TooManyKeys:
                form.add_error(
                    "kind", _("Two keys of this kind are in use. Revoke one, then make another.")
                )
            else:
                audit_record(actor=request.user, action="add", target=key)
                return self._page(request, "key_made", key.hint, key=key, token=token)
        return self._page(request, "key_new", gettext("New key"), form=form)

    def replace_view(self, request: Any, pk: int) -> HttpResponse:
        """A successor, shown this once; the key goes on for a day."""
        key = self._key(request, pk)
        if not key.is_live:
            raise Http404("it has ended")
        try:
            successor, token = key_replace(key=key)
        except TooManyKeys:
            messages.error(request, _("Two keys of this kind are in use. Revoke one first."))
            return HttpResponseRedirect(reverse("admin:tenants_apikey_changelist"))
        audit_record(actor=request.user, action="replace", target=key)
        return self._page(request, "key_made", successor.hint, key=successor, token=token)

    def revoke_view(self, request: Any, pk: int) -> HttpResponse:
        key = self._key(request, pk)
        if key_revoke(key=key):
            audit_record(actor=request.user, action="revoke", target=key)
            messages.success(
                request, gettext("The key %(key)s no longer works.") % {"key": key.hint}
            )
        return HttpResponseRedirect(reverse("admin:tenants_apikey_changelist"))

    def _key(self, request: Any, pk: int) -> ApiKey:
        if not self.may_write(request):
            raise Http404("not for this role")
        key = self.get_queryset(request).filter(pk=pk).first()
        if key is None:
            raise Http404("no such key in this shop")
        return key

    def _page(self, request: Any, name: str, title: str, **context: Any) -> HttpResponse:
        context |= self.admin_site.each_context(request)
        context |= {"title": title, "opts": self.opts}
        if "token" in context and context["key"].kind == ApiKey.Kind.PUBLISHABLE:
            context["snippet"] = snippet(request.shop, context["token"])
        return render(request, f"admin/shop/{name}.html", context)

    @admin.display(description=_("Key"), ordering="hint")
    def key(self, key: ApiKey) -> str:
        return format_html("<code>{}…</code>", key.hint)

    @admin.display(description=_("Kind"), ordering="kind")
    def kind_name(self, key: ApiKey) -> str:
        return str(dict(SHOP_KINDS).get(ApiKey.Kind(key.kind), key.kind))

    @admin.display(description=_("State"))
    def state(self, key: ApiKey) -> str:
        if key.revoked_at:
            return format_html('<span class="chip">{}</span>', _("Revoked"))
        if key.expires_at and key.expires_at <= timezone.now():
            return format_html('<span class="chip">{}</span>', _("Ended"))
        return format_html('<span class="chip good">{}</span>', _("Live"))


def snippet(shop: Shop, token: str) -> str:
    """The two lines that put the lens on the shop's own pages."""
    return (
        f'<script type="module" src="{settings.PUBLIC_URL}/widget/v1.js"></script>\n'
        f'<lookus-lens key="{token}" lang="{shop.language}"></lookus-lens>'
    )


shop_admin.nav(NavItem(70, _("Keys"), "tenants_apikey_changelist", OWNERS))
