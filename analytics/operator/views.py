"""`/operator/numbers/`: what shoppers did in all malls. Sums only: no row of a shop is read."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from analytics.insights.dates import PRESETS, Dates, dates_asked
from analytics.operator.figures import MallFigures, malls_figures, of_shops, whole
from tenants.csv_cells import BYTE_ORDER_MARK, csv_line
from tenants.models import Mall
from tenants.operator_pages import operator_page, operator_render

READS = "analytics.view_shopday"
ROWS = 50
COLUMNS = (
    *("mall", "shops", "searches", "searches_before", "without_a_good_answer", "clicks", "carts"),
    *("orders", "orders_after_a_search", "currency", "revenue", "attributed"),
)


@operator_page(reads=READS)
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """All malls, those with the most searches first."""
    dates = _dates(request)
    found = malls_figures(dates)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return operator_render(
        request,
        "admin/operator/numbers.html",
        title=_("Numbers"),
        place="numbers",
        page=page,
        rows=page.object_list,
        whole=whole(found),
        **_choice(dates),
    )


@operator_page(reads=READS)
@require_safe
def mall_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """One mall, shop by shop."""
    found = get_object_or_404(Mall, pk=pk)
    dates, shops = _dates(request), list(found.shops.order_by("name"))
    figures = of_shops(dates, shops)
    return operator_render(
        request,
        "admin/operator/mall_numbers.html",
        title=found.name,
        place="numbers",
        mall=found,
        rows=[{"shop": shop, "now": figures[shop.pk]} for shop in shops],
        **_choice(dates),
    )


@operator_page(reads=READS)
@require_safe
def numbers_csv(request: HttpRequest) -> HttpResponse:
    """All malls, a row for each currency that was sold in."""
    dates = _dates(request)
    lines = [csv_line(line) for one in malls_figures(dates) for line in _lines(one)]
    response = HttpResponse(
        BYTE_ORDER_MARK + csv_line(COLUMNS) + "".join(lines), content_type="text/csv; charset=utf-8"
    )
    name = f"malls-{dates.start}-{dates.end}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(one: MallFigures) -> list[list[Any]]:
    now = one.now
    counts = [
        *(one.mall.name, one.shops, now.searches, one.before.searches if one.before else ""),
        *(now.poor, now.clicks, now.carts, now.purchases, now.conversions),
    ]
    currencies = sorted({*now.revenue, *now.attributed}) or [""]
    return [
        [*counts, code, now.revenue.get(code, 0), now.attributed.get(code, 0)]
        for code in currencies
    ]


def _dates(request: HttpRequest) -> Dates:
    return dates_asked(request.GET, today=timezone.localdate())


def _choice(dates: Dates) -> dict[str, Any]:
    """The days that are shown, and others to choose."""
    presets = [
        {
            "label": label,
            "url": Dates(dates.start, dates.end, name).query(),
            "here": dates.preset == name,
        }
        for name, label in PRESETS.items()
    ]
    return {"dates": dates, "query": dates.query(), "presets": presets}
