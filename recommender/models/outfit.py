from django.db import models

from catalog.models import Product
from tenants.base import TenantForeignKey, TenantModel


class CoCount(TenantModel):
    """How often two products were looked at, or bought, in one session. `first` < `second`."""

    first = TenantForeignKey(Product, related_name="+")
    second = TenantForeignKey(Product, related_name="+")
    views = models.PositiveIntegerField(default=0)
    purchases = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "first", "second"], name="cocount_once"),
            models.CheckConstraint(
                condition=models.Q(first__lt=models.F("second")), name="cocount_ordered"
            ),
        ]
        indexes = [models.Index(fields=["shop", "second"], name="cocount_second")]

    def __str__(self) -> str:
        return f"{self.first_id} · {self.second_id}: {self.views}, {self.purchases}"
