"""Products that are seen among results again and again and that nobody opens."""

from typing import Any

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from analytics.insights.cells import address, product_cell
from analytics.insights.reports import Asked, Made, Report
from analytics.insights.sheets import Cell, Column, Sheet, percent, ratio
from analytics.models import DaySum, Dimension
from catalog.models import Product
from catalog.money import display
from catalog.selectors import first_photos

LEAST_SEEN = 20
"""Below that nobody can say that a product is passed over."""
PHOTOS = 24
MOST_CLICKED = 20


def unclicked(asked: Asked) -> Made:
    passed = _summed(asked).filter(seen__gte=LEAST_SEEN, clicked=0).order_by("-seen", "value")
    shown = list(passed[: asked.most])
    liked = list(_summed(asked).filter(clicked__gt=0).order_by("-clicked", "value")[:MOST_CLICKED])
    products = _products([row["value"] for row in (*shown, *liked)])
    return Made(
        sheets=[_passed(shown, products, asked), _liked(liked, products, asked)],
        extra={"photos": _photos(shown[:PHOTOS], products)},
    )


def _summed(asked: Asked) -> Any:
    """The days' products with how often each was seen, clicked, bought."""
    rows = DaySum.objects.filter(
        dimension=Dimension.PRODUCT,
        day__gte=asked.dates.start,
        day__lte=asked.dates.end,
        currency="",
    )
    return (
        rows.order_by()
        .values("value")
        .annotate(
            seen=Sum("impressions"),
            clicked=Sum("clicks"),
            carted=Sum("carts"),
            bought=Sum("purchases"),
        )
    )


def _products(skus: list[str]) -> dict[str, Product]:
    found = Product.objects.filter(sku__in=skus)
    fields = ("pk", "sku", "title", "translations", "selling_price", "currency", "in_stock", "shop")
    return {one.sku: one for one in found.only(*fields)}


def _passed(rows: list[dict[str, Any]], products: dict[str, Product], asked: Asked) -> Sheet:
    return Sheet(
        "unclicked",
        _("Seen and never clicked"),
        [
            Column(_("Product"), number=False),
            Column(_("SKU"), number=False),
            *(Column(_("Times seen")), Column(_("Price")), Column(_("In stock"), number=False)),
        ],
        [
            [
                product_cell(row["value"], products),
                Cell(row["value"]),
                _told(asked, row, "seen", "impression"),
                *_offer(products.get(row["value"]), asked.language),
            ]
            for row in rows
        ],
        empty=_("Products that were seen 20 times and never clicked will stand here."),
    )


def _offer(product: Product | None, language: str) -> list[Cell]:
    if product is None:
        return [Cell(None), Cell("", str(_("no longer sold")))]
    price = product.selling_price
    return [
        Cell(price, display(price, product.currency, language) or "–"),
        Cell("yes" if product.in_stock else "no", str(_("yes") if product.in_stock else _("no"))),
    ]


def _liked(rows: list[dict[str, Any]], products: dict[str, Product], asked: Asked) -> Sheet:
    return Sheet(
        "clicked",
        _("Clicked most"),
        [
            Column(_("Product"), number=False),
            *(Column(_("Clicks"), tone="ink"), Column(_("Times seen"))),
            *(Column(_("Clicks for each time seen")), Column(_("Cart")), Column(_("Orders"))),
        ],
        [
            [
                product_cell(row["value"], products),
                _told(asked, row, "clicked", "click"),
                _told(asked, row, "seen", "impression"),
                Cell(_rate(row), percent(ratio(row["clicked"], row["seen"]), 1)),
                _told(asked, row, "carted", "cart"),
                _told(asked, row, "bought", "purchase"),
            ]
            for row in rows
        ],
        empty=_("Products that shoppers open will stand here."),
    )


def _told(asked: Asked, row: dict[str, Any], name: str, kind: str) -> Cell:
    """A count of events, with the address of each of them."""
    url = address("insights_events", asked.dates, type=kind, sku=row["value"]) if row[name] else ""
    return Cell(row[name], f"{row[name]:,}", url)


def _rate(row: dict[str, Any]) -> float | None:
    rate = ratio(row["clicked"], row["seen"])
    return None if rate is None else round(rate, 4)


def _photos(rows: list[dict[str, Any]], products: dict[str, Product]) -> list[dict[str, Any]]:
    """The first of them to be looked at: what one passes over one sees best in the photo."""
    known = [(row, products[row["value"]]) for row in rows if row["value"] in products]
    first = first_photos(product.pk for _row, product in known) if known else {}
    return [
        {
            "title": product.title,
            "photo": first.get(product.pk),
            "seen": row["seen"],
            "url": reverse("admin:catalog_product_change", args=[product.pk]),
        }
        for row, product in known
    ]


REPORT = Report(
    "unclicked",
    _("Seen, not clicked"),
    _(
        "A product stood in view for a second among results. Where nobody opens it, look at its"
        " photo, its price and its tags."
    ),
    unclicked,
    template="admin/shop/insights_unclicked.html",
)
