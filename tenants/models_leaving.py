"""What a shop takes with it, what stays of it, and who helped in it."""

from typing import Any

from django.db import models
from django.utils import timezone

from tenants.base import TenantForeignKey, TenantModel, UserReference


class ShopExport(TenantModel):
    """Everything of a shop in one ZIP, made by the worker and kept for some days.

    `pending → working → done → expired`, or `failed` with the reason.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Waiting"
        WORKING = "working", "Being made"
        DONE = "done", "Ready"
        FAILED = "failed", "Failed"
        EXPIRED = "expired", "No longer kept"

    photos = models.BooleanField(default=True, help_text="With the photos' files.")
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    part = models.CharField(max_length=40, blank=True, help_text="File that is being written.")
    rows = models.PositiveBigIntegerField(default=0, help_text="Rows and photos written.")
    total = models.PositiveBigIntegerField(default=0)
    file = models.CharField(max_length=200, blank=True, help_text="Name in the storage.")
    bytes = models.PositiveBigIntegerField(default=0)
    contents: Any = models.JSONField(default=dict, help_text="Rows of each file in the ZIP.")
    detail = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, editable=False)
    by = UserReference()
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["shop", "-created_at"], name="shopexport_newest")]

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"


class GuestGrant(TenantModel):
    """For so long LookUs' staff may be in the shop: the owner let them, or it was an emergency."""

    by = UserReference()
    by_email = models.CharField(max_length=254)
    emergency = models.BooleanField(default=False, help_text="Taken by staff, not given.")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["shop", "-until"], name="guestgrant_newest")]

    def __str__(self) -> str:
        return self.by_email


class GuestVisit(TenantModel):
    """Somebody of LookUs' staff who came in under a grant."""

    grant = TenantForeignKey(GuestGrant, related_name="visits")
    operator = UserReference()
    operator_email = models.CharField(max_length=254)
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "grant", "operator"], name="guestvisit_once_a_grant"
            ),
        ]

    def __str__(self) -> str:
        return self.operator_email


class ClosedShop(models.Model):
    """What is kept of a shop that was deleted: that it was, and what its mall was billed for.

    No row of its catalogue, its people or its shoppers.
    """

    mall = models.ForeignKey("tenants.Mall", on_delete=models.CASCADE, related_name="closed_shops")
    shop_number = models.BigIntegerField(unique=True, help_text="The id that the shop had.")
    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=50)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField()
    closed_by = models.CharField(max_length=254, blank=True, help_text="E-mail address.")
    erased_at = models.DateTimeField(null=True)
    usage: Any = models.JSONField(
        default=dict, help_text='Sums of its ledger, as {"2026-11": {"photo": 120}}.'
    )

    def __str__(self) -> str:
        return self.name
