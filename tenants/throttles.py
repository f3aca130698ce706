"""How often a key may call."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from tenants.models import ApiKey


class KeyRateThrottle(SimpleRateThrottle):
    """A secret key's rate is counted for the key; a publishable one's for each client address,
    for it stands in every page. Each view counts for itself; its `rate_factor` is how many times
    as often as others it may be called.
    """

    def __init__(self) -> None:
        """The rate depends on the key: see `allow_request`."""

    def allow_request(self, request: Request, view: Any) -> bool:
        key = request.auth
        if not isinstance(key, ApiKey):
            return True
        publishable = key.kind == ApiKey.Kind.PUBLISHABLE
        self.rate = settings.API_RATE_PUBLISHABLE if publishable else settings.API_RATE_SECRET
        self.num_requests, self.duration = self.parse_rate(self.rate)
        if self.num_requests is not None:
            self.num_requests *= getattr(view, "rate_factor", 1)
        return super().allow_request(request, view)

    def get_cache_key(self, request: Request, view: Any) -> str:
        key = request.auth
        assert isinstance(key, ApiKey)
        who = str(key.pk)
        if key.kind == ApiKey.Kind.PUBLISHABLE:
            who = f"{who}:{self.get_ident(request)}"
        return f"throttle:{type(view).__name__}:{who}"
