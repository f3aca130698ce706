"""What a shop has used, by days, row by row, and as a CSV: the rows behind every sum of Billing."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from billing.admin.words import KIND_NAMES
from billing.ledger_reading import Place, Span, days, place_behind, rows, span_read
from billing.models import Kind, LedgerEntry
from tenants.admin_scope import opens_own_scope
from tenants.admin_site import OWNERS, shop_admin
from tenants.audit import audit_record
from tenants.csv_cells import BYTE_ORDER_MARK, csv_line
from tenants.models import Shop
from tenants.scope import shop_scope

SHOWN = 50
CSV_ROWS = 1000
# What a search's reference begins with, see recommender/usage.py.
WAYS = {"photo": _("By a photo"), "words": _("By words"), "product": _("By a product")}
COLUMNS = ("at", "kind", "reference", "quantity", "takes_back", "reason", "by")


@shop_admin.page("billing/ledger/", name="billing_ledger", readers=OWNERS, writers=OWNERS)
@require_safe
def ledger(request: Any) -> HttpResponse:
    """A sum a day, and the rows of the days that are chosen."""
    span, kind = _asked(request)
    after = Place.read(request.GET.get("after", ""))
    found = list(rows(span, kind=kind, after=after)[: SHOWN + 1])
    shown = found[:SHOWN]
    sums = [] if after else days(span)
    context = {
        **shop_admin.each_context(request),
        "title": _("Use, row by row"),
        "span": span,
        "kind": kind,
        "kinds": KIND_NAMES.items(),
        "days": sums,
        "photos": sum(day.photos for day in sums),
        "searches": sum(day.searches for day in sums),
        "after": after,
        "rows": [{"entry": row, **_told(row)} for row in shown],
        "next": str(place_behind(shown)) if len(found) > SHOWN else "",
    }
    return render(request, "admin/shop/billing/ledger.html", context)


@shop_admin.page("billing/ledger.csv", name="billing_ledger_csv", readers=OWNERS, writers=OWNERS)
@opens_own_scope
@require_safe
def ledger_csv(request: Any) -> HttpResponseBase:
    """The same rows, all of them."""
    span, kind = _asked(request)
    with shop_scope(request.shop):
        audit_record(actor=request.user, action="download", target=request.shop)
    response = StreamingHttpResponse(
        ledger_lines(request.shop, span, kind), content_type="text/csv; charset=utf-8"
    )
    name = f"{request.shop.slug}-{span.start}-{span.end}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def ledger_lines(shop: Shop, span: Span, kind: str) -> Iterator[str]:
    """In short scopes: none stays open while a slow reader reads."""
    yield BYTE_ORDER_MARK + csv_line(COLUMNS)
    after = None
    while True:
        with shop_scope(shop):
            found = list(rows(span, kind=kind, after=after)[:CSV_ROWS])
        if not found:
            return
        for row in found:
            back = row.reverses.reference if row.reverses else ""
            at = timezone.localtime(row.at).isoformat()
            yield csv_line(
                [at, row.kind, row.reference, row.quantity, back, row.reason, row.by_email]
            )
        after = place_behind(found)


def _asked(request: Any) -> tuple[Span, str]:
    told = request.GET
    span = span_read(start=told.get("from", ""), end=told.get("to", ""), today=timezone.localdate())
    return span, told["kind"] if told.get("kind") in Kind.values else ""


def _told(row: LedgerEntry) -> dict[str, Any]:
    """What the row is, for a person; a photo with the way to it."""
    first = row if row.reverses is None else row.reverses
    beginning = first.reference.partition(":")[0]
    if row.kind == Kind.SEARCH:
        return {"label": KIND_NAMES[Kind.SEARCH], "what": WAYS.get(beginning, ""), "url": ""}
    known = beginning.isascii() and beginning.isdecimal()
    url = reverse("admin:catalog_photo_change", args=[beginning]) if known else ""
    return {"label": KIND_NAMES[Kind.PHOTO], "what": _("Photo"), "url": url}
