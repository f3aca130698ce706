from django.db import models
from django.utils import timezone

from tenants.base import TenantModel
from tenants.models import Mall


class Kind(models.TextChoices):
    PHOTO = "photo", "Photo tagged"
    SEARCH = "search", "Query answered"


class Subscription(models.Model):
    """The plan of a mall; `billing.plans.PLANS` says what it allows."""

    mall = models.OneToOneField(Mall, on_delete=models.CASCADE, related_name="subscription")
    plan = models.CharField(max_length=20)
    since = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.mall}: {self.plan}"


class LedgerEntry(TenantModel):
    """One thing to be paid for. Never edited: what is counted twice has the same `reference`."""

    kind = models.CharField(max_length=6, choices=Kind)
    reference = models.CharField(max_length=80, help_text="What it was: unique in a shop and kind.")
    quantity = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "kind", "reference"], name="ledger_counted_once"
            ),
        ]
        indexes = [models.Index(fields=["shop", "-at"], name="ledger_newest")]
        verbose_name_plural = "ledger entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class MonthlyUsage(models.Model):
    """What a mall has used in a month: the sum that the quota asks, moved with the ledger."""

    mall = models.ForeignKey(Mall, on_delete=models.CASCADE, related_name="usage", db_index=False)
    month = models.DateField(help_text="Its first day.")
    kind = models.CharField(max_length=6, choices=Kind)
    quantity = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mall", "month", "kind"], name="usage_once_a_month"),
        ]
        verbose_name_plural = "monthly usage"

    def __str__(self) -> str:
        return f"{self.mall} {self.month:%Y-%m} {self.kind}: {self.quantity}"
