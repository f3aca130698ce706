from django.db import models
from django.utils import timezone

from analytics.months import this_month
from catalog.models import Product
from tenants.base import TenantForeignKey, TenantModel
from tenants.models import Shop


class EventType(models.TextChoices):
    SEARCH = "search", "Search"
    IMPRESSION = "impression", "Seen among results"
    CLICK = "click", "Click"
    VIEW = "view", "Product page"
    CART = "cart", "Put into the cart"
    PURCHASE = "purchase", "Purchase"


ONCE_A_SEARCH = (EventType.SEARCH, EventType.IMPRESSION, EventType.CLICK)
"""Of these a search has one for each product, however often it is told."""


class Event(TenantModel):
    """Something a shopper did. Nothing in it says who: no address, no device, no photo.

    `visitor` and `order_ref` are keyed hashes, another in each shop; the first is emptied after
    some days. An order has a row for each of its products, and `order_total` in each of them.
    Amounts are whole numbers of the currency's smallest unit, `price` that of one piece. `month` is
    the partition: it follows from what names the row (`analytics.months`), so that what is told
    again, however late, meets itself.
    """

    type = models.CharField(max_length=10, choices=EventType)
    event_id = models.UUIDField(null=True)
    search_id = models.UUIDField(null=True)
    sku = models.CharField(max_length=100, blank=True)
    position = models.PositiveSmallIntegerField(null=True)
    results = models.PositiveIntegerField(null=True)
    category = models.CharField(max_length=20, blank=True)
    milliseconds = models.PositiveIntegerField(null=True)
    quantity = models.PositiveIntegerField(null=True)
    price = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True, default="", db_default="")
    order_ref = models.CharField(max_length=32, blank=True, default="", db_default="")
    order_total = models.PositiveBigIntegerField(null=True)
    by_server = models.BooleanField(
        default=False, db_default=False, help_text="Told with a secret key, not by a page."
    )
    visitor = models.CharField(max_length=32, blank=True, default="", db_default="")
    at = models.DateTimeField(default=timezone.now)
    month = models.DateField(default=this_month, editable=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "search_id", "type", "sku", "month"],
                condition=models.Q(type__in=ONCE_A_SEARCH),
                name="event_counted_once",
            ),
            models.UniqueConstraint(
                fields=["shop", "event_id", "sku", "month"],
                condition=models.Q(event_id__isnull=False),
                name="event_id_once",
            ),
            models.UniqueConstraint(
                fields=["shop", "order_ref", "sku", "month"],
                condition=~models.Q(order_ref=""),
                name="event_order_line_once",
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "-at"], name="event_newest"),
            # What is seen among results is a hundred times as much: it does not lie in the way.
            models.Index(
                fields=["shop", "-at"],
                condition=models.Q(type__in=(EventType.SEARCH, EventType.CLICK)),
                name="event_looked_for",
            ),
            models.Index(
                fields=["shop", "at"], condition=~models.Q(visitor=""), name="event_of_visitor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.search_id or self.event_id}"


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

    ROBOT = "robot"
    """Searches that robots made, which count nowhere else."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    type = models.CharField(
        max_length=10, choices=[*EventType.choices, (ROBOT, "Search by a robot")]
    )
    quantity = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "day", "type"], name="dailycount_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.shop} {self.day} {self.type}: {self.quantity}"
