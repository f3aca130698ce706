"""Products: a list of photos, and a page with everything that was seen in them."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from catalog.admin import filters
from catalog.admin.forms import ProductForm
from catalog.admin.framed import NO_PHOTO, framed_photos
from catalog.admin.photos import photo_add_view
from catalog.admin.seen import (
    Card,
    Said,
    card,
    palette_of,
    tag_rows,
    with_what_was_seen,
)
from catalog.admin.words import language, term_label
from catalog.models import Product, Tag
from catalog.money import display
from catalog.services.products import product_saved, products_remove
from catalog.services.tags import tag_clear, tag_set
from tenants.admin_model import ShopModelAdmin, column
from tenants.admin_site import NavItem, shop_admin
from tenants.audit import audit_record

SHAPE = "as"
LIST, GRID = "list", "grid"
TITLE = column("title", _("Title"))


class ProductList(ChangeList):
    """Remembers in the address whether products are shown as photos or as rows."""

    def get_filters_params(self, params: Any = None) -> Any:
        rest = super().get_filters_params(params)
        rest.pop(SHAPE, None)
        return rest

    @property
    def shape(self) -> str:
        return LIST if self.params.get(SHAPE) == LIST else GRID

    @property
    def shape_links(self) -> list[dict[str, Any]]:
        names = {GRID: _("Photos"), LIST: _("List")}
        return [
            {
                "name": name,
                "url": self.get_query_string({SHAPE: shape}),
                "here": shape == self.shape,
            }
            for shape, name in names.items()
        ]

    @property
    def cards(self) -> list[Card]:
        return [card(product) for product in self.result_list]


@admin.register(Product, site=shop_admin)
class ProductAdmin(ShopModelAdmin):
    page_title = _("Catalogue")
    add_label = _("New product")
    form = ProductForm
    list_display = (
        *("thumbnail", TITLE, column("sku", _("SKU")), "category", "pattern", "style", "colors"),
        *("tagging", "price_shown", column("in_stock", _("In stock"), boolean=True)),
    )
    list_display_links = ("thumbnail", TITLE)
    list_filter = (
        filters.TaggingFilter,
        filters.CategoryFilter,
        filters.PatternFilter,
        filters.ColorFilter,
        filters.StyleFilter,
        filters.StockFilter,
        filters.BrandFilter,
    )
    list_per_page = 48
    search_fields = ("title", "sku", "brand")
    search_help_text = _("Title, SKU or brand")
    ordering = ("-id",)
    fieldsets = (
        (None, {"fields": ("title", "sku", "brand", "description", "url")}),
        (_("Price"), {"fields": ("price", "sale_price", "currency", "in_stock")}),
        (_("More"), {"fields": ("gender", "season", "feed_category", "variant_group")}),
    )

    def get_changelist(self, request: Any, **kwargs: Any) -> type[ChangeList]:
        return ProductList

    def get_queryset(self, request: Any) -> models.QuerySet[Product]:
        return with_what_was_seen(super().get_queryset(request))

    def get_changeform_initial_data(self, request: Any) -> dict[str, Any]:
        return {"currency": request.shop.currency, "in_stock": True}

    def get_urls(self) -> list[Any]:
        tag = self.admin_site.admin_view(require_POST(self.tag_view))
        photo = self.admin_site.admin_view(photo_add_view)
        return [
            path("<int:pk>/tag/", tag, name="catalog_product_tag"),
            path("<int:pk>/photo/", photo, name="catalog_product_photo"),
            *super().get_urls(),
        ]

    def save_model(self, request: Any, obj: Product, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        product_saved(product=obj)

    def delete_model(self, request: Any, obj: Product) -> None:
        products_remove(product_ids=[obj.pk])

    def delete_queryset(self, request: Any, queryset: models.QuerySet[Product]) -> None:
        products_remove(product_ids=list(queryset.values_list("pk", flat=True)))

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        product = self.get_object(request, object_id)
        if product is None:
            raise Http404("no such product in this shop")
        product = Product.objects.get(pk=product.pk)
        context = {
            "title": product.title,
            "subtitle": None,
            "photos": framed_photos(product),
            "palette": palette_of(product),
            "tag_rows": tag_rows(product),
            "may_tag": self.may_write(request),
        }
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))

    def tag_view(self, request: Any, pk: int) -> HttpResponse:
        """A person says what a product is, or takes that back (an empty value)."""
        product = Product.objects.filter(pk=pk).first()
        if product is None or not self.may_write(request):
            raise Http404("no such product in this shop")
        kind, value = request.POST.get("kind", ""), request.POST.get("value", "")
        former = product.tags.filter(kind=kind, source=Tag.Source.PERSON).first()
        try:
            if value:
                tag_set(product=product, kind=kind, value=value, by=request.user)
            else:
                tag_clear(product=product, kind=kind)
        except ValueError as error:
            messages.error(request, str(error))
        else:
            changes = {kind: [former.value if former else None, value or None]}
            audit_record(actor=request.user, action="tag", target=product, changes=changes)
            shown = term_label(kind, value) if value else gettext("the model's own word")
            messages.success(request, gettext("Set: %(value)s") % {"value": shown})
        return HttpResponseRedirect(reverse("admin:catalog_product_change", args=[pk]) + "#tags")

    def response_post_save_add(self, request: Any, obj: Product) -> HttpResponseRedirect:
        """On to its page, where photos are added."""
        return HttpResponseRedirect(reverse("admin:catalog_product_change", args=[obj.pk]))

    @admin.display(description="")
    def thumbnail(self, product: Product) -> str:
        photo = card(product).photo
        if photo is None:
            return NO_PHOTO
        return format_html('<img class="thumb" src="{}" alt="" loading="lazy">', photo.file.url)

    def _said(self, product: Product, kind: str) -> str:
        said = next((one for one in card(product).said if one.kind == kind), None)
        return said_as_html(said) if said else self.get_empty_value_display()

    @admin.display(description=_("Category"))
    def category(self, product: Product) -> str:
        return self._said(product, "category")

    @admin.display(description=_("Pattern"))
    def pattern(self, product: Product) -> str:
        return self._said(product, "pattern")

    @admin.display(description=_("Style"))
    def style(self, product: Product) -> str:
        return self._said(product, "style")

    @admin.display(description=_("Colour"))
    def colors(self, product: Product) -> str:
        return format_html_join(
            " ",
            '<svg class="swatch" role="img" aria-label="{}"><title>{}</title>'
            '<rect width="100%" height="100%" fill="{}"/></svg>',
            ((one["name"], one["name"], one["hex"]) for one in card(product).palette),
        )

    @admin.display(description=_("Tagging"))
    def tagging(self, product: Product) -> str:
        shown = card(product)
        return format_html('<span class="chip {}">{}</span>', shown.tone, shown.state_name)

    @admin.display(description=_("Price"), ordering="selling_price")
    def price_shown(self, product: Product) -> str:
        return display(product.selling_price, product.currency, language())


def said_as_html(said: Said) -> str:
    """A value with the model's confidence, or with who said it."""
    tone = "unsure" if said.unsure else "soft"
    return format_html(
        '{} <small class="{}" title="{}">{}{}</small>',
        said.value_label,
        tone,
        said.details,
        f"{gettext('unsure')} " if said.unsure else "",
        said.by,
    )


shop_admin.nav(NavItem(20, _("Catalogue"), "catalog_product_changelist"))
