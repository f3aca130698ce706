"""What searching reads beside the garments: facets, postings, and the state of a shop's index."""

from django.db import models
from django.utils import timezone

from catalog.models.product import Product
from tenants.base import ShopField, TenantForeignKey, TenantModel
from tenants.models import Shop


class ProductFacet(TenantModel):
    """One value that a product can be filtered and counted by.

    `kind` is a head of the taxonomy, `brand`, `season` or `attr:` with the name of a merchant's
    attribute; category, pattern, style, colour, gender, price and stock stand in the garments'
    rows. `catalog.services.facets` alone writes them.
    """

    shop = ShopField(db_constraint=False)
    product = TenantForeignKey(Product, related_name="facets")
    kind = models.CharField(max_length=60)
    value = models.CharField(max_length=120)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "product", "kind", "value"], name="productfacet_once"
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "kind", "value", "product"], name="productfacet_by_value")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class Posting(TenantModel):
    """One term of a product's texts: how often it stands there, weighted by the field it is in.

    `length` is the weighted number of terms of the product, repeated for the ranking formula.
    """

    shop = ShopField(db_constraint=False)
    product = TenantForeignKey(Product, related_name="postings")
    term = models.CharField(max_length=60)
    frequency = models.FloatField()
    length = models.FloatField()

    class Meta(TenantModel.Meta):
        constraints = [
            # With what ranking reads, so that a common word is read from the index alone.
            models.UniqueConstraint(
                fields=["shop", "term", "product"],
                include=["frequency", "length"],
                name="posting_once",
            ),
        ]
        indexes = [models.Index(fields=["shop", "product"], name="posting_product")]

    def __str__(self) -> str:
        return f"{self.term} × {self.frequency}"


class VocabularyTerm(TenantModel):
    """A term of the shop and how many products have it: what a misspelt word is mended by."""

    term = models.CharField(max_length=60)
    products = models.PositiveIntegerField(default=0)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "term"], name="vocabularyterm_once"),
        ]

    def __str__(self) -> str:
        return f"{self.term} ({self.products})"


class SearchIndex(models.Model):
    """How a shop is searched: which bundle's vectors are live, and whether it has an HNSW index.

    Outside the scope, without secrets, so that jobs see every shop's. No row: the installation's
    bundle, exactly.
    """

    class State(models.TextChoices):
        EXACT = "exact", "Exact"
        BUILDING = "building", "Index being built"
        PROMOTED = "promoted", "HNSW index"

    shop = models.OneToOneField(Shop, on_delete=models.CASCADE, related_name="search_index")
    live_revision = models.CharField(max_length=20, blank=True)
    next_revision = models.CharField(
        max_length=20, blank=True, help_text="A new bundle's, while its photos are being seen."
    )
    ready_at = models.DateTimeField(
        null=True, help_text="When the new bundle had seen everything, and found no less."
    )
    chosen_revision = models.CharField(
        max_length=20, blank=True, help_text="A person said that this new one shall go live."
    )
    declined_revision = models.CharField(
        max_length=20, blank=True, help_text="A person went back from this one."
    )
    former_revision = models.CharField(
        max_length=20, blank=True, help_text="Live before; kept so that a person can go back."
    )
    switched_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.EXACT)
    indexed_revision = models.CharField(max_length=20, blank=True)
    garments = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.shop}: {self.state}"
