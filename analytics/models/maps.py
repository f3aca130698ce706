from typing import Any

from django.db import models
from django.utils import timezone

from analytics.months import this_month
from catalog.models import Product
from tenants.base import TenantForeignKey, TenantModel


class CatalogMap(TenantModel):
    """A shop's map: two dimensions, in which garments that look alike stand near each other.

    Its unit is so that about all products lie within 1 of the middle. `version` counts how often
    all of it was laid out; between, new products are put among the others.
    """

    revision = models.CharField(max_length=20, help_text="Of the bundle whose vectors it is of.")
    version = models.PositiveIntegerField(default=1)
    products = models.PositiveIntegerField(default=0)
    unit = models.FloatField(help_text="Of the layout's own units, in one of the map.")
    trust = models.FloatField(
        null=True, help_text="Trustworthiness (Venna and Kaski 2001), 0..1, when it was laid out."
    )
    overlap = models.FloatField(
        null=True, help_text="Share of the ten that look most alike among the ten nearest."
    )
    moved = models.FloatField(
        null=True, help_text="Median way of a product when it was laid out anew, in its units."
    )
    seconds = models.FloatField(default=0.0, help_text="That the last round took.")
    tags: Any = models.JSONField(
        default=dict, help_text="Products by kind and value, when it was made."
    )
    laid_at = models.DateTimeField(default=timezone.now)
    placed_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop"], name="catalogmap_once_a_shop"),
        ]

    def __str__(self) -> str:
        return f"{self.products} · {self.version}"


class MapPlace(TenantModel):
    """Where a product stands on its shop's map. `analytics.map.making` alone writes it.

    `walk` is its place on a path that visits what is near on the map one after another: the list
    for those who do not see the map. `garment_id` names the row of the search table whose vector it
    is of, without a constraint: garments are written anew, and the place stays.
    """

    product = TenantForeignKey(Product, related_name="+")
    garment_id = models.BigIntegerField()
    x = models.FloatField()
    y = models.FloatField()
    laid = models.BooleanField(help_text="By a layout of all, not put among the others later.")
    walk = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "product"], name="mapplace_once"),
        ]
        indexes = [models.Index(fields=["shop", "walk", "product"], name="mapplace_walk")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.x:.2f}, {self.y:.2f}"


class MapSearch(TenantModel):
    """A shopper's search laid over the map: where it stands and what is nearest to it.

    `product_id` is the nearest product, without a constraint, and `alike` the cosine of both, null
    for words alone. `far`: the shop has nothing like it (`analytics.map.demand`). A search that
    cannot be placed, for nothing is known of what it looked for, has no row.
    """

    search_id = models.UUIDField()
    month = models.DateField(default=this_month, editable=False)
    at = models.DateTimeField()
    x = models.FloatField()
    y = models.FloatField()
    product_id = models.BigIntegerField()
    alike = models.FloatField(null=True)
    far = models.BooleanField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "search_id"], name="mapsearch_once"),
        ]
        indexes = [
            models.Index(fields=["shop", "-at"], name="mapsearch_newest"),
            models.Index(
                fields=["shop", "-at"], condition=models.Q(far=True), name="mapsearch_far"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.search_id}: {self.x:.2f}, {self.y:.2f}"
