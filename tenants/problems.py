"""Errors of the API as RFC 9457 problem documents, in the language of the request."""

import logging
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import translation
from rest_framework import exceptions
from rest_framework.request import Request

from tenants.away import AWAY_SECONDS, is_away
from tenants.problem_texts import PROBLEMS

log = logging.getLogger(__name__)

CONTENT_TYPE = "application/problem+json"
LANGUAGES = ("en", "ko")
_OF_STATUS = {
    400: "bad_request",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    503: "unavailable",
}
_OF_EXCEPTION: dict[type[Exception], str] = {
    exceptions.Throttled: "rate_limited",
    exceptions.NotAuthenticated: "missing_key",
    exceptions.AuthenticationFailed: "invalid_key",
    exceptions.NotFound: "not_found",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.ParseError: "parse_error",
    exceptions.PermissionDenied: "permission_denied",
    Http404: "not_found",
    PermissionDenied: "permission_denied",
    RequestDataTooBig: "too_large",
    SuspiciousOperation: "bad_request",
    BadRequest: "bad_request",
}
_TOLD_BY_DRF = ("method_not_allowed", "parse_error")


class Problem(exceptions.APIException):
    """One of `PROBLEMS`, raised anywhere under an API view.

    `detail` replaces the table's English words where it knows more; `errors` are
    `{"field", "code", "message"}`.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        errors: Iterable[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail or PROBLEMS[code].en.detail, code)
        self.status_code = PROBLEMS[code].status
        self.code = code
        self.told = detail
        self.errors = [dict(error) for error in errors]
        self.headers = dict(headers or {})


def speak(request: Request, *, fallback: str) -> str:
    """Choose the language of this reply and activate it: `lang`, Accept-Language, `fallback`.

    `lang` stands in the body, or behind the question mark of a GET. Reads the body, and so raises
    what its parser raises.
    """
    try:
        body: object = request.query_params if request.method == "GET" else request.data
    except RecursionError:
        raise exceptions.ParseError("The body is nested too deeply.") from None
    asked = body.get("lang") if isinstance(body, Mapping) else None
    if asked not in LANGUAGES:
        header = request.META.get("HTTP_ACCEPT_LANGUAGE")
        asked = current_language() if header else fallback
    translation.activate(asked)
    return str(asked)


def current_language() -> str:
    """`en` or `ko`, as activated for this request."""
    active = (translation.get_language() or "")[:2]
    return active if active in LANGUAGES else LANGUAGES[0]


def request_id_of(request: HttpRequest | Request) -> str:
    """The name that `tenants.middleware.request_id` gave."""
    return getattr(request, "request_id", "")


def exception_handler(error: Exception, context: Mapping[str, Any]) -> JsonResponse | None:
    """DRF's hook. None for what nobody foresaw: Django logs it and `api_errors` answers 500."""
    problem = problem_of(error)
    if problem is None:
        return None
    return problem_response(context["request"], problem)


def problem_of(error: Exception) -> Problem | None:
    """The problem that an exception means, or None for an unforeseen one."""
    if isinstance(error, Problem):
        problem = error
    elif isinstance(error, exceptions.ValidationError):
        problem = Problem("validation_error", errors=_flat(error.detail, ""))
    elif is_away(error):
        log.error("the database or the storage is away", exc_info=error)
        problem = Problem("unavailable", headers={"Retry-After": str(AWAY_SECONDS)})
    else:
        code = next((code for kind, code in _OF_EXCEPTION.items() if isinstance(error, kind)), None)
        if code is None:
            return None
        problem = Problem(code, str(getattr(error, "detail", "")) if code in _TOLD_BY_DRF else "")
    if wait := getattr(error, "wait", None):
        problem.headers["Retry-After"] = str(math.ceil(wait))
    if challenge := getattr(error, "auth_header", None):
        problem.headers["WWW-Authenticate"] = challenge
    return problem


def problem_of_status(status: int) -> Problem:
    """For a plain Django error page under /api/."""
    return Problem(_OF_STATUS.get(status, "server_error" if status >= 500 else "bad_request"))


def problem_response(request: HttpRequest | Request, problem: Problem) -> JsonResponse:
    lang = current_language()
    words = PROBLEMS[problem.code].words(lang)
    body = {
        "type": f"urn:lookus:problem:{problem.code}",
        "title": words.title,
        "status": problem.status_code,
        "detail": problem.told if problem.told and lang == "en" else words.detail,
        "code": problem.code,
        "request_id": request_id_of(request),
        "errors": problem.errors,
    }
    if problem.errors:
        body["detail"] = _sentence(problem.errors[0])
    return JsonResponse(
        body,
        status=problem.status_code,
        content_type=CONTENT_TYPE,
        headers=problem.headers,
        json_dumps_params={"ensure_ascii": False},
    )


def _sentence(error: Mapping[str, str]) -> str:
    return f"{error['field']}: {error['message']}" if error["field"] else error["message"]


def _flat(detail: Any, field: str) -> Iterator[dict[str, str]]:
    """Every leaf of DRF's nested detail, its place as `filters.price.min`."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            place = field if name == "non_field_errors" else f"{field}.{name}".lstrip(".")
            yield from _flat(inner, place)
    elif isinstance(detail, list):
        for inner in detail:
            yield from _flat(inner, field)
    else:
        yield {"field": field, "code": getattr(detail, "code", "invalid"), "message": str(detail)}
