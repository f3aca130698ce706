"""Today, the first page of a shop: four questions, and the rows behind their answers."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from analytics.selectors import Day, daily_counts
from analytics.today import costs, counts, looked_for, waits
from billing.admin import KIND_NAMES
from billing.models import Kind
from billing.selectors import usage_of
from catalog.admin.start.steps import lead_in_on_today
from catalog.models import ImportRun
from catalog.selectors import photo_progress
from catalog.services.revisions import revision_progress
from tenants.admin_site import NavItem, shop_admin

RECENT_RUNS = 5
# Of these some may ask; an older one that nobody answered stands in their list.
LOOKED_AT_RUNS = 50


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
            {"cost": cost, "label": KIND_NAMES[Kind(cost.line.kind)]}
            for cost in costs(usage, request.shop.mall)
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


shop_admin.nav(NavItem(10, _("Today"), "index"))
