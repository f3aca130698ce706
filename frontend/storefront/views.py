from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontend.storefront import covers, selectors, style_selectors
from frontend.storefront.pages import page_of, shop_shown, spoken
from tenants.scope import shop_scope

PAGE_SIZE = 24
HERO = 3
STORIES = 5
"""Looks told of on the front page."""
SAMPLES = 6
"""Photos to try the lens with."""
SHELF = 48
"""Products that they are taken from, where a shop has no looks."""


@require_safe
def home(request: HttpRequest, shop_slug: str) -> HttpResponse:
    shop = shop_shown(shop_slug)
    lang = spoken(request, shop)
    category = request.GET.get("category", "")
    query = request.GET.get("q", "").strip()
    with shop_scope(shop):
        found = selectors.products(category=category, query=query)
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        cards = [selectors.card(one, shop=shop, lang=lang) for one in page]
        front = bool(cards) and not category and not query and page.number == 1
        context: dict[str, Any] = {
            "front": front,
            "products": cards,
            "page": page,
            "categories": selectors.categories(lang),
            "category": category,
            "query": query,
        }
        if front:
            looks = covers.covers(shop, lang, limit=HERO + STORIES)
            whole = len(looks) >= HERO
            context["hero"] = looks[:HERO] if whole else covers.of_products(cards, HERO)
            context["stories"] = looks[HERO:] if whole else []
            context["kinds"] = selectors.kinds(context["categories"], shop=shop, lang=lang)
    context["mood"] = style_selectors.mood_of(shop, lang=lang)
    return page_of(request, "home", shop, lang, context)


@require_safe
def product(request: HttpRequest, shop_slug: str, sku: str) -> HttpResponse:
    shop = shop_shown(shop_slug)
    lang = spoken(request, shop)
    with shop_scope(shop):
        found = selectors.products().filter(sku=sku).first()
        if found is None:
            raise Http404(f"no product {sku}")
        context: dict[str, Any] = {
            "product": selectors.card(found, shop=shop, lang=lang),
            "price": found.selling_price,
            "currency": found.currency,
            "description": found.text("description", lang),
            "photos": [selectors.picture(one, shop) for one in found.photos.all() if one.file],
            "variants": selectors.variants(found, shop=shop, lang=lang),
            "tags": selectors.facts(found, lang),
            "looks": covers.with_product(shop, found, lang),
        }
    return page_of(request, "product", shop, lang, context)


@require_safe
def find(request: HttpRequest, shop_slug: str) -> HttpResponse:
    """Search by photo as a page: asked, looked at, found. `samples` are for who has no photo."""
    shop = shop_shown(shop_slug)
    lang = spoken(request, shop)
    with shop_scope(shop):
        samples = covers.covers(shop, lang, limit=SAMPLES)
        if len(samples) < HERO:
            shelf = selectors.products()[:SHELF]
            cards = [selectors.card(one, shop=shop, lang=lang) for one in shelf]
            samples = covers.of_products(cards, SAMPLES)
    return page_of(request, "find", shop, lang, {"samples": samples})


@require_safe
def bag(request: HttpRequest, shop_slug: str) -> HttpResponse:
    """The demo's bag lies in the browser's session; here are its words."""
    shop = shop_shown(shop_slug)
    return page_of(request, "bag", shop, spoken(request, shop), {})


@require_safe
def thanks(request: HttpRequest, shop_slug: str) -> HttpResponse:
    shop = shop_shown(shop_slug)
    return page_of(request, "thanks", shop, spoken(request, shop), {})
