from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frontend.storefront import selectors, style_selectors
from recommender.looks.selectors import published
from recommender.services import similar_products
from tenants.models import ApiKey, Shop
from tenants.scope import shop_scope

PAGE_SIZE = 24
SIMILAR = 6
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def content_security_policy() -> str:
    # The photos of a shop on S3 come from their own host.
    photos = " https:" if settings.MEDIA_STORAGE == "s3" else ""
    return (
        "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
        f"img-src 'self' blob: data:{photos}; style-src 'self'; script-src 'self'"
    )


@require_safe
def home(request: HttpRequest, shop_slug: str) -> HttpResponse:
    shop = shop_shown(shop_slug)
    lang = spoken(request, shop)
    category = request.GET.get("category", "")
    query = request.GET.get("q", "").strip()
    with shop_scope(shop):
        found = selectors.products(category=category, query=query)
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        context: dict[str, Any] = {
            "products": [selectors.card(one, shop=shop, lang=lang) for one in page],
            "page": page,
            "categories": selectors.categories(lang),
            "category": category,
            "query": query,
        }
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
            "description": found.text("description", lang),
            "photos": [
                {"url": one.file.url, "width": one.width, "height": one.height}
                for one in found.photos.all()
                if one.file
            ],
            "tags": selectors.facts(found, lang),
        }
        similar = similar_products(shop=shop, sku=sku, limit=SIMILAR, lang=lang)
        context["similar"] = selectors.cards_of(similar, shop=shop, lang=lang)
    return page_of(request, "product", shop, lang, context)


def shop_shown(slug: str) -> Shop:
    """The shop of this slug, if its owner shows it here."""
    return get_object_or_404(Shop.objects.open(), slug=slug, hosted_storefront=True)


def spoken(request: HttpRequest, shop: Shop) -> str:
    """The language that the visitor chose, otherwise the shop's."""
    asked = request.GET.get("lang", request.COOKIES.get("shop-lang", ""))
    return asked if asked in LANGUAGES else shop.language


def page_of(
    request: HttpRequest, name: str, shop: Shop, lang: str, context: dict[str, Any]
) -> HttpResponse:
    """The page of this name, with what every page of the storefront shows."""
    key = ApiKey.objects.live().filter(shop=shop, kind=ApiKey.Kind.PUBLISHABLE).first()
    with shop_scope(shop):
        has_looks = published().exists()
    context |= {
        "has_looks": has_looks,
        "shop": shop,
        "tagline": shop.text("tagline", lang),
        "lang": lang,
        "widget_key": key.token if key else "",
    }
    response = render(request, f"storefront/{name}.html", context)
    response["Content-Security-Policy"] = content_security_policy()
    if request.GET.get("lang") == lang:
        response.set_cookie("shop-lang", lang, samesite="Lax")
    return response
