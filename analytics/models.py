from django.db import models
from django.utils import timezone

from catalog.models import Product
from tenants.base import TenantForeignKey, TenantModel
from tenants.models import Shop


class EventType(models.TextChoices):
    SEARCH = "search", "Search"
    CLICK = "click", "Click"
    VIEW = "view", "Product page"
    PURCHASE = "purchase", "Purchase"


class Event(TenantModel):
    """Something a shopper did. Nothing in it says who: no address, no device, no photo."""

    type = models.CharField(max_length=10, choices=EventType)
    search_id = models.UUIDField()
    sku = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(null=True)
    results = models.PositiveIntegerField(null=True)
    category = models.CharField(max_length=20, blank=True)
    milliseconds = models.PositiveIntegerField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "search_id", "type", "sku"], name="event_counted_once"
            ),
        ]
        indexes = [models.Index(fields=["shop", "-at"], name="event_newest")]

    def __str__(self) -> str:
        return f"{self.type} {self.search_id}"


class Visit(TenantModel):
    """A product that a session looked at or bought, for half an hour: pairs are counted from it.

    `session` is a hash with the installation's secret; it means nothing elsewhere.
    """

    session = models.CharField(max_length=64)
    type = models.CharField(max_length=10, choices=EventType)
    product = TenantForeignKey(Product, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "session", "type", "product"], name="visit_once_a_session"
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "at"], name="visit_oldest"),
            models.Index(fields=["shop", "product"], name="visit_product"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.product_id}"


class DailyCount(models.Model):
    """Sums of a shop's day, readable by operators without entering the shop."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    type = models.CharField(max_length=10, choices=EventType)
    quantity = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "day", "type"], name="dailycount_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.shop} {self.day} {self.type}: {self.quantity}"
