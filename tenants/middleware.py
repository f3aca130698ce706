"""What every request gets: a name for the logs; and under /api/ CORS, limits and problems."""

import re
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers

from tenants.problems import CONTENT_TYPE, Problem, problem_of_status, problem_response
from tenants.request_ids import current_request_id, current_shop

GetResponse = Callable[[HttpRequest], HttpResponseBase]

API = "/api/"
PUBLIC_API = "/api/v1/"
# A form sent here may carry a whole catalogue: the importers hold its limit.
IMPORTS = "/api/v1/imports"
PREFLIGHT_SECONDS = 7200  # the longest that Chrome keeps an answer
ALLOWED_METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS"
ALLOWED_HEADERS = (
    "Authorization, Content-Type, Accept-Language, Idempotency-Key, If-Match, If-None-Match, "
    "X-Request-ID"
)
EXPOSED_HEADERS = (
    "ETag, Idempotency-Replayed, Location, Retry-After, Server-Timing, X-Lookus-Category, "
    "X-Request-ID"
)
# A client that is still sending sees a broken connection instead of our answer, so a little too
# much is read and thrown away; more than this is cut off.
DRAINED_BYTES = 64 * 1024 * 1024
DRAIN_STEP = 64 * 1024

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")


def request_id(get_response: GetResponse) -> GetResponse:
    """Names the request: a sane X-Request-ID of the caller is kept, any other is replaced."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        name = given if _SANE_ID.fullmatch(given) else uuid.uuid4().hex
        request.request_id = name  # type: ignore[attr-defined]
        token, shop = current_request_id.set(name), current_shop.set(None)
        try:
            response = get_response(request)
        finally:
            current_request_id.reset(token)
            current_shop.reset(shop)
        response.headers["X-Request-ID"] = name
        return response

    return middleware


def api_cors(get_response: GetResponse) -> GetResponse:
    """The edge of the API: CORS on every reply, no oversized body, every error a problem.

    Any origin may read a reply; which origin may use a key is the key's own rule (`tenants.auth`),
    so that a widget on a wrong page can still read why it was refused.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(API):
            return get_response(request)
        # What is refused here is not said in the language of the thread's request before.
        translation.activate(translation.get_language_from_request(request))
        response = _preflight(request) or _too_large(request) or get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type") != CONTENT_TYPE:
            response = _as_problem(request, response)
        if request.path_info.startswith(PUBLIC_API):
            response.headers.setdefault("Cache-Control", "no-store")
            _share(request, response)
        return response

    return middleware


def _preflight(request: HttpRequest) -> HttpResponse | None:
    asked = "Origin" in request.headers and "Access-Control-Request-Method" in request.headers
    if request.method != "OPTIONS" or not asked or not request.path_info.startswith(PUBLIC_API):
        return None
    headers = {
        "Access-Control-Allow-Methods": ALLOWED_METHODS,
        "Access-Control-Allow-Headers": ALLOWED_HEADERS,
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
    }
    return HttpResponse(status=204, headers=headers)


def _too_large(request: HttpRequest) -> HttpResponseBase | None:
    """Refuses by Content-Length, before a parser keeps the body (JSON's reads it whole)."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return problem_response(request, Problem("bad_request"))
    if length <= _limit(request, length):
        return None
    if length <= DRAINED_BYTES:
        while request.read(DRAIN_STEP):
            pass
    return problem_response(request, Problem("too_large"))


def _limit(request: HttpRequest, length: int) -> int:
    """Bytes that a body may have; a form's files never lie in memory."""
    form = (request.content_type or "") == "multipart/form-data"
    if form and request.path_info == IMPORTS:
        return int(settings.IMPORT_MAX_BYTES)
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE or length


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Django's own error page (no such address, a crash) as a problem document."""
    problem = problem_of_status(response.status_code)
    problem.status_code = response.status_code
    for name in ("Allow", "Retry-After"):
        if name in response.headers:
            problem.headers[name] = response.headers[name]
    response.close()
    return problem_response(request, problem)


def _share(request: HttpRequest, response: HttpResponseBase) -> None:
    patch_vary_headers(response, ["Origin"])
    origin = request.headers.get("Origin")
    if origin:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = EXPOSED_HEADERS
