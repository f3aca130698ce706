"""How often a key, a shop and an address may call."""

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from tenants.callers import address_of
from tenants.models import ApiKey
from tenants.rates import Rate, rate_count

IPV6_NETWORK = 64
"""Bits that one household or server has for itself: its addresses count as one."""


class KeyRateThrottle(BaseThrottle):
    """Three counts, all of which must have room:

    - of the key: a secret key's; of a publishable one, for it stands in every page, that of each
      client address. Each view counts for itself; its `rate_factor` is how many times as often as
      others it may be called.
    - of the shop (of a mall's key: the mall), over all keys, views and addresses.
    - of the address, over all publishable keys and views.
    """

    def __init__(self) -> None:
        self.waiting = 0.0

    def allow_request(self, request: Request, view: Any) -> bool:
        key = request.auth
        if not isinstance(key, ApiKey):
            return True
        for name, rate in self._counts(request, view, key):
            self.waiting = rate_count(name, rate)
            if self.waiting:
                # For `tenants.fair`, which refuses the next of these at the door.
                request._request.rate_wait = self.waiting  # type: ignore[attr-defined]
                return False
        return True

    def wait(self) -> float:
        return self.waiting

    def _counts(self, request: Request, view: Any, key: ApiKey) -> list[tuple[str, Rate]]:
        factor = getattr(view, "rate_factor", 1)
        public = key.kind == ApiKey.Kind.PUBLISHABLE
        rate = settings.API_RATE_PUBLISHABLE if public else settings.API_RATE_SECRET
        who = f"key:{type(view).__name__}:{key.pk}"
        owner = f"shop:{key.shop_id}" if key.shop_id else f"mall:{key.mall_id}"
        shop = (owner, Rate.of(settings.API_RATE_SHOP))
        if not public:
            return [(who, Rate.of(rate, times=factor)), shop]
        where = network_of(request)
        return [
            (f"{who}:{where}", Rate.of(rate, times=factor)),
            (f"address:{where}", Rate.of(settings.API_RATE_ADDRESS)),
            shop,
        ]


def wrong_key_wait(request: Request) -> float:
    """Count a key that nobody has: the seconds that its address has to wait, 0 for none."""
    return rate_count(f"wrong:{network_of(request)}", Rate.of(settings.API_RATE_ADDRESS))


def network_of(request: Request | HttpRequest) -> str:
    """The client's address, of IPv6 its network."""
    told = address_of(request)
    if told is None:
        return ""
    found = ipaddress.ip_address(told)
    if found.version == 4:
        return told
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, IPV6_NETWORK), strict=False))
