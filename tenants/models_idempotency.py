"""Replies that are kept for callers who ask twice."""

from django.db import models
from django.utils import timezone

from tenants.base import TenantModel


class StoredReply(TenantModel):
    """What a write was answered, under the caller's Idempotency-Key.

    `status` is null while the request is under way; its lease ends with a process that died.
    """

    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of what was asked.")
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True, help_text="JSON, sealed: a reply may show a new secret.")
    leased_until = models.DateTimeField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        app_label = "tenants"
        constraints = [
            models.UniqueConstraint(fields=["shop", "key"], name="storedreply_once_a_key"),
        ]
        indexes = [models.Index(fields=["shop", "created_at"], name="storedreply_oldest")]

    def __str__(self) -> str:
        return f"{self.key}: {self.status or 'under way'}"
