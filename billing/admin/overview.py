"""What a shop's owner sees of plan and use."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from billing.admin.words import KIND_NAMES
from billing.models import Kind
from billing.selectors import ledger_newest, usage_of
from tenants.admin_site import OWNERS, shop_admin

LEDGER_ROWS = 50


@shop_admin.page("billing/", name="billing", nav=(60, _("Billing")), readers=OWNERS)
def billing(request: Any) -> HttpResponse:
    """The plan of the mall, what it used this month, and the last rows of this shop's ledger."""
    usage = usage_of(request.shop.mall)
    context = {
        **shop_admin.each_context(request),
        "title": _("Billing"),
        "usage": usage,
        "lines": [{"line": line, "label": KIND_NAMES[Kind(line.kind)]} for line in usage.lines],
        "ledger": [
            {"entry": entry, "label": KIND_NAMES[Kind(entry.kind)]}
            for entry in ledger_newest(LEDGER_ROWS)
        ],
    }
    return render(request, "admin/shop/billing.html", context)
