"""What became of events, as the API says it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from rest_framework import exceptions, serializers

from analytics.event_words import worded
from analytics.told import Taken
from tenants.problem_texts import PROBLEMS
from tenants.problems import problem_of

OUTCOMES = ("counted", "repeated", "left_out")
ACCEPTED, REFUSED = 202, 400
LONGEST_ID = 64


class EventReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    counted = serializers.BooleanField(
        help_text="False for what was counted before, and for what is left out."
    )


class EventErrorReply(serializers.Serializer[Any]):
    field = serializers.CharField()
    code = serializers.CharField()
    message = serializers.CharField()


class EventRowReply(serializers.Serializer[Any]):
    index = serializers.IntegerField(help_text="Place among the events, from 0.")
    event_id = serializers.CharField(allow_null=True, help_text="As it was sent.")
    status = serializers.IntegerField(help_text="As if it had been sent alone.")
    outcome = serializers.CharField(
        allow_null=True, help_text="counted, repeated or left_out; null where refused."
    )
    errors = EventErrorReply(many=True)  # type: ignore[assignment]  # a field of this name


class EventBatchReply(serializers.Serializer[Any]):
    request_id = serializers.CharField()
    counted = serializers.IntegerField()
    repeated = serializers.IntegerField()
    left_out = serializers.IntegerField(
        help_text="Of robots, and of browsers that ask not to be tracked."
    )
    refused = serializers.IntegerField()
    results = EventRowReply(many=True)


def row_reply(index: int, event: Any, taken: Taken) -> dict[str, Any]:
    status, errors = ACCEPTED, []
    if taken.code:
        status = PROBLEMS[taken.code].status
        message = worded(taken.code)
        errors = [{"field": taken.field, "code": taken.code, "message": message}]
    return _row(index, event, status, taken.outcome or None, errors)


def refused_reply(index: int, event: Any, error: exceptions.ValidationError) -> dict[str, Any]:
    problem = problem_of(error)
    assert problem is not None
    return _row(index, event, REFUSED, None, problem.errors)


def batch_reply(request_id: str, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The body of `EventBatchReply`."""
    counts = Counter(row["outcome"] for row in rows)
    return {
        "request_id": request_id,
        **{outcome: counts[outcome] for outcome in OUTCOMES},
        "refused": counts[None],
        "results": list(rows),
    }


def _row(
    index: int, event: Any, status: int, outcome: str | None, errors: list[dict[str, str]]
) -> dict[str, Any]:
    said = event.get("event_id") if isinstance(event, dict) else None
    return {
        "index": index,
        "event_id": said[:LONGEST_ID] if isinstance(said, str) else None,
        "status": status,
        "outcome": outcome,
        "errors": errors,
    }
