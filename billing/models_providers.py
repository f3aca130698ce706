"""What a payment provider told us, and what it has to be told. A mall's, outside every scope."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from tenants.models import Mall


class ProviderEvent(models.Model):
    """What a provider told us, written down by its id before anything is done about it.

    Only which object it speaks of: how that stands is asked of the provider, so that an event that
    comes late, twice or out of order does no harm, and nobody's card or address lies here.
    """

    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=120)
    type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=120, blank=True)
    mall_hint = models.CharField(max_length=20, blank=True, help_text="Which mall it names.")
    created_at = models.DateTimeField(help_text="When it happened, as the provider says.")
    received_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, help_text="The last time.")
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="providerevent_once"),
        ]
        indexes = [
            models.Index(
                fields=["received_at"], condition=Q(done_at=None), name="providerevent_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"


class MeterReport(models.Model):
    """Use that a provider has to be told, under a name of its own: told twice, it counts once.
    Below nothing it takes back what was told too much."""

    mall = models.ForeignKey(Mall, on_delete=models.CASCADE, related_name="+")
    identifier = models.CharField(max_length=100, unique=True)
    overage = models.ForeignKey(
        "billing.Overage", on_delete=models.SET_NULL, null=True, related_name="reports"
    )
    quantity = models.BigIntegerField()
    at = models.DateTimeField(help_text="When it was used, for the provider.")
    tried_at = models.DateTimeField(null=True, help_text="The first time.")
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(quantity=0), name="meterreport_tells_something"),
        ]
        indexes = [
            models.Index(fields=["at"], condition=Q(sent_at=None), name="meterreport_waiting"),
        ]

    def __str__(self) -> str:
        return self.identifier


class Reconciliation(models.Model):
    """A night's comparison with the provider; a difference is {what, mall, ours, theirs}."""

    provider = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    compared = models.PositiveIntegerField(default=0)
    differences: Any = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="reconciliation_newest")]

    def __str__(self) -> str:
        return f"{self.provider} {self.at:%Y-%m-%d}: {len(self.differences)}"
