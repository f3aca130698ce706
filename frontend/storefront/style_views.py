"""Pages of a mall's styles: each with its words, its shops and their products."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from frontend.storefront import style_selectors
from frontend.storefront.pages import LANGUAGES, answered
from recommender.mood.selectors import MallMoods, mall_moods
from recommender.mood.styles import parent_of, styles
from tenants.models import Mall, Shop


@require_safe
def every_style(request: HttpRequest, mall_slug: str) -> HttpResponse:
    mall, moods = mall_shown(mall_slug)
    lang = language_of(request)
    context = {"tiles": style_selectors.tiles(mall, moods, lang=lang)}
    return mall_page(request, "styles", mall, lang, context)


@require_safe
def style(request: HttpRequest, mall_slug: str, style_id: str) -> HttpResponse:
    mall, moods = mall_shown(mall_slug)
    found = styles(moods.head).get(style_id)
    if found is None:
        raise Http404(f"no style {style_id}")
    lang = language_of(request)
    sections = style_selectors.sections(moods, style_id, lang=lang)
    context = {
        "label": found.label(lang),
        "about": found.about(lang),
        "parent": parent_of(moods.head, style_id).label(lang),
        "sections": sections,
        "covers": style_selectors.covers(sections.shown),
        "others": style_selectors.others(mall, moods, found, lang=lang),
    }
    return mall_page(request, "style", mall, lang, context)


@require_safe
def style_of_the_only_mall(request: HttpRequest, style_id: str = "") -> HttpResponse:
    """`/styles/…` leads to the one mall whose shops can be discovered; with several, to none."""
    joined = Shop.objects.open().filter(discoverable=True)
    malls = list(Mall.objects.filter(shops__in=joined).distinct()[:2])
    if len(malls) != 1:
        raise Http404("no one mall")
    name = "storefront-style" if style_id else "storefront-styles"
    address = reverse(name, args=[malls[0].slug, *([style_id] if style_id else [])])
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{address}?{query}" if query else address)


def mall_shown(slug: str) -> tuple[Mall, MallMoods]:
    """A mall of which shops can be discovered; any other is not there."""
    mall = get_object_or_404(Mall, slug=slug)
    moods = mall_moods(mall, picks=True)
    if not moods.moods:
        raise Http404("no shop of the mall can be discovered")
    return mall, moods


def language_of(request: HttpRequest) -> str:
    """The language that the visitor chose, otherwise the browser's."""
    asked = request.GET.get("lang", request.COOKIES.get("shop-lang", ""))
    if asked in LANGUAGES:
        return asked
    spoken = (translation.get_language() or "")[:2]
    return spoken if spoken in LANGUAGES else settings.LANGUAGE_CODE


def mall_page(
    request: HttpRequest, name: str, mall: Mall, lang: str, context: dict[str, Any]
) -> HttpResponse:
    """The page of this name, with what every page of a mall shows."""
    return answered(request, name, lang, {"mall": mall, **context})
