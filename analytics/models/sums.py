from django.db import models

from tenants.base import TenantModel
from tenants.models import Shop


class Dimension(models.TextChoices):
    """By what a day is summed up. `value` is of searches the query's tag, so that clicks and sales
    of a category are those that its searches led to."""

    ALL = "all", "Everything"
    HOUR = "hour", "Hour"
    KIND = "kind", "Way of searching"
    CATEGORY = "category", "Category"
    COLOR = "color", "Color"
    PATTERN = "pattern", "Pattern"
    STYLE = "style", "Style"
    PRODUCT = "product", "Product"
    RULE = "rule", "Rule"
    LATENCY = "latency", "Time to answer"
    ERROR = "error", "Error"


COUNTS = (
    *("searches", "nothing", "poor", "visitors", "impressions", "clicks", "views", "carts"),
    *("purchases", "conversions", "revenue", "attributed", "milliseconds"),
)
"""What each row has a number of."""


class Counted(models.Model):
    """The numbers of a day's row. Money stands in a row of its own currency, in its smallest unit;
    everything else in the row with an empty `currency`."""

    currency = models.CharField(max_length=3, blank=True)
    searches = models.PositiveBigIntegerField(default=0, db_default=0)
    nothing = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="Searches that found no product at all."
    )
    poor = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="Searches without a good answer, those of nothing too."
    )
    visitors = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="Of those who agreed to an id, each once a day."
    )
    impressions = models.PositiveBigIntegerField(default=0, db_default=0)
    clicks = models.PositiveBigIntegerField(default=0, db_default=0)
    views = models.PositiveBigIntegerField(default=0, db_default=0)
    carts = models.PositiveBigIntegerField(default=0, db_default=0)
    purchases = models.PositiveBigIntegerField(default=0, db_default=0, help_text="Orders.")
    conversions = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="Orders with a product that was clicked in a search."
    )
    revenue = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="Pieces times price, in the currency's smallest unit."
    )
    attributed = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="The part of it that a search led to."
    )
    milliseconds = models.PositiveBigIntegerField(
        default=0, db_default=0, help_text="Of all searches together."
    )

    class Meta:
        abstract = True


class DaySum(Counted, TenantModel):
    """A shop's day summed up by one value of one dimension. Made anew by `analytics.rollup`.

    `value` is empty for Dimension.ALL and where nothing says (a search without
    a category), two digits for an hour, a SKU, a rule's id, the upper end of a latency's bucket in
    milliseconds, or a problem's code.
    """

    day = models.DateField()
    dimension = models.CharField(max_length=10, choices=Dimension)
    value = models.CharField(max_length=100, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "dimension", "day", "value", "currency"], name="daysum_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.dimension} {self.value}".strip()


class ShopDay(Counted):
    """DaySum's row of everything, for the shop's mall and operators to read without entering the
    shop: no words, no products. Written with it."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "day", "currency"], name="shopday_once"),
        ]
        # The operator's pages ask for all shops of some days.
        indexes = [models.Index(fields=["day"], name="shopday_of_all")]

    def __str__(self) -> str:
        return f"{self.shop} {self.day}"


class DayRolled(models.Model):
    """When a shop's day was summed up, and how many facts it had then: a day that has another
    number of them now is summed up again. Outside every scope, as DailyCount is."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    facts = models.BigIntegerField(help_text="The sum of its DailyCounts; -1: to be done again.")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "day"], name="dayrolled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.shop} {self.day}"
