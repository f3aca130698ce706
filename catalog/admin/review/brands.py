"""A rule for all photos of a brand: which garment in them is the product."""

from typing import Any

from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.admin.review.shown import Shown
from catalog.admin.seen import choices_of
from catalog.admin.words import term_label
from catalog.models import BrandRule, Garment, Product
from catalog.services.brand_rules import (
    RulePreview,
    UnknownBrand,
    rule_make,
    rule_preview,
    rule_undo,
)
from tenants.admin_site import shop_admin
from tenants.audit import audit_record
from tenants.scope import current_shop_id
from vision.taxonomy import taxonomy

REGIONS = {
    "upper": _("the upper garment"),
    "outer": _("the coat or jacket"),
    "full-body": _("the dress or overall"),
    "lower": _("the lower garment"),
    "footwear": _("the shoes"),
    "headwear": _("the headwear"),
    "bag": _("the bag"),
}
SHOWN_RULES = 100
MOST_BRANDS = 300

# From brand to brand along the index, not through all products of each.
_BRANDS = """
    WITH RECURSIVE brand AS (
        (SELECT value FROM catalog_productfacet WHERE shop_id = %(shop)s AND kind = 'brand'
         ORDER BY value LIMIT 1)
        UNION ALL
        SELECT (SELECT facet.value FROM catalog_productfacet AS facet
                WHERE facet.shop_id = %(shop)s AND facet.kind = 'brand'
                    AND facet.value > brand.value
                ORDER BY facet.value LIMIT 1)
        FROM brand WHERE brand.value IS NOT NULL
    )
    SELECT value FROM brand WHERE value IS NOT NULL LIMIT %(most)s
"""


@shop_admin.page("review/brands/", name="review_brands")
def brands(request: Any) -> HttpResponse:
    """The rules, and what a new one would change; a POST makes it."""
    if request.method == "POST":
        return _made(request)
    asked = {name: request.GET.get(name, "").strip() for name in ("brand", "region", "category")}
    preview, error = None, ""
    if asked["brand"] and asked["region"]:
        try:
            preview = rule_preview(**asked)
        except UnknownBrand:
            error = gettext("No product has this brand.")
        except ValueError:
            raise Http404("no such garment") from None
    context = {
        **shop_admin.each_context(request),
        "title": _("Garments by brand"),
        "asked": asked,
        "error": error,
        "preview": preview,
        "examples": _examples(preview) if preview else [],
        "brands": _brands(),
        "regions": _regions(),
        "categories": choices_of("category"),
        "rules": [_shown(rule) for rule in BrandRule.objects.order_by("-at")[:SHOWN_RULES]],
    }
    return render(request, "admin/catalog/review/brands.html", context)


@shop_admin.page("review/brands/<int:pk>/undo/", name="review_brand_undo")
def undo(request: Any, pk: int) -> HttpResponse:
    rule = rule_undo(rule_id=pk) if request.method == "POST" else None
    if rule is None:
        raise Http404("no such rule in this shop")
    audit_record(actor=request.user, action="brand_rule_undo", target=rule)
    messages.success(request, gettext("Taken back. The products follow in a few minutes."))
    return HttpResponseRedirect(reverse("admin:review_brands"))


def _made(request: Any) -> HttpResponse:
    asked = {name: request.POST.get(name, "").strip() for name in ("brand", "region", "category")}
    try:
        rule = rule_make(**asked, by=request.user)
    except (UnknownBrand, ValueError):
        raise Http404("no such brand or garment") from None
    changes = {name: [None, value] for name, value in asked.items() if value}
    audit_record(actor=request.user, action="brand_rule", target=rule, changes=changes)
    messages.success(request, gettext("Saved. The products follow in a few minutes."))
    return HttpResponseRedirect(reverse("admin:review_brands"))


def _brands() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_BRANDS, {"shop": current_shop_id(), "most": MOST_BRANDS})
        return [brand for (brand,) in cursor.fetchall()]


def _regions() -> list[tuple[str, Any]]:
    return [(one, REGIONS[one]) for one in taxonomy().regions if one in REGIONS]


def _shown(rule: BrandRule) -> dict[str, Any]:
    category = term_label("category", rule.category) if rule.category else ""
    return {"rule": rule, "region": REGIONS.get(rule.region, rule.region), "category": category}


def _examples(preview: RulePreview) -> list[dict[str, Any]]:
    """Photos with today's garment dashed and the rule's drawn."""
    ids = [one for _product, *pair in preview.examples for one in pair]
    rows = Garment.objects.filter(pk__in=ids).select_related("photo")
    garments = {row.pk: row for row in rows.defer("embedding", "palette", "tags", "shades")}
    products = {
        one.pk: one for one in Product.objects.filter(pk__in=[e[0] for e in preview.examples])
    }
    return [
        {
            "product": products[product_id],
            "old": Shown.of(garments[old]),
            "new": Shown.of(garments[new]),
            "label": term_label("category", garments[new].category),
        }
        for product_id, old, new in preview.examples
        if garments[new].photo.file
    ]
