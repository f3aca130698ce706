"""The page of one search."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from analytics.admin.insights import asked_of, page_context
from analytics.insights.cells import address
from analytics.insights.one_search import one_search
from analytics.insights.searches import REPORT
from tenants.admin_site import shop_admin


@shop_admin.page("insights/searches/<uuid:search_id>/", name="insights_search")
def search(request: Any, search_id: uuid.UUID) -> HttpResponse:
    asked = asked_of(request)
    found = one_search(shop=request.shop, search_id=search_id, language=asked.language)
    if found is None:
        raise Http404("no such search in this shop")
    context = {
        **page_context(request, REPORT, asked),
        "title": _("One search"),
        "lead": "",
        "choices": None,
        "found": found,
        "back": address("insights_searches", asked.dates),
    }
    return render(request, "admin/shop/insights_search.html", context)
