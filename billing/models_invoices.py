"""What a mall has to pay and did: invoices, use beyond the plan, credits.

A mall's, and outside every shop's scope: an invoice stays when shops of the mall are deleted, and
when the mall is.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from tenants.base import UserReference
from tenants.models import Mall


class InvoiceSeries(models.Model):
    """The last number given in a year. Its row is locked while one is given: none is left out."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "invoice series"

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Invoice(models.Model):
    """What a mall owes for a period, in whole numbers of the currency's smallest unit.

    `subtotal` is the sum of the lines, credits among them (below nothing); `tax` is that of the
    country, on top. From `open` on the database lets nobody change an amount or delete the row
    (`billing.migrations_sql`): what was wrong is voided, and another one issued.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        OPEN = "open", "To be paid"
        PAID = "paid", "Paid"
        VOID = "void", "Void"
        UNCOLLECTIBLE = "uncollectible", "Given up"

    mall = models.ForeignKey(Mall, on_delete=models.SET_NULL, null=True, related_name="invoices")
    mall_name = models.CharField(max_length=120)
    key = models.CharField(
        max_length=120, unique=True, help_text="What it is for: the same is billed once."
    )
    state = models.CharField(max_length=13, choices=State, default=State.DRAFT)
    number = models.CharField(max_length=40, unique=True, null=True)  # noqa: DJ001  drafts have none
    year = models.PositiveSmallIntegerField(null=True)
    sequence = models.PositiveIntegerField(null=True)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=2, default="en")
    seller: Any = models.JSONField(default=dict, help_text="Who bills: name, address, tax number.")
    bill_to: Any = models.JSONField(default=dict, help_text="Who is billed, as it was then.")
    period_start = models.DateTimeField()
    period_end = models.DateTimeField()
    subtotal = models.BigIntegerField(default=0)
    tax_percent = models.PositiveSmallIntegerField(default=0)
    tax = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    issued_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, help_text="Paid, made void or given up.")
    closed_by = UserReference()
    note = models.CharField(max_length=300, blank=True, help_text="How it was paid, or why not.")
    provider = models.CharField(max_length=20, default="manual")
    provider_invoice = models.CharField(max_length=80, unique=True, null=True)  # noqa: DJ001  unique
    provider_url = models.URLField(max_length=500, blank=True, help_text="Where it can be paid.")
    provider_synced_at = models.DateTimeField(
        null=True, help_text="When the provider was asked for what stands here."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "sequence"], name="invoice_number_once"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(number__isnull=False, issued_at__isnull=False),
                name="invoice_issued_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "open"], closed_at=None)
                | Q(state__in=["paid", "void", "uncollectible"], closed_at__isnull=False),
                name="invoice_closed_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(total=F("subtotal") + F("tax"), subtotal__gte=0, tax__gte=0),
                name="invoice_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")), name="invoice_period_has_a_length"
            ),
        ]
        indexes = [
            models.Index(fields=["mall", "-created_at"], name="invoice_of_a_mall"),
            models.Index(fields=["state", "due_at"], name="invoice_due"),
            models.Index(fields=["issued_at"], name="invoice_issued"),
        ]

    def __str__(self) -> str:
        return self.number or f"draft {self.pk}"

    @property
    def is_late(self) -> bool:
        """Whether its day has passed, and nobody paid."""
        open_still = self.state == self.State.OPEN
        return open_still and self.due_at is not None and self.due_at < timezone.now()


class InvoiceLine(models.Model):
    """One line: `quantity` × `unit_amount` ÷ `per`, rounded half up, is `amount`.

    Its words are made when it is shown (`billing.invoice_words`), from `kind` and `data`.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", "A plan for a period"
        CHANGE = "change", "Change of a plan within a period"
        USAGE = "usage", "Use beyond the plan"
        CREDIT = "credit", "Credit"
        OTHER = "other", "What the words say"

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=Kind)
    data: Any = models.JSONField(default=dict)
    quantity = models.BigIntegerField(default=1)
    unit_amount = models.BigIntegerField()
    per = models.PositiveIntegerField(default=1)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "position"], name="invoiceline_place_once"),
            models.CheckConstraint(condition=Q(per__gte=1), name="invoiceline_per_something"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class OverageBill(models.Model):
    """How much of an `Overage` an invoice bills. What is corrected later makes another row, in the
    next invoice; those of void invoices do not count, so that it is billed again."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="overage_bills")
    overage = models.ForeignKey(
        "billing.Overage", on_delete=models.SET_NULL, null=True, related_name="bills"
    )
    quantity = models.BigIntegerField(help_text="Below nothing where too much was billed before.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invoice", "overage"], name="overagebill_once"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} in {self.invoice_id}"


class Credit(models.Model):
    """Money that a mall need not pay: net, taken off the next invoices before the tax."""

    mall = models.ForeignKey(Mall, on_delete=models.CASCADE, related_name="credits")
    currency = models.CharField(max_length=3)
    amount = models.BigIntegerField()
    left = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    by = UserReference()
    by_email = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0, left__gte=0, left__lte=F("amount")),
                name="credit_has_something_left",
            ),
        ]
        indexes = [models.Index(fields=["mall", "at"], name="credit_of_a_mall")]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}: {self.reason}"


class CreditUse(models.Model):
    """How much of a credit an invoice took; what a void invoice took is given back."""

    credit = models.ForeignKey(Credit, on_delete=models.CASCADE, related_name="uses")
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="credit_uses")
    amount = models.BigIntegerField()
    given_back = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credit", "invoice"], name="credit_once_an_invoice"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="credituse_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.credit_id}"
