"""The demand map: what shoppers looked for, over what the shop has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.insights.dates import PRESETS, Dates, dates_asked, span
from analytics.map.demand.drawing import NotDrawn, drawable, prototype
from analytics.map.demand.regions import Region, regions
from analytics.map.pages.catalogue import map_context
from analytics.map.selectors import Card, cards
from analytics.models import MapSearch
from catalog.admin.words import language, term_label
from tenants.admin_site import shop_admin
from tenants.csv_cells import BYTE_ORDER_MARK, csv_line

MOST_POINTS = 5_000
"""Searches drawn, the newest."""
MOST_REGIONS = 30
NEAREST = 3
DRAWING_SECONDS = 7 * 24 * 3600
HUNDRED = 100
RANGES = ("7", "30", "90")
"""Of the presets: searches stand on the map for three months."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A region as a page shows it; `percent` of likeness of the nearest product."""

    region: Region
    name: str
    number: int
    drawing: str
    nearest: tuple[Card, ...]
    percent: int | None


@shop_admin.page("map/demand/", name="map_demand")
def demand(request: Any) -> HttpResponse:
    """Searches over the map, and what is looked for where nothing stands."""
    dates = _dates(request)
    start, end = span(dates.start, dates.end)
    found = shown(regions(start=start, end=end)[:MOST_REGIONS])
    rows = MapSearch.objects.filter(at__gte=start, at__lt=end)
    context = {
        **map_context(request),
        "title": _("Demand"),
        "dates": dates,
        "ranges": [
            {"value": one, "label": PRESETS[one], "here": dates.preset == one} for one in RANGES
        ],
        "regions": found,
        "circles": [
            {
                "x": one.region.place[0],
                "y": one.region.place[1],
                "size": one.region.size,
                "number": one.number,
                "name": one.name,
            }
            for one in found
            if one.region.place
        ],
        "placed": rows.count(),
        "far": rows.filter(far=True).count(),
    }
    return render(request, "admin/shop/map_demand.html", context)


@shop_admin.page("map/demand/searches/", name="map_demand_searches")
def searches(request: Any) -> HttpResponse:
    """Where the searches of the range stand: x, y, and 1 for those that nothing is near to."""
    dates = _dates(request)
    start, end = span(dates.start, dates.end)
    rows = MapSearch.objects.filter(at__gte=start, at__lt=end).order_by("-at")
    points = rows.values_list("x", "y", "far")[:MOST_POINTS]
    return JsonResponse({"points": [(round(x, 4), round(y, 4), int(far)) for x, y, far in points]})


@shop_admin.page("map/demand/regions.csv", name="map_demand_csv")
def regions_csv(request: Any) -> HttpResponseBase:
    """All regions of the range, the largest first."""
    dates = _dates(request)
    start, end = span(dates.start, dates.end)
    lines = _lines(shown(regions(start=start, end=end)))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"demand-{dates.start}-{dates.end}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@shop_admin.page("map/drawn/<str:category>.webp", name="map_drawn")
def drawn(request: Any, category: str) -> HttpResponse:
    """A drawing of a garment by its ids of the taxonomy; nothing of any shop is in it."""
    try:
        body = prototype(category, request.GET.get("color", ""), request.GET.get("pattern", ""))
    except NotDrawn as unknown:
        raise Http404("nothing like it can be drawn") from unknown
    response = HttpResponse(body, content_type="image/webp")
    response["Cache-Control"] = f"private, max-age={DRAWING_SECONDS}"
    return response


def shown(found: Sequence[Region]) -> list[Shown]:
    """With names, drawings and the nearest products. In the shop's scope."""
    near = {card.product.pk: card for card in cards({pk for one in found for pk in one.nearest})}
    return [
        Shown(
            region=one,
            name=name_of(one),
            number=at,
            drawing=_drawing(one),
            nearest=tuple(near[pk] for pk in one.nearest if pk in near)[:NEAREST],
            percent=None if one.alike is None else max(0, round(HUNDRED * one.alike)),
        )
        for at, one in enumerate(found, start=1)
    ]


def name_of(region: Region) -> str:
    """ "khaki linen shirt": what the searches of a region have in common, as a person says it."""
    if not region.words:
        return f"“{region.text}”"
    labels = [term_label(kind, value) for kind, value in region.words]
    if language() == "ko":
        return " ".join(labels)
    return " ".join(labels).lower()


def _drawing(region: Region) -> str:
    if not drawable(region.category):
        return ""
    address = reverse("admin:map_drawn", args=[region.category])
    return f"{address}?color={region.color}&pattern={region.pattern}"


def _dates(request: Any) -> Dates:
    return dates_asked(request.GET, today=timezone.localdate())


def _lines(found: Sequence[Shown]) -> Iterator[str]:
    yield BYTE_ORDER_MARK + csv_line(
        [
            gettext("Searches"),
            gettext("What was looked for"),
            gettext("By photo or drawing"),
            gettext("In words"),
            gettext("Newest"),
            gettext("Nearest products (SKU)"),
            gettext("How alike the nearest is, %"),
        ]
    )
    for one in found:
        yield csv_line(
            [
                one.region.size,
                one.name,
                one.region.by_photo,
                "; ".join(one.region.texts),
                timezone.localtime(one.region.newest).strftime("%Y-%m-%d %H:%M"),
                "; ".join(card.product.sku for card in one.nearest),
                "" if one.percent is None else one.percent,
            ]
        )
