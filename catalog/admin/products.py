"""Products: a list of photos, and a page with everything that was seen in them."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import models
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from billing.limits import plan_in_scope
from catalog.admin import filters
from catalog.admin.bulk import bulk_begin, undo_offered
from catalog.admin.fault_words import fault_words
from catalog.admin.forms import ProductForm
from catalog.admin.framed import framed_photos
from catalog.admin.history import history_of
from catalog.admin.pages import CappedPaginator
from catalog.admin.photos import photo_add_view
from catalog.admin.product_columns import ProductColumns
from catalog.admin.seen import (
    Card,
    card,
    palette_of,
    tag_rows,
    with_what_was_seen,
)
from catalog.admin.teaching.of_product import own_values
from catalog.admin.words import term_label
from catalog.models import Product, Tag
from catalog.services.plan_limit import PLAN_LIMIT, limit_words, products_left
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

    def get_queryset(self, request: Any, exclude_parameters: Any = None) -> Any:
        return with_what_was_seen(super().get_queryset(request, exclude_parameters))

    @property
    def cards(self) -> list[Card]:
        return [card(product) for product in self.result_list]


@admin.register(Product, site=shop_admin)
class ProductAdmin(ProductColumns, ShopModelAdmin):
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
        filters.CertaintyFilter,
        *filters.tag_filters(),
        filters.OwnFilter,
        filters.StockFilter,
        filters.BrandFilter,
    )
    paginator = CappedPaginator
    actions = ("change_several",)
    list_per_page = 48
    list_max_show_all = 0
    # Counting each value of each filter is what a large shop's list must not do.
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("title", "sku", "brand")
    search_help_text = _("Title, SKU or brand")
    ordering = ("-id",)
    fieldsets = (
        (None, {"fields": ("title", "sku", "brand", "description", "url")}),
        (_("Price"), {"fields": ("price", "sale_price", "currency", "in_stock")}),
        (_("More"), {"fields": ("gender", "season", "feed_category", "variant_group")}),
    )

    def get_actions(self, request: Any) -> Any:
        """Deleting is one of the changes: counted, kept and undoable as the others."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions if self.may_write(request) else {}

    @admin.action(description=_("Change or delete…"))
    def change_several(self, request: Any, queryset: models.QuerySet[Product]) -> Any:
        return bulk_begin(request, queryset)

    def get_search_results(self, request: Any, queryset: Any, search_term: str) -> Any:
        """A whole SKU is that product; other words stand somewhere in title, SKU or brand."""
        found = queryset.filter(sku=search_term.strip()) if search_term.strip() else None
        if found is not None and found.exists():
            return found, False
        return super().get_search_results(request, queryset, search_term)

    def changelist_view(self, request: Any, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(
            request, {"undo": undo_offered(request)} | (extra_context or {})
        )

    def history_view(self, request: Any, object_id: str, extra_context: Any = None) -> HttpResponse:
        product = self.get_object(request, object_id)
        if product is None:
            raise Http404("no such product in this shop")
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("History of %(name)s") % {"name": product},
            "product": product,
            "happened": history_of(product),
        }
        return render(request, "admin/catalog/product/history.html", context)

    def get_changelist(self, request: Any, **kwargs: Any) -> type[ChangeList]:
        return ProductList

    def get_object(self, request: Any, object_id: Any, from_field: Any = None) -> Any:
        """Read once a request."""
        held = getattr(request, "_product", None)
        if held is None or str(held.pk) != str(object_id):
            held = request._product = super().get_object(request, object_id, from_field)
        return held

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

    def add_view(self, request: Any, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Not where the plan has no room for one more."""
        plan = plan_in_scope()
        if products_left(plan) == 0:
            messages.error(request, fault_words(PLAN_LIMIT, limit_words(plan)))
            return HttpResponseRedirect(reverse("admin:catalog_product_changelist"))
        return super().add_view(request, form_url, extra_context)

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
        context = {
            "title": product.title,
            "subtitle": None,
            "photos": framed_photos(product),
            "palette": palette_of(product),
            "tag_rows": tag_rows(product),
            "own_values": own_values(product),
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


shop_admin.nav(NavItem(20, _("Catalogue"), "catalog_product_changelist"))
