"""What the sheets' cells share: addresses of rows, days, money, and names."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from analytics.counted import Money
from analytics.insights.dates import OWN, Dates, Step
from analytics.insights.sheets import Cell
from catalog.models import Product
from catalog.money import display

KINDS = {
    "photo": _("Photo"),
    "drawing": _("Drawing"),
    "words": _("Words"),
    "product": _("Product"),
    "photo+words": _("Photo and words"),
}


def address(name: str, dates: Dates, **more: Any) -> str:
    return reverse(f"admin:{name}") + dates.query(**more)


def money_said(money: Money, language: str) -> str:
    """Each currency's amount: ₩39,000 · $12.00."""
    found = [display(amount, currency, language) for currency, amount in sorted(money.items())]
    return " · ".join(found)


def day_cell(day: date, step: Step) -> Cell:
    shown = date_format(day, "YEAR_MONTH_FORMAT" if step == "month" else "MONTH_DAY_FORMAT")
    return Cell(day.isoformat(), shown)


def of_day(dates: Dates, day: date, step: Step) -> Dates:
    """Only one bar of the chart: a day, a week or a month."""
    lasts = {"day": 1, "week": 7 - day.weekday(), "month": 31}[step]
    last = min(dates.end, day + timedelta(days=lasts - 1))
    if step == "month" and last.month != day.month:
        last = last.replace(day=1) - timedelta(days=1)
    return Dates(day, last, OWN, dates.compare)


def product_cell(sku: str, products: dict[str, Product]) -> Cell:
    """A product that is gone is named by its SKU alone."""
    known = products.get(sku)
    if known is None:
        return Cell(sku)
    return Cell(sku, known.title, reverse("admin:catalog_product_change", args=[known.pk]))
