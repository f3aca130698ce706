"""What people said of products that look the same."""

from django.db import models
from django.utils import timezone

from catalog.models.product import Product
from tenants.base import TenantForeignKey, TenantModel, UserReference


class NotAlike(TenantModel):
    """A person looked at both and said that they are two products: they are never folded.

    `first` is the one with the lower id.
    """

    first = TenantForeignKey(Product, related_name="+")
    second = TenantForeignKey(Product, related_name="+")
    by = UserReference()
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "first", "second"], name="notalike_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="notalike_in_order"
            ),
        ]
        indexes = [models.Index(fields=["shop", "second"], name="notalike_second")]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
