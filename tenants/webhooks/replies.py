"""What the API shows of webhooks, and what it takes."""

from typing import Any

from rest_framework import serializers

from tenants.models_webhooks import WebhookDelivery, WebhookEndpoint
from tenants.problems import LANGUAGES
from tenants.webhooks.events import EVENT_TYPES

MOST_DELIVERIES, DEFAULT_DELIVERIES = 100, 25
TYPES = list(EVENT_TYPES)


class WebhookInput(serializers.Serializer[Any]):
    url = serializers.CharField(
        max_length=2000, help_text="Where events are sent: a public https address."
    )
    types = serializers.ListField(
        child=serializers.ChoiceField(choices=TYPES),
        allow_empty=False,
        max_length=20,
        help_text="The events that it wants.",
    )
    description = serializers.CharField(required=False, allow_blank=True, max_length=200)
    enabled = serializers.BooleanField(required=False)


class WebhookReply(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    url = serializers.CharField()
    types = serializers.ListField(child=serializers.ChoiceField(choices=TYPES))
    description = serializers.CharField()
    enabled = serializers.BooleanField()
    off_reason = serializers.ChoiceField(
        choices=["", "gone", "failing"], help_text="Why LookUs switched it off; empty otherwise."
    )
    failing_since = serializers.DateTimeField(
        allow_null=True, help_text="The first failure after the last success."
    )
    former_secret_until = serializers.DateTimeField(
        allow_null=True, help_text="Until then the secret before this one signs too."
    )
    created_at = serializers.DateTimeField()


class WebhookMadeReply(WebhookReply):
    secret = serializers.CharField(help_text="Shown this once: `whsec_` and base64.")


class WebhooksReply(serializers.Serializer[Any]):
    results = WebhookReply(many=True)


class DeliveriesAsked(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=WebhookDelivery.State.values, required=False)
    limit = serializers.IntegerField(
        required=False, default=DEFAULT_DELIVERIES, min_value=1, max_value=MOST_DELIVERIES
    )
    cursor = serializers.IntegerField(
        required=False, min_value=1, help_text="`next_cursor` of a reply."
    )
    lang = serializers.ChoiceField(choices=LANGUAGES, required=False, help_text="Of errors.")


class DeliveryReply(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    message_id = serializers.CharField(help_text="The header `webhook-id`.")
    type = serializers.CharField()
    state = serializers.ChoiceField(choices=WebhookDelivery.State.values)
    attempts = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField(allow_null=True, help_text="Of the last attempt.")
    next_at = serializers.DateTimeField(allow_null=True, help_text="Of the next attempt.")
    status = serializers.IntegerField(allow_null=True, help_text="That your server answered last.")
    duration_ms = serializers.IntegerField(allow_null=True)
    answer = serializers.CharField(help_text="The first 1,000 characters of your server's answer.")
    error = serializers.CharField(help_text="Why there was no answer.")


class DeliveriesReply(serializers.Serializer[Any]):
    results = DeliveryReply(many=True)
    next_cursor = serializers.IntegerField(allow_null=True)


class ReplaySince(serializers.Serializer[Any]):
    since = serializers.DateTimeField(help_text="All that failed since then is sent once more.")


class ReplayedReply(serializers.Serializer[Any]):
    count = serializers.IntegerField(help_text="Messages that will be sent once more.")


def webhook_reply(endpoint: WebhookEndpoint, *, secret: str = "") -> dict[str, Any]:
    reply = {
        "id": endpoint.pk,
        "url": endpoint.url,
        "types": endpoint.types,
        "description": endpoint.description,
        "enabled": endpoint.enabled,
        "off_reason": endpoint.off_reason,
        "failing_since": endpoint.failing_since,
        "former_secret_until": endpoint.secret_before_until,
        "created_at": endpoint.created_at,
    }
    return reply | ({"secret": secret} if secret else {})


def delivery_reply(delivery: WebhookDelivery) -> dict[str, Any]:
    return {
        "id": delivery.pk,
        "message_id": delivery.message.uid,
        "type": delivery.message.type,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "created_at": delivery.created_at,
        "last_at": delivery.last_at,
        "next_at": delivery.next_at,
        "status": delivery.status,
        "duration_ms": delivery.duration_ms,
        "answer": delivery.answer,
        "error": delivery.error,
    }
