import random
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce, Random
from django.utils import timezone

from tenants.base import ShopField, TenantForeignKey, TenantManager, TenantModel, UserReference


class Gender(models.TextChoices):
    WOMEN = "women", "Women"
    MEN = "men", "Men"
    UNISEX = "unisex", "Unisex"
    KIDS = "kids", "Kids"


class ProductManager(TenantManager):
    """The shop's products without those that are gone."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(gone_at__isnull=True)


class Product(TenantModel):
    """One SKU of a shop. Prices are whole numbers of the currency's smallest unit.

    A product that a complete file no longer named is gone: `gone_at` says since when, nothing
    finds it any more, and it is deleted some weeks later. Until then an import that names it, or
    the undoing of the one that did not, brings it back with all that hangs on it.
    """

    sku = models.CharField("SKU", max_length=100)
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    brand = models.CharField(max_length=120, blank=True)
    url = models.URLField("product page", max_length=1000, blank=True)
    gender = models.CharField(max_length=6, choices=Gender, blank=True)
    season = models.CharField(max_length=40, blank=True)
    price = models.BigIntegerField(null=True, blank=True)
    sale_price = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    in_stock = models.BooleanField(default=True)
    variant_group = models.CharField(max_length=100, blank=True)
    feed_category = models.CharField("category in the feed", max_length=200, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    translations = models.JSONField(
        default=dict, blank=True, help_text='As {"ko": {"title": "…", "description": "…"}}.'
    )
    selling_price = models.GeneratedField(
        expression=Coalesce("sale_price", "price"),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    gone_at = models.DateTimeField(null=True, editable=False)
    row_digest = models.CharField(
        max_length=32,
        blank=True,
        editable=False,
        help_text="Of the row that an import last read; the same row again changes nothing.",
    )

    objects = ProductManager()  # type: ignore[misc]  # the base class has a wider one
    every = TenantManager()

    class Meta(TenantModel.Meta):
        base_manager_name = "every"
        constraints = [
            models.UniqueConstraint(fields=["shop", "sku"], name="product_sku_once_a_shop"),
            models.CheckConstraint(
                condition=models.Q(price__isnull=True) | models.Q(price__gte=0),
                name="product_price_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(sale_price__isnull=True)
                | models.Q(sale_price__gte=0, price__isnull=False),
                name="product_sale_price_beside_price",
            ),
        ]
        indexes = [
            models.Index(
                fields=["shop", "gone_at"],
                condition=models.Q(gone_at__isnull=False),
                name="product_gone",
            ),
            models.Index(fields=["shop", "updated_at", "id"], name="product_written"),
            models.Index(fields=["shop", "brand", "id"], name="product_of_brand"),
        ]

    def __str__(self) -> str:
        return self.title

    def text(self, field: str, language: str) -> str:
        """`title` or `description` in the language, in the shop's own where there is none."""
        return self.translations.get(language, {}).get(field) or getattr(self, field)


def photo_path(photo: "Photo", filename: str) -> str:
    """Named by content, so that no address can be guessed and none is used twice."""
    return f"shops/{photo.shop_id}/photos/{photo.digest[:2]}/{photo.digest}{filename}"


class Photo(TenantModel):
    """One photo of a product and the state of its tagging.

    `pending → working (leased, attempts counted) → done | failed (reason)`.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Waiting"
        WORKING = "working", "Being tagged"
        DONE = "done", "Tagged"
        FAILED = "failed", "Failed"

    shop = ShopField(db_constraint=False)
    product = TenantForeignKey(Product, related_name="photos")
    position = models.PositiveSmallIntegerField(default=0)
    source_url = models.URLField(max_length=2000, blank=True)
    file = models.ImageField(
        upload_to=photo_path, max_length=200, blank=True, width_field="width", height_field="height"
    )
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the photo's bytes.")
    etag = models.CharField(
        max_length=200, blank=True, editable=False, help_text="Of the address's last answer."
    )
    modified = models.CharField(
        max_length=60, blank=True, editable=False, help_text="Last-Modified of that answer."
    )
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    state = models.CharField(max_length=7, choices=State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(max_length=40, blank=True, help_text="Stable code of a failure.")
    detail = models.CharField(max_length=500, blank=True)
    revision = models.CharField("bundle revision", max_length=20, blank=True)
    tagged_at = models.DateTimeField(null=True, editable=False)
    import_run = TenantForeignKey(  # type: ignore[misc]  # its types know no nullable one
        "catalog.ImportRun", null=True, related_name="+", editable=False
    )
    import_row = models.PositiveIntegerField(
        null=True, editable=False, help_text="Row of that file: a failure is told in its report."
    )

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "product", "position"], name="photo_position_once_a_product"
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "state", "id"], name="photo_waiting"),
            models.Index(
                fields=["shop", "import_run"],
                condition=models.Q(import_run__isnull=False),
                name="photo_of_run",
            ),
        ]
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.product_id} · {self.position}"


class Tag(TenantModel):
    """One statement about a product and who made it.

    A person's tag stands above the feed's, and the feed's above the model's; each source has
    its own row, so a new model never overwrites a person.
    """

    class Source(models.TextChoices):
        PERSON = "person", "Person"
        FEED = "feed", "Feed"
        MODEL = "model", "Model"

    shop = ShopField(db_constraint=False)
    product = TenantForeignKey(Product, related_name="tags")
    kind = models.CharField(max_length=20, help_text="Head: category, pattern, style, sleeve …")
    value = models.CharField(max_length=60)
    source = models.CharField(max_length=6, choices=Source)
    probability = models.FloatField(null=True, blank=True)
    unsure = models.BooleanField(default=False)
    top: Any = models.JSONField(default=list, blank=True, help_text="Best three with probability.")
    revision = models.CharField(max_length=20, blank=True)
    head = models.PositiveIntegerField(
        null=True, blank=True, help_text="Version of the shop's own head that said it, if one did."
    )
    review = models.FloatField(
        null=True,
        editable=False,
        help_text="Waits for a person, the highest first; null: it does not wait.",
    )
    lot = models.FloatField(
        default=random.random,
        db_default=Random(),
        editable=False,
        help_text="Its place in the shop's random sample, 0..1; never changes.",
    )
    by = UserReference()
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "product", "kind", "source"], name="tag_once_a_source"
            ),
        ]
        indexes = [
            # With the product, so that the newest of a common value are read in their order.
            models.Index(fields=["shop", "kind", "value", "product"], name="tag_by_value"),
            models.Index(
                fields=["shop", "kind", "product"],
                condition=models.Q(source="model", unsure=True),
                name="tag_unsure",
            ),
            models.Index(
                fields=["shop", "kind", "product"],
                condition=models.Q(source="person"),
                name="tag_of_person",
            ),
            models.Index(
                fields=["shop", "kind", "-review", "id"],
                condition=models.Q(review__isnull=False),
                name="tag_waits",
            ),
            models.Index(
                fields=["shop", "kind", "value", "-review", "id"],
                condition=models.Q(review__isnull=False),
                name="tag_waits_by_value",
            ),
            models.Index(
                fields=["shop", "kind", "lot"],
                condition=models.Q(source="model"),
                name="tag_lots",
            ),
        ]
        ordering = ["kind"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"
