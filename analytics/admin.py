"""Today, the first page of a shop, and Insights: what shoppers looked for."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from analytics.selectors import SHOWN_DAYS, Day, daily_counts
from analytics.today import costs, counts, looked_for, waits
from billing.admin import KIND_NAMES
from billing.models import Kind
from billing.selectors import usage_of
from catalog.admin.start.steps import lead_in_on_today
from catalog.models import ImportRun
from catalog.selectors import photo_progress
from catalog.services.revisions import revision_progress
from recommender.mood.selectors import shop_mood
from recommender.mood.styles import styles
from tenants.admin_site import NavItem, shop_admin
from tenants.models import Shop
from tenants.problems import current_language

RECENT_RUNS = 5
# Of these some may ask; an older one that nobody answered stands in their list.
LOOKED_AT_RUNS = 50
SHOWN_STYLES = 5
# Of the chart, in its own units: a day's place is 10 wide.
CHART_HEIGHT = 100
CHART_STEP = 10


@shop_admin.page("", name="index")
def today(request: Any) -> HttpResponse:
    """Is everything tagged, what waits for me, what did shoppers do, what will it cost."""
    days = daily_counts(request.shop, days=7)
    photos, usage = photo_progress(), usage_of(request.shop.mall)
    counted = counts(request.shop)
    newest = ImportRun.objects.order_by("-created_at").defer("mapping", "summary")
    runs = list(newest[:LOOKED_AT_RUNS])
    context = {
        **shop_admin.each_context(request),
        "title": _("Today"),
        "products": counted.products,
        "photos": photos,
        "waiting": waits(photos, counted, runs),
        "looked": looked_for(),
        "costs": [
            {"cost": cost, "label": KIND_NAMES[Kind(cost.line.kind)]} for cost in costs(usage)
        ],
        "coming": revision_progress(request.shop),
        "day": days[0],
        "week": Day(
            days[-1].day, sum(one.searches for one in days), sum(one.clicks for one in days)
        ),
        "usage": usage,
        "start": lead_in_on_today(request.shop, photos),
        "runs": [run for run in runs if run.kind != ImportRun.Kind.DESK][:RECENT_RUNS],
    }
    return render(request, "admin/shop/today.html", context)


@shop_admin.page("insights/", name="insights", nav=(50, _("Insights")))
def insights(request: Any) -> HttpResponse:
    """Searches and clicks of the last thirty days."""
    days = daily_counts(request.shop)
    context = {
        **shop_admin.each_context(request),
        "title": _("Insights"),
        "days": days,
        "bars": bars(days),
        "chart_width": CHART_STEP * SHOWN_DAYS,
        "searches": sum(day.searches for day in days),
        "clicks": sum(day.clicks for day in days),
        "mood": mood_of(request.shop),
    }
    return render(request, "admin/shop/insights.html", context)


def mood_of(shop: Shop) -> dict[str, Any] | None:
    """The style that sets the shop apart, and its largest styles beside the mall's; None before
    its first product was tagged."""
    mood = shop_mood(shop)
    if mood is None:
        return None
    lang, known = current_language(), styles(mood.row.head)
    largest = sorted(mood.shares, key=lambda style: -mood.shares[style])[:SHOWN_STYLES]
    return {
        "label": known[mood.style].label(lang),
        "joined": shop.discoverable,
        "rows": [
            {
                "label": known[style].label(lang),
                "share": 100 * mood.shares[style],
                "average": 100 * mood.average[style],
            }
            for style in largest
        ],
    }


def bars(days: list[Day]) -> list[dict[str, Any]]:
    """Two bars a day, oldest first, the tallest as high as the chart."""
    most = max((max(day.searches, day.clicks) for day in days), default=0) or 1
    return [
        {
            "day": day,
            "x": CHART_STEP * place,
            "searches": _bar(day.searches, most),
            "clicks": _bar(day.clicks, most),
        }
        for place, day in enumerate(reversed(days))
    ]


def _bar(count: int, most: int) -> dict[str, float]:
    height = round(CHART_HEIGHT * count / most, 1)
    return {"y": CHART_HEIGHT - height, "height": height}


shop_admin.nav(NavItem(10, _("Today"), "index"))
