"""A shopper's photo on a mall's pages: its style, and the shops that share it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from frontend.storefront.discover_selectors import found_shops
from frontend.storefront.style_views import language_of, mall_page, mall_shown
from recommender.mood.discovery import DiscoverAsked, discover
from recommender.mood.styles import styles
from recommender.timing import Timings
from tenants.problem_texts import PROBLEMS
from tenants.problems import Problem
from tenants.rates import Rate, rate_count
from tenants.throttles import network_of


def by_photo(request: HttpRequest, mall_slug: str) -> HttpResponse:
    """Three shops for a photo; a plain visit leads to the styles. The photo is dropped."""
    mall, _ = mall_shown(mall_slug)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("storefront-styles", args=[mall.slug]))
    lang = language_of(request)
    sent = request.FILES.get("image")
    asked = DiscoverAsked(image=sent.read() if sent else b"", lang=lang)
    try:
        # As often as a publishable key may search from one address, for these pages have none.
        rate = Rate.of(settings.API_RATE_PUBLISHABLE)
        if rate_count(f"discover-page:{network_of(request)}", rate):
            raise Problem("rate_limited")
        with translation.override(lang):
            found = discover(mall=mall, asked=asked, timings=Timings())
    except Problem as problem:
        said = PROBLEMS[problem.code].words(lang)
        response = mall_page(request, "discover", mall, lang, {"problem": said})
        response.status_code = problem.status_code
        return response
    context = {
        "label": styles(found.head)[found.style].label(lang) if found.style else "",
        "about": styles(found.head)[found.style].about(lang) if found.style else "",
        "style_id": found.style,
        "shops": found_shops(found, lang=lang),
    }
    return mall_page(request, "discover", mall, lang, context)
