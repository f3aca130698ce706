from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tenants.base import TenantForeignKey, TenantModel, UserReference
from tenants.models import Mall


class Kind(models.TextChoices):
    PHOTO = "photo", "Photo tagged"
    SEARCH = "search", "Query answered"


class LedgerEntry(TenantModel):
    """One thing to be paid for, or one taken back. The application's database role may add a row,
    not change one: what is counted twice has the same `reference`, and what was counted wrongly is
    taken back by a row of its own, which `reverses` it with the same quantity below nothing.

    `at` is when it happened, of a reversal when that happened which it takes back: so the sums of a
    day and of a month hold both.
    """

    kind = models.CharField(max_length=6, choices=Kind)
    reference = models.CharField(max_length=80, help_text="What it was: unique in a shop and kind.")
    quantity = models.IntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)
    reverses: Any = TenantForeignKey(  # type: ignore[misc]  # the first one that may be NULL
        "billing.LedgerEntry", null=True, related_name="reversals"
    )
    written_at = models.DateTimeField(null=True, help_text="When a reversal was written.")
    reason = models.CharField(max_length=200, blank=True)
    by = UserReference()
    by_email = models.CharField(max_length=254, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "kind", "reference"], name="ledger_counted_once"
            ),
            models.UniqueConstraint(
                fields=["shop", "reverses"],
                condition=Q(reverses__isnull=False),
                name="ledger_reversed_once",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, written_at=None, quantity__gt=0)
                | Q(reverses__isnull=False, written_at__isnull=False, quantity__lt=0),
                name="ledger_only_reversals_take_back",
            ),
        ]
        indexes = [models.Index(fields=["shop", "-at"], name="ledger_newest")]
        verbose_name_plural = "ledger entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class LedgerDay(TenantModel):
    """What a shop has used in a day, moved in the statement that writes the ledger's row."""

    day = models.DateField(help_text="In the time zone of the installation.")
    kind = models.CharField(max_length=6, choices=Kind)
    quantity = models.PositiveBigIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "day", "kind"], name="ledgerday_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}: {self.quantity}"


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


class Overage(models.Model):
    """What a mall used beyond its plan in a month and pays by use, at the prices of that plan.

    Moved in the transaction of the ledger's row. `publishable` is the part of `quantity` that
    publishable keys caused: the spend cap holds that one.
    """

    mall = models.ForeignKey(Mall, on_delete=models.CASCADE, related_name="overage", db_index=False)
    month = models.DateField(help_text="Its first day.")
    kind = models.CharField(max_length=6, choices=Kind)
    plan = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    quantity = models.PositiveBigIntegerField(default=0)
    publishable = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mall", "month", "kind", "plan", "currency"], name="overage_once_a_plan"
            ),
            models.CheckConstraint(
                condition=Q(publishable__lte=F("quantity")), name="overage_publishable_is_a_part"
            ),
        ]
        verbose_name_plural = "overage"

    def __str__(self) -> str:
        return f"{self.mall} {self.month:%Y-%m} {self.kind}: {self.quantity} beyond {self.plan}"


# Models of this app too, each with what belongs to it.
from billing.models_invoices import (  # noqa: E402
    Credit,
    CreditUse,
    Invoice,
    InvoiceLine,
    InvoiceSeries,
    OverageBill,
)
from billing.models_providers import (  # noqa: E402
    MeterReport,
    ProviderEvent,
    Reconciliation,
)
from billing.models_subscriptions import Subscription  # noqa: E402

__all__ = [
    "Credit",
    "CreditUse",
    "Invoice",
    "InvoiceLine",
    "InvoiceSeries",
    "Kind",
    "LedgerDay",
    "LedgerEntry",
    "MeterReport",
    "MonthlyUsage",
    "Overage",
    "OverageBill",
    "ProviderEvent",
    "Reconciliation",
    "Subscription",
]
