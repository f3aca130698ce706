"""Where a shop wants to be told, what it was told, and how each telling went."""

import secrets
from typing import Any

from django.db import models
from django.utils import timezone

from tenants.base import TenantForeignKey, TenantModel

ANSWER_LENGTH = 1000


class WebhookEndpoint(TenantModel):
    """An address of the shop's that events are sent to, and the secret that signs them.

    While a secret is being changed the former one signs too, until `secret_before_until`.
    """

    url = models.CharField(max_length=2000)
    description = models.CharField(max_length=200, blank=True)
    types = models.JSONField(default=list, help_text="Event types that it wants.")
    enabled = models.BooleanField(default=True)
    secret = models.CharField(max_length=400, editable=False, help_text="Sealed.")
    secret_before = models.CharField(max_length=400, blank=True, editable=False)
    secret_before_until = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(
        null=True, editable=False, help_text="The first failure after the last success."
    )
    off_reason = models.CharField(
        max_length=40, blank=True, editable=False, help_text="Why we switched it off: a code."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta(TenantModel.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return self.url


def new_message_uid() -> str:
    return f"msg_{secrets.token_urlsafe(18)}"


class WebhookMessage(TenantModel):
    """Something that happened. Its body is made of these columns, the same for every attempt."""

    uid = models.CharField(max_length=40, default=new_message_uid, editable=False)
    type = models.CharField(max_length=40)
    data: Any = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["shop", "at"], name="webhookmessage_oldest")]

    def __str__(self) -> str:
        return f"{self.type} {self.uid}"


class WebhookDelivery(TenantModel):
    """One message to one endpoint, however many attempts it takes."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DELIVERED = "delivered", "Delivered"
        FAILED = "failed", "Failed"

    message: Any = TenantForeignKey(WebhookMessage, related_name="deliveries")
    endpoint: Any = TenantForeignKey(WebhookEndpoint, related_name="deliveries")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, help_text="When it is tried again.")
    last_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the last answer.")
    duration_ms = models.PositiveIntegerField(null=True, help_text="Of the last attempt.")
    answer = models.CharField(max_length=ANSWER_LENGTH, blank=True, help_text="How it began.")
    error = models.CharField(max_length=300, blank=True, help_text="Why there was no answer.")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        indexes = [
            models.Index(fields=["shop", "endpoint", "-id"], name="webhookdelivery_newest"),
            models.Index(fields=["shop", "message"], name="webhookdelivery_message"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.endpoint_id}"
