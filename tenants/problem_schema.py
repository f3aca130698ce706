"""Problem documents in the OpenAPI description."""

from collections import defaultdict
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from tenants.problem_texts import PROBLEMS
from tenants.problems import CONTENT_TYPE

ANY_KEYED = (
    "parse_error",
    "validation_error",
    "missing_key",
    "invalid_key",
    "key_kind_not_allowed",
    "origin_not_allowed",
    "shop_closed",
    "unsupported_media_type",
    "rate_limited",
    "server_error",
    "unavailable",
)
"""What every address that takes a key and a body may answer."""

REPLY_HEADERS = [
    OpenApiParameter(
        "X-Request-ID",
        str,
        OpenApiParameter.HEADER,
        response=True,
        description="The same as `request_id`; a sane one of the caller is kept.",
    ),
    OpenApiParameter(
        "Retry-After",
        int,
        OpenApiParameter.HEADER,
        response=[429, 503],
        description="Seconds to wait.",
    ),
]


class FieldErrorReply(serializers.Serializer[Any]):
    field = serializers.CharField(help_text="As filters.price.min; empty for the whole request.")
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemReply(serializers.Serializer[Any]):
    """RFC 9457; `code` is stable, the words are in the language of the request."""

    type = serializers.CharField(help_text="urn:lookus:problem:<code>")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.ChoiceField(choices=sorted(PROBLEMS))
    request_id = serializers.CharField()
    errors = FieldErrorReply(many=True)  # type: ignore[assignment]  # a field of this name


def problems(*codes: str) -> dict[tuple[int, str], OpenApiResponse]:
    """For `extend_schema(responses=…)`: the problems of `ANY_KEYED` and these, by status."""
    by_status: dict[int, list[str]] = defaultdict(list)
    for code in dict.fromkeys((*ANY_KEYED, *codes)):
        by_status[PROBLEMS[code].status].append(code)
    return {
        (status, CONTENT_TYPE): OpenApiResponse(
            ProblemReply,
            description=" · ".join(f"`{code}` {PROBLEMS[code].en.title}" for code in found),
            examples=[_example(code) for code in found],
        )
        for status, found in sorted(by_status.items())
    }


def _example(code: str) -> OpenApiExample:
    text = PROBLEMS[code]
    return OpenApiExample(
        code,
        value={
            "type": f"urn:lookus:problem:{code}",
            "title": text.en.title,
            "status": text.status,
            "detail": text.en.detail,
            "code": code,
            "request_id": "0f8fad5bd9cb469fa16570867728950e",
            "errors": [],
        },
        media_type=CONTENT_TYPE,
        response_only=True,
        status_codes=[str(text.status)],
    )
