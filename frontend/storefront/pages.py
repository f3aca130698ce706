"""What every page of a hosted storefront has: its shop, its language, its policy."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import get_object_or_404, render
from django.utils import translation

from recommender.looks.selectors import published
from tenants.models import ApiKey, Shop
from tenants.page_headers import photo_sources
from tenants.scope import shop_scope

# Nobody is signed in here: these pages hold nothing that a compressed answer could betray.
_packed = GZipMiddleware(lambda request: HttpResponse())
LANGUAGES = [code for code, _ in settings.LANGUAGES]


def content_security_policy() -> str:
    return (
        "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; "
        f"form-action 'self'; img-src 'self' blob: data:{photo_sources()}; style-src 'self'; "
        "script-src 'self'; require-trusted-types-for 'script'"
    )


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
        "name": shop.text("name", lang),
        "tagline": shop.text("tagline", lang),
        "widget_key": key.token if key else "",
    }
    return answered(request, name, lang, context)


def answered(request: HttpRequest, name: str, lang: str, context: dict[str, Any]) -> HttpResponse:
    """The template of this name in the visitor's language, which is remembered if it was asked."""
    with translation.override(lang):
        response = render(request, f"storefront/{name}.html", {"lang": lang, **context})
    response["Content-Security-Policy"] = content_security_policy()
    response["Content-Language"] = lang
    if request.GET.get("lang") == lang:
        response.set_cookie(
            "shop-lang", lang, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
        )
    _packed.process_response(request, response)
    return response
