"""Filters of the product list. Each reads an index, so that a large shop's list is as fast."""

from typing import Any

from django.contrib import admin
from django.core.cache import cache
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.admin.newest import alone, counting_newest, newest_of, photographed_newest
from catalog.admin.words import kind_label, term_label
from catalog.models import Photo, Product, ProductFacet, Tag
from catalog.models.teaching import OWN
from catalog.shop_taxonomy import shop_taxonomy
from tenants.scope import current_shop_id
from vision.taxonomy import taxonomy

MOST_BRANDS = 40
BRANDS_OF = 10_000
"""Products, the newest, whose brands are counted."""
BRANDS_SECONDS = 600
Source = Tag.Source
KINDS = ("category", "pattern", "color", "style")

_SAID = """
    SELECT known.kind, known.value
    FROM unnest(%(kinds)s::text[], %(values)s::text[]) WITH ORDINALITY AS known(kind, value, place)
    WHERE CASE known.kind WHEN 'own' THEN EXISTS (
        SELECT 1 FROM catalog_productfacet
        WHERE shop_id = %(shop)s AND kind = known.kind AND value = known.value
    ) ELSE EXISTS (
        SELECT 1 FROM catalog_tag
        WHERE shop_id = %(shop)s AND kind = known.kind AND value = known.value
    ) END ORDER BY known.place
"""

_BRANDS = """
    SELECT brand FROM (
        SELECT brand FROM catalog_product WHERE shop_id = %s AND gone_at IS NULL
        ORDER BY id DESC LIMIT %s
    ) AS newest WHERE brand <> '' GROUP BY brand ORDER BY count(*) DESC, brand LIMIT %s
"""


def counting(kind: str, value: str) -> QuerySet[Tag]:
    """The tags that say so and count: a person's above the feed's, that above the model's."""
    others = Tag.objects.filter(product=OuterRef("product"), kind=kind)
    person = Exists(others.filter(source=Source.PERSON))
    feed = Exists(others.filter(source=Source.FEED))
    return Tag.objects.filter(kind=kind, value=value).filter(
        Q(source=Source.PERSON)
        | Q(Q(source=Source.FEED) & ~person)
        | Q(Q(source=Source.MODEL) & ~person & ~feed)
    )


def said_values(request: Any) -> dict[str, list[str]]:
    """By kind the values that the shop's products have, in the taxonomy's order: one statement."""
    held: dict[str, list[str]] | None = getattr(request, "_said_values", None)
    if held is None:
        known = taxonomy()
        pairs = [(kind, one) for kind in known.kinds if kind != "group" for one in known.ids(kind)]
        pairs += [(OWN, one.id) for one in shop_taxonomy().own if one.shown]
        held = {}
        with connection.cursor() as cursor:
            kinds, values = [one for one, _ in pairs], [one for _, one in pairs]
            told: dict[str, Any] = {"kinds": kinds, "values": values, "shop": current_shop_id()}
            cursor.execute(_SAID, told)
            for kind, value in cursor.fetchall():
                held.setdefault(kind, []).append(value)
        request._said_values = held
    return held


class TagFilter(admin.SimpleListFilter):
    """By a tag that counts; with `CertaintyFilter` only those of a source or a confidence."""

    kind: str

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        values = said_values(request).get(self.kind, [])
        return [(value, term_label(self.kind, value)) for value in values]

    def queryset(self, request: Any, queryset: QuerySet[Product]) -> QuerySet[Product]:
        value = self.value()
        if not value:
            return queryset
        said = request.GET.get("said", "")
        if alone(request, self.kind, "said"):
            return queryset.filter(pk__in=counting_newest(self.kind, saying(said), value=value))
        tags = counting(self.kind, value).filter(saying(said))
        return queryset.filter(pk__in=tags.values("product"))


def tag_filters() -> list[type[TagFilter]]:
    """One for every head; those that say nothing in this shop are not shown."""
    kinds = [*KINDS, *(kind for kind in taxonomy().attributes if kind not in KINDS)]
    return [
        type(
            f"{kind.title()}Filter",
            (TagFilter,),
            {"kind": kind, "parameter_name": kind, "title": _Title(kind)},
        )
        for kind in kinds
    ]


class _Title:
    """A kind's name in the reader's language, whenever it is asked for."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __str__(self) -> str:
        return kind_label(self.kind).lower()


class OwnFilter(admin.SimpleListFilter):
    """By a value of the shop's own, where its class gave it to a product."""

    title, parameter_name = _("the shop's own"), OWN

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        return [(one, term_label(OWN, one)) for one in said_values(request).get(OWN, [])]

    def queryset(self, request: Any, queryset: QuerySet[Product]) -> QuerySet[Product]:
        value = self.value()
        if not value:
            return queryset
        having = ProductFacet.objects.filter(kind=OWN, value=value)
        found: Any = having.values("product")
        if alone(request, OWN):
            found = newest_of(having)
        return queryset.filter(pk__in=found)


class CertaintyFilter(admin.SimpleListFilter):
    """Who said the chosen tags, and how sure; of the category where none is chosen."""

    title, parameter_name = _("said by"), "said"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("unsure", _("Model, unsure")),
            ("sure", _("Model, sure")),
            ("person", _("Person")),
            ("feed", _("Feed")),
        ]

    def queryset(self, request: Any, queryset: QuerySet[Product]) -> QuerySet[Product]:
        said = self.value() or ""
        chosen = any(request.GET.get(one.parameter_name) for one in tag_filters())
        if not said or chosen:
            return queryset
        if alone(request, "said"):
            return queryset.filter(pk__in=counting_newest("category", saying(said)))
        tags = Tag.objects.filter(kind="category")
        others = Tag.objects.filter(product=OuterRef("product"), kind="category")
        above = [Source.PERSON] if said == "feed" else [Source.PERSON, Source.FEED]
        if said != "person":
            tags = tags.filter(~Exists(others.filter(source__in=above)))
        return queryset.filter(pk__in=tags.filter(saying(said)).values("product"))


def saying(said: str) -> Q:
    """Of tags: by whom, and how sure; everything where nothing is asked."""
    model = Q(source=Source.MODEL)
    wanted = {
        "unsure": model & Q(unsure=True),
        "sure": model & Q(unsure=False),
        "person": Q(source=Source.PERSON),
        "feed": Q(source=Source.FEED),
    }
    return wanted.get(said, Q())


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
        waits = [Photo.State.PENDING, Photo.State.WORKING]
        states = {"waiting": waits, "failed": [Photo.State.FAILED]}
        asked = self.value() or ""
        if asked in states:
            if alone(request, "tagging"):
                return queryset.filter(pk__in=photographed_newest(states[asked]))
            found = Photo.objects.filter(state__in=states[asked])
            return queryset.filter(pk__in=found.values("product"))
        if asked == "unsure":
            unsure = Tag.objects.filter(kind="category", source=Source.MODEL, unsure=True)
            return queryset.filter(pk__in=unsure.values("product"))
        if asked == "none":
            return queryset.filter(~Exists(photos))
        if asked == "done":
            waiting = photos.filter(state__in=waits)
            done = photos.filter(state=Photo.State.DONE)
            return queryset.filter(~Exists(waiting), Exists(done))
        return queryset


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
        """The most frequent, counted at most every ten minutes; and the one that is chosen."""
        name = f"desk-brands:{current_shop_id()}"
        brands: list[str] = cache.get(name) or []
        if not brands:
            brands = _brands()
            cache.set(name, brands, BRANDS_SECONDS)
        asked = request.GET.get(self.parameter_name)
        brands += [asked] if asked and asked not in brands else []
        return [(brand, brand) for brand in brands]

    def queryset(self, request: Any, queryset: QuerySet[Product]) -> QuerySet[Product]:
        return queryset.filter(brand=self.value()) if self.value() else queryset


def _brands() -> list[str]:
    """Of the newest products alone: so it takes no longer however many there are."""
    values = [current_shop_id(), BRANDS_OF, MOST_BRANDS]
    with connection.cursor() as cursor:
        cursor.execute(_BRANDS, values)
        return [brand for (brand,) in cursor.fetchall()]
