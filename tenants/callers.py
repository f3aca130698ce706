"""Who is calling: what the audit trail adds to an entry by itself."""

import ipaddress
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]


@dataclass
class Caller:
    """One request's. `guest`: of LookUs' staff, helping; `key`: the beginning of its API key."""

    address: str | None = None
    guest: bool = False
    key: str = ""


_current: ContextVar[Caller | None] = ContextVar("lookus_caller", default=None)


def current_caller() -> Caller:
    """The caller of the request that is being answered; nobody in a job or a command."""
    return _current.get() or Caller()


def caller(get_response: GetResponse) -> GetResponse:
    """Middleware: remember where the request comes from while it is answered."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        token = _current.set(Caller(address_of(request)))
        try:
            return get_response(request)
        finally:
            _current.reset(token)

    return middleware


def address_of(request: HttpRequest) -> str | None:
    """The client's IP address: of the connection, or as our own proxy saw it (BEHIND_PROXY).

    A proxy appends what it saw, so only the last of X-Forwarded-For is its word and not the
    client's own claim.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        told = request.META.get("HTTP_X_FORWARDED_FOR", told).rpartition(",")[2]
    try:
        return str(ipaddress.ip_address(told.strip().partition("%")[0]))
    except ValueError:
        return None
