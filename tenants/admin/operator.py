"""`/operator/`: malls, shops and people, for those who run LookUs. No row of a catalogue."""

from collections.abc import Sequence
from typing import Any, ClassVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from tenants.admin.guests import emergency
from tenants.admin_model import WEB_ADDRESSES
from tenants.models import Mall, Membership, Shop, User
from tenants.models_leaving import ClosedShop

admin.site.site_header = admin.site.site_title = _("LookUs · operators")
admin.site.site_url = "/desk/"
admin.site.unregister(Group)
# People's addresses stand on their own page; of a second factor nobody reads the secret.
admin.site.unregister(EmailAddress)
admin.site.unregister(Authenticator)


class KeepsRows(admin.ModelAdmin):
    """A shop's rows cannot be reached from here, so neither can it be deleted from here."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ShopInline(admin.TabularInline):
    formfield_overrides = WEB_ADDRESSES
    model = Shop
    fields = ("name", "slug", "currency", "language")
    extra = 0
    can_delete = False
    show_change_link = True


class NotOneself(BaseModelAdmin):
    """Nobody makes oneself a member: operators come as guests, seen by the owner."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.exclude(pk=request.user.pk)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class MembershipInline(NotOneself, admin.TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ("user",)


@admin.register(Mall)
class MallAdmin(KeepsRows):
    list_display = ("name", "slug", "created_at")
    search_fields = ("name", "slug")
    prepopulated_fields: ClassVar[dict[str, Sequence[str]]] = {"slug": ("name",)}
    inlines = (ShopInline, MembershipInline)


@admin.register(Shop)
class ShopAdmin(KeepsRows):
    formfield_overrides = WEB_ADDRESSES
    list_display = ("name", "slug", "mall", "language", "created_at", "guests_until", "closed_at")
    list_filter = ("mall",)
    search_fields = ("name", "slug")
    list_select_related = ("mall",)
    change_form_template = "admin/operator_shop.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.emergency_view)
        return [
            path("<path:object_id>/emergency/", view, name="tenants_shop_emergency"),
            *super().get_urls(),
        ]

    def emergency_view(self, request: Any, object_id: str) -> HttpResponse:
        if not request.user.is_superuser:
            raise PermissionDenied("for superusers")
        return emergency(request, object_id, self.admin_site.each_context(request))


@admin.register(ClosedShop)
class ClosedShopAdmin(admin.ModelAdmin):
    """What is kept of deleted shops, for the mall's accounts."""

    list_display = ("name", "slug", "mall", "closed_at", "erased_at", "usage")
    list_select_related = ("mall",)
    search_fields = ("name", "slug")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Membership)
class MembershipAdmin(NotOneself, admin.ModelAdmin):
    list_display = ("user", "mall", "role")
    list_filter = ("role", "mall")
    list_select_related = ("user", "mall")
    autocomplete_fields = ("user", "mall")


@admin.register(Authenticator)
class SecondFactorAdmin(admin.ModelAdmin):
    """To be deleted where somebody lost the phone and the recovery codes."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email",)
    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
