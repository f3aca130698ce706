from django.contrib.postgres.fields import ArrayField
from django.db import models
from pgvector.django import HalfVectorField

from catalog.models.product import Photo, Product
from tenants.base import TenantForeignKey, TenantModel

EMBEDDING_SIZE = 256
COUNTED = ("category", "pattern", "style", "color_family", "gender")
"""Columns whose values are counted for the page of the taxonomy."""


class Garment(TenantModel):
    """One garment found in one photo: the search table, hash-partitioned by shop.

    `embedding` is a unit vector of 256 halves. The filter columns (`category` to `variant_group`)
    repeat the product's tags and price; `catalog.services.garments` alone writes them.
    """

    product = TenantForeignKey(Product, related_name="garments")
    photo = TenantForeignKey(Photo, related_name="garments")
    revision = models.CharField(max_length=20, help_text="Of the bundle that saw it.")
    region = models.CharField(max_length=12)
    box = ArrayField(models.IntegerField(), size=4, help_text="x0, y0, x1, y1 in pixels.")
    area = models.FloatField(help_text="Share of the photo's pixels.")
    is_product = models.BooleanField(help_text="This garment is what the product sells.")
    embedding = HalfVectorField(dimensions=EMBEDDING_SIZE)
    palette = models.JSONField(default=list)
    tags = models.JSONField(default=dict, help_text="Every head as the model said it.")
    shades = models.BinaryField(
        null=True, help_text="The palette for ranking: up to 5 × (L, a, b, share), float32."
    )
    category = models.CharField(max_length=20)
    pattern = models.CharField(max_length=20)
    style = models.CharField(max_length=20, blank=True)
    color_family = models.CharField(max_length=20)
    gender = models.CharField(max_length=6, blank=True)
    selling_price = models.BigIntegerField(null=True)
    in_stock = models.BooleanField(default=True)
    variant_group = models.CharField(max_length=100, blank=True)
    fold = models.BigIntegerField(
        null=True, help_text="Id of the first product that looks the same; null for an original."
    )

    class Meta(TenantModel.Meta):
        indexes = [
            # The exact search reads the rows that this index leaves: it holds what most filters ask
            # for. Not price and stock, so that their changes touch no index.
            models.Index(
                fields=[
                    "shop",
                    "revision",
                    "is_product",
                    "category",
                    "color_family",
                    "pattern",
                    "gender",
                ],
                name="garment_exact",
            ),
            models.Index(fields=["shop", "product"], name="garment_product"),
            models.Index(fields=["shop", "photo"], name="garment_photo"),
            models.Index(
                fields=["shop", "fold"],
                condition=models.Q(fold__isnull=False),
                name="garment_fold",
            ),
            # How many products have each value: counted along the index, in its order.
            *(
                models.Index(
                    fields=["shop", "revision", column, "product"],
                    condition=models.Q(is_product=True),
                    name=f"garment_{column}_count",
                )
                for column in COUNTED
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.box}"
