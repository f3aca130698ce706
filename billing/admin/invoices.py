"""The mall's invoices for its owners: a list, each as a page and as a PDF."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from billing.invoice_pdf import invoice_pdf
from billing.invoice_words import lines_of, period_of, state_word, tax_word
from billing.models_invoices import Invoice
from tenants.admin_site import OWNERS, shop_admin

ROWS = 50


@shop_admin.page("billing/invoices/", name="billing_invoices", readers=OWNERS, writers=OWNERS)
@require_safe
def invoices(request: Any) -> HttpResponse:
    """All that were issued, the newest first."""
    page = Paginator(_issued(request), ROWS).get_page(request.GET.get("page"))
    context = {
        **shop_admin.each_context(request),
        "title": _("Invoices"),
        "page": page,
        "rows": [{"invoice": one, "state": state_word(one)} for one in page.object_list],
    }
    return render(request, "admin/shop/billing/invoices.html", context)


@shop_admin.page(
    "billing/invoices/<str:number>/", name="billing_invoice", readers=OWNERS, writers=OWNERS
)
@require_safe
def invoice(request: Any, number: str) -> HttpResponse:
    found = _one(request, number)
    context = {
        **shop_admin.each_context(request),
        "title": _("Invoice %(number)s") % {"number": found.number},
        **invoice_context(found),
    }
    return render(request, "admin/shop/billing/invoice.html", context)


@shop_admin.page(
    "billing/invoices/<str:number>/pdf/", name="billing_invoice_pdf", readers=OWNERS, writers=OWNERS
)
@require_safe
def pdf(request: Any, number: str) -> HttpResponse:
    return pdf_response(_one(request, number))


def invoice_context(found: Invoice) -> dict[str, Any]:
    """What a page about an invoice shows, the owners' and the operators'."""
    return {
        "invoice": found,
        "state": state_word(found),
        "lines": lines_of(found),
        "period": period_of(found.period_start, found.period_end),
        "tax_word": tax_word(found),
        "pay_to": found.seller.get("pay_to", ""),
    }


def pdf_response(found: Invoice) -> HttpResponse:
    response = HttpResponse(invoice_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return response


def _issued(request: Any) -> Any:
    rows = Invoice.objects.filter(mall=request.shop.mall_id).exclude(state=Invoice.State.DRAFT)
    return rows.order_by("-issued_at", "-pk")


def _one(request: Any, number: str) -> Invoice:
    found = _issued(request).filter(number=number).first()
    if found is None:
        raise Http404("no such invoice of this mall")
    return found
