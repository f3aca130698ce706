"""Strong ETags: the SHA-256 of what is shown, and what `If-Match` and `If-None-Match` ask for."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.problems import Problem

ANY = "*"
# Signed addresses are others each time, and lead to the same photo.
NOT_COUNTED = frozenset({"image_url"})

ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200, 201, 304],
    description="Strong; it changes with anything that is shown, so with new tags too.",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="An ETag that you have: 304 without a body if it is still so.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="An ETag that you have read: 412 if the product has changed since.",
)
ONLY_NEW = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description="`*`: 412 if there is such a product already.",
)


def etag_of(shown: Any) -> str:
    """With its quotes."""
    text = json.dumps(_counted(shown), sort_keys=True, cls=DjangoJSONEncoder)
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:40]}"'


def is_held(request: Request, etag: str) -> bool:
    """Whether `If-None-Match` says that the caller has this already."""
    return _names(request.headers.get("If-None-Match", ""), etag)


def answered(request: Request, shown: Mapping[str, Any]) -> Response:
    """With its ETag; without a body where the caller has it already."""
    etag = etag_of(shown)
    if is_held(request, etag):
        return Response(status=304, headers={"ETag": etag})
    return Response(shown, headers={"ETag": etag})


def check(request: Request, etag: str | None) -> None:
    """Before a write: `etag` is of what stands, None where nothing does.

    Raises precondition_failed.
    """
    match, none_match = request.headers.get("If-Match"), request.headers.get("If-None-Match")
    if match is not None and (etag is None or not _names(match, etag)):
        raise Problem("precondition_failed")
    if none_match is not None and etag is not None and _names(none_match, etag):
        raise Problem("precondition_failed")


def _names(header: str, etag: str) -> bool:
    """A weak tag never matches: what is compared is strong."""
    said = [one.strip() for one in header.split(",")]
    return ANY in said or etag in said


def _counted(shown: Any) -> Any:
    if isinstance(shown, Mapping):
        return {name: _counted(value) for name, value in shown.items() if name not in NOT_COUNTED}
    if isinstance(shown, Sequence) and not isinstance(shown, str):
        return [_counted(one) for one in shown]
    return shown
