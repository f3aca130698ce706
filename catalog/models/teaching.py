"""What a shop teaches: its own words for the taxonomy, its own heads and its own classes."""

from typing import Any

from django.db import models
from django.utils import timezone
from pgvector.django import HalfVectorField

from catalog.models.garment import EMBEDDING_SIZE
from catalog.models.product import Product
from tenants.base import TenantForeignKey, TenantModel, UserReference

OWN = "own"
"""The kind of the values that a shop made itself: a product may have several of them."""


class ShopTerm(TenantModel):
    """What a shop changed of one value of the taxonomy, or, of the kind `own`, a value of its own.

    An empty name leaves the stock one. A value that is `merged_into` another of its kind counts,
    is shown and is found as that one; one that is `hidden` is neither offered nor shown.
    """

    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    en = models.CharField(max_length=60, blank=True)
    ko = models.CharField(max_length=60, blank=True)
    synonyms: Any = models.JSONField(default=dict, help_text='As {"en": […], "ko": […]}.')
    hidden = models.BooleanField(default=False)
    merged_into = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "kind", "value"], name="shopterm_once"),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("value")), name="shopterm_not_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.en or self.value}"


class TermEdit(TenantModel):
    """One change of the shop's taxonomy with what stood before, so that it can be undone.

    `before` and `after` are `ShopTerm`'s fields; null where the stock's own word stood.
    """

    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    before: Any = models.JSONField(null=True)
    after: Any = models.JSONField(null=True)
    by = UserReference()
    at = models.DateTimeField(default=timezone.now)
    undone = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["shop", "-at"], name="termedit_newest")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class ShopHead(TenantModel):
    """A version of the shop's own head of one kind: a small model on the stored embeddings.

    `weights` are float32, (features + 1) × values, of the bundle `revision`. It answers where it is
    the newest of its kind, `better` on held-out words of people, and not switched `off`.
    """

    kind = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    revision = models.CharField(max_length=20)
    values: Any = models.JSONField(help_text="In the order of the weights' columns.")
    weights = models.BinaryField()
    rows = models.PositiveIntegerField(help_text="Of the weights.")
    temperature = models.FloatField(default=1.0)
    threshold = models.FloatField(default=0.0, help_text="Below it an answer is unsure.")
    figures: Any = models.JSONField(default=dict)
    better = models.BooleanField(default=False)
    off = models.BooleanField(default=False)
    trained_at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "kind", "version"], name="shophead_version"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def answers(self) -> bool:
        return self.better and not self.off


class OwnClass(TenantModel):
    """What the shop's own value looks like, learned from examples.

    `weights` are float32: a direction of the embedding, then slope and shift of the probability.
    A product has the value from the probability `threshold` on, where the owner set one.
    """

    class State(models.TextChoices):
        LEARNING = "learning", "Being learned"
        READY = "ready", "Ready"
        FEW = "few", "Too few examples"

    term: Any = TenantForeignKey(ShopTerm, related_name="classes")
    state = models.CharField(max_length=8, choices=State, default=State.LEARNING)
    revision = models.CharField(max_length=20, blank=True)
    weights = models.BinaryField(null=True)
    figures: Any = models.JSONField(default=dict)
    threshold = models.FloatField(null=True)
    learned_at = models.DateTimeField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["shop", "term"], name="ownclass_once")]

    def __str__(self) -> str:
        return f"class of {self.term_id}"


class OwnExample(TenantModel):
    """A product, or an uploaded photo, that is an example of the class or, not `positive`, none.

    `embedding` is of the uploaded photo's largest garment, as `revision` sees it; a product's own
    stands in its garment.
    """

    own: Any = TenantForeignKey(OwnClass, related_name="examples")
    product: Any = TenantForeignKey(  # type: ignore[misc]  # its types know no nullable one
        Product, null=True, related_name="+"
    )
    positive = models.BooleanField(default=True)
    asked = models.BooleanField(
        default=False, help_text="Chosen by its probability: it says nothing of how many there are."
    )
    photo = models.CharField(max_length=200, blank=True, help_text="Name in the storage.")
    embedding = HalfVectorField(dimensions=EMBEDDING_SIZE, null=True)
    revision = models.CharField(max_length=20, blank=True)
    by = UserReference()
    at = models.DateTimeField(default=timezone.now)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "own", "product"],
                condition=models.Q(product__isnull=False),
                name="ownexample_product_once",
            ),
            models.UniqueConstraint(
                fields=["shop", "own", "photo"],
                condition=~models.Q(photo=""),
                name="ownexample_photo_once",
            ),
        ]

    def __str__(self) -> str:
        return f"example of {self.own_id}"


class OwnScore(TenantModel):
    """How probable it is that a product is of the shop's own class, 0..1."""

    own = TenantForeignKey(OwnClass, related_name="scores")
    product = TenantForeignKey(Product, related_name="own_scores")
    probability = models.FloatField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["shop", "own", "product"], name="ownscore_once"),
        ]
        indexes = [models.Index(fields=["shop", "product"], name="ownscore_product")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.probability:.2f}"
