"""What shoppers did, event by event, newest first: the rows behind clicks, carts and orders."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.insights.cells import address, product_cell
from analytics.insights.dates import span
from analytics.insights.one_search import ACTS
from analytics.insights.paging import after, mark_of
from analytics.insights.reports import Asked, Made, Report
from analytics.insights.sheets import Cell, Column, Sheet
from analytics.models import Event, EventType
from analytics.months import months_around
from catalog.models import Product
from catalog.money import display


def events(asked: Asked) -> Made:
    """As the address narrows them: `type`, and `sku` of one product."""
    found = list(_narrowed(asked)[: asked.most + 1])
    shown = found[: asked.most]
    skus = {one.sku for one in shown}
    fields = ("pk", "sku", "title", "shop")
    products = {one.sku: one for one in Product.objects.filter(sku__in=skus).only(*fields)}
    said = {name: asked.said.get(name, "") for name in ("type", "sku")}
    older = ""
    if len(found) > asked.most:
        older = address("insights_events", asked.dates, **said, after=mark_of(shown[-1]))
    return Made(
        [_sheet(shown, products, asked)],
        extra={
            "older": older,
            "parts": [
                {
                    "label": label,
                    "url": address(
                        "insights_events", asked.dates, type=kind.value, sku=said["sku"]
                    ),
                    "here": said["type"] == kind.value,
                }
                for kind, label in ACTS.items()
            ],
        },
    )


def _narrowed(asked: Asked) -> QuerySet[Event]:
    first, last = span(asked.dates.start, asked.dates.end)
    kinds = [kind.value for kind in ACTS]
    kind = asked.said.get("type", "")
    found: QuerySet[Event] = Event.objects.filter(
        month__in=months_around(first, last),
        at__gte=first,
        at__lt=last,
        type__in=[kind] if kind in kinds else kinds,
    )
    if asked.said.get("sku"):
        found = found.filter(sku=asked.said["sku"])
    return after(found, asked.said.get("after", ""))


def _sheet(rows: Sequence[Event], products: dict[str, Product], asked: Asked) -> Sheet:
    return Sheet(
        "events",
        _("What shoppers did"),
        [
            *(Column(_("When"), number=False), Column(_("What"), number=False)),
            *(Column(_("Product"), number=False), Column(_("SKU"), number=False)),
            *(Column(_("Place")), Column(_("Pieces")), Column(_("Price"))),
            *(Column(_("Told by"), number=False), Column(_("Search"), number=False)),
        ],
        [_row(one, products, asked) for one in rows],
        lead=_(
            "Nothing here says who it was. What a page tells can be made up; a server's word not."
        ),
        empty=_("Nothing of this kind was told of these days."),
    )


def _row(one: Event, products: dict[str, Product], asked: Asked) -> list[Cell]:
    at = localtime(one.at)
    price: Any = one.price
    return [
        Cell(at.isoformat(timespec="seconds"), date_format(at, "SHORT_DATETIME_FORMAT")),
        Cell(one.type, str(ACTS.get(EventType(one.type), one.type))),
        product_cell(one.sku, products),
        Cell(one.sku),
        Cell(one.position),
        Cell(one.quantity),
        Cell(price, display(price, one.currency or asked.shop.currency, asked.language) or "–"),
        Cell(
            "server" if one.by_server else "page",
            gettext("the server") if one.by_server else gettext("the page"),
        ),
        _search_cell(one),
    ]


def _search_cell(one: Event) -> Cell:
    if one.search_id is None:
        return Cell(None)
    url = reverse("admin:insights_search", args=[one.search_id])
    return Cell(str(one.search_id), gettext("the search"), url)


REPORT = Report(
    "events",
    _("Events"),
    _("Each product that was seen, clicked, put into the cart or bought."),
    events,
    template="admin/shop/insights_events.html",
    tab=False,
)
