"""What machines ask: is it alive, may it be sent requests, how is it."""

import hmac
import ipaddress
import logging

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest

from lookus.watching.collected import INSTALLATION
from lookus.watching.measures import counted
from lookus.watching.parts import NEEDED, parts_now
from lookus.watching.stopping import is_stopping

log = logging.getLogger(__name__)

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while this process answers at all: what a restart could mend, and nothing else."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 while requests may be sent here. It names the parts that fail; the log says why.

    `degraded` is 200 too: searches are answered without a broker and without the storage.
    `stopping` is not: it answers still, and ends within seconds (`lookus/web_server.py`).
    """
    states = parts_now()
    for part, fault in states.items():
        if fault:
            log.warning("%s: %s", part, fault)
    failed = [part for part, fault in states.items() if fault]
    unready = [part for part in failed if part in NEEDED]
    status = "unready" if unready else "degraded" if failed else "ready"
    if is_stopping():
        status = "stopping"
    parts = {part: "failed" if part in failed else "ok" for part in states}
    sendable = status in ("ready", "degraded")
    return JsonResponse({"status": status, "parts": parts}, status=200 if sendable else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, for whoever has METRICS_TOKEN; without one, for this machine."""
    given = request.headers.get("Authorization", "")
    forwarded = settings.BEHIND_PROXY or any(name in request.META for name in FORWARDED)
    if not may_read(given, request.META.get("REMOTE_ADDR", ""), forwarded=forwarded):
        raise Http404
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def exposition() -> bytes:
    """What the processes of this machine counted, and what the database knows of all."""
    whole = CollectorRegistry()
    whole.register(INSTALLATION)
    return generate_latest(counted()) + generate_latest(whole)


def may_read(authorization: str, address: str, *, forwarded: bool) -> bool:
    """By the token; or, where there is none, from loopback with no proxy in between."""
    if settings.METRICS_TOKEN:
        wanted = f"Bearer {settings.METRICS_TOKEN}"
        return hmac.compare_digest(authorization.encode(), wanted.encode())
    try:
        return ipaddress.ip_address(address).is_loopback and not forwarded
    except ValueError:
        return False
