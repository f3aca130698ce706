"""Whether the payment provider's books agree with ours, and what it told that waits."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from billing.admin.words import PROVIDER_NAMES
from billing.models import MeterReport, ProviderEvent, Reconciliation
from billing.provider_work import compare_ring
from tenants.operator_pages import operator_page, operator_render

READS = "billing.view_invoice"
WRITES = "billing.add_reconciliation"
ROWS = 50


@operator_page(reads=READS, writes=WRITES)
@require_http_methods(["GET", "HEAD", "POST"])
def books(request: HttpRequest) -> HttpResponse:
    """The last comparison with its differences. A POST asks for another: a worker makes it."""
    if request.method == "POST":
        compare_ring()
        messages.success(request, gettext("The books are being compared. Look again in a minute."))
        return HttpResponseRedirect(reverse("operator-books"))
    waiting = ProviderEvent.objects.filter(done_at=None).order_by("received_at")
    untold = MeterReport.objects.filter(sent_at=None).select_related("mall").order_by("at")
    return operator_render(
        request,
        "admin/operator/books.html",
        title=_("Books"),
        place="books",
        provider=settings.PAYMENT_PROVIDER,
        provider_name=PROVIDER_NAMES.get(settings.PAYMENT_PROVIDER, settings.PAYMENT_PROVIDER),
        compared=list(Reconciliation.objects.order_by("-at")[:ROWS]),
        waiting=waiting[:ROWS],
        untold=untold[:ROWS],
        may_compare=request.user.has_perm(WRITES) and settings.PAYMENT_PROVIDER != "manual",
    )
