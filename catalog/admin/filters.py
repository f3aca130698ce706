"""Filters of the product list. Each asks the garment that the product is, or its photos."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.admin.words import term_label
from catalog.models import Garment, Photo, Product, Tag

MOST_BRANDS = 40


class SeenFilter(admin.SimpleListFilter):
    """By a filter column of the garment; offers what the shop has, the most frequent first."""

    column: str
    kind: str

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        rows = (
            Garment.objects.filter(is_product=True)
            .exclude(**{self.column: ""})
            .values_list(self.column)
            .annotate(count=Count("id"))
            .order_by("-count", self.column)
        )
        return [(value, term_label(self.kind, value)) for value, _count in rows]

    def queryset(self, request: Any, queryset: QuerySet[Product]) -> QuerySet[Product]:
        if not self.value():
            return queryset
        garments = Garment.objects.filter(
            product=OuterRef("pk"), is_product=True, **{self.column: self.value()}
        )
        return queryset.filter(Exists(garments))


class CategoryFilter(SeenFilter):
    title, parameter_name = _("category"), "category"
    column = kind = "category"


class PatternFilter(SeenFilter):
    title, parameter_name = _("pattern"), "pattern"
    column = kind = "pattern"


class StyleFilter(SeenFilter):
    title, parameter_name = _("style"), "style"
    column = kind = "style"


class ColorFilter(SeenFilter):
    title, parameter_name = _("colour"), "color"
    column, kind = "color_family", "color"


class TaggingFilter(admin.SimpleListFilter):
    title, parameter_name = _("tagging"), "tagging"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("waiting", _("Waiting")),
            ("done", _("Tagged")),
            ("failed", _("A photo failed")),
            ("none", _("No photo")),
            ("unsure", _("Model is unsure")),
        ]

    def queryset(self, request: Any, queryset: QuerySet[Product]) -> QuerySet[Product]:
        photos = Photo.objects.filter(product=OuterRef("pk"))
        waiting = photos.filter(state__in=[Photo.State.PENDING, Photo.State.WORKING])
        asked = {
            "waiting": Exists(waiting),
            "done": ~Exists(waiting) & Exists(photos.filter(state=Photo.State.DONE)),
            "failed": Exists(photos.filter(state=Photo.State.FAILED)),
            "none": ~Exists(photos),
            "unsure": Exists(
                Tag.objects.filter(
                    product=OuterRef("pk"),
                    kind="category",
                    source=Tag.Source.MODEL,
                    unsure=True,
                )
            ),
        }
        chosen = asked.get(self.value() or "")
        return queryset.filter(chosen) if chosen else queryset


class StockFilter(admin.SimpleListFilter):
    title, parameter_name = _("stock"), "stock"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("In stock")), ("no", _("Sold out"))]

    def queryset(self, request: Any, queryset: QuerySet[Product]) -> QuerySet[Product]:
        if self.value() not in ("yes", "no"):
            return queryset
        return queryset.filter(in_stock=self.value() == "yes")


class BrandFilter(admin.SimpleListFilter):
    title, parameter_name = _("brand"), "brand"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        rows = Product.objects.filter(~Q(brand="")).values_list("brand")
        rows = rows.annotate(count=Count("id")).order_by("-count", "brand")[:MOST_BRANDS]
        return [(brand, brand) for brand, _count in rows]

    def queryset(self, request: Any, queryset: QuerySet[Product]) -> QuerySet[Product]:
        return queryset.filter(brand=self.value()) if self.value() else queryset
