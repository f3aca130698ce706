"""A request's span: everything that is done for it stands below."""

from collections.abc import Callable

from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from lookus.watching import tracing as switch
from tenants.request_ids import current_request_id, current_shop

GetResponse = Callable[[HttpRequest], HttpResponseBase]
FIRST_FAILURE = 500
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def traced(get_response: GetResponse) -> GetResponse:
    """Named by its route, never its address: that may hold a token, or a shopper's words.

    A caller's own trace is linked and not gone on in: whoever asks from outside does not choose
    what is kept. Where tracing is off there is no such middleware.
    """
    if not switch.start("web"):
        raise MiddlewareNotUsed
    from opentelemetry.trace import SpanKind  # noqa: PLC0415  an extra's packages

    from lookus.watching.tracing.spans import context_of, failed  # noqa: PLC0415

    spans = switch.active()
    assert spans is not None

    def middleware(request: HttpRequest) -> HttpResponseBase:
        method = request.method if request.method in METHODS else "_OTHER"
        told = {"http.request.method": method, "lookus.request_id": current_request_id.get()}
        outside = context_of(request.headers.get("traceparent", ""))
        with spans.span(
            method, told, kind=SpanKind.SERVER, linked=[outside] if outside else []
        ) as span:
            response = get_response(request)
            match = request.resolver_match
            if match is not None:
                span.update_name(f"{method} {match.route}")
                span.set_attribute("http.route", match.route)
            span.set_attribute("http.response.status_code", response.status_code)
            shop = current_shop.get()
            if shop is not None:
                span.set_attribute("lookus.shop_id", shop)
            if response.status_code >= FIRST_FAILURE:
                failed(span, str(response.status_code))
        return response

    return middleware
