"""Whether the payment provider's books agree with ours, and what it told that waits."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from billing.models import MeterReport, ProviderEvent, Reconciliation
from billing.provider_work import compare_ring
from tenants.operator_pages import operator_page, operator_render

READS = "billing.view_invoice"
WRITES = "billing.add_reconciliation"
ROWS = 50
NAMES = {"manual": _("Invoices of your own"), "stripe": "Stripe"}
# What a comparison calls things, the longer names first.
THINGS = {
    "use beyond the plan, photo": _("Photos beyond the plan"),
    "use beyond the plan, search": _("Searches beyond the plan"),
    "period's end": _("Period's end"),
    "meter event": _("Use that was told"),
    "subscription": _("Subscription"),
    "next plan": _("Next plan"),
    "currency": _("Currency"),
    "invoice": _("Invoice"),
    "message": _("Message"),
    "period": _("Period"),
    "state": _("State"),
    "plan": _("Plan"),
}


@operator_page(reads=READS, writes=WRITES)
@require_http_methods(["GET", "HEAD", "POST"])
def books(request: HttpRequest) -> HttpResponse:
    """The last comparison with its differences. A POST asks for another: a worker makes it."""
    if request.method == "POST":
        compare_ring()
        messages.success(request, gettext("The books are being compared. Look again in a minute."))
        return HttpResponseRedirect(reverse("operator-books"))
    compared = list(Reconciliation.objects.order_by("-at")[:ROWS])
    last = compared[0] if compared else None
    waiting = ProviderEvent.objects.filter(done_at=None).order_by("received_at")
    untold = MeterReport.objects.filter(sent_at=None).select_related("mall").order_by("at")
    return operator_render(
        request,
        "admin/operator/books.html",
        title=_("Books"),
        place="books",
        provider=settings.PAYMENT_PROVIDER,
        provider_name=NAMES.get(settings.PAYMENT_PROVIDER, settings.PAYMENT_PROVIDER),
        last=last,
        differences=[_named(one) for one in last.differences] if last else [],
        before=compared[1:],
        waiting=waiting[:ROWS],
        untold=untold[:ROWS],
        may_compare=request.user.has_perm(WRITES) and settings.PAYMENT_PROVIDER != "manual",
    )


def _named(row: dict[str, str]) -> dict[str, str]:
    """A difference with what it is about in the reader's language."""
    what = row["what"]
    found = next((one for one in THINGS if what == one or what.startswith(f"{one} ")), None)
    return row | {"what": f"{THINGS[found]}{what.removeprefix(found)}"} if found else row
