"""Looks: the list, the page with its photo and pieces, and the photo's upload."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from catalog.admin.framed import LABEL_SHARE, NO_PHOTO, REASONS
from catalog.admin.words import term_label
from recommender.admin.look_form import LookForm, LookItemForm
from recommender.looks.services import look_announce, look_photo_set, look_photo_store
from recommender.models import Look, LookItem
from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import EDITORS, NavItem, shop_admin
from tenants.audit import audit_record
from tenants.scope import shop_scope
from vision.decode import DEFAULT_LIMITS
from vision.errors import ImageRejected

TITLE = column("title", _("Title of the look"))
OWN_COLUMNS = ("slug", "title", "story", "translations", "position", "published")
"""What the page writes: the others are the photo's and the worker's."""


class LookItemInline(admin.TabularInline):
    """A look's pieces, by the permissions of its page."""

    model = LookItem
    form = LookItemForm
    fields = ("sku", "description", "other_description", "place", "position")
    extra = 1
    verbose_name = _("piece")
    verbose_name_plural = _("Pieces")
    ordering = ("position", "id")

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        kwargs["form"] = type("ShopItem", (self.form,), {"language": request.shop.language})
        return super().get_formset(request, obj, **kwargs)

    def has_view_permission(self, request: Any, obj: Any = None) -> bool:
        return True

    def _may_write(self, request: Any) -> bool:
        return request.membership.role in EDITORS

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return self._may_write(request)

    def has_change_permission(self, request: Any, obj: Any = None) -> bool:
        return self._may_write(request)

    def has_delete_permission(self, request: Any, obj: Any = None) -> bool:
        return self._may_write(request)


@admin.register(Look, site=shop_admin)
class LookAdmin(ShopModelAdmin):
    page_title = _("Looks")
    add_label = _("New look")
    form = LookForm
    inlines = (LookItemInline,)
    list_display = (
        *("thumbnail", TITLE, column("slug", _("Address")), "pieces", "seen"),
        *(
            column("published", _("Shown to shoppers"), boolean=True),
            column("position", _("Place in the lookbook")),
        ),
    )
    list_display_links = ("thumbnail", TITLE)
    search_fields = ("title", "slug")
    ordering = ("position", "id")
    fieldsets = (
        (None, {"fields": ("title", "story", "other_title", "other_story")}),
        (_("Lookbook"), {"fields": ("slug", "position", "published")}),
    )

    def get_queryset(self, request: Any) -> models.QuerySet[Look]:
        looks: models.QuerySet[Look] = super().get_queryset(request)
        return looks.defer("embeddings").prefetch_related("items")

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("ShopLook", (form,), {"language": request.shop.language})

    def get_urls(self) -> list[Any]:
        photo = self.admin_site.admin_view(look_photo_view)
        return [path("<int:pk>/photo/", photo, name="recommender_look_photo"), *super().get_urls()]

    def save_model(self, request: Any, obj: Look, form: Any, change: bool) -> None:
        obj.save(update_fields=OWN_COLUMNS if change else None)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        look = form.instance
        moved = any(
            "place" in one.changed_data or one in formset.deleted_forms
            for formset in formsets
            for one in formset.forms
        )
        if moved and look.photo:
            look_announce(look=look)

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        look = self.get_object(request, object_id)
        if look is None:
            raise Http404("no such look in this shop")
        context = {
            "title": look.title,
            "subtitle": None,
            "look": look,
            "state": state_of(look),
            "boxes": boxes_of(look),
            "may_write": self.may_write(request),
            "site_page": page_of(request.shop, look),
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def response_post_save_add(self, request: Any, obj: Look) -> HttpResponseRedirect:
        """On to its page, where the photo is added."""
        return HttpResponseRedirect(reverse("admin:recommender_look_change", args=[obj.pk]))

    @admin.display(description="")
    def thumbnail(self, look: Look) -> str:
        if not look.photo:
            return NO_PHOTO
        return format_html('<img class="thumb" src="{}" alt="" loading="lazy">', look.photo.url)

    @admin.display(description=_("Pieces"))
    def pieces(self, look: Look) -> int:
        return len(look.items.all())

    @admin.display(description=_("Photo"))
    def seen(self, look: Look) -> str:
        said, tone = state_of(look)
        return format_html('<span class="chip {}">{}</span>', tone, said)


def state_of(look: Look) -> tuple[str, str]:
    """What became of the photo, in words, and the tone of the chip."""
    if not look.photo:
        return gettext("No photo"), "warn"
    if look.reason:
        return str(REASONS.get(look.reason) or gettext("The photo could not be read.")), "bad"
    if not look.revision:
        return gettext("Being looked at"), ""
    count = len(look.garments)
    said = ngettext("%(count)d garment found", "%(count)d garments found", count)
    return said % {"count": count}, "good" if count else "warn"


def boxes_of(look: Look) -> list[dict[str, Any]]:
    """The garments found in the photo, to be drawn over it."""
    size = max(12, (look.width or 0) // LABEL_SHARE)
    return [
        {
            "x": x0,
            "y": y0,
            "width": x1 - x0,
            "height": y1 - y0,
            "label": term_label("category", told["tags"]["category"][0]),
            "text_x": x0 + size // 2,
            "text_y": y0 + size * 3 // 2,
            "text_size": size,
            "other": told.get("item") is None,
        }
        for told in look.garments
        for x0, y0, x1, y1 in [told["box"]]
    ]


def page_of(shop: Any, look: Look) -> str:
    """The look's page on the storefront, where it has one."""
    shown = shop.hosted_storefront and look.published and look.photo
    return f"/shop/{shop.slug}/looks/{look.slug}/" if shown else ""


@opens_own_scope
@require_POST
def look_photo_view(request: Any, pk: int) -> HttpResponse:
    """Give a look its photo. Storing it stands outside the scope, for it may take long."""
    shop = request.shop
    if request.membership.role not in EDITORS:
        raise PermissionDenied
    with shop_scope(shop):
        if not Look.objects.filter(pk=pk).exists():
            raise Http404("no such look in this shop")
    file = request.FILES.get("photo")
    try:
        # One byte over the limit is enough to be refused as too large.
        data = file.read(DEFAULT_LIMITS.max_bytes + 1) if file else b""
        stored = look_photo_store(shop_id=shop.pk, data=data)
    except ImageRejected as refused:
        messages.error(request, REASONS.get(refused.code) or refused.message)
    else:
        with shop_scope(shop):
            look = look_photo_set(look=Look.objects.get(pk=pk), photo=stored)
            audit_record(actor=request.user, action="photo", target=look)
        messages.success(request, gettext("The photo is being looked at."))
    return HttpResponseRedirect(reverse("admin:recommender_look_change", args=[pk]))


shop_admin.nav(NavItem(41, _("Looks"), "recommender_look_changelist"))
