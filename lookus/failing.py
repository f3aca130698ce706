"""The page of a failure: ours (500), or of the database or storage that is away (503)."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error as ours

from tenants.away import AWAY_SECONDS, is_away


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`, called where the error is handled. The API's edge makes a problem
    document of it."""
    error = sys.exc_info()[1]
    if error is None or not is_away(error):
        response: HttpResponse = ours(request)
        return response
    # Without the request: who is logged in stands in the database.
    page = render_to_string("503.html", {"seconds": AWAY_SECONDS})
    return HttpResponse(page, status=503, headers={"Retry-After": str(AWAY_SECONDS)})
