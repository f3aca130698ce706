"""A write that is sent twice is done once: the header `Idempotency-Key`.

After the IETF draft "The Idempotency-Key HTTP Header Field". A key belongs to a shop. The same key
with the same request is answered what it was answered first, with `Idempotency-Replayed: true`;
with another request it is refused, and while the first is under way too. Refused requests changed
nothing, so their key is free again. Replies are kept for a day.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.auth import shop_of
from tenants.models import Shop
from tenants.models_idempotency import StoredReply
from tenants.problems import Problem
from tenants.scope import shop_scope
from tenants.sealed import seal, unseal

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LONGEST = 255
KEPT = timedelta(hours=24)
# A process that died holds its key so long; the slowest write takes seconds.
LEASE = timedelta(minutes=2)
RETRY_SECONDS = 2
KEPT_HEADERS = ("ETag", "Location")

Handler = Callable[..., Response]

IDEMPOTENCY = [
    OpenApiParameter(
        HEADER,
        str,
        OpenApiParameter.HEADER,
        description="A name of your choice for this one write, as a UUID (at most 255 printable "
        "characters, with or without quotes). Sent again with the same request within 24 hours, "
        "the first reply is given again and nothing is done twice.",
    ),
    OpenApiParameter(
        REPLAYED,
        str,
        OpenApiParameter.HEADER,
        response=[200, 201, 202],
        description="`true` where this is the reply that was kept.",
    ),
]
IDEMPOTENCY_PROBLEMS = ("idempotency_key_reused", "request_under_way")


@dataclass(frozen=True)
class _Claim:
    """A key that is ours until then; `until` is also the proof that it is."""

    shop: Shop
    pk: int
    until: datetime

    def keep(self, response: Response) -> bool:
        """Keep the reply, in the scope that is open; False where another request took over."""
        body = "" if response.data is None else seal(JSONRenderer().render(response.data).decode())
        headers = {name: response[name] for name in KEPT_HEADERS if response.has_header(name)}
        held = StoredReply.objects.filter(pk=self.pk, leased_until=self.until, status=None)
        return bool(held.update(status=response.status_code, headers=headers, body=body))

    def release(self) -> None:
        with shop_scope(self.shop):
            StoredReply.objects.filter(pk=self.pk, leased_until=self.until, status=None).delete()


def idempotent(*, atomic: bool = True) -> Callable[[Handler], Handler]:
    """Decorate a view's `post`, `put`, `patch` or `delete`.

    With `atomic` the change and its kept reply are one transaction: the handler runs in the
    shop's scope and must not wait for storage or network. Without it they are two, and a process
    that dies between them lets a retry run the handler again.
    """

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        def once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
            key = _key_of(request)
            if key is None:
                return handler(view, request, *args, **kwargs)
            shop = shop_of(request)
            claim = _claim(shop, key, fingerprint(request))
            if isinstance(claim, Response):
                return claim
            try:
                return _run(claim, atomic, lambda: handler(view, request, *args, **kwargs))
            except BaseException:
                claim.release()
                raise

        return once

    return decorate


def replies_forget() -> int:
    """Delete the replies that are older than a day, shop by shop; how many."""
    gone = 0
    for shop_id in list(Shop.objects.order_by("pk").values_list("pk", flat=True)):
        with shop_scope(shop_id):
            old = StoredReply.objects.filter(created_at__lte=timezone.now() - KEPT)
            gone += old.delete()[0]
    return gone


def fingerprint(request: Request) -> str:
    """SHA-256 of method, address and what the body says, however it is laid out."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    data = request.data
    if isinstance(data, QueryDict):
        for name in sorted(data):
            for value in data.getlist(name):
                digest.update(f"\n{name}=".encode())
                _update(digest, value)
    else:
        try:
            text = json.dumps(data, sort_keys=True, ensure_ascii=True)
        except RecursionError:
            raise exceptions.ParseError("The body is nested too deeply.") from None
        digest.update(text.encode())
    return digest.hexdigest()


def _update(digest: Any, value: object) -> None:
    if isinstance(value, UploadedFile):
        for chunk in value.chunks():
            digest.update(chunk)
        value.seek(0)
    else:
        digest.update(str(value).encode(errors="surrogatepass"))


def _key_of(request: Request) -> str | None:
    given = request.headers.get(HEADER)
    if given is None:
        return None
    key = given.strip()
    if len(key) > 1 and key.startswith('"') and key.endswith('"'):
        key = key[1:-1]
    if not 0 < len(key) <= LONGEST or not all(" " <= letter <= "~" for letter in key):
        message = f"A key is 1 to {LONGEST} printable ASCII characters."
        raise Problem(
            "validation_error", errors=[{"field": HEADER, "code": "invalid", "message": message}]
        )
    return key


def _claim(shop: Shop, key: str, asked: str) -> _Claim | Response:
    now = timezone.now()
    until = now + LEASE
    with shop_scope(shop):
        row, fresh = StoredReply.objects.get_or_create(
            key=key, defaults={"fingerprint": asked, "leased_until": until}
        )
        if fresh:
            return _Claim(shop, row.pk, until)
        held = StoredReply.objects.select_for_update().filter(pk=row.pk).first()
        if held is None:
            raise _under_way()
        if held.created_at > now - KEPT:
            if held.fingerprint != asked:
                raise Problem("idempotency_key_reused")
            if held.status is not None:
                return _replay(held)
            if held.leased_until > now:
                raise _under_way()
        StoredReply.objects.filter(pk=held.pk).update(
            fingerprint=asked, leased_until=until, created_at=now, status=None, headers={}, body=""
        )
        return _Claim(shop, held.pk, until)


def _run(claim: _Claim, atomic: bool, call: Callable[[], Response]) -> Response:
    if not atomic:
        response = call()
        with shop_scope(claim.shop):
            claim.keep(response)
        return response
    with shop_scope(claim.shop):
        response = call()
        if not claim.keep(response):
            raise _under_way()
        return response


def _replay(held: StoredReply) -> Response:
    headers: Mapping[str, str] = held.headers
    return Response(
        json.loads(unseal(held.body)) if held.body else None,
        status=held.status,
        headers={**headers, REPLAYED: "true"},
    )


def _under_way() -> Problem:
    return Problem("request_under_way", headers={"Retry-After": str(RETRY_SECONDS)})
