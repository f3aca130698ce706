"""What every request passes for its watchers' sake."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import resolve

from lookus.watching.measures import REQUEST_SECONDS, REQUESTS

GetResponse = Callable[[HttpRequest], HttpResponseBase]

PROBES = ("/healthz", "/readyz", "/metrics")
AREAS = ("api", "admin", "operator", "widget", "shop", "mall", "styles", "static", "media")
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

log = logging.getLogger("lookus.requests")


def probes(get_response: GetResponse) -> GetResponse:
    """Probes are answered under any host name: a cluster asks a pod by its address.

    Their replies name no host, and no session or language is looked up for them.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info not in PROBES:
            return get_response(request)
        view, args, kwargs = resolve(request.path_info)
        response: HttpResponseBase = view(request, *args, **kwargs)
        return response

    return middleware


def watched(get_response: GetResponse) -> GetResponse:
    """Counts and times the request, and logs it by its route: addresses may hold tokens."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = get_response(request)
        spent = time.perf_counter() - started
        area = _area(request.path_info)
        method = request.method if request.method in METHODS else "other"
        REQUESTS.labels(area, method, str(response.status_code)).inc()
        REQUEST_SECONDS.labels(area).observe(spent)
        if log.isEnabledFor(logging.INFO):
            match = request.resolver_match
            told = {
                "method": method,
                "route": str(match.route) if match else area,
                "status": response.status_code,
                "milliseconds": round(1000 * spent),
            }
            log.info("%(method)s %(route)s %(status)s", told, extra=told)
        return response

    return middleware


def _area(path: str) -> str:
    first = path.lstrip("/").partition("/")[0]
    return first if first in AREAS else "pages"
