"""API keys: who calls, from where, and which kinds of key an address takes.

A session cookie never authenticates the API.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import InternalError
from django.db.models import Q
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from tenants.away import is_away
from tenants.callers import current_caller
from tenants.models import ApiKey, Shop
from tenants.problems import Problem
from tenants.request_ids import current_shop
from tenants.throttles import wrong_key_wait
from tenants.tokens import is_mistyped

SCHEME = "bearer"
TOUCHED_EVERY = timedelta(minutes=1)
LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}
DEFAULT_PORTS = {"http": 80, "https": 443}

Origin = tuple[str, str, int]
"""Scheme, host, port."""


class ApiKeyAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`; `request.auth` is the ApiKey, with its shop and mall."""

    def authenticate(self, request: Request) -> tuple[Any, ApiKey] | None:
        words = get_authorization_header(request).split()
        if not words:
            return None
        if len(words) != 2 or words[0].lower() != SCHEME.encode():
            raise AuthenticationFailed()
        token = words[1].decode("latin-1")
        if is_mistyped(token):
            raise AuthenticationFailed()
        digest = ApiKey.digest_of(token)
        # In few words, for every request asks: `live()` here cost as much as a search's ranking.
        key = next(iter(ApiKey.objects.filter(digest=digest).select_related("shop")), None)
        if key is None or not key.is_live:
            if wait := wrong_key_wait(request):
                raise Throttled(wait)
            raise AuthenticationFailed()
        if key.shop is not None and not key.shop.is_open:
            raise Problem("shop_closed")
        current_caller().key = key.hint
        current_shop.set(key.shop_id)
        _touch(key)
        return AnonymousUser(), key

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="LookUs"'


class HasKey(BasePermission):
    """A live key of a kind in the view's `allowed_kinds`; none is allowed where it names none.

    A publishable key must come from a page whose origin the shop allows.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        key = request.auth
        if not isinstance(key, ApiKey):
            return False
        allowed = [str(kind) for kind in getattr(view, "allowed_kinds", ())]
        if key.kind not in allowed:
            needed = " or ".join(f"{kind}_" for kind in allowed)
            raise Problem(
                "key_kind_not_allowed", f"This address takes a {needed} key, not a {key.kind}_ key."
            )
        if key.kind == ApiKey.Kind.PUBLISHABLE:
            assert key.shop is not None
            _check_origin(request.headers.get("Origin"), key.shop)
        return True


def key_of(request: Request) -> ApiKey:
    """The key of a request that `HasKey` let through."""
    key = request.auth
    assert isinstance(key, ApiKey)
    return key


def shop_of(request: Request) -> Shop:
    """The shop of a request that `HasKey` let through with a key of one shop."""
    shop = key_of(request).shop
    assert shop is not None
    return shop


def origin_of(text: str) -> Origin | None:
    """The origin of an address, its port spelled out; None for what is no web origin (`null`)."""
    try:
        parts = urlsplit(text.strip().lower())
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    if port is None or parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return None
    return parts.scheme, parts.hostname, port


def origin_text(url: str) -> str:
    """The origin of an address as a browser writes it in its header; empty for what has none."""
    origin = origin_of(url)
    if origin is None:
        return ""
    scheme, host, port = origin
    host = f"[{host}]" if ":" in host else host
    return f"{scheme}://{host}" + ("" if port == DEFAULT_PORTS[scheme] else f":{port}")


def origin_allowed(origin: Origin, shop: Shop) -> bool:
    """Whether pages of this origin may use the shop's publishable key."""
    if shop.test_mode and origin[1] in LOCAL_HOSTS:
        return True
    # The platform's own origin: the demo storefront stands there.
    return origin in {origin_of(one) for one in (*shop.allowed_origins, settings.PUBLIC_URL)}


def _check_origin(header: str | None, shop: Shop) -> None:
    if header is None:
        # No page: curl or a server. A publishable key is for pages, except while trying it out.
        if shop.test_mode:
            return
        raise Problem(
            "origin_not_allowed",
            "A publishable key is for pages of the shop and this request has no Origin: "
            "use a secret key from a server.",
        )
    origin = origin_of(header)
    if origin is None or not origin_allowed(origin, shop):
        raise Problem(
            "origin_not_allowed",
            f"{header} is not among the shop's allowed origins: add it in the shop's settings.",
        )


def _touch(key: ApiKey) -> None:
    """Note the use, at most once a minute. A database that only reads still answers who reads."""
    now = timezone.now()
    if key.last_used_at and key.last_used_at > now - TOUCHED_EVERY:
        return
    stale = Q(last_used_at=None) | Q(last_used_at__lte=now - TOUCHED_EVERY)
    try:
        ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now)
    except InternalError as error:
        if not is_away(error):
            raise


class ApiKeyScheme(OpenApiAuthenticationExtension):
    target_class = "tenants.auth.ApiKeyAuthentication"
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": SCHEME,
            "description": "pk_… (publishable, from an allowed origin), sk_… (secret) or mk_… "
            "(secret, of a mall).",
        }
