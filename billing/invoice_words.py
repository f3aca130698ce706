"""An invoice in words, in the language that is active: for its page, its PDF and its mail."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from billing.models import Kind as Used
from billing.models_invoices import Invoice, InvoiceLine
from billing.money import shown

Kind = InvoiceLine.Kind
KEPT_FOR_LATER = "kept"


@dataclass(frozen=True)
class ShownLine:
    """`price` is of one, or of `per` pieces; `amount` without tax."""

    text: str
    detail: str
    quantity: str
    price: str
    amount: str


def lines_of(invoice: Invoice) -> list[ShownLine]:
    """One statement."""
    return [_line(line, invoice.currency) for line in invoice.lines.order_by("position")]


def state_word(invoice: Invoice) -> str:
    if invoice.is_late:
        return gettext("Late")
    return {
        Invoice.State.DRAFT: gettext("Draft"),
        Invoice.State.OPEN: gettext("To be paid"),
        Invoice.State.PAID: gettext("Paid"),
        Invoice.State.VOID: gettext("Void"),
        Invoice.State.UNCOLLECTIBLE: gettext("Given up"),
    }[Invoice.State(invoice.state)]


def period_of(start: datetime, end: datetime) -> str:
    """From the first day to the last that is whole in it: 1–30 November for [1 Nov, 1 Dec)."""
    first, last = timezone.localtime(start), timezone.localtime(end - timedelta(microseconds=1))
    return f"{_day(first)} – {_day(last)}"


def tax_word(invoice: Invoice) -> str:
    return gettext("VAT %(percent)s%%") % {"percent": invoice.tax_percent}


def _line(line: InvoiceLine, currency: str) -> ShownLine:
    text, detail = _words(line)
    priced = line.kind in (Kind.PLAN, Kind.USAGE)
    price = shown(line.unit_amount, currency) if priced else ""
    if priced and line.per > 1:
        price = gettext("%(price)s for %(per)s") % {"price": price, "per": f"{line.per:,}"}
    return ShownLine(
        text=text,
        detail=detail,
        quantity=f"{line.quantity:,}" if priced else "",
        price=price,
        amount=shown(line.amount, currency),
    )


def _words(line: InvoiceLine) -> tuple[str, str]:
    data = line.data
    if line.kind == Kind.PLAN:
        return _plan(data), _period(data)
    if line.kind == Kind.USAGE:
        return _use(data), gettext("beyond the plan %(plan)s") % data
    if line.kind == Kind.CHANGE:
        return _change(data), _period(data)
    if line.kind == Kind.CREDIT:
        return gettext("Credit"), _text(data.get("reason", ""))
    return _text(data.get("text", "")), ""


def _plan(data: dict[str, Any]) -> str:
    yearly, monthly = gettext("Plan %(plan)s, a year"), gettext("Plan %(plan)s, a month")
    return (yearly if data.get("period") == "year" else monthly) % data


def _use(data: dict[str, Any]) -> str:
    month = date_format(date.fromisoformat(data["month"]), "YEAR_MONTH_FORMAT")
    words = {
        Used.PHOTO: gettext("Photos tagged in %(month)s"),
        Used.SEARCH: gettext("Searches answered in %(month)s"),
    }[Used(data["what"])]
    return words % {"month": month}


def _change(data: dict[str, Any]) -> str:
    if data.get("back"):
        return gettext("Plan %(plan)s, what is left of it") % data
    return gettext("Plan %(plan)s, for the rest of the period") % data


def _text(text: str) -> str:
    """Words that LookUs wrote itself are in the reader's language, a person's are as they are."""
    own = {
        "kept": gettext("Kept for the next invoice: a correction was larger than what is billed")
    }
    return own.get(text, text)


def _period(data: dict[str, Any]) -> str:
    if not data.get("start"):
        return ""
    return period_of(datetime.fromisoformat(data["start"]), datetime.fromisoformat(data["end"]))


def _day(moment: datetime) -> str:
    return date_format(moment, "DATE_FORMAT")
