from django.db import models
from django.utils import timezone

from tenants.models import Shop


class ShopMood(models.Model):
    """The styles of a shop's products, readable without entering the shop.

    What was counted, and no more: `recommender.mood.selectors` smooths and compares it with the
    mall's average when it is read, for the average moves with the other shops.
    """

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="mood")
    head = models.CharField(
        max_length=20, default="style", help_text="Of the taxonomy: which styles are counted."
    )
    counts = models.JSONField(default=dict, help_text="Weight of the products by style.")
    picks = models.JSONField(
        default=dict, help_text="By style, ids of the products that are most surely of it."
    )
    products = models.PositiveIntegerField(default=0)
    revision = models.CharField(max_length=20, blank=True)
    fingerprint = models.CharField(
        max_length=120, blank=True, help_text="Of the tags counted; the same: nothing to count."
    )
    updated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.shop}: {self.counts}"
