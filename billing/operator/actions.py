"""What operators do about money: credits, and what becomes of an invoice."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from billing.admin.invoices import invoice_context, pdf_response
from billing.invoice_states import (
    WrongState,
    credit_give,
    invoice_give_up,
    invoice_pay,
    invoice_void,
)
from billing.models_invoices import Invoice
from billing.money import read, shown
from billing.operator.views import READS, mall_context
from billing.plans import CURRENCIES
from tenants.models import Mall, User
from tenants.operator_pages import operator_page, operator_render

GIVES = "billing.add_credit"
CLOSES = "billing.change_invoice"
VERBS = ("pay", "void", "give-up")


class CreditForm(forms.Form):
    amount = forms.CharField(label=_("Amount, without tax"), max_length=20)
    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES])
    reason = forms.CharField(label=_("Why: it stands on the mall's invoice"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"label_suffix": ""})

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "amount" in told and "currency" in told:
            try:
                told["amount"] = read(told["amount"], told["currency"])
            except ValueError:
                told["amount"] = 0
            if not 0 < told["amount"] < 10**12:
                self.add_error("amount", gettext("This is no amount: write it as 50000 or 50,000."))
        return told


@operator_page(reads=READS, writes=GIVES)
def mall(request: HttpRequest, pk: int) -> HttpResponse:
    """One mall: its plan, use, invoices and credits. A POST gives it a credit."""
    found = get_object_or_404(Mall.objects.select_related("subscription"), pk=pk)
    first = getattr(found, "subscription", None)
    form = CreditForm(
        request.POST or None, initial={"currency": first.currency if first else CURRENCIES[0]}
    )
    if request.method == "POST" and form.is_valid():
        by = _operator(request)
        credit = credit_give(mall=found, by=by, **form.cleaned_data)
        told = shown(credit.amount, credit.currency)
        _log(by, found, f"Credit of {told}: {credit.reason}")
        messages.success(request, gettext("Given: %(amount)s") % {"amount": told})
        return HttpResponseRedirect(reverse("operator-mall", args=[pk]))
    context = mall_context(found) | {"form": form}
    return operator_render(request, "admin/operator/mall.html", **context)


@operator_page(reads=READS)
@require_safe
def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """One invoice as its mall sees it, also where that is gone."""
    found = _issued(pk)
    return operator_render(
        request,
        "admin/operator/invoice.html",
        title=_("Invoice %(number)s") % {"number": found.number},
        place="invoices",
        may_pay=found.state in (Invoice.State.OPEN, Invoice.State.UNCOLLECTIBLE),
        is_ours=found.provider == "manual",
        **invoice_context(found),
    )


@operator_page(reads=READS)
@require_safe
def invoice_as_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    return pdf_response(_issued(pk))


@operator_page(reads=READS, writes=CLOSES)
@require_POST
def invoice_close(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Paid, void or given up; what a provider collects is said by that provider alone."""
    found = _issued(pk)
    if verb not in VERBS or found.provider != "manual":
        raise Http404("no such thing can be done with this invoice")
    note = request.POST.get("note", "").strip()
    back = HttpResponseRedirect(reverse("operator-invoice", args=[pk]))
    if verb != "pay" and not note:
        messages.error(request, gettext("Say why: it is kept with the invoice."))
        return back
    by = _operator(request)
    try:
        if verb == "pay":
            found = invoice_pay(invoice=found, by=by, note=note)
        elif verb == "void":
            found = invoice_void(invoice=found, by=by, note=note)
        else:
            found = invoice_give_up(invoice=found, by=by, note=note)
    except WrongState:
        messages.error(request, gettext("Somebody else was quicker: look at its state."))
        return back
    _log(by, found, f"{verb}: {note}")
    messages.success(request, gettext("Saved: %(name)s") % {"name": found})
    return back


def _issued(pk: int) -> Invoice:
    return get_object_or_404(Invoice.objects.exclude(state=Invoice.State.DRAFT), pk=pk)


def _log(by: User, target: Any, words: str) -> None:
    """In Django's own log, where what operators do stands."""
    LogEntry.objects.log_actions(by.pk, [target], CHANGE, words, single_object=True)


def _operator(request: HttpRequest) -> User:
    assert request.user.is_authenticated
    return request.user
