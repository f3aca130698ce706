from django.db import models
from django.utils import timezone

from tenants.base import TenantModel, UserReference


class QualityRun(TenantModel):
    """One measurement of a shop's own search: from its second photos and its reviewed tags."""

    class Verdict(models.TextChoices):
        BETTER = "better", "Not worse"
        WORSE = "worse", "Worse"
        UNKNOWN = "unknown", "Too few to tell"

    revision = models.CharField(max_length=20)
    against = models.CharField(max_length=20, blank=True, help_text="The revision compared with.")
    reason = models.CharField(max_length=40, default="asked", help_text="bundle, weights, index …")
    figures = models.JSONField(default=dict)
    verdict = models.CharField(max_length=7, choices=Verdict, default=Verdict.UNKNOWN)
    by = UserReference()
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["shop", "-at"], name="qualityrun_newest")]

    def __str__(self) -> str:
        return f"{self.revision}: {self.verdict}"
