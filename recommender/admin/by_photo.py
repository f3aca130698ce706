"""The owner looks for products by a photo, inside the admin: nothing is counted or kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from catalog.admin.words import language, term_label
from catalog.models import Product
from catalog.money import display
from catalog.selectors import live_revision
from recommender.asked import Asked
from recommender.listing import Sought, listing
from recommender.merchandising import Arrangement, arranged_by
from recommender.query import Query
from recommender.results import Match, Reasons, page_cut
from recommender.sources import photo_query
from recommender.timing import Timings
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import EVERYONE, shop_admin
from tenants.models import Shop
from tenants.problem_texts import PROBLEMS
from tenants.problems import Problem
from tenants.scope import shop_scope
from vision.decode import DEFAULT_LIMITS

SHOWN = 24


@shop_admin.page("catalog/product/find/", name="product_find", writers=EVERYONE)
@opens_own_scope
def find(request: Any) -> HttpResponse:
    """An upload, a photo from the clipboard, and the nearest products to it."""
    context: dict[str, Any] = {"title": _("Search by photo"), "asked": request.method == "POST"}
    status = 200
    if request.method == "POST":
        try:
            context |= _found(request)
        except Problem as problem:
            context["error"] = PROBLEMS[problem.code].words(language()).detail
            status = 400
    with shop_scope(request.shop):
        context = {**shop_admin.each_context(request), **context}
        return render(request, "admin/shop/find.html", context, status=status)


def _found(request: Any) -> dict[str, Any]:
    photo = request.FILES.get("photo")
    if photo is None:
        raise Problem("empty")
    data = photo.read(DEFAULT_LIMITS.max_bytes + 1)
    revision = live_revision(request.shop)
    query = photo_query(data, box=None, revision=revision, timings=Timings())
    with shop_scope(request.shop):
        if not Product.objects.exists():
            raise Problem("no_products")
        matches = nearest(shop=request.shop, query=query, revision=revision)
    lang = language()
    return {
        "seen": [
            term_label("category", garment.tags["category"].id)
            for garment in query.garments
            if "category" in garment.tags and query.found
        ],
        "results": [
            {"match": one, "price": display(_price(one), one.product.currency, lang)}
            for one in matches
        ],
    }


def nearest(*, shop: Shop, query: Query, revision: str) -> tuple[Match, ...]:
    """The shop's products in the order of likeness alone: no rule moves any. In its scope."""
    asked = Asked(limit=SHOWN, lang=language(), by_variant=False, fold=False)
    made = listing(
        shop=shop, sought=Sought(query), asked=asked, revision=revision, arranging=_no_rules
    )
    reasons = Reasons(query, made.weights, asked.lang)
    return page_cut(made.listed, start=0, limit=SHOWN, reasons=reasons).matches


def _no_rules(*, shop: Shop, query: Any, **_: Any) -> Arrangement:
    return arranged_by((), shop=shop, query=query)


def _price(match: Match) -> int | None:
    product = match.product
    return product.price if product.sale_price is None else product.sale_price
